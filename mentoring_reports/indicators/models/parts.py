"""Groups and data elements of a report form. Schema `public`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_reports.indicators import checking
from mentoring_reports.indicators.validators import validate_code

from .enums import ElementAggregation, ElementKind
from .report_forms import ReportForm


class FormPart(models.Model):
    """What belongs to a form and has a code and a place in it."""

    wagtail_reference_index_ignore = True

    code = models.CharField(_("code"), max_length=50, validators=[validate_code])
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    form: models.ForeignKey[ReportForm, ReportForm]
    form_id: int

    class Meta:
        """Parts keep the form's order."""

        abstract = True
        ordering: ClassVar = ["order", "pk"]


class ElementGroup(FormPart):
    """A heading of the form that groups data elements and indicators."""

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=200)

    class Meta(FormPart.Meta):
        """A code is used once in a form."""

        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "code"], name="group_code_once_a_form")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class DataElement(FormPart):
    """A number that a school counts or types."""

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="elements")
    group = models.ForeignKey(ElementGroup, models.PROTECT, related_name="elements", verbose_name=_("group"))
    name = models.CharField(_("name"), max_length=300)
    unit = models.CharField(_("unit"), max_length=50, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ElementKind)
    aggregation = models.CharField(
        _("aggregation"), max_length=10, choices=ElementAggregation, default=ElementAggregation.SUM
    )
    whole = models.BooleanField(_("whole number"), default=True)
    minimum = models.DecimalField(_("minimum"), max_digits=14, decimal_places=4, null=True, blank=True, default=0)
    maximum = models.DecimalField(_("maximum"), max_digits=14, decimal_places=4, null=True, blank=True)
    required = models.BooleanField(_("required"), default=True)
    help_text = models.TextField(_("help"), blank=True)

    class Meta(FormPart.Meta):
        """A code is used once in a form."""

        verbose_name = _("data element")
        verbose_name_plural = _("data elements")
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "code"], name="element_code_once_a_form")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def is_counted(self) -> bool:
        """Say whether the register answers."""
        return self.kind == ElementKind.COUNTED

    def rule(self) -> checking.ElementRule:
        """Return the element as the checks see it."""
        return checking.ElementRule(
            code=self.code,
            name=self.name,
            whole=self.whole,
            minimum=self.minimum,
            maximum=self.maximum,
            required=self.required,
        )
