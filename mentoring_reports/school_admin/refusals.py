"""What the database refuses, said to a person: a message instead of an error page when two people write at once."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import IntegrityError
from django.utils.translation import gettext as _

APPS = ("mentoring_register", "mentoring_roadmaps")


def refusal(error: IntegrityError) -> str:
    """Return the message of the constraint that was violated, or say that somebody else was faster."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for constraint in _constraints():
        if constraint.name == name:
            return str(constraint.violation_error_message)
    return _("This contradicts what somebody else has just saved. Open the record again and check it.")


def _constraints() -> list[Any]:
    models = [model for label in APPS for model in apps.get_app_config(label).get_models()]
    return [constraint for model in models for constraint in model._meta.constraints]
