"""Checks of a filled form. Schema `public`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_reports.indicators import checking

from .enums import Severity
from .parts import FormPart
from .report_forms import ReportForm


class Check(FormPart):
    """A check of a filled form: a row, never code. See `checking` for what each rule means."""

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="checks")
    rule = models.CharField(_("rule"), max_length=20)
    left = models.CharField(_("left side"), max_length=500, blank=True)
    operator = models.CharField(_("operator"), max_length=2, blank=True)
    right = models.CharField(_("right side"), max_length=500, blank=True)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    message = models.CharField(_("message"), max_length=500)

    class Meta(FormPart.Meta):
        """A code is used once in a form."""

        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "code"], name="check_code_once_a_form")]

    def __str__(self) -> str:
        """Return the message."""
        return self.message

    def as_check(self) -> checking.Check:
        """Return the row as the pure check. Raises `formulas.FormulaError` for one that cannot be read."""
        return checking.Check(
            code=self.code,
            rule=checking.Rule(self.rule),
            left=self.left,
            operator=checking.Operator(self.operator) if self.operator else None,
            right=self.right,
            severity=checking.Severity(self.severity),
            message=self.message,
        )
