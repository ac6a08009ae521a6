"""Workbooks that were asked for, with their files; saved choices; letters. Schema of the municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import now
from mentoring_reports.submissions.models.rows import Authored

from .choices import Choices
from .enums import UNFINISHED, LetterState, MadeState
from .querysets import MadeQuerySet


class MadeWorkbook(Authored):
    """A workbook that somebody asked for: first a request, then a file. Rounds are plain numbers, for they are shared.

    `attempt` numbers the workers that took it: what one of them writes counts only while it is the last. `used` is a
    digest of the revisions in it, to be held against those accepted now.
    """

    wagtail_reference_index_ignore = True

    choices = models.JSONField(_("choices"))
    key = models.CharField(max_length=64, editable=False)
    round_id = models.BigIntegerField(_("round"))
    round_title = models.CharField(_("round"), max_length=200)
    territory = models.CharField(_("territory"), max_length=200, blank=True)
    type = models.CharField(_("type"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MadeState, default=MadeState.QUEUED)
    job_id = models.BigIntegerField(null=True, blank=True, editable=False)
    attempt = models.PositiveSmallIntegerField(default=0, editable=False)
    rows_done = models.PositiveBigIntegerField(_("rows written"), default=0)
    rows_total = models.PositiveBigIntegerField(_("rows in all"), default=0)
    cancel_requested = models.BooleanField(_("cancel requested"), default=False)
    seen_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    name = models.CharField(_("file name"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, db_index=True)
    digest = models.CharField(_("SHA-256 of the manifest"), max_length=64, blank=True, db_index=True)
    manifest = models.JSONField(_("manifest"), default=dict, blank=True)
    rounds = models.JSONField(_("rounds"), default=list, blank=True)
    revisions = models.PositiveIntegerField(_("revisions used"), default=0)
    unreadable = models.PositiveIntegerField(_("organisations that cannot be read"), default=0)
    used = models.CharField(max_length=64, blank=True, editable=False)
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(_("file removed at"), null=True, blank=True)

    objects = MadeQuerySet.as_manager()
    if TYPE_CHECKING:
        previous_id: int | None

    class Meta:
        """The newest comes first; the same request is never under way twice; a file that is there is whole."""

        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("workbook made")
        verbose_name_plural = _("workbooks made")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], condition=Q(state__in=UNFINISHED), name="workbook_under_way_once"),
            models.CheckConstraint(
                condition=~Q(state=MadeState.DONE) | (~Q(sha256="") & ~Q(digest="")), name="workbook_done_has_a_file"
            ),
        ]

    def __str__(self) -> str:
        """Return the file's name, or what it is to be made of."""
        return self.name or self.round_title

    @property
    def chosen(self) -> Choices:
        """Return what was chosen."""
        return Choices.from_json(self.choices)

    @property
    def is_unfinished(self) -> bool:
        """Say whether it waits or is being made."""
        return self.state in UNFINISHED

    @property
    def has_file(self) -> bool:
        """Say whether the file can be downloaded."""
        return self.state == MadeState.DONE and self.removed_at is None


class WorkbookPart(models.Model):
    """A piece of a file. All pieces are written in the transaction that says it is made."""

    wagtail_reference_index_ignore = True

    workbook = models.ForeignKey(MadeWorkbook, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        """In order, each once."""

        ordering: ClassVar = ["workbook", "number"]
        verbose_name = _("part of a file")
        verbose_name_plural = _("parts of files")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["workbook", "number"], name="workbook_part_once")]

    def __str__(self) -> str:
        """Return which piece it is."""
        return f"{self.workbook_id}: {self.number}"


class WorkbookTemplate(Authored):
    """A saved choice without its round: run for the latest one, or sent by mail some days after each due date."""

    wagtail_reference_index_ignore = True

    name = models.CharField(_("name"), max_length=100, unique=True)
    compares = models.BooleanField(_("compare with the round before"), default=True)
    sheets = models.JSONField(_("sheets"), default=list, blank=True)
    territory = models.CharField(_("territory"), max_length=200, blank=True)
    type = models.CharField(_("type"), max_length=200, blank=True)
    codes_for_names = models.BooleanField(_("codes in place of names"), default=False)
    days_after_due = models.PositiveSmallIntegerField(_("days after the due date"), null=True, blank=True)
    addresses = models.TextField(_("addresses"), blank=True)
    attaches = models.BooleanField(_("attach the file"), default=False)
    scheduled_from = models.DateField(_("scheduled from"), null=True, blank=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["name"]
        verbose_name = _("saved choice")
        verbose_name_plural = _("saved choices")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def address_list(self) -> list[str]:
        """Return the addresses, each once."""
        return list(dict.fromkeys(self.addresses.split()))


class WorkbookLetter(models.Model):
    """A workbook sent to an address after a round's due date: the row is the claim, so that it goes out once."""

    wagtail_reference_index_ignore = True

    template = models.ForeignKey(WorkbookTemplate, models.CASCADE, related_name="letters")
    round_id = models.BigIntegerField(_("round"))
    address = models.EmailField(_("address"))
    workbook = models.ForeignKey(MadeWorkbook, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.SENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    error = models.TextField(_("error"), blank=True)
    claimed_at = models.DateTimeField(_("claimed at"), default=now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        """Once a saved choice, round and address."""

        ordering: ClassVar = ["-claimed_at", "-pk"]
        verbose_name = _("letter with a workbook")
        verbose_name_plural = _("letters with workbooks")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "round_id", "address"], name="workbook_letter_once"),
        ]

    def __str__(self) -> str:
        """Return address and state."""
        return f"{self.address}: {self.get_state_display()}"
