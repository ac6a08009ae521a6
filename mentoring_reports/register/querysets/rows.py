"""Rows of another model of the register, asked for inside a question (the models import these modules)."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models


def rows_of(model: str) -> models.QuerySet[Any]:
    """Return all rows of a model of this app."""
    return apps.get_model("mentoring_register", model)._default_manager.all()
