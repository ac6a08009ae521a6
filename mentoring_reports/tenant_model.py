"""What the plugin asks of the portal's `TENANT_MODEL` (docs/plugin.md): said at the start, not by a broken screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist
from django_tenants.utils import get_tenant_model

FIELDS = (
    "kind", "name", "short_name", "schema_name", "municipality", "organisation_type", "territory", "opened_on",
    "closed_on",
)  # fmt: skip
# What the models behind keys must have; a territory's `schools` is the way back.
BEHIND = {"organisation_type": ("name",), "territory": ("name", "order", "municipality", "schools")}
QUESTIONS = ("schools", "active", "open_on")


@register()
def check_tenant_model(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Name what the tenant model lacks."""
    return lacking(get_tenant_model())


def lacking(model: Any) -> list[CheckMessage]:
    """Return an error for each thing that the plugin needs and the model has not."""
    return [Error(text, obj=model, hint="See docs/plugin.md.", id="mentoring.E001") for text in _lacks(model)]


def _lacks(model: Any) -> Iterator[str]:
    """Say in words what is missing."""
    for name in FIELDS:
        if not _has(model, name):
            yield f"The tenant model has no field {name}."
    for name, needed in BEHIND.items():
        if _has(model, name):
            yield from _lacks_behind(model, name, needed)
    for question in QUESTIONS:
        if not hasattr(model._default_manager, question):
            yield f"The tenant model's manager has no {question}()."


def _lacks_behind(model: Any, name: str, needed: Sequence[str]) -> Iterator[str]:
    other = model._meta.get_field(name).related_model
    if other is None:
        yield f"{name} must be a key to a model of its own."
        return
    for field in needed:
        if not _has(other, field):
            yield f"The model behind {name} has no field {field}."


def _has(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
