"""Accepted figures that are kept between requests: a revision never changes, so each is read once.

Which revisions count is asked every time, in one statement. What is in them comes from the cache that all processes
share, a frame a round under the tenant's own keys; what is not there is read, and once it is more than a few, kept
beside what still counts. A revision is known by its number and its seal: in a database that was made anew, the same
number has another seal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache as cache_result
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from django.core.cache import cache

from .models import Participation, Submission
from .reading import DTYPES, KEYS, SLIM_KEYS, columns_of, fetch, keys_frame

if TYPE_CHECKING:
    from .models import Round

TIMEOUT = 24 * 60 * 60  # seconds
FEW = 0.05  # of a round's revisions: to read so few anew each time is cheaper than to keep all others again with them
FROZEN = ("submission_id", "school_id", "type", "territory", "revision", "checksum")
SEAL = "seal"
COUNTING = np.dtype([(name, ">i8") for name in ("submission_id", "round_id", SEAL, "accepted_at")])
COUNTING_SQL = f"""
SELECT string_agg(int8send(s.id) || int8send(s.round_id) || int8send(hashtextextended(s.checksum, 0))
                  || int8send(coalesce({KEYS["accepted_at"]}, '{np.iinfo("int64").min}'::int8)), '' ORDER BY s.id)
  FROM {Participation._meta.db_table} p
  JOIN {Submission._meta.db_table} s ON s.id = p.accepted_id AND s.round_id = p.round_id
 WHERE p.round_id = ANY(%s) AND s.round_id = ANY(%s)
"""  # noqa: S608  (names of our own tables)


def kept_figures_frame(
    rounds: Iterable[Round], *, keys: Sequence[str] = SLIM_KEYS, codes: Collection[str] | None = None
) -> pd.DataFrame:
    """Return what `reading.figures_frame` returns, for all `keys` but the school's name. At most three SQL statements.

    A data element without a number in any of these revisions has no column.
    """
    ids = [round_.pk for round_ in rounds]
    if not ids:
        return keys_frame([], keys)
    counting = _counting(ids)
    kept = _kept(ids, counting).values()
    wanted = sorted(code for code in {*chain(*kept)} - {*FROZEN, SEAL} if codes is None or code in codes)
    parts = [one.reindex(columns=[*FROZEN[1:], *wanted]) for one in kept]
    # Inner: a revision that was superseded since it was counted can no longer be read.
    frame = counting.drop(columns=SEAL).join(pd.concat(parts), how="inner").reset_index()
    figures = frame[wanted].dropna(axis="columns", how="all")
    return pd.concat([frame[list(keys)].astype({key: DTYPES[key] for key in keys if key in DTYPES}), figures], axis=1)


def _counting(rounds: Sequence[int]) -> pd.DataFrame:
    """Return the accepted revisions that count now, by their numbers."""
    packed = fetch(COUNTING_SQL, [list(rounds)] * 2)[0][0]
    unpacked = np.frombuffer(packed or b"", COUNTING)
    frame = pd.DataFrame({name: unpacked[name].astype("int64") for name in COUNTING.names or ()})
    accepted_at = frame["accepted_at"].to_numpy().view("datetime64[us]")  # the least number is "not a time" there
    return frame.assign(accepted_at=pd.Series(accepted_at).dt.tz_localize("UTC")).set_index("submission_id")


def _kept(rounds: Sequence[int], counting: pd.DataFrame) -> Mapping[int, pd.DataFrame]:
    """Return what is known of each round's revisions that count now, after what was missing has been read.

    A frame has a row a revision: `FROZEN` and `SEAL`, and a column a data element.
    """
    found = cache.get_many([_key(pk) for pk in rounds])
    own = {pk: counting.loc[counting["round_id"] == pk, SEAL] for pk in rounds}
    nothing = _nothing()
    kept = {pk: _known(found.get(_key(pk), nothing), own[pk]) for pk in rounds}
    incomplete = [pk for pk in rounds if len(kept[pk]) < len(own[pk])]
    if incomplete:
        missing = sorted(number for pk in incomplete for number in own[pk].index.difference(kept[pk].index))
        read = _read(incomplete, missing)
        for pk in incomplete:
            met = own[pk].index.intersection(read.index)
            kept[pk] = pd.concat([kept[pk], read.loc[met].assign(**{SEAL: own[pk].loc[met]})])
            if len(met) > FEW * len(own[pk]):
                cache.set(_key(pk), _complete(kept[pk]), TIMEOUT)
    return kept


def _known(frame: pd.DataFrame, seals: pd.Series[int]) -> pd.DataFrame:
    """Return the rows of the revisions with these seals, by number."""
    if np.array_equal(frame.index, seals.index) and np.array_equal(frame[SEAL], seals):
        return frame
    met = frame.index.intersection(seals.index)
    return frame.loc[met[frame.loc[met, SEAL].to_numpy() == seals.loc[met].to_numpy()]]


def _read(rounds: Sequence[int], submissions: Sequence[int]) -> pd.DataFrame:
    frozen = keys_frame(rounds, FROZEN, only=submissions).set_index("submission_id")
    return frozen.join(columns_of(rounds, submissions=submissions))


def _complete(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the revisions that may be kept: those that have a number.

    Another one may have been accepted between two statements, and have taken an earlier one's figures away.
    """
    return frame[frame.drop(columns=[*FROZEN[1:], SEAL]).notna().any(axis=1)]


@cache_result
def _nothing() -> pd.DataFrame:
    return keys_frame([], FROZEN).set_index("submission_id").assign(**{SEAL: pd.Series(dtype="int64")})


def _key(round_id: int) -> str:
    return f"accepted_figures:{round_id}:{'-'.join(FROZEN)}"  # another version of the program may keep other columns
