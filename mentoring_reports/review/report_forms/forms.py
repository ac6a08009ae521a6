"""Forms of a draft's parts: one part a page, errors at the field, the reader told in words what is wrong."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from mentoring_reports.indicators.formulas import FormulaError, parse_sum
from mentoring_reports.indicators.models import DataElement, ElementGroup, Indicator, ReportForm

from .check_form import CheckForm
from .part_form import PartForm


class GroupForm(PartForm):
    """A heading."""

    kind = "groups"

    class Meta:
        """Code and name."""

        model = ElementGroup
        fields = ("code", "name")


class ElementForm(PartForm):
    """A data element."""

    kind = "elements"

    class Meta:
        """Everything that a data element says."""

        model = DataElement
        fields = (
            "code",
            "name",
            "group",
            "unit",
            "kind",
            "aggregation",
            "whole",
            "required",
            "minimum",
            "maximum",
            "help_text",
        )
        localized_fields = ("minimum", "maximum")
        widgets: ClassVar = {"help_text": forms.Textarea(attrs={"rows": 4}), "kind": forms.RadioSelect}
        help_texts: ClassVar = {
            "kind": gettext_lazy(
                "A counted number comes from the school's register: the code must be one that the register can count. "
                "A counted data element that nothing counts is typed."
            ),
            "aggregation": gettext_lazy(
                "What cannot be added up over schools, such as sessions per group, has a median."
            ),
            "help_text": gettext_lazy("The school reads it beside the field."),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse limits that no number satisfies."""
        data: dict[str, Any] = super().clean()
        least, most = data.get("minimum"), data.get("maximum")
        if least is not None and most is not None and least > most:
            self.add_error("maximum", _("The maximum is less than the minimum."))
        return data


class IndicatorForm(PartForm):
    """An indicator; its targets by year and type stand in a form set beside it."""

    kind = "indicators"

    class Meta:
        """Everything that an indicator says."""

        model = Indicator
        fields = (
            "code",
            "name",
            "group",
            "numerator",
            "denominator",
            "factor",
            "unit",
            "decimals",
            "direction",
            "aggregation",
            "target",
            "target_source",
            "close_share",
            "is_key",
        )
        localized_fields = ("factor", "target", "close_share")
        help_texts: ClassVar = {
            "numerator": gettext_lazy("Codes of data elements with + and −, such as “mentors + experts − both”."),
            "denominator": gettext_lazy("The same; empty for a plain count."),
            "factor": gettext_lazy("100 for percents, 1 for a count."),
            "target": gettext_lazy("Holds where no target by year or type, below, holds."),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse codes that the form does not have, and a factor that leaves nothing."""
        data: dict[str, Any] = super().clean()
        for field in ("numerator", "denominator"):
            codes = dict.fromkeys(_sum_codes(data.get(field, "")))
            self.ensure_known(field, codes, self.element_codes, _("There is no data element “%(code)s”."))
        if data.get("factor") is not None and not data["factor"]:
            self.add_error("factor", _("The factor is 0: the indicator would always be 0."))
        return data


class TitleForm(WagtailAdminModelForm):
    """How a version is called, and what is new in it."""

    class Meta:
        """Title and note."""

        model = ReportForm
        fields = ("title", "note")
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 4})}


PART_FORMS: dict[str, type[PartForm]] = {form.kind: form for form in (GroupForm, ElementForm, IndicatorForm, CheckForm)}


def _sum_codes(text: str) -> list[str]:
    """Return the codes of a sum; none where it cannot be read, which the model's own validator says."""
    try:
        return [term.code for term in parse_sum(text)]
    except FormulaError:
        return []
