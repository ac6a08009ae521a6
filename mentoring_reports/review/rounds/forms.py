"""Forms about rounds: a round's dates, what a new one is proposed from, an extension, an exemption."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db.models import Max, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from mentoring_reports.clock import today
from mentoring_reports.submissions.closing import keep_frozen_true
from mentoring_reports.submissions.enums import RoundKind, RoundPhase
from mentoring_reports.submissions.errors import LONGEST_REASON
from mentoring_reports.submissions.models import Extension, Round
from mentoring_reports.tenancy import current_organisation

from .locks import has_opened, locks_of
from .periods import Period, is_whole, period_of

DATES = ("period_start", "period_end", "opens", "due", "closes")
ONLY_LATER = ("due", "closes")  # what schools rely on, once the round has opened


class RoundForm(WagtailAdminModelForm):
    """A round; what handed-in reports rest on is locked, and what schools were told moves only later."""

    take_again = forms.BooleanField(
        label=gettext_lazy("Take reports again"),
        required=False,
        help_text=gettext_lazy(
            "The round has closed. If its closing date moves to today or later, schools can hand in and correct "
            "reports again, and the expected schools are worked out anew from the dates that schools have now; they "
            "are written down when the round closes next. Tick this if it is meant."
        ),
    )

    class Meta:
        """The municipality is the current one."""

        model = Round
        fields = ("kind", "title", "code", "form", *DATES)
        widgets: ClassVar = dict.fromkeys(DATES, AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.municipality = current_organisation()
        self.had_opened = bool(self.instance.pk) and has_opened(self.instance)
        self.had_closed = bool(self.instance.pk) and self.instance.phase() is RoundPhase.CLOSED
        self._offer_forms()
        self._lock()

    def clean_code(self) -> str:
        """Refuse a code that another round of the municipality has."""
        code: str = self.cleaned_data["code"]
        others = Round.objects.filter(municipality=self.instance.municipality, code=code).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("Another round already has this code: choose a different one."))
        return code

    def clean_due(self) -> dt.date | None:
        """Refuse to take back days that schools were given."""
        return self._never_earlier("due")

    def clean_closes(self) -> dt.date | None:
        """Refuse to close before a date that was promised to a school."""
        closes = self._never_earlier("closes")
        promised = self.instance.pk and Extension.objects.filter(round=self.instance).aggregate(Max("due"))["due__max"]
        if closes and promised and closes < promised:
            raise forms.ValidationError(
                _("A school has an extension until %(day)s: the round cannot close earlier.")
                % {"day": date_format(promised)}
            )
        return closes

    def clean(self) -> dict[str, Any]:
        """Refuse a period out of order or not of its kind, and reports taken again by mistake: each at its field."""
        data: dict[str, Any] = super().clean()
        start, end, kind = data.get("period_start"), data.get("period_end"), data.get("kind")
        if start and end and end < start:
            self.add_error("period_end", _("The period ends before it starts."))
        elif start and end and kind and not self.fields["kind"].disabled:
            self._check_kind(RoundKind(kind), Period(start, end))
        closes = data.get("closes")
        if self.had_closed and closes and closes >= today() and not data.get("take_again"):
            self.add_error("take_again", _("Confirm that the round takes reports again, or leave the closing date."))
        return data

    def save(self, commit: bool = True) -> Round:
        """Save, and keep what is frozen in step with the dates."""
        round_: Round = super().save(commit)
        if commit:
            keep_frozen_true(round_)
        return round_

    def _offer_forms(self) -> None:
        own = self.fields["form"].queryset.filter(municipality=self.instance.municipality)
        self.fields["form"].queryset = own.filter(Q(released_at__isnull=False) | Q(pk=self.instance.form_id))

    def _lock(self) -> None:
        """Say at each field that cannot be changed, or only moved, why that is so."""
        for name, why in locks_of(self.instance).items() if self.instance.pk else ():
            self.fields[name].disabled, self.fields[name].help_text = True, why
        if self.had_opened:
            for name in ONLY_LATER:
                self.fields[name].help_text = _("Can only be moved to a later day: schools rely on this one.")
        if not self.had_closed:
            del self.fields["take_again"]

    def _never_earlier(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data[name]
        before: dt.date | None = self.initial.get(name) if self.had_opened else None
        if day and before and day < before:
            raise forms.ValidationError(
                _("The round has opened and schools were told %(day)s: the date can only be moved later.")
                % {"day": date_format(before)}
            )
        return day

    def _check_kind(self, kind: RoundKind, period: Period) -> None:
        if is_whole(kind, period):
            return
        start, end = (date_format(day, "SHORT_DATE_FORMAT") for day in period_of(kind, period.start))
        self.add_error(
            "kind",
            _(
                "The dates are not a whole period of this kind, which would be %(start)s – %(end)s. "
                "Correct the period or choose “any dates”."
            )
            % {"start": start, "end": end},
        )


class ProposalForm(forms.Form):
    """What a new round is to be about, so that everything else can be proposed."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of period"), choices=RoundKind)
    day = forms.DateField(
        label=gettext_lazy("A day of the period"),
        widget=AdminDateInput,
        help_text=gettext_lazy("For “any dates”: its first day."),
    )


class ReasonForm(forms.Form):
    """A reason that the school will read."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The school sees it."),
        max_length=LONGEST_REASON,
        error_messages={"required": gettext_lazy("Write the reason: the school will read it.")},
    )


class ExtensionForm(ReasonForm):
    """A later due date for one school, or for several."""

    due = forms.DateField(label=gettext_lazy("New due date"), widget=AdminDateInput)
    field_order = ("due", "reason")
