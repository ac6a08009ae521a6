"""Figures as people read them: rounded half up, with the separators of the language, the sign of a change told."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mentoring_reports.indicators.formulas import rounded
from mentoring_reports.submissions.consolidation import exact

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

MISSING = "—"
NARROW_SPACE = "\u202f"


def figure(value: float | None, decimals: int = 0) -> str:
    """Return a number with so many decimals, «—» where it is missing."""
    return MISSING if value is None or math.isnan(value) else _figure(float(value) + 0.0, decimals, get_language())


@lru_cache(maxsize=50_000)  # the same few thousand figures stand on page after page
def _figure(value: float, decimals: int, _language: str | None) -> str:
    return number_format(rounded(Decimal(repr(value)), decimals), decimal_pos=decimals, force_grouping=True)


def with_unit(value: float | None, indicator: Indicator) -> str:
    """Return an indicator's value with its unit."""
    text = figure(value, indicator.decimals)
    return text if text == MISSING else f"{text}{NARROW_SPACE}{indicator.unit}"


def signed(value: float | None, indicator: Indicator, *, unit: bool = True) -> str:
    """Return a change with its sign, in percentage points where the indicator is a percent; "" where unknown."""
    number = exact(value)
    if number is None:
        return ""
    step = rounded(number, indicator.decimals)
    sign = "+" if step > 0 else "−" if step < 0 else "±"
    text = f"{sign}{figure(float(abs(step)), indicator.decimals)}"
    return f"{text}{NARROW_SPACE}{unit_of_change(indicator)}" if unit else text


def unit_of_change(indicator: Indicator) -> str:
    """Return the unit of a change: percentage points for a percent."""
    return _("pp") if indicator.formula.is_percent else indicator.unit


def part(value: float) -> str:
    """Return a numerator or a denominator, with decimals only where it has them."""
    return figure(value, 0 if math.isnan(value) or float(value).is_integer() else 2)


def basis(known: int, schools: int) -> str:
    """Return on how many of the schools a figure is based: “41 of 48 schools”."""
    text = ngettext("%(known)s of %(schools)s school", "%(known)s of %(schools)s schools", schools)
    return text % {"known": known, "schools": schools}


def share(part_: int, whole: int) -> str:
    """Return a share in percent with its unit."""
    return f"{figure(100 * part_ / whole, 1)}{NARROW_SPACE}%" if whole else MISSING
