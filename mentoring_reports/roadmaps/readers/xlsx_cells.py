"""A cell's value as a person sees it in the sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

_WHOLE_FROM = 1e15


def written(cell: Any) -> str:
    """Return the text of an openpyxl cell: days as DD.MM.YYYY, whole numbers without a point, shares in percent."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, int | float):
        return _number(value, str(getattr(cell, "number_format", "")))
    return str(value)


def _number(value: float, layout: str) -> str:
    if "%" in layout:
        return f"{value * 100:.6g}%".replace(".", ",")
    if value == value // 1 and abs(value) < _WHOLE_FROM:
        return str(int(value))
    return f"{value:.10g}"
