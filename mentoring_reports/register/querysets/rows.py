"""Rows of another model of the register, asked for inside a question (the models import these modules)."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce


def rows_of(model: str) -> models.QuerySet[Any]:
    """Return all rows of a model of this app."""
    return apps.get_model("mentoring_register", model)._default_manager.all()


def number_of(rows: models.QuerySet[Any], link: str) -> Coalesce:
    """Return how many of the rows point at the outer row through `link`, without joining and without an N + 1."""
    linked = rows.filter(**{link: OuterRef("pk")}).order_by().values(link).annotate(number=Count("pk"))
    return Coalesce(Subquery(linked.values("number"), output_field=IntegerField()), 0)
