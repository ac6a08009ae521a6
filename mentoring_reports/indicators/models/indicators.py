"""Indicators and their targets by year and type of school. Schema `public`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring_reports.indicators import formulas
from mentoring_reports.indicators.querysets import IndicatorManager
from mentoring_reports.indicators.validators import validate_sum

from .enums import Aggregation, Direction
from .parts import ElementGroup, FormPart
from .report_forms import ReportForm

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

MOST_DECIMALS = 4
YEARS = (2000, 2100)


class Indicator(FormPart):
    """Numerator over denominator times factor, or a plain count; a municipal value is made from sums."""

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="indicators")
    group = models.ForeignKey(ElementGroup, models.PROTECT, related_name="indicators", verbose_name=_("group"))
    name = models.CharField(_("name"), max_length=300)
    numerator = models.CharField(
        _("numerator"), max_length=500, validators=[validate_sum], help_text=_("Codes with + and −.")
    )
    denominator = models.CharField(
        _("denominator"), max_length=500, blank=True, validators=[validate_sum], help_text=_("Empty for a count.")
    )
    factor = models.DecimalField(_("factor"), max_digits=10, decimal_places=2, default=100)
    unit = models.CharField(_("unit"), max_length=50, default="%")
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1, validators=[MaxValueValidator(MOST_DECIMALS)])
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, default=Direction.UP)
    aggregation = models.CharField(_("aggregation"), max_length=10, choices=Aggregation, default=Aggregation.RATIO)
    target = models.DecimalField(_("target"), max_digits=10, decimal_places=2, null=True, blank=True)
    target_source = models.CharField(_("source of the target"), max_length=300, blank=True)
    close_share = models.DecimalField(
        _("width of the “close” band"),
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.1"),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("A share of the target: with 0.1 a value short of it by at most a tenth still counts as close."),
    )
    is_key = models.BooleanField(_("key indicator"), default=False, help_text=_("Shown as a card and on «Свод»."))

    objects = IndicatorManager()
    if TYPE_CHECKING:
        targets: RelatedManager[Target]

    class Meta(FormPart.Meta):
        """A code is used once in a form."""

        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "code"], name="indicator_code_once_a_form")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def formula(self) -> formulas.Formula:
        """Return the formula that every screen, workbook and test computes with."""
        return formulas.Formula(
            code=self.code,
            numerator=formulas.parse_sum(self.numerator),
            denominator=formulas.parse_sum(self.denominator) if self.denominator else (),
            factor=self.factor,
        )

    def target_for(self, school_type: str, day: dt.date) -> Decimal | None:
        """Return the target of a type of school (empty: of all together) in the year of `day`, the period's end.

        The most specific one wins: of this type and year, of the type in any year, of all types in this year, and at
        last `target`. The targets were read along with the indicator: no statement a call.
        """
        found = {(row.school_type, row.year): row.value for row in (self.targets.all() if self.pk else ())}
        for key in ((school_type, day.year), (school_type, None), ("", day.year)):
            if key in found:
                return found[key]
        return self.target

    def judge(self, value: Decimal | None, target: Decimal | None) -> formulas.TargetState:
        """Say how a value stands to a target, by the indicator's direction and its “close” band."""
        return formulas.target_state(value, target, formulas.Direction(self.direction), self.close_share)


class Target(models.Model):
    """What is to be reached in a year, by a type of school, or both; anything else is the indicator's own target."""

    wagtail_reference_index_ignore = True

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name=_("indicator"))
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[1])],
        help_text=_("The year in which the round's period ends; empty for any year."),
    )
    school_type = models.CharField(
        _("type of organisation"), max_length=100, blank=True, help_text=_("Empty for all types.")
    )
    value = models.DecimalField(_("target"), max_digits=10, decimal_places=2)

    class Meta:
        """A year and type has one target."""

        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering: ClassVar = ["year", "school_type", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "year", "school_type"], nulls_distinct=False, name="target_once_a_year_and_type"
            ),
            models.CheckConstraint(
                name="target_is_about_a_year_or_a_type", condition=Q(year__isnull=False) | ~Q(school_type="")
            ),
        ]

    def __str__(self) -> str:
        """Return the value."""
        return str(self.value)
