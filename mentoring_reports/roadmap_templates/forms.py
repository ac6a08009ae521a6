"""Forms of template roadmaps: the title, a stage with its activities, a document, and the days of a school."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from .models import RoadmapTemplate, TemplateItem, TemplateSection

_SUMMER = 6  # from June on people plan the school year to come
MOST_ITEMS = 200
MOST_YEARS = 5
EMPTY_ROWS = 3
MOST_BYTES = 20_000_000


def school_year(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the school year that is planned on a day: the current one, or the next."""
    year = day.year if day.month >= _SUMMER else day.year - 1
    return dt.date(year, 9, 1), dt.date(year + 1, 8, 31)


class PeriodForm(forms.Form):
    """The days that a school's roadmap begins and ends on."""

    start = forms.DateField(label=_("First day"), widget=AdminDateInput)
    end = forms.DateField(label=_("Last day"), widget=AdminDateInput)

    def clean(self) -> dict[str, Any]:
        """Refuse days out of order and plans of many years."""
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", ValidationError(_t("The period ends before it starts.")))
        elif start and end and (end - start).days > MOST_YEARS * 366:
            self.add_error("end", ValidationError(_t("A roadmap lasts five years at most.")))
        return data

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """Return both days of a valid form."""
        return self.cleaned_data["start"], self.cleaned_data["end"]


class TitleForm(forms.ModelForm):
    """What the template is called and for whom it is."""

    class Meta:
        """The two fields."""

        model = RoadmapTemplate
        fields = ("title", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}  # noqa: RUF012


class SectionForm(forms.ModelForm):
    """A stage."""

    class Meta:
        """Without its place, which is changed on the template's page."""

        model = TemplateSection
        fields = ("number", "title", "documents")
        widgets = {"documents": forms.Textarea(attrs={"rows": 4})}  # noqa: RUF012


class ItemForm(forms.ModelForm):
    """An activity in its stage's table; the place says in which order, an empty one is the last."""

    sort_order = forms.IntegerField(label=_("Place"), required=False, min_value=0, max_value=9999)

    class Meta:
        """All that people write."""

        model = TemplateItem
        fields = (
            "sort_order", "number", "activity", "deadline_text", "responsible", "expected_result", "indicator_text",
            "documents",
        )  # fmt: skip
        widgets = {  # noqa: RUF012
            "activity": forms.Textarea(attrs={"rows": 3}),
            "deadline_text": forms.TextInput(attrs={"placeholder": _("in the first month")}),
            "expected_result": forms.Textarea(attrs={"rows": 2}),
            "indicator_text": forms.Textarea(attrs={"rows": 2}),
            "documents": forms.Textarea(attrs={"rows": 2}),
        }


ItemFormSet = forms.inlineformset_factory(
    TemplateSection, TemplateItem, form=ItemForm, extra=EMPTY_ROWS, max_num=MOST_ITEMS, validate_max=True
)


class DocumentForm(forms.Form):
    """A document or a pasted text that a template is made of."""

    file = forms.FileField(
        label=_("Document"), required=False, help_text=_("DOCX, XLSX, PDF with text, CSV or TXT, up to 20 MB.")
    )
    text = forms.CharField(
        label=_("Or the text, pasted"),
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Copied out of Word together with the heading row."),
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before any of it is read into memory."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError(_t("The file is larger than 20 MB: leave only the plan in it."))
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("file") and not (data.get("text") or "").strip():
            raise ValidationError(_t("Choose a file or paste the text."))
        return data
