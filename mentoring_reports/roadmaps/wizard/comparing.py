"""What a document brings to a roadmap that is there already: new activities, changed cells, what it no longer names.

What the document said the last time as well is told apart: there the roadmap was corrected, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from mentoring_reports.roadmaps.deadline_entry.readings import DeadlineReading
from mentoring_reports.roadmaps.importing.cleaning import flat
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem

from .differences import Added, CellChange, Comparison, Found
from .draft import CELLS, Item, Plan, Section
from .matching import Known, matched
from .timing import timing_of


def compared(roadmap: Roadmap, plan: Plan, earlier: Sequence[Plan]) -> Comparison:
    """Compare the plan with the roadmap; `earlier` is what was read when that was made or changed. 1 statement."""
    existing = list(roadmap.items())
    places = [(section, item) for section in plan.sections for item in section.items if not item.dropped]
    new = [_known(item, section) for section, item in places]
    pairs = matched([_existing(item) for item in existing], new)
    before = _last_time(new, earlier)
    found = [
        Found(existing[pairs[n]], item, _changes(existing[pairs[n]], item, before.get(n)))
        for n, (_section, item) in enumerate(places)
        if n in pairs
    ]
    added = [
        Added(item, section, known=_is_exactly(before.get(n), item))
        for n, (section, item) in enumerate(places)
        if n not in pairs
    ]
    missing = [item for n, item in enumerate(existing) if n not in set(pairs.values())]
    gone = [missing[n] for n in _named(missing, earlier)]
    return Comparison(tuple(found), tuple(added), tuple(gone), own=len(missing) - len(gone))


def _known(item: Item, section: Section) -> Known:
    return Known.of(item.number, item.activity, section.title)


def _named(items: Sequence[RoadmapItem], earlier: Sequence[Plan]) -> list[int]:
    """Return the places of those that a document named before; all where no document is known."""
    if not earlier:
        return list(range(len(items)))
    known = [_existing(item) for item in items]
    named = [matched([_known(item, s) for s in plan.sections for item in s.items], known) for plan in earlier]
    return sorted(set().union(*named))


def _existing(item: RoadmapItem) -> Known:
    return Known.of(item.number, item.activity, item.section.title)


def _last_time(new: Sequence[Known], earlier: Sequence[Plan]) -> dict[int, Item]:
    """Return, for places in the document, the activity as the document had it the last time."""
    places = [(section, item) for plan in earlier[:1] for section in plan.sections for item in section.items]
    pairs = matched([_known(item, section) for section, item in places], new)
    return {n: places[place][1] for n, place in pairs.items()}


def _is_exactly(before: Item | None, item: Item) -> bool:
    return before is not None and flat(before.activity) == flat(item.activity)


def _changes(existing: RoadmapItem, item: Item, before: Item | None) -> tuple[CellChange, ...]:
    return tuple(
        CellChange(
            name,
            getattr(existing, name),
            item.cell(name),
            known=_was_so(name, item, before),
            reading=_reading(existing, item) if name == "deadline_text" else "",
        )
        for name in CELLS
        if flat(getattr(existing, name)) != flat(item.cell(name))
    )


def _reading(existing: RoadmapItem, item: Item) -> str:
    roadmap = existing.section.roadmap
    return DeadlineReading.of(timing_of(item, (roadmap.period_start, roadmap.period_end)).deadline).reading


def _was_so(name: str, item: Item, before: Item | None) -> bool:
    return before is not None and flat(before.cell(name)) == flat(item.cell(name))
