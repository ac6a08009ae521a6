"""Which roadmap a document is probably a newer state of: the same file, the same title, most of the activities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from mentoring_reports.roadmaps.importing.cleaning import flat, folded
from mentoring_reports.roadmaps.models import Roadmap, RoadmapImport, RoadmapItem

from .draft import Draft, Plan
from .past import Past

_SHARE = 0.5  # of the document's activities, word for word


def suggested_roadmaps(draft: Draft, name: str) -> dict[int, int]:
    """Return, for places of plans, the roadmap that the plan seems to be a newer state of. 3 statements."""
    roadmaps = list(Roadmap.objects.all())
    if not roadmaps:
        return {}
    activities = _activities()
    of_file = _made_of_file(name) if name and len(draft.plans) == 1 else None
    found = {place: _suggested(plan, roadmaps, activities) for place, plan in enumerate(draft.plans)}
    return {place: pk for place, best in found.items() if (pk := best or of_file)}


def suggested_roadmap(past: Past, place: int, name: str) -> Roadmap | None:
    """Return the roadmap that one plan seems to be a newer state of, as of now: one may have come after the upload."""
    known = Roadmap.objects.filter(pk=past.suggested.get(place)).first()
    return known or Roadmap.objects.filter(pk=suggested_roadmaps(past.draft, name).get(place)).first()


def _made_of_file(name: str) -> int | None:
    made = RoadmapImport.objects.filter(name=name, roadmap__isnull=False)
    return made.values_list("roadmap_id", flat=True).first()


def _activities() -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = {}
    for roadmap, text in RoadmapItem.objects.values_list("section__roadmap_id", "activity"):
        found.setdefault(roadmap, set()).add(_plain(text))
    return found


def _suggested(plan: Plan, roadmaps: list[Roadmap], activities: Mapping[int, set[str]]) -> int | None:
    """Return the roadmap with most activities in common, else the one of the same title and period."""
    texts = {_plain(item.activity) for item in plan.items if item.activity}
    shared = Counter({pk: len(texts & known) for pk, known in activities.items()})
    for pk, number in shared.most_common(1):
        if number and number >= _SHARE * len(texts):
            return pk
    same = [
        r for r in roadmaps if _plain(r.title) == _plain(plan.title) and (r.period_start, r.period_end) == plan.period
    ]
    return same[0].pk if plan.title and same else None


def _plain(text: str) -> str:
    return folded(flat(text))
