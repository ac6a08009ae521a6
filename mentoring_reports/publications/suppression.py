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


def kept_back(members: Sequence[Member]) -> frozenset[int]:
    """Return the places of the members that are not published.

    Afterwards every total has either none of its members kept back, or two or more (all of them, if it has one only:
    such a total is the member itself and has to be kept back by the caller, see `totals_kept_back`).
    """
    hidden = {place for place, member in enumerate(members) if member.is_small}
    by_total = _by_total(members)
    changed = bool(hidden)
    while changed:
        changed = False
        for places in by_total.values():
            if len(hidden.intersection(places)) == 1 and len(places) > 1:
                hidden.add(min(places - hidden, key=lambda place: (members[place].size, place)))
                changed = True
    return frozenset(hidden)


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
