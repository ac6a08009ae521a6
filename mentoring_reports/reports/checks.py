"""System checks of the reports: a page type that does not exist would silently count nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist

from .published import SETTING, Source


def check_counted_pages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a start when `MENTORING_COUNTED_PAGES` names something that is no page type."""
    return [
        Error(
            f"{SETTING}[{code!r}] names {text!r}, which is no page type.",
            hint='Write "app.Model", "app.Model.date_field" or "app.Model/*".',
            id="mentoring_reports.E001",
        )
        for code, texts in getattr(settings, SETTING, {}).items()
        for text in texts
        if not _is_known(text)
    ]


def _is_known(text: str) -> bool:
    try:
        Source.read(text)
    except (LookupError, ValueError, FieldDoesNotExist):
        return False
    return True
