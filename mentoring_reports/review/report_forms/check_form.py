"""The form of a check."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring_reports.indicators.checking import Operator, Rule, read_number, side_codes
from mentoring_reports.indicators.formulas import FormulaError
from mentoring_reports.indicators.models import Check
from mentoring_reports.indicators.releasing import ABOUT_INDICATORS, said

from .part_form import PartForm
from .wording import RULES, SIGNS

BLANK = ("", "---------")


class CheckForm(PartForm):
    """A check: what it looks at, what must hold, how heavy it weighs and what the school reads."""

    kind = "checks"
    rule = forms.ChoiceField(label=gettext_lazy("rule"), choices=[(rule.value, RULES[rule]) for rule in Rule])
    operator = forms.ChoiceField(
        label=gettext_lazy("operator"),
        choices=[BLANK, *((operator.value, SIGNS[operator]) for operator in Operator)],
        required=False,
        help_text=gettext_lazy("What must hold between the two sides; for a comparison only."),
    )

    class Meta:
        """Everything that a check says."""

        model = Check
        fields = ("code", "rule", "left", "operator", "right", "severity", "message")
        widgets: ClassVar = {"message": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "left": gettext_lazy(
                "For a comparison a sum of data elements or a number. For other rules the codes looked at, parted by "
                "spaces: data elements, or indicators for shares and targets; empty for all."
            ),
            "right": gettext_lazy(
                "For a comparison a sum or a number. For a change and a share so many percent, for a target a share of "
                "it such as 0.5, for an overruled count nothing."
            ),
            "message": gettext_lazy(
                "What the school reads. {left}, {right} and {name} stand for the two sides and the name; for a change "
                "also {last} and {change}, for a target {target}."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be read, and codes that the form does not have, at the side where they stand."""
        data: dict[str, Any] = super().clean()
        if data.get("rule") == Rule.COMPARE:
            self._clean_comparison(data)
        elif data.get("rule"):
            self._clean_list(data, Rule(data["rule"]))
        return data

    def _clean_comparison(self, data: dict[str, Any]) -> None:
        if not data.get("operator"):
            self.add_error("operator", _("Choose what must hold between the two sides."))
        for side in ("left", "right"):
            try:
                codes = side_codes(data.get(side, ""))
            except FormulaError as error:
                self.add_error(side, said(error))
                continue
            self.ensure_known(side, codes, self.element_codes, _("There is no data element “%(code)s”."))

    def _clean_list(self, data: dict[str, Any], rule: Rule) -> None:
        if rule in ABOUT_INDICATORS:
            known = {indicator.code for indicator in self.report_form.indicators.all()}
            message = _("There is no indicator “%(code)s”.")
        else:
            known, message = self.element_codes, _("There is no data element “%(code)s”.")
        self.ensure_known("left", data.get("left", "").split(), known, message)
        data["right"] = data.get("right", "").replace(",", ".")
        if rule is not Rule.OVERRULED and read_number(data["right"]) is None:
            self.add_error("right", _("Write a number here, such as 30 or 0.5."))
