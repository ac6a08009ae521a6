"""Report forms as data: a version of a form with its data elements, indicators and checks. Schema `public`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import checking, formulas
from .validators import validate_code, validate_sum

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class ElementKind(models.TextChoices):
    """Where a data element's value comes from."""

    COUNTED = "counted", _("counted")
    TYPED = "typed", _("typed")


class Aggregation(models.TextChoices):
    """How schools' values make a municipal one."""

    RATIO = "ratio", _("sum of numerators over sum of denominators")
    SUM = "sum", _("sum")
    MEDIAN = "median", _("median")


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")


class Severity(models.TextChoices):
    """What a check does to a submission."""

    ERROR = "error", _("error: stops the submission")
    WARNING = "warning", _("warning: needs an explanation")


class ReportForm(models.Model):
    """A version of a municipality's report form; rounds refer to a version, so a used one never changes."""

    wagtail_reference_index_ignore = True

    municipality = models.ForeignKey(
        settings.TENANT_MODEL, models.PROTECT, related_name="report_forms", verbose_name=_("municipality")
    )
    code = models.SlugField(_("code"), max_length=50)
    version = models.PositiveSmallIntegerField(_("version"), default=1, validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=200)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)

    if TYPE_CHECKING:
        groups: RelatedManager[ElementGroup]
        elements: RelatedManager[DataElement]
        indicators: RelatedManager[Indicator]
        checks: RelatedManager[Check]
        municipality_id: int

    class Meta:
        """The newest version comes first."""

        ordering: ClassVar = ["code", "-version"]
        verbose_name = _("report form")
        verbose_name_plural = _("report forms")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "code", "version"], name="report_form_version_once")
        ]

    def __str__(self) -> str:
        """Return title and version."""
        return _("%(title)s, version %(version)s") % {"title": self.title, "version": self.version}


class FormPart(models.Model):
    """What belongs to a form and has a code and a place in it."""

    wagtail_reference_index_ignore = True

    code = models.CharField(_("code"), max_length=50, validators=[validate_code])
    order = models.PositiveSmallIntegerField(_("order"), default=0)

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
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, default=Direction.UP)
    aggregation = models.CharField(_("aggregation"), max_length=10, choices=Aggregation, default=Aggregation.RATIO)
    target = models.DecimalField(_("target"), max_digits=10, decimal_places=2, null=True, blank=True)
    target_source = models.CharField(_("source of the target"), max_length=300, blank=True)
    is_key = models.BooleanField(_("key indicator"), default=False, help_text=_("Shown as a card and on «Свод»."))

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
        """Return the row as the pure check."""
        return checking.Check(
            code=self.code,
            rule=checking.Rule(self.rule),
            left=self.left,
            operator=checking.Operator(self.operator) if self.operator else None,
            right=self.right,
            severity=checking.Severity(self.severity),
            message=self.message,
        )
