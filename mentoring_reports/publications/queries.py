"""Editions as the public and the department ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .content import PUBLISHED, figures
from .models import Edition


@dataclass(frozen=True, slots=True)
class Change:
    """A published figure that another edition shows differently; None where it has no value."""

    indicator: Mapping[str, Any]
    level: str
    name: str
    before: float | None
    after: float | None


def latest_editions(municipality_id: int) -> list[Edition]:
    """Return the newest edition of every published round, the latest period first; without its figures."""
    newest = Edition.objects.filter(municipality_id=municipality_id).order_by("round_id", "-number")
    editions = newest.distinct("round_id").defer("content").select_related("round")
    return sorted(editions, key=lambda edition: (edition.round.period_end, edition.round_id), reverse=True)


def editions_of(round_code: str, municipality_id: int) -> list[Edition]:
    """Return all editions of a round, the newest first; without their figures."""
    found = Edition.objects.filter(municipality_id=municipality_id, round__code=round_code)
    return list(found.defer("content").select_related("round"))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the figures that differ between the contents of two editions."""
    old = {_place(*found): found[2] for found in figures(before)}
    new = {_place(*found): found for found in figures(after)}
    found = []
    for place, (indicator, level, figure) in new.items():
        was = _value(old.get(place))
        if was != _value(figure):
            found.append(Change(indicator, level, str(figure["name"]), was, _value(figure)))
    gone = [place for place in old if place not in new]
    names = {indicator["code"]: indicator for indicator in [*before["indicators"], *after["indicators"]]}
    return found + [
        Change(names[code], level, name, _value(old[code, level, name]), None) for code, level, name in gone
    ]


def _place(indicator: Mapping[str, Any], level: str, figure: Mapping[str, Any]) -> tuple[str, str, str]:
    return indicator["code"], level, str(figure["name"])


def _value(figure: Mapping[str, Any] | None) -> float | None:
    return figure["value"] if figure and figure["status"] == PUBLISHED else None
