"""Accepted figures as frames: the one source of every figure on the dashboard and in the workbook. Schema `public`.

Figures are float64, as in any spreadsheet; sums are rounded back to the four places that a figure may have, so they
equal the exact decimal sum (up to 9·10¹¹). Missing is NaN, never 0; a zero denominator gives no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .reading import KEYS, figures_frame
from .summing import PLACES, QUARTILES, Arrays, Figures, Rules, split, summed

__all__ = (
    "GROUPINGS",
    "KEYS",
    "PARTS",
    "PLACES",
    "QUARTILES",
    "accepted_frame",
    "change",
    "element_codes",
    "figures_frame",
    "grouped_figures",
    "grouped_frame",
    "indicator_frame",
    "line_frame",
    "municipal_frame",
    "reading_order",
    "wide_frame",
)

if TYPE_CHECKING:
    from mentoring_reports.indicators.formulas import Formula, Term
    from mentoring_reports.indicators.models import Indicator

    from .models import Round

PARTS = ("numerator", "denominator", "value")
FIGURES = (*PARTS, *QUARTILES.values(), "known")
GROUPINGS = ("territory", "type")


def wide_frame(rounds: Iterable[Round], school_type: str = "") -> pd.DataFrame:
    """Return one row a school and round: the columns of `KEYS`, then a float64 column a data element.

    `school_type` leaves only schools that were of this type when they submitted. Two SQL statements. Rows go by round,
    then by name as people sort names.
    """
    frame = figures_frame(rounds, keys=tuple(KEYS), school_type=school_type)
    order = {name: reading_order(name) for name in frame["school"].unique()}
    keys = [(round_id, order[name]) for round_id, name in zip(frame["round_id"], frame["school"], strict=True)]
    places = sorted(range(len(frame)), key=keys.__getitem__)
    return frame.take(places).reset_index(drop=True)


def accepted_frame(rounds: Iterable[Round]) -> pd.DataFrame:
    """Return the long form, one row a figure: school_id, school, type, territory, round_id, element_code, value."""
    wide = wide_frame(rounds)
    codes = element_codes(wide)
    repeated = np.repeat(np.arange(len(wide)), len(codes))
    columns: dict[str, Any] = {"school_id": wide["school_id"].to_numpy()[repeated]}
    for name in ("school", "type", "territory"):
        columns[name] = wide[name].astype("category").array.take(repeated)
    columns["round_id"] = wide["round_id"].to_numpy()[repeated]
    columns["element_code"] = pd.Categorical.from_codes(
        np.tile(np.arange(len(codes)), len(wide)), categories=pd.Index(codes, dtype="str")
    )
    columns["value"] = wide[codes].to_numpy(dtype="float64").ravel()
    return pd.DataFrame(columns)


def indicator_frame(wide: pd.DataFrame, indicators: Iterable[Indicator]) -> pd.DataFrame:
    """Return the parts of every indicator for every row of `wide`: columns (numerator|denominator|value, code).

    A count has no denominator (NaN); its value needs none.
    """
    listed = list(indicators)
    found = {one.code: dict(zip(PARTS, _parts(wide, one.formula), strict=True)) for one in listed}
    names = [(part, one.code) for part in sorted(PARTS) for one in listed]
    figures = np.column_stack([found[code][part] for part, code in names]) if names else np.empty((len(wide), 0))
    columns = pd.MultiIndex.from_tuples(names, names=["part", "code"])
    return pd.DataFrame(figures, index=wide.index, columns=columns)


def municipal_frame(parts: pd.DataFrame, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return one row an indicator: sums of the parts, municipal value, quartiles over schools, how many have a value.

    Columns: numerator, denominator, value, lower, median, upper, known. The sums leave out a school that lacks either
    part; the value is the ratio of the sums, the sum, or the median, as the indicator says.
    """
    codes = [indicator.code for indicator in indicators]
    return _frame(summed(_arrays(parts, codes), Rules.of(indicators)), codes)


def grouped_figures(parts: pd.DataFrame, indicators: Sequence[Indicator], groups: pd.Series[str]) -> dict[str, Figures]:
    """Return the figures of `municipal_frame` as arrays for each group, the groups in reading order.

    `groups` names the group (territory, type) of each row of `parts`.
    """
    arrays, rules = _arrays(parts, [indicator.code for indicator in indicators]), Rules.of(indicators)
    rows, names = split(groups.to_numpy(dtype=object).astype(str))
    found = {str(name): chosen for name, chosen in zip(names, rows, strict=True)}
    return {name: summed(_rows(arrays, found[name]), rules) for name in sorted(found, key=reading_order)}


def grouped_frame(
    parts: pd.DataFrame, indicators: Sequence[Indicator], groups: pd.Series[str]
) -> dict[str, pd.DataFrame]:
    """Return `municipal_frame` for each group (territory, type), the groups in reading order."""
    codes = [indicator.code for indicator in indicators]
    return {name: _frame(figures, codes) for name, figures in grouped_figures(parts, indicators, groups).items()}


def line_frame(parts: pd.DataFrame, indicator: Indicator, keys: pd.Series[int], *, spread: bool = True) -> pd.DataFrame:
    """Return the municipal figures of one indicator for each key: the columns of `municipal_frame`, a row a key.

    `parts` has the columns of `PARTS`; `keys` says to which group (round, territory) each of its rows belongs. Without
    `spread` there are no quartiles.
    """
    tops, bottoms, values = (parts[[part]].to_numpy("float64") for part in PARTS)
    rows, names = split(keys.to_numpy())
    rules = Rules.of([indicator])
    found = [summed(_rows((tops, bottoms, values), chosen), rules, spread=spread) for chosen in rows]
    columns = {title: [figures[title][0] for figures in found] for title in FIGURES}
    return pd.DataFrame(columns, index=pd.Index(names))


def change(now: pd.Series[float], before: pd.Series[float]) -> pd.Series[float]:
    """Return `now` less `before` by code; NaN where either is missing."""
    return (now - before.reindex(now.index)).round(PLACES * 2)


def element_codes(wide: pd.DataFrame) -> list[str]:
    """Return the data elements that a wide frame holds."""
    return [column for column in wide.columns if column not in KEYS]


@lru_cache(maxsize=50_000)  # the same schools are sorted in every view
def reading_order(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts names as people do: «ё» beside «е», «№ 2» before «№ 10», case aside."""
    parts = re.split(r"(\d+)", name.casefold().replace("ё", "е"))
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts if part.strip())


def _parts(wide: pd.DataFrame, formula: Formula) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return numerator, denominator and value; the vectorised twin of `Formula.parts` and `ratio`."""
    factor = float(formula.factor)
    numerator = _sum(wide, formula.numerator)
    if formula.is_count:
        return numerator, np.full(len(wide), np.nan), numerator * factor
    denominator = _sum(wide, formula.denominator)
    return numerator, denominator, numerator * factor / np.where(denominator == 0, np.nan, denominator)


def _sum(wide: pd.DataFrame, terms: Iterable[Term]) -> np.ndarray:
    total = np.zeros(len(wide))
    for term in terms:
        total += term.sign * wide[term.code].to_numpy("float64") if term.code in wide else np.nan
    return total.round(PLACES)


def _arrays(parts: pd.DataFrame, codes: Sequence[str]) -> Arrays:
    """Return numerators, denominators and values: rows as in `parts`, a column a code."""
    if not codes:
        return (np.empty((len(parts), 0)),) * 3
    tops, bottoms, values = (parts[part][list(codes)].to_numpy("float64") for part in PARTS)
    return tops, bottoms, values


def _rows(arrays: Arrays, places: np.ndarray) -> Arrays:
    tops, bottoms, values = arrays
    return tops[places], bottoms[places], values[places]


def _frame(figures: Figures, codes: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(figures, index=pd.Index(codes, name="code"), columns=list(FIGURES))
