"""Forms about rounds: a round's dates, an extension, an exemption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from mentoring_reports.submissions.models import Extension, Round, Submission
from mentoring_reports.tenancy import current_organisation

if TYPE_CHECKING:
    import datetime as dt

LOCKED = ("form", "period_start", "period_end")
LOCKED_TEXT = gettext_lazy(
    "Cannot be changed any more: schools have already handed in reports for this form and period. "
    "For another period make a new round."
)


class RoundForm(WagtailAdminModelForm):
    """A round; what handed-in reports rest on is locked."""

    class Meta:
        """The municipality is the current one."""

        model = Round
        fields = ("title", "code", "form", "period_start", "period_end", "opens", "due", "closes")
        widgets: ClassVar = dict.fromkeys(("period_start", "period_end", "opens", "due", "closes"), AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.municipality = current_organisation()
        self.fields["form"].queryset = self.fields["form"].queryset.filter(municipality=self.instance.municipality)
        if self.instance.pk and Submission.objects.for_round(self.instance).exists():
            for name in LOCKED:
                self.fields[name].disabled = True
                self.fields[name].help_text = LOCKED_TEXT

    def clean_code(self) -> str:
        """Refuse a code that another round of the municipality has."""
        code: str = self.cleaned_data["code"]
        others = Round.objects.filter(municipality=self.instance.municipality, code=code).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("Another round already has this code: choose a different one."))
        return code

    def clean_closes(self) -> dt.date | None:
        """Refuse to close before a date that was promised to a school."""
        closes: dt.date | None = self.cleaned_data["closes"]
        promised = self.instance.pk and Extension.objects.filter(round=self.instance).aggregate(Max("due"))["due__max"]
        if closes and promised and closes < promised:
            raise forms.ValidationError(
                _("A school has an extension until %(day)s: the round cannot close earlier.")
                % {"day": date_format(promised)}
            )
        return closes

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts, at its field."""
        data: dict[str, Any] = super().clean()
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("The period ends before it starts."))
        return data


class ReasonForm(forms.Form):
    """A reason that the school will read."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The school sees it."),
        error_messages={"required": gettext_lazy("Write the reason: the school will read it.")},
    )


class ExtensionForm(ReasonForm):
    """A later due date for one school."""

    due = forms.DateField(label=gettext_lazy("New due date"), widget=AdminDateInput)
    field_order = ("due", "reason")
