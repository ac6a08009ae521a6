"""What the parts of a report form may be."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormState(models.TextChoices):
    """Where a version of a form stands: edited, then released and never changed again."""

    DRAFT = "draft", _("draft")
    RELEASED = "released", _("released")


class ElementKind(models.TextChoices):
    """Where a data element's value comes from."""

    COUNTED = "counted", _("counted")
    TYPED = "typed", _("typed")


class ElementAggregation(models.TextChoices):
    """Whether schools' values of a data element may be added up."""

    SUM = "sum", _("sum")
    MEDIAN = "median", _("median")


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
