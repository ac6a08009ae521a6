"""Which figures of single schools are kept back from the public, so that nobody in a small group can be told.

Pure functions. A figure is kept back when a group of people in it has one to four members. Because totals are published
beside it, one figure kept back alone could be had by subtraction: then the smallest other one of that total goes too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

SMALLEST_GROUP = 5  # people


@dataclass(frozen=True, slots=True)
class Member:
    """One figure of a table: how many people are in its groups, and the totals that it is a part of.

    `people` holds the groups of people in the figure (numerator, denominator); empty where it counts no people.
    """

    people: tuple[float, ...]
    totals: tuple[Hashable, ...] = ()

    @property
    def is_small(self) -> bool:
        """Say whether a group in it has one to four people."""
        return any(0 < number < SMALLEST_GROUP for number in self.people)

    @property
    def size(self) -> float:
        """Return how large it is: the smaller, the rather it is kept back."""
        return max(self.people, default=0.0)


def kept_back(members: Sequence[Member], also: Iterable[int] = (), prefer: Iterable[int] = ()) -> frozenset[int]:
    """Return the places of the members that are not published: small ones, `also` those named, and what hides them.

    What hides them is taken from the places in `prefer` as long as there are any.

    Afterwards every total has either none of its members kept back, or two or more (all of them, if it has one only:
    such a total is the member itself and has to be kept back by the caller, see `totals_kept_back`).
    """
    hidden = {place for place, member in enumerate(members) if member.is_small} | set(also)
    by_total, preferred = _by_total(members), frozenset(prefer)
    changed = bool(hidden)
    while changed:
        changed = False
        for places in by_total.values():
            if len(hidden.intersection(places)) == 1 and len(places) > 1:
                others = places - hidden
                hidden.add(min(others & preferred or others, key=lambda place: (members[place].size, place)))
                changed = True
    return frozenset(hidden)


@dataclass(frozen=True, slots=True)
class Counted:
    """A school's number of people with the totals that it is a part of; `was_hidden`: no earlier edition told it."""

    id: int
    number: float | None
    totals: tuple[Hashable, ...]
    was_hidden: bool = False


class SmallGroups:
    """What is kept back of each sum of people, in all indicators alike: one may not tell what another one hides."""

    def __init__(self) -> None:
        self._found: dict[Hashable, frozenset[int]] = {}

    def kept_back(self, sum_: Hashable, schools: Iterable[Counted]) -> frozenset[int]:
        """Return the ids of the schools whose number is not published; they are read once for each sum."""
        if sum_ not in self._found:
            known = [(one, one.number) for one in schools if one.number is not None]
            before = [place for place, (one, _number) in enumerate(known) if one.was_hidden]
            hidden = kept_back([Member((number,), one.totals) for one, number in known], prefer=before)
            self._found[sum_] = frozenset(known[place][0].id for place in hidden)
        return self._found[sum_]


def totals_kept_back(members: Sequence[Member], hidden: Iterable[int]) -> frozenset[Hashable]:
    """Return the totals that are one hidden member and nothing else."""
    kept = frozenset(hidden)
    return frozenset(total for total, places in _by_total(members).items() if len(places) == 1 and places <= kept)


def _by_total(members: Sequence[Member]) -> Mapping[Hashable, set[int]]:
    places: dict[Hashable, set[int]] = {}
    for place, member in enumerate(members):
        for total in member.totals:
            places.setdefault(total, set()).add(place)
    return places
