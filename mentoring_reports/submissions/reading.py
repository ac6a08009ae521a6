"""Accepted figures as they come out of the database: two statements, however many schools and rounds there are.

Figures travel as one column a data element, packed into bytes: several times faster than a row a figure. Schema
`public`; row security decides whose rows answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from django.db import connection

from .models import AcceptedFigure, Participation, Submission

if TYPE_CHECKING:
    from .models import Round

# What is known of an accepted revision. Names are those frozen in it.
KEYS = {
    "school_id": "s.school_id",
    "round_id": "s.round_id",
    "submission_id": "s.id",
    "school": "s.school_name",
    "type": "s.school_type",
    "territory": "s.territory",
    "revision": "s.revision",
    "checksum": "s.checksum",
    "accepted_at": "(extract(epoch FROM p.accepted_at) * 1000000)::int8",  # read and parsed faster than as a text
}
SLIM_KEYS = ("school_id", "round_id", "submission_id", "type", "territory")
DTYPES = {
    **dict.fromkeys(("school_id", "round_id", "submission_id", "revision"), "int64"),
    **dict.fromkeys(("school", "type", "territory", "checksum"), "str"),
}
KEYS_SQL = f"""
SELECT {{keys}}
  FROM {Participation._meta.db_table} p
  JOIN {Submission._meta.db_table} s ON s.id = p.accepted_id AND s.round_id = p.round_id
 WHERE p.round_id = ANY(%s) AND s.round_id = ANY(%s) AND (%s = '' OR s.school_type = %s)
   AND (%s OR s.id = ANY(%s))
 ORDER BY s.id
"""  # noqa: S608  (names of our own tables)
COLUMNS_SQL = f"""
SELECT element_code, string_agg(int8send(submission_id) || float8send(coalesce(value::float8, 'NaN')), '')
  FROM {AcceptedFigure._meta.db_table}
 WHERE round_id = ANY(%s) AND (%s OR element_code = ANY(%s)) AND (%s OR submission_id = ANY(%s))
 GROUP BY element_code
 ORDER BY element_code
"""  # noqa: S608
Reader = Callable[..., pd.DataFrame]  # `figures_frame`, or what answers the same
PACKED = np.dtype([("submission", ">i8"), ("value", ">f8")])


def figures_frame(
    rounds: Iterable[Round],
    *,
    keys: Sequence[str] = SLIM_KEYS,
    codes: Collection[str] | None = None,
    school_type: str = "",
) -> pd.DataFrame:
    """Return one row a school and round: the columns of `keys`, then a float64 column a data element of `codes`.

    All data elements without `codes`; one that no school has handed in has no column. Without rounds nothing is read.
    `school_type` leaves only schools that were of this type when they submitted. Two SQL statements; rows go by their
    revisions' ids.
    """
    ids = [round_.pk for round_ in rounds]
    frame = keys_frame(ids, keys, school_type=school_type)
    if not ids or (codes is not None and not codes):
        return frame
    columns = _columns(ids, frame["submission_id"].to_numpy(), codes=codes)
    return pd.concat([frame, pd.DataFrame(columns, index=frame.index, dtype="float64")], axis=1)


def keys_frame(
    rounds: Sequence[int], keys: Sequence[str], *, school_type: str = "", only: Sequence[int] | None = None
) -> pd.DataFrame:
    """Return the columns of `keys` of these rounds' accepted revisions, or of some of them, by their numbers."""
    if not rounds:
        return _frame([], keys)
    asked = [list(rounds), list(rounds), school_type, school_type, only is None, list(only or ())]
    return _frame(fetch(KEYS_SQL.format(keys=_selected(keys)), asked), keys)


def columns_of(rounds: Sequence[int], *, submissions: Sequence[int]) -> pd.DataFrame:
    """Return the figures of some accepted revisions of these rounds, given in ascending order: a row for each."""
    columns = _columns(rounds, np.asarray(submissions), only=submissions)
    return pd.DataFrame(columns, index=pd.Index(submissions, dtype="int64"), dtype="float64")


def _columns(
    rounds: Sequence[int],
    submissions: np.ndarray,
    *,
    codes: Collection[str] | None = None,
    only: Sequence[int] | None = None,
) -> dict[str, np.ndarray]:
    packed = fetch(COLUMNS_SQL, [list(rounds), codes is None, sorted(codes or ()), only is None, list(only or ())])
    return {code: _column(submissions, figures) for code, figures in packed}


def _selected(keys: Sequence[str]) -> str:
    return ", ".join(KEYS[name] for name in keys)


def fetch(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """Run one statement and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _frame(rows: list[tuple[Any, ...]], keys: Sequence[str]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(keys)
    frame = pd.DataFrame({name: list(column) for name, column in zip(keys, columns, strict=True)})
    frame = frame.astype({name: dtype for name, dtype in DTYPES.items() if name in keys})
    return (
        frame.assign(accepted_at=pd.to_datetime(frame["accepted_at"], unit="us", utc=True))
        if "accepted_at" in keys
        else frame
    )


def _column(submissions: np.ndarray, figures: bytes) -> np.ndarray:
    """Return the values of these revisions (their ids ascend); NaN where a revision has none."""
    unpacked = np.frombuffer(figures, PACKED)
    column = np.full(len(submissions), np.nan)
    if len(submissions):
        ids = unpacked["submission"].astype("int64")
        places = np.searchsorted(submissions, ids).clip(max=len(submissions) - 1)
        wanted = submissions[places] == ids
        column[places[wanted]] = unpacked["value"][wanted]
    return column
