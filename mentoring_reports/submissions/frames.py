"""Accepted figures as frames: the one source of every figure on the dashboard and in the workbook. Schema `public`.

Figures are float64, as in any spreadsheet; sums are rounded back to the four places that a figure may have, so they
equal the exact decimal sum (up to 9·10¹¹). Missing is NaN, never 0; a zero denominator gives no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from django.db import connection

from mentoring_reports.indicators.models import Aggregation

from .models import AcceptedFigure, Participation, Submission

if TYPE_CHECKING:
    from mentoring_reports.indicators.formulas import Formula, Term
    from mentoring_reports.indicators.models import Indicator

    from .models import Round

PLACES = 4
PARTS = ("numerator", "denominator", "value")
QUARTILES = {0.25: "lower", 0.5: "median", 0.75: "upper"}
KEYS = (
    "school_id",
    "round_id",
    "submission_id",
    "school",
    "type",
    "territory",
    "revision",
    "checksum",
    "accepted_at",
)
GROUPINGS = ("territory", "type")

# One row a school and round: the figures come as two arrays, which travel and load several times faster than
# a row a figure. Names are those frozen in the accepted revision.
ACCEPTED_SQL = f"""
SELECT s.school_id, s.round_id, s.id, s.school_name, s.school_type, s.territory, s.revision, s.checksum,
       p.accepted_at, f.codes, f.figures
  FROM (SELECT submission_id,
               array_agg(element_code ORDER BY element_code) AS codes,
               array_agg(value::float8 ORDER BY element_code) AS figures
          FROM {AcceptedFigure._meta.db_table}
         WHERE round_id = ANY(%s)
         GROUP BY submission_id) f
  JOIN {Submission._meta.db_table} s ON s.id = f.submission_id AND (%s = '' OR s.school_type = %s)
  LEFT JOIN {Participation._meta.db_table} p ON p.accepted_id = s.id
"""  # noqa: S608  (names of our own tables)


def wide_frame(rounds: Iterable[Round], school_type: str = "") -> pd.DataFrame:
    """Return one row a school and round: the columns of `KEYS`, then a float64 column a data element.

    `school_type` leaves only schools that were of this type when they submitted. One SQL statement. Rows go by round,
    then by name as people sort names.
    """
    rows = _fetch([round_.pk for round_ in rounds], school_type)
    by_codes: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for row in rows:
        by_codes.setdefault(tuple(row[-2]), []).append(row)
    blocks = [_block(codes, block) for codes, block in by_codes.items()] or [_block((), [])]
    frame = blocks[0] if len(blocks) == 1 else pd.concat(blocks, ignore_index=True)
    order = frame["school"].map({name: reading_order(name) for name in frame["school"].unique()})
    places = sorted(range(len(frame)), key=lambda i: (frame["round_id"].array[i], order.array[i]))
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
    columns: dict[tuple[str, str], pd.Series] = {}
    for indicator in indicators:
        formula = indicator.formula
        for part, series in zip(PARTS, _parts(wide, formula), strict=True):
            columns[part, indicator.code] = series
    frame = pd.DataFrame(columns, index=wide.index, dtype="float64")
    frame.columns = pd.MultiIndex.from_tuples(columns, names=["part", "code"])
    return frame.sort_index(axis=1, level=0, sort_remaining=False)


def municipal_frame(parts: pd.DataFrame, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return one row an indicator: sums of the parts, municipal value, quartiles over schools, how many have a value.

    Columns: numerator, denominator, value, lower, median, upper, known. The sums leave out a school that lacks either
    part; the value is the ratio of the sums, the sum, or the median, as the indicator says.
    """
    codes = [indicator.code for indicator in indicators]
    if not codes:
        return pd.DataFrame(
            columns=["numerator", "denominator", "value", *QUARTILES.values(), "known"], dtype="float64"
        )
    numerators, denominators, values = (parts[part][codes] for part in PARTS)
    is_count = np.array([indicator.formula.is_count for indicator in indicators])
    known = numerators.notna() & (denominators.notna() | is_count)
    frame = pd.DataFrame(
        {
            "numerator": _known_sum(numerators, known),
            "denominator": _known_sum(denominators, known),
        }
    )
    spread = values.quantile(list(QUARTILES)).T.set_axis(list(QUARTILES.values()), axis=1)
    frame["value"] = _municipal_values(frame, pd.Series(spread["median"]), indicators)
    return frame.join(spread).assign(known=values.notna().sum()).rename_axis("code")


def grouped_frame(
    parts: pd.DataFrame, indicators: Sequence[Indicator], groups: pd.Series[str]
) -> dict[str, pd.DataFrame]:
    """Return `municipal_frame` for each group (territory, type), the groups in reading order.

    `groups` names the group of each row of `parts`.
    """
    names = sorted(groups.unique(), key=reading_order)
    return {name: municipal_frame(parts[groups == name], indicators) for name in names}


def change(now: pd.Series[float], before: pd.Series[float]) -> pd.Series[float]:
    """Return `now` less `before` by code; NaN where either is missing."""
    return (now - before.reindex(now.index)).round(PLACES * 2)


def element_codes(wide: pd.DataFrame) -> list[str]:
    """Return the data elements that a wide frame holds."""
    return [column for column in wide.columns if column not in KEYS]


def reading_order(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts names as people do: «ё» beside «е», «№ 2» before «№ 10», case aside."""
    parts = re.split(r"(\d+)", name.casefold().replace("ё", "е"))
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts if part.strip()]


def _fetch(round_ids: list[int], school_type: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(ACCEPTED_SQL, [round_ids, school_type, school_type])
        return cursor.fetchall()


def _block(codes: tuple[str, ...], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Return the frame of rows that hold the same data elements."""
    keys = list(zip(*rows, strict=True))[: len(KEYS)] if rows else [()] * len(KEYS)
    frame = pd.DataFrame({name: list(column) for name, column in zip(KEYS, keys, strict=True)})
    text = {"school": "str", "type": "str", "territory": "str", "checksum": "str"}
    whole = dict.fromkeys(("school_id", "round_id", "submission_id", "revision"), "int64")
    frame = frame.astype(text | whole).assign(accepted_at=pd.to_datetime(frame["accepted_at"], utc=True))
    figures = np.array([row[-1] for row in rows], dtype="float64").reshape(len(rows), len(codes))
    return pd.concat([frame, pd.DataFrame(figures, columns=pd.Index(codes, dtype="str"))], axis=1)


def _parts(wide: pd.DataFrame, formula: Formula) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return numerator, denominator and value; the vectorised twin of `Formula.parts` and `ratio`."""
    factor = float(formula.factor)
    numerator = _sum(wide, formula.numerator)
    if formula.is_count:
        return numerator, pd.Series(np.nan, index=wide.index), numerator * factor
    denominator = _sum(wide, formula.denominator)
    return numerator, denominator, numerator * factor / denominator.where(denominator != 0)


def _sum(wide: pd.DataFrame, terms: Iterable[Term]) -> pd.Series:
    total = pd.Series(0.0, index=wide.index)
    for term in terms:
        total += term.sign * wide[term.code] if term.code in wide else np.nan
    return total.round(PLACES)


def _known_sum(parts: pd.DataFrame, known: pd.DataFrame) -> pd.Series[float]:
    """Return the sum of each column over its known rows; NaN where there are none."""
    return pd.Series(parts.where(known).sum(axis=0, min_count=1)).round(PLACES)


def _municipal_values(
    sums: pd.DataFrame, medians: pd.Series[float], indicators: Sequence[Indicator]
) -> pd.Series[float]:
    factors = pd.Series([float(indicator.factor) for indicator in indicators], index=sums.index)
    is_count = np.array([indicator.formula.is_count for indicator in indicators])
    is_median = np.array([indicator.aggregation == Aggregation.MEDIAN for indicator in indicators])
    top = sums["numerator"] * factors
    ratios = top / sums["denominator"].where(sums["denominator"] != 0)
    return ratios.where(~is_count, top).where(~is_median, medians)
