"""Whole documents with the faults of real ones, read against what somebody wrote down about them beforehand.

Each `documents/NAME.txt` has a `NAME.expected`: `plan | title | start..end`, `section | title`, and for each activity
its beginning, the deadline as written, kind, start..end, the responsible and whether it is doubtful; `*` is anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mentoring_reports.roadmaps.importing.plans import Activity, Plan
from tests.roadmaps.importing.reading import read

FOLDER = Path(__file__).parent / "documents"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


@dataclass
class Wanted:
    title: str
    period: str
    sections: list[str] = field(default_factory=list)
    items: list[tuple[str, list[str]]] = field(default_factory=list)


def wanted(name: str) -> list[Wanted]:
    plans: list[Wanted] = []
    for line in (FOLDER / f"{name}.expected").read_text(encoding="utf-8").splitlines():
        parts = line.split(" | ")
        if parts[0] == "plan":
            plans.append(Wanted(parts[1], parts[2]))
        elif parts[0] == "section":
            plans[-1].sections.append(parts[1])
        else:
            plans[-1].items.append((plans[-1].sections[-1] if plans[-1].sections else "", parts))
    return plans


def found(plan: Plan) -> list[tuple[str, Activity]]:
    return [(section.title, item) for section in plan.sections for item in section.items]


def squeezed(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


@pytest.fixture(params=NAMES)
def pair(request) -> tuple[list[Wanted], list[Plan]]:
    text = (FOLDER / f"{request.param}.txt").read_text(encoding="utf-8")
    return wanted(request.param), list(read(text).plans)


def test_every_plan_is_found_with_its_period(pair):
    goal, plans = pair
    assert [plan.period for plan in goal] == [f"{plan.period.start}..{plan.period.end}" for plan in plans]
    assert all(squeezed(a.title) in squeezed(b.title) for a, b in zip(goal, plans, strict=True))


def test_every_activity_is_found_in_order_and_none_is_invented(pair):
    for goal, plan in zip(*pair, strict=True):
        items = found(plan)
        assert len(items) == len(goal.items)
        for (_, parts), (_, item) in zip(goal.items, items, strict=True):
            assert squeezed(parts[0]) in squeezed(item.number + item.text)


def test_every_activity_is_in_its_section(pair):
    for goal, plan in zip(*pair, strict=True):
        for (section, parts), (title, _) in zip(goal.items, found(plan), strict=True):
            assert squeezed(section) in squeezed(title), parts[0]


def test_every_deadline_is_read(pair):
    for goal, plan in zip(*pair, strict=True):
        for (_, parts), (_, item) in zip(goal.items, found(plan), strict=True):
            assert parts[1] == "*" or squeezed(parts[1]) == squeezed(item.deadline.text)
            assert parts[2] == "*" or str(item.deadline.kind) in parts[2].split("/"), parts[0]
            assert_days(parts[3], item)


def assert_days(days: str, item: Activity) -> None:
    start, _, end = days.partition("..")
    assert end in ("*", str(item.deadline.end or "-")), item.text
    assert start in ("*", str(item.deadline.start or "-")), item.text


def test_the_responsible_are_told_apart(pair):
    for goal, plan in zip(*pair, strict=True):
        for (_, parts), (_, item) in zip(goal.items, found(plan), strict=True):
            assert parts[4].split("; ") == [*item.responsible] or (parts[4] == "-" and not item.responsible)


def test_what_is_doubtful_says_so(pair):
    doubtful = [
        (parts[0], item.warnings)
        for goal, plan in zip(*pair, strict=True)
        for (_, parts), (_, item) in zip(goal.items, found(plan), strict=True)
        if parts[5] == "doubtful"
    ]
    assert all(warnings for _, warnings in doubtful), doubtful
