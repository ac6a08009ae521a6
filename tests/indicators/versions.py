"""Versions of report forms at work: drafted, edited and released in the municipality's schema."""

from __future__ import annotations

from typing import Any

from mentoring_reports.indicators.actions import draft_next_version, release
from mentoring_reports.indicators.models import DataElement, Indicator, ReportForm

BY = "Управление Примерное"


def builtin() -> ReportForm:
    """Return the released form that the municipality was made with."""
    return ReportForm.objects.released().order_by("version").first()


def draft() -> ReportForm:
    """Return a new draft of the newest released version."""
    return draft_next_version(form=ReportForm.objects.released().order_by("-version").first(), by=BY)


def released(form: ReportForm) -> ReportForm:
    """Release a draft as it is stored now."""
    form.refresh_from_db()
    return release(form=form, by=BY, seen=form.edits)


def element(form: ReportForm, code: str = "clubs", **fields: Any) -> DataElement:
    """Return a new typed data element of the form, not stored."""
    defaults = {"group": form.groups.first(), "name": "Клубы", "kind": "typed"}
    return DataElement(form=form, code=code, **{**defaults, **fields})


def indicator(form: ReportForm, code: str = "club_share", **fields: Any) -> Indicator:
    """Return a new indicator of the form, not stored."""
    defaults = {
        "group": form.groups.first(),
        "name": "Доля клубов",
        "numerator": "mentors",
        "denominator": "teaching_staff",
    }
    return Indicator(form=form, code=code, **{**defaults, **fields})
