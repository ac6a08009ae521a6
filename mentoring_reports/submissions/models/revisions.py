"""What schools handed over and what was decided about it: only ever appended. Schema `public`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions.enums import DecisionKind
from mentoring_reports.submissions.querysets import SubmissionQuerySet

from .rows import Authored, SchoolRow

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Submission(SchoolRow, Authored):
    """Revision n of a school's report: never changed, never deleted. Names are frozen as text."""

    revision = models.PositiveIntegerField(_("revision"))
    school_name = models.CharField(_("school"), max_length=255)
    school_type = models.CharField(_("type of organisation"), max_length=100)
    territory = models.CharField(_("territory"), max_length=100)
    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="+", verbose_name=_("report form"))
    submitted_on = models.DateField(_("submitted on"))
    due_then = models.DateField(_("due date that held then"))
    explanations = models.JSONField(_("explanations"), default=dict, blank=True)
    note = models.TextField(_("note to the methodist"), blank=True)
    on_behalf = models.BooleanField(
        _("filed by the municipality"), default=False, help_text=_("A methodist filed it for the school.")
    )
    behalf_reason = models.TextField(_("why it was filed for the school"), blank=True)
    checksum = models.CharField(_("checksum"), max_length=64)

    objects = SubmissionQuerySet.as_manager()
    if TYPE_CHECKING:
        values: RelatedManager[SubmittedValue]
        decisions: RelatedManager[Decision]
        evidence: RelatedManager[SubmittedEvidence]
        remarks: RelatedManager[Remark]

    class Meta:
        """The newest revision comes first."""

        ordering: ClassVar = ["-created_at", "-revision"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "school", "revision"], name="submission_revision_once"),
            models.CheckConstraint(
                name="submission_on_behalf_has_its_reason", condition=Q(on_behalf=False) | ~Q(behalf_reason="")
            ),
        ]
        permissions: ClassVar = [
            ("view_dashboard", _("Can read the dashboard")),
            ("review_submission", _("Can review submissions")),
            ("reopen_submission", _("Can reopen an accepted submission")),
            ("export_workbook", _("Can download the consolidated workbook")),
            ("submit_report", _("Can fill in and submit reports of the school")),
        ]

    def __str__(self) -> str:
        """Return the school and the revision."""
        return _("%(school)s, revision %(revision)s") % {"school": self.school_name, "revision": self.revision}

    @property
    def is_late(self) -> bool:
        """Say whether the report came after the date that held for the school then; a correction never is late."""
        return self.revision == 1 and self.submitted_on > self.due_then

    def place(self) -> dict[str, Any]:
        """Return the columns by which a row is said to be about this revision."""
        return {
            "submission": self,
            "round_id": self.round_id,
            "school_id": self.school_id,
            "municipality_id": self.municipality_id,
        }


class SubmittedValue(SchoolRow):
    """One value of a submission; missing is NULL, never 0. Beside it what was counted, and why it was overruled."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="values")
    element_code = models.CharField(_("data element"), max_length=50)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True)
    counted = models.DecimalField(_("counted"), max_digits=18, decimal_places=4, null=True)
    reason = models.TextField(_("reason for overruling"), blank=True)

    class Meta:
        """An element appears once in a submission."""

        verbose_name = _("submitted value")
        verbose_name_plural = _("submitted values")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "element_code"], name="value_once_a_submission")
        ]

    def __str__(self) -> str:
        """Return code and value."""
        return f"{self.element_code} = {self.value}"


class SubmittedEvidence(SchoolRow):
    """A link that backs a value, or the whole report where `element_code` is empty. Never a file, never a person."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="evidence")
    element_code = models.CharField(_("data element"), max_length=50, blank=True)
    title = models.CharField(_("title"), max_length=255)
    url = models.URLField(_("address"), max_length=1000)

    class Meta:
        """In the order in which the school listed them."""

        ordering: ClassVar = ["pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Decision(SchoolRow, Authored):
    """What was decided about a revision: appended, never changed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=20, choices=DecisionKind)
    reason = models.TextField(_("reason"), blank=True)

    if TYPE_CHECKING:
        remarks: RelatedManager[Remark]

    class Meta:
        """The newest comes first; return and reopen have a reason."""

        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="decision_has_its_reason", condition=Q(kind=DecisionKind.ACCEPT) | ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        """Return the kind."""
        return self.get_kind_display()


class Remark(SchoolRow):
    """A reviewer's comment on one value, made with a decision: appended with it, never changed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="remarks")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="remarks")
    element_code = models.CharField(_("data element"), max_length=50)
    text = models.TextField(_("comment"))

    class Meta:
        """A decision comments a value once."""

        ordering: ClassVar = ["pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "element_code"], name="remark_once_a_decision_and_element"),
            models.CheckConstraint(name="remark_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        """Return the text."""
        return self.text
