"""Figures as people read them: rounded half up, with the separators of the language, the sign of a change told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from mentoring_reports.indicators.formulas import rounded
from mentoring_reports.submissions.consolidation import exact

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

MISSING = "—"
NARROW_SPACE = "\u202f"


def figure(value: float | None, decimals: int = 0) -> str:
    """Return a number with so many decimals, «—» where it is missing."""
    number = exact(value)
    if number is None:
        return MISSING
    return number_format(rounded(number, decimals), decimal_pos=decimals, force_grouping=True)


def with_unit(value: float | None, indicator: Indicator) -> str:
    """Return an indicator's value with its unit."""
    text = figure(value, indicator.decimals)
    return text if text == MISSING else f"{text}{NARROW_SPACE}{indicator.unit}"


def signed(value: float | None, indicator: Indicator) -> str:
    """Return a change with its sign, in percentage points where the indicator is a percent; "" where unknown."""
    number = exact(value)
    if number is None:
        return ""
    step = rounded(number, indicator.decimals)
    sign = "+" if step > 0 else "−" if step < 0 else "±"
    unit = _("pp") if indicator.formula.is_percent else indicator.unit
    return f"{sign}{figure(float(abs(step)), indicator.decimals)}{NARROW_SPACE}{unit}"
