"""The preview as it is shown: a page of rows by section, with readings and doubts where they are. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mentoring_reports.roadmaps.deadline_entry.readings import DeadlineReading

from .doubting import Marked, Numbers, errors_of_section, marked_items, numbers_of
from .draft import CELLS, Plan, Section
from .posting import Cell as Place
from .words import CELLS as NAMES

ROWS_ON_PAGE = 40
_ALWAYS = {"activity", "deadline_text", "responsible", "expected_result"}
_OF_ROLES = {"indicator": "indicator_text", "participants": "participants", "documents": "documents"}
_LETTERS_IN_LINE = {"activity": 32, "deadline_text": 18}
_MOST_LINES = 14


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a row: its text, its lines, what is doubtful or wrong about it, what another window wrote there."""

    key: int
    name: str
    label: str
    text: str
    lines: int
    doubts: list[str]
    errors: list[str]
    other: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """An activity on the page; `after` is the next one that is doubtful."""

    marked: Marked
    cells: list[Cell]
    reading: DeadlineReading
    after: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """A section on the page; `number` of its activities in all."""

    section: Section
    rows: list[Row]
    number: int
    errors: list[str]
    others: list[str]


@dataclass
class Screen:
    """One page of a plan."""

    plan: Plan
    page: int = 1
    only_doubtful: bool = False
    all_columns: bool = False
    beside: Mapping[Place, str] = field(default_factory=dict)

    @cached_property
    def marked(self) -> dict[int, Marked]:
        """Return all items with their doubts."""
        return marked_items(self.plan)

    @cached_property
    def numbers(self) -> Numbers:
        """Return how much is doubtful in the whole plan."""
        return numbers_of(self.marked.values())

    @cached_property
    def keys(self) -> list[int]:
        """Return the items that the filter leaves, in order."""
        doubtful = set(self.numbers.keys)
        return [item.key for item in self.plan.items if not self.only_doubtful or item.key in doubtful]

    @property
    def others_of_plan(self) -> list[str]:
        """Return what was typed for the plan's own fields where another window wrote as well."""
        return [text for (key, _name), text in self.beside.items() if key == 0]

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return max(1, -(-len(self.keys) // ROWS_ON_PAGE))

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Return the cells that are shown, with their names: those that hold something anywhere, or all."""
        wanted = _ALWAYS | {_OF_ROLES[role] for _header, role in self.plan.columns if role in _OF_ROLES}
        used = {name for name in CELLS if any(item.cell(name) for item in self.plan.items)}
        return [(name, str(NAMES[name])) for name in CELLS if self.all_columns or name in wanted | used]

    @property
    def has_hidden_columns(self) -> bool:
        """Say whether some cells are not shown."""
        return len(self.columns) < len(CELLS)

    def page_of(self, key: int) -> int:
        """Return the page of an item; the first one for an item that is not shown."""
        return 1 + self.keys.index(key) // ROWS_ON_PAGE if key in self.keys else 1

    @cached_property
    def blocks(self) -> list[Block]:
        """Return the sections of the page."""
        first = (self.page - 1) * ROWS_ON_PAGE
        shown = set(self.keys[first : first + ROWS_ON_PAGE])
        blocks, passed = [], 0
        for section in self.plan.sections:
            keys = [item.key for item in section.items if item.key in shown]
            is_here = not section.items and not self.only_doubtful and self._holds(passed)
            if keys or is_here:
                blocks.append(self._block(section, keys))
            passed += len(section.items)
        return blocks

    def _holds(self, place: int) -> bool:
        """Say whether an empty section that has so many rows before it stands on this page."""
        return min(place, max(0, len(self.keys) - 1)) // ROWS_ON_PAGE == self.page - 1

    def _block(self, section: Section, keys: list[int]) -> Block:
        others = [
            self.beside[-section.key, name] for name in ("number", "title") if (-section.key, name) in self.beside
        ]
        number = sum(not item.dropped for item in section.items)
        errors = errors_of_section(section.title, section.number)
        return Block(section, [self._row(key) for key in keys], number, errors, others)

    def _row(self, key: int) -> Row:
        marked = self.marked[key]
        cells = [self._cell(marked, name, label) for name, label in self.columns]
        doubtful = self.numbers.keys
        after = doubtful[doubtful.index(key) + 1 :][:1] if key in doubtful else []
        return Row(marked, cells, DeadlineReading.of(marked.timing.deadline), after[0] if after else None)

    def _cell(self, marked: Marked, name: str, label: str) -> Cell:
        key, text = marked.item.key, marked.item.cell(name)
        doubts = [words for cell, words in marked.doubts if cell == name]
        errors = [words for cell, words in marked.errors if cell == name]
        typed = self.beside.get((key, name))
        shown, other = (text, None) if typed is None else (typed, text)
        return Cell(key, name, label, shown, _lines(name, shown), doubts, errors, other)


def _lines(name: str, text: str) -> int:
    """Return how many lines a field needs; browsers that can do so fit it themselves."""
    letters = _LETTERS_IN_LINE.get(name, 20)
    return min(_MOST_LINES, max(1, sum(-(-max(1, len(line)) // letters) for line in text.split("\n"))))
