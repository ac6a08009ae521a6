"""The built-in report form: read from a fixture, installed for a municipality as ordinary rows and released."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from .actions import release
from .models import Check, DataElement, ElementGroup, Indicator, ReportForm


def read_builtin_form() -> dict[str, Any]:
    """Return the form of the setting `MENTORING_REPORT_FORM`: groups, elements, indicators, checks."""
    form: dict[str, Any] = json.loads(Path(settings.MENTORING_REPORT_FORM).read_text(encoding="utf-8"))
    return form


@transaction.atomic
def install_builtin_form(municipality: Any) -> ReportForm:
    """Return the municipality's built-in form, installed if it is missing; call it in the municipality's schema."""
    data = read_builtin_form()
    form, created = ReportForm.objects.get_or_create(
        municipality=municipality,
        code=data["code"],
        version=data["version"],
        defaults={"title": data["title"]},
    )
    if not created:
        return form
    _fill(form, data)
    return release(form=form, by="", seen=form.edits)


def _fill(form: ReportForm, data: dict[str, Any]) -> None:
    groups = {
        row["code"]: ElementGroup.objects.create(form=form, code=row["code"], name=row["name"], order=order)
        for order, row in enumerate(data["groups"])
    }
    DataElement.objects.bulk_create(
        DataElement(
            form=form,
            group=groups[row["group"]],
            order=order,
            code=row["code"],
            name=row["name"],
            unit=row["unit"],
            kind=row["kind"],
            aggregation=row["aggregation"],
            whole=row["type"] == "integer",
            minimum=row["minimum"],
            maximum=row["maximum"],
            required=row["required"],
            help_text=row["help"],
        )
        for order, row in enumerate(data["elements"])
    )
    Indicator.objects.bulk_create(
        Indicator(form=form, group=groups[row["group"]], order=order, is_key=row["key"], **_indicator(row))
        for order, row in enumerate(data["indicators"])
    )
    Check.objects.bulk_create(Check(form=form, order=order, **row) for order, row in enumerate(data["checks"]))


def _indicator(row: dict[str, Any]) -> dict[str, Any]:
    names = ("code", "name", "numerator", "denominator", "factor", "unit", "decimals", "direction", "aggregation")
    return {name: row[name] for name in (*names, "target", "target_source")}
