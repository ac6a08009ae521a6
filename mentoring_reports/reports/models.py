"""A school's draft of a report. Tenant schema: nothing here leaves the school before it presses "Submit"."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string

if TYPE_CHECKING:
    from decimal import Decimal

    from django_stubs_ext.db.models.manager import RelatedManager


class Draft(models.Model):
    """What a school has typed for a round so far. The round is a plain number: no key leads out of the schema."""

    wagtail_reference_index_ignore = True

    round_id = models.BigIntegerField(_("round"), unique=True)
    version = models.PositiveIntegerField(_("version"), default=0, help_text=_("Grows by one each time it is saved."))
    note = models.TextField(_("note to the methodist"), blank=True)
    updated_at = models.DateTimeField(_("saved"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("saved by")
    )
    saved_from = models.CharField(
        _("saved from"),
        max_length=40,
        blank=True,
        help_text=_("The open form that saved it last: whose answer got lost."),
    )

    if TYPE_CHECKING:
        evidence: RelatedManager[DraftEvidence]
        values: RelatedManager[DraftValue]
        explanations: RelatedManager[DraftExplanation]

    class Meta:
        """How it is called."""

        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        """Return the round's number and the version."""
        return _("Draft for round %(round)s, version %(version)s") % {"round": self.round_id, "version": self.version}


class DraftValue(models.Model):
    """One typed number, or a count that the school overruled. Missing is NULL, never 0.

    What is no number yet is kept in `typed` exactly as it was entered, so that nothing is lost.
    """

    wagtail_reference_index_ignore = True

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="values")
    element_code = models.CharField(_("data element"), max_length=50)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    typed = models.TextField(_("as typed"), blank=True)
    overruled = models.BooleanField(_("instead of the count"), default=False)
    reason = models.TextField(_("reason for overruling"), blank=True)
    carried = models.BooleanField(
        _("carried forward"), default=False, help_text=_("Taken from the last accepted report and not touched since.")
    )

    class Meta:
        """An element appears once in a draft; a number and unread text never stand together."""

        verbose_name = _("draft value")
        verbose_name_plural = _("draft values")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "element_code"], name="draft_value_once_a_draft"),
            models.CheckConstraint(
                name="draft_value_or_text", condition=models.Q(value__isnull=True) | models.Q(typed="")
            ),
        ]

    def __str__(self) -> str:
        """Return code and value."""
        return f"{self.element_code} = {self.entered}"

    @property
    def entered(self) -> Decimal | str | None:
        """Return the number, the text that is none, or None where nothing was entered."""
        return self.typed or self.value


class DraftExplanation(models.Model):
    """Why a warning is all right, under the finding's key (a check, and what it was about)."""

    wagtail_reference_index_ignore = True

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="explanations")
    key = models.CharField(_("finding"), max_length=120)
    text = models.TextField(_("explanation"))

    class Meta:
        """A finding is explained once in a draft."""

        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "key"], name="draft_explanation_once_a_draft")
        ]

    def __str__(self) -> str:
        """Return the finding's key."""
        return self.key


class DraftEvidence(models.Model):
    """What backs a value, or the whole report where `element_code` is empty: a page, a document or an address.

    Only the title and an address leave the school. One whose page or document was deleted leads nowhere.
    """

    wagtail_reference_index_ignore = True

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="evidence")
    element_code = models.CharField(_("data element"), max_length=50, blank=True)
    title = models.CharField(_("title"), max_length=255)
    url = models.CharField(_("address"), max_length=1000, blank=True)
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, related_name="+", null=True, blank=True)
    document = models.ForeignKey(get_document_model_string(), models.SET_NULL, related_name="+", null=True, blank=True)

    class Meta:
        """In the order in which it was attached; it leads to one place at most."""

        ordering: ClassVar = ["pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="draft_evidence_leads_to_one_place",
                condition=models.Q(url="", page=None)
                | models.Q(url="", document=None)
                | models.Q(page=None, document=None),
            )
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title
