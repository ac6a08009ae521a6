"""New activities of a document take their place in a roadmap: behind those that stand before them in the document."""

from __future__ import annotations

from collections.abc import Iterable

from mentoring_reports.roadmaps.importing.cleaning import flat, folded
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection

from .differences import Added, Comparison
from .draft import Section
from .rows import new_item, new_section


def add_items(roadmap: Roadmap, found: Comparison, added: Iterable[Added]) -> list[RoadmapItem]:
    """Write the activities and return them; a section that is not there yet is added at the end."""
    places = _Places(roadmap, found)
    made = [places.add(row) for row in added]
    RoadmapItem.objects.bulk_update(places.moved(), ["sort_order"])
    return made


class _Places:
    """The sections of a roadmap with their activities in order, while new ones come in."""

    def __init__(self, roadmap: Roadmap, found: Comparison) -> None:
        self._roadmap = roadmap
        self._rows = {row.item.key: row.existing for row in found.found}
        self._sections = {_plain(section.title): section for section in roadmap.sections.all()}
        self._orders: dict[int, list[RoadmapItem]] = {}

    def add(self, row: Added) -> RoadmapItem:
        """Write an activity into its section."""
        section = self._section(row.section)
        order = self._orders.setdefault(section.pk, list(section.items.all()))
        before = self._before(row, section)
        place = order.index(before) + 1 if before in order else len(order)
        item = new_item(section, row.item, place, (self._roadmap.period_start, self._roadmap.period_end))
        item.save()
        order.insert(place, item)
        self._rows[row.item.key] = item
        return item

    def moved(self) -> list[RoadmapItem]:
        """Return the activities that stand at another place than the database has."""
        moved = []
        for order in self._orders.values():
            for place, item in enumerate(order):
                if item.sort_order != place:
                    item.sort_order = place
                    moved.append(item)
        return moved

    def _section(self, section: Section) -> RoadmapSection:
        """Return the section of that title, else the one where its other activities stand, else a new one."""
        found = self._sections.get(_plain(section.title)) or self._beside(section)
        if found is None:
            found = new_section(self._roadmap, section, self._end())
            found.save()
        self._sections[_plain(section.title)] = found
        return found

    def _beside(self, section: Section) -> RoadmapSection | None:
        return next((self._rows[item.key].section for item in section.items if item.key in self._rows), None)

    def _end(self) -> int:
        return 1 + max((section.sort_order or 0 for section in self._sections.values()), default=-1)

    def _before(self, row: Added, section: RoadmapSection) -> RoadmapItem | None:
        before = None
        for item in row.section.items:
            if item.key == row.item.key:
                break
            known = self._rows.get(item.key)
            before = known if known is not None and known.section_id == section.pk else before
        return before


def _plain(text: str) -> str:
    return folded(flat(text))
