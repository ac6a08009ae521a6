"""Columns of listings: labels with a large first letter, days short, a dash where there is nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from wagtail.admin.ui.tables import BooleanColumn, Column, StatusTagColumn

NOTHING = "—"


class _Labelled:
    def __init__(self, name: str, *, label: Any, **kwargs: Any) -> None:
        super().__init__(name, label=capfirst(label), **kwargs)  # type: ignore[call-arg]


class ValueColumn(_Labelled, Column):
    """A value of the row."""


class FlagColumn(_Labelled, BooleanColumn):
    """Yes or no."""


class StateColumn(_Labelled, StatusTagColumn):
    """A state as a word, stronger where it is a good one; never a colour alone."""


class DayColumn(_Labelled, Column):
    """A whole day."""

    def get_value(self, instance: Any) -> str:
        """Return the day as people write it."""
        day: dt.date | None = super().get_value(instance)
        return date_format(day, "SHORT_DATE_FORMAT") if day else NOTHING


class TextColumn(_Labelled, Column):
    """A text that a function makes of the row."""

    def __init__(self, name: str, make: Callable[[Any], str], **kwargs: Any) -> None:
        """Keep the function."""
        super().__init__(name, accessor=make, **kwargs)

    def get_value(self, instance: Any) -> str:
        """Return the text, or a dash."""
        return super().get_value(instance) or NOTHING
