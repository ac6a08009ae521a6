"""What was chosen of a comparison is taken into the roadmap: in one transaction, with its line in the history."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log

from mentoring_reports.roadmaps.actions import cancel_item
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem
from mentoring_reports.roadmaps.year.occurrences import sync_items

from .adding import add_items
from .comparing import compared
from .differences import Comparison, Found
from .doubting import is_sound
from .draft import Plan
from .errors import NotReady, RoadmapChanged
from .keeping import lock, past_of
from .packing import unpacked
from .past import Past
from .rows import due
from .saving import remember
from .timing import Days

if TYPE_CHECKING:
    from .keeping import User


@dataclass(slots=True)
class Taken:
    """How much was taken."""

    added: int = 0
    changed: int = 0
    cancelled: int = 0
    synced: list[RoadmapItem] = field(default_factory=list)


def comparison(past: Past, place: int, roadmap: Roadmap) -> Comparison:
    """Compare a plan with a roadmap, and with what the roadmap's documents said."""
    return compared(roadmap, past.draft.plans[place], earlier_readings(roadmap))


@transaction.atomic
def update_roadmap(  # noqa: PLR0913  (which plan, which roadmap, what was shown and what was chosen)
    *, imported: int, place: int, roadmap: int, shown: str, chosen: Collection[str], by: User | None
) -> Taken:
    """Take the chosen cells, activities and cancellations; `shown` is the fingerprint of what the person saw.

    Raises `RoadmapChanged` where it is another by now, `NotReady` where the plan's texts do not fit.
    """
    locked = lock(imported)
    current = Roadmap.objects.select_for_update().get(pk=roadmap)
    past = past_of(locked)
    found, plan = comparison(past, place, current), past.draft.plans[place]
    if found.fingerprint != shown:
        raise RoadmapChanged
    if chosen and not is_sound(plan):
        raise NotReady
    taken = _take(current, found, chosen, by)
    sync_items(items=taken.synced, by=by)
    if taken.added or taken.changed:
        log(instance=current, action="wagtail.edit", user=by, content_changed=True)
    remember(locked, past, place, current)
    return taken


def earlier_readings(roadmap: Roadmap) -> list[Plan]:
    """Return what the documents said of which the roadmap was made or brought up to date, the latest first."""
    found = []
    for imported in roadmap.imports.defer("content").order_by("-made_at", "-pk"):
        past = past_of(imported)
        places = [place for place, pk in past.saved.items() if pk == roadmap.pk]
        found += [unpacked(past.as_read).plans[place] for place in places]
    return found


def _take(roadmap: Roadmap, found: Comparison, chosen: Collection[str], by: User | None) -> Taken:
    taken = Taken()
    period = (roadmap.period_start, roadmap.period_end)
    for row in found.found:
        if _take_cells(row, chosen, period):
            taken.changed += 1
            taken.synced.append(row.existing)
    added = [row for row in found.added if f"add:{row.item.key}" in chosen]
    taken.synced += add_items(roadmap, found, added)
    taken.added = len(added)
    for item in found.open_gone:
        if f"cancel:{item.pk}" in chosen and not item.is_done:
            cancel_item(item=item, by=by)
            taken.cancelled += 1
    return taken


def _take_cells(row: Found, chosen: Collection[str], period: Days) -> bool:
    """Write the chosen cells; with the text of a deadline goes its reading."""
    item = row.existing
    fields = [change.field for change in row.changes if f"cell:{item.pk}:{change.field}" in chosen]
    values = {name: row.item.cell(name) for name in fields}
    if "deadline_text" in values:
        values |= due(row.item, period)
    for name, value in values.items():
        setattr(item, name, value)
    if values:
        item.save(update_fields=list(values))
    return bool(values)
