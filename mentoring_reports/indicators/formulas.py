"""The arithmetic of indicators: the one definition that screens, workbooks, open data and tests share.

Pure functions over ``Decimal``; no framework, no database. ``None`` stands for a missing number, which is never zero.
"""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PERCENT = Decimal(100)
ONE = Decimal(1)
CLOSE_SHARE = Decimal("0.1")

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_TERM = re.compile(r"\s*(?P<sign>[+\-\N{MINUS SIGN}])?\s*(?P<code>[a-z][a-z0-9_]*)\s*")
# Wide enough for every finite number, so that rounding one never raises.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def gettext_noop(message: str) -> str:
    """Mark a message for makemessages; the caller that shows it translates it."""
    return message


class FormulaError(ValueError):
    """A formula or check cannot be read. ``template`` and ``params`` let a form translate the message."""

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template % params)
        self.template = template
        self.params = params


@dataclass(frozen=True, slots=True)
class Term:
    """One data element of a sum, added (``sign`` 1) or subtracted (-1)."""

    sign: int
    code: str

    def __post_init__(self) -> None:
        """Refuse what ``parse_sum`` could not read back."""
        if self.sign not in {1, -1}:
            raise FormulaError(gettext_noop("The sign of “%(code)s” must be 1 or -1."), code=self.code)
        if not _CODE.fullmatch(self.code):
            raise FormulaError(gettext_noop("“%(code)s” is not a code of a data element."), code=self.code)


@lru_cache(maxsize=2_000)  # of all forms together; a form's are read hundreds of times for one screen
def parse_sum(text: str) -> tuple[Term, ...]:
    """Read ``"mentors"`` or ``"a + b - c"``. Raises ``FormulaError``, which names the place that is not understood."""
    terms: list[Term] = []
    position = 0
    while position < len(text) or not terms:
        match = _TERM.match(text, position)
        if match is None or (terms and match["sign"] is None):
            raise FormulaError(
                gettext_noop("Cannot read “%(text)s” from character %(position)d on: write codes as in “a + b - c”."),
                text=text,
                position=position + 1,
            )
        terms.append(Term(1 if match["sign"] in {None, "+"} else -1, match["code"]))
        position = match.end()
    return tuple(terms)


def print_sum(terms: Iterable[Term]) -> str:
    """Write a sum so that ``parse_sum`` reads the same terms."""
    text = "".join(f" {'-' if term.sign < 0 else '+'} {term.code}" for term in terms)
    return text.removeprefix(" + ").strip()


def sum_terms(terms: Iterable[Term], values: Mapping[str, Decimal | None]) -> Decimal | None:
    """Add up the terms; missing as soon as one of them is missing."""
    total = Decimal(0)
    for term in terms:
        value = values.get(term.code)
        if value is None:
            return None
        total += term.sign * value
    return total


class Parts(NamedTuple):
    """What an indicator is made of, for one school or for many. A plain count has no denominator."""

    numerator: Decimal | None
    denominator: Decimal | None
    is_count: bool = False

    @property
    def known(self) -> bool:
        """Whether the parts take part in a municipal sum (a zero denominator does)."""
        return self.numerator is not None and (self.is_count or self.denominator is not None)


def ratio(parts: Parts, factor: Decimal = ONE) -> Decimal | None:
    """Numerator / denominator × factor; nothing when a part is missing or the denominator is zero."""
    if parts.numerator is None:
        return None
    if parts.is_count:
        return parts.numerator * factor
    if not parts.denominator:
        return None
    return parts.numerator * factor / parts.denominator


def total(parts: Iterable[Parts]) -> Parts:
    """Sum of numerators and sum of denominators over the schools whose parts are all known.

    This, never a mean of percentages, is what a municipal value is made of. The parts are those of one formula.
    """
    known = [part for part in parts if part.known]
    if not known:
        return Parts(None, None)
    numerator = sum((part.numerator or Decimal(0) for part in known), Decimal(0))
    if known[0].is_count:
        return Parts(numerator, None, is_count=True)
    return Parts(numerator, sum((part.denominator or Decimal(0) for part in known), Decimal(0)))


@dataclass(frozen=True, slots=True)
class Formula:
    """An indicator's formula. An empty denominator makes a plain count; the factor is 100 for percents."""

    code: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...] = ()
    factor: Decimal = ONE

    @classmethod
    def parse(cls, code: str, numerator: str, denominator: str = "", factor: Decimal = ONE) -> Formula:
        """Build a formula from the texts of a report form. Raises ``FormulaError``."""
        return cls(code, parse_sum(numerator), parse_sum(denominator) if denominator.strip() else (), factor)

    @property
    def is_count(self) -> bool:
        """Whether there is nothing to divide by."""
        return not self.denominator

    @property
    def is_percent(self) -> bool:
        """Whether the value is a share in percent."""
        return not self.is_count and self.factor == PERCENT

    @property
    def element_codes(self) -> tuple[str, ...]:
        """Codes of the data elements it needs, each once, in the order they are written."""
        return tuple(dict.fromkeys(term.code for term in self.numerator + self.denominator))

    def parts(self, values: Mapping[str, Decimal | None]) -> Parts:
        """Numerator and denominator from a school's data elements."""
        numerator = sum_terms(self.numerator, values)
        if self.is_count:
            return Parts(numerator, None, is_count=True)
        return Parts(numerator, sum_terms(self.denominator, values))

    def value(self, values: Mapping[str, Decimal | None]) -> Decimal | None:
        """Return the indicator's value for a school, not rounded."""
        return ratio(self.parts(values), self.factor)


class Aggregation(StrEnum):
    """How the schools' parts become one municipal value."""

    RATIO = "ratio"
    SUM = "sum"
    MEDIAN = "median"

    @property
    def keeps_target(self) -> bool:
        """Whether a school's target can judge the municipal value: a sum over schools cannot be held against it."""
        return self != Aggregation.SUM


def municipal_value(formula: Formula, parts: Iterable[Parts], aggregation: Aggregation) -> Decimal | None:
    """Return the value over many schools: ratio of sums, sum of counts, or the median of the schools' values."""
    if aggregation == Aggregation.MEDIAN:
        return median(ratio(part, formula.factor) for part in parts)
    return ratio(total(parts), formula.factor)


class Quartiles(NamedTuple):
    """Lower quartile, median and upper quartile."""

    lower: Decimal
    median: Decimal
    upper: Decimal


def quartiles(values: Iterable[Decimal | None]) -> Quartiles | None:
    """Quartiles of the values that are not missing, as QUARTILE.INC of spreadsheets gives them.

    Source: Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996), definition 7: linear interpolation at
    (n - 1) · p between the ordered values. A single value is all three of its quartiles.
    """
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    if len(known) == 1:
        return Quartiles(*known * 3)
    return Quartiles(*statistics.quantiles(known, n=4, method="inclusive"))


def median(values: Iterable[Decimal | None]) -> Decimal | None:
    """Median of the values that are not missing; nothing when all are."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


class Description(NamedTuple):
    """How schools stand beside the municipal value: ``known`` of ``schools`` have a value of their own."""

    value: Decimal | None
    quartiles: Quartiles | None
    known: int
    schools: int


def describe(formula: Formula, parts: Iterable[Parts], aggregation: Aggregation) -> Description:
    """Municipal value, spread and coverage of one indicator."""
    listed = list(parts)
    values = [value for part in listed if (value := ratio(part, formula.factor)) is not None]
    return Description(municipal_value(formula, listed, aggregation), quartiles(values), len(values), len(listed))


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class TargetState(StrEnum):
    """How a value stands to its target."""

    REACHED = "reached"
    CLOSE = "close"
    MISSED = "missed"
    UNKNOWN = "unknown"


def target_state(
    value: Decimal | None,
    target: Decimal | None,
    direction: Direction = Direction.UP,
    close_share: Decimal = CLOSE_SHARE,
) -> TargetState:
    """Judge a value that is not rounded; close means short of the target by at most ``close_share`` of it."""
    if value is None or target is None:
        return TargetState.UNKNOWN
    shortfall = target - value if direction == Direction.UP else value - target
    if shortfall <= 0:
        return TargetState.REACHED
    return TargetState.CLOSE if shortfall <= abs(target) * close_share else TargetState.MISSED


def rounded(value: Decimal, decimals: int = 1) -> Decimal:
    """Round half away from zero, as people do, to ``decimals`` places; never a negative zero."""
    step = ONE.scaleb(-decimals)
    result = value.quantize(step, rounding=ROUND_HALF_UP, context=_EXACT)
    return result if result else abs(result)
