"""A report as the rules of plausibility see it: plain numbers, shares with their wholes, the school's size. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from mentoring_reports.indicators.formulas import Formula, Term

Figures: TypeAlias = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a report form matters here.

    `scaled` are the elements that grow with a school's size, `plain` those that do not (such as sessions a group);
    `shares` the indicators that have a denominator; `size_code` the element that tells how large a school is.
    """

    scaled: Sequence[str]
    plain: Sequence[str]
    shares: Sequence[Formula]
    size_code: str

    @classmethod
    def of(cls, added_up: Iterable[str], not_added_up: Iterable[str], formulas: Sequence[Formula]) -> Shape:
        """Return the shape of a form from its elements, by whether schools' values may be added up, and formulas."""
        size = size_code(formulas)
        return cls(
            scaled=[code for code in added_up if code != size],
            plain=list(not_added_up),
            shares=[formula for formula in formulas if not formula.is_count],
            size_code=size,
        )

    def repeats_an_element(self, formula: Formula) -> bool:
        """Say whether a share is one element over the size: comparing the element by size says the same."""
        return _only_code(formula.denominator) == self.size_code and len(formula.numerator) == 1


@dataclass(frozen=True, slots=True)
class Share:
    """A share with what it is made of; `factor` turns part / whole into the value."""

    part: float
    whole: float
    factor: float

    @property
    def value(self) -> float:
        """Return the share as the indicator shows it. The whole must not be 0."""
        return self.part * self.factor / self.whole


@dataclass(frozen=True, slots=True)
class Report:
    """The known numbers of one school in one round."""

    numbers: Mapping[str, float]
    shares: Mapping[str, Share]
    size: float

    @classmethod
    def of(cls, figures: Figures, shape: Shape) -> Report:
        """Return a report; what is missing is left out, an unknown size is 0."""
        numbers = {code: float(value) for code, value in figures.items() if value is not None}
        shares = {formula.code: share for formula in shape.shares if (share := _share(formula, figures))}
        return cls(numbers, shares, numbers.get(shape.size_code, 0.0))


def size_code(formulas: Iterable[Formula]) -> str:
    """Return the element that most indicators are a share of, the earliest of several; empty where there is none."""
    wholes = [code for formula in formulas if (code := _only_code(formula.denominator))]
    return Counter(wholes).most_common(1)[0][0] if wholes else ""


def _share(formula: Formula, figures: Figures) -> Share | None:
    parts = formula.parts(figures)
    if parts.numerator is None or parts.denominator is None:
        return None
    return Share(float(parts.numerator), float(parts.denominator), float(formula.factor))


def _only_code(terms: Sequence[Term]) -> str:
    """Return the code of a sum that is a single element."""
    return terms[0].code if len(terms) == 1 and terms[0].sign == 1 else ""
