"""A value on the screen: its text, what the target says about it, a caution, and the way to where it comes from."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mentoring_reports.indicators.formulas import TargetState
from mentoring_reports.indicators.models import Direction
from mentoring_reports.workbooks.wording import target_word
from mentoring_reports.workbooks.writing.figures import not_available

from .formatting import figure, with_unit

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation, Line

ICONS = {TargetState.REACHED: "✓", TargetState.CLOSE: "≈", TargetState.MISSED: "✗"}
FAR = "✗✗"
FAR_SHARE = 0.5  # of the target: a value that misses it by more is far from it
CAUTION = "△"


@dataclass(frozen=True)
class Judged:
    """A value with what the target says about it; `link` leads to where it comes from."""

    text: str
    state: str = TargetState.UNKNOWN.value
    word: str = ""
    icon: str = ""
    link: str = ""
    is_small: bool = False
    is_far: bool = False

    @property
    def level(self) -> str:
        """Return how far from the target the value is."""
        return "far" if self.is_far else self.state

    @property
    def html(self) -> SafeString:
        """Return the value as a link or a text: signs are seen, words are heard.

        A heat map has a thousand of them, so that the text is put together without `format_html`.
        """
        inner = f"{escape(self.text)}{self._signs}"
        if self.link:
            return SafeString(f'<a class="value value--{self.level}" href="{escape(self.link)}">{inner}</a>')
        return SafeString(f'<span class="value value--{self.level}">{inner}</span>')

    @property
    def _signs(self) -> str:
        icon = _sign(self.icon, self.word) if self.icon else ""
        return f"{icon}{_sign(CAUTION, _('denominator under 5'))}" if self.is_small else icon


def cells_html(values: Iterable[Judged], kind: str) -> SafeString:
    """Return a table row's values as cells of a class: made here, as a template takes its time over each of them."""
    return SafeString("".join(f'<td class="{kind.format(value.level)}">{value.html}</td>' for value in values))


def told(indicator: Indicator, line: Line, link: str = "", *, unit: bool = False) -> Judged:
    """Return a line's value with the state of its target and, where it is a share of few, a caution."""
    far = line.state is TargetState.MISSED and is_far(indicator, line)
    return Judged(
        text=value_text(indicator, line, unit=unit),
        state=line.state.value,
        word=_("far below the target") if far else target_word(line.state),
        icon=FAR if far else ICONS.get(line.state, ""),
        link=link,
        is_small=line.is_small,
        is_far=far,
    )


def value_text(indicator: Indicator, line: Line, *, unit: bool = True) -> str:
    """Return a line's value: «н/д» where there is nothing to divide by, «—» where a number is missing."""
    if line.has_nothing_to_divide_by:
        return not_available()
    return with_unit(line.value, indicator) if unit else figure(line.value, indicator.decimals)


def is_far(indicator: Indicator, line: Line) -> bool:
    """Say whether a value misses its target by more than half of it."""
    if math.isnan(line.target) or math.isnan(line.value):
        return False
    short = line.target - line.value if indicator.direction == Direction.UP else line.value - line.target
    return short > abs(line.target) * FAR_SHARE


def submission_link(pk: int) -> str:
    """Return the address of a revision's review."""
    return _submission_link(int(pk), get_urlconf(), get_script_prefix())


@lru_cache(maxsize=50_000)  # a page of a list has a hundred of them
def _submission_link(pk: int, _urlconf: str | None, _prefix: str) -> str:
    return reverse("mentoring_review:submission", args=[pk])


def accepted_link(svod: Consolidation, place: int) -> str:
    """Return the address of the accepted revision of the school at a place; "" without one."""
    pk = svod.accepted_ids[place]
    return "" if pk is None else submission_link(pk)


def school_values(svod: Consolidation, indicators: Iterable[Indicator], place: int) -> list[Judged]:
    """Return the values of the school at a place of the consolidation, leading to its report."""
    link = accepted_link(svod, place)
    return [told(one, svod.school_line(place, one.code), link) for one in indicators]


@lru_cache(maxsize=64)  # a few signs in a few languages, the same for every tenant
def _sign(sign: str, word: str) -> SafeString:
    return format_html(
        ' <span class="value__sign" aria-hidden="true" title="{1}">{0}</span><span class="w-sr-only">, {1}</span>',
        sign,
        word,
    )
