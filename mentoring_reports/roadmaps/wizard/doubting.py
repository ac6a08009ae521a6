"""What is doubtful about a draft as it stands now, and where: the importer's doubts and those about its deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mentoring_reports.roadmaps.deadline_entry.doubts import doubt_words
from mentoring_reports.roadmaps.importing.numbers import holes

from .draft import Item, Plan
from .texts import LONGEST_NUMBER, LONGEST_TITLE, fits, too_long
from .timing import Timing, timing_of
from .words import OF_ITEMS

# Doubts that are told anew from the row as it stands; the others say how it was read and stay until it is checked.
_TOLD_ANEW = {"no_deadline", "no_activity", "number_gap", "number_order", "number_repeated"}
_AT = {"joined_rows": "activity", "list_split": "activity", "no_activity": "activity", "no_deadline": "deadline_text"}
_AT |= {"deadline_from_section": "deadline_text", "shifted_columns": "activity"}
_AT |= dict.fromkeys(("number_gap", "number_order", "number_repeated"), "number")


@dataclass(frozen=True, slots=True)
class Marked:
    """An item with its deadline, its doubts (cell, sentence) and what keeps it from being saved (cell, sentence)."""

    item: Item
    timing: Timing
    doubts: tuple[tuple[str, str], ...] = ()
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Say whether somebody still has to look at the row."""
        return bool(self.errors or (self.doubts and not self.item.checked)) and not self.item.dropped


@dataclass(slots=True)
class Numbers:
    """How much is doubtful in a plan."""

    doubts: int = 0
    rows: int = 0
    errors: int = 0
    keys: list[int] = field(default_factory=list)


def marked_items(plan: Plan) -> dict[int, Marked]:
    """Return every item by its key, with what is doubtful about it."""
    kept = plan.kept
    of_numbers = dict(zip((item.key for item in kept), holes([item.number for item in kept]), strict=True))
    return {item.key: _marked(item, plan, of_numbers.get(item.key, "")) for item in plan.items}


def numbers_of(marked: Iterable[Marked]) -> Numbers:
    """Count the rows and doubts that somebody still has to look at."""
    numbers = Numbers()
    for row in marked:
        if row.is_doubtful:
            numbers.doubts += len(row.errors) + (0 if row.item.checked else len(row.doubts))
            numbers.rows += 1
            numbers.errors += len(row.errors)
            numbers.keys.append(row.item.key)
    return numbers


def can_be_saved(plan: Plan) -> bool:
    """Say whether the plan can become a roadmap as it is."""
    return bool(plan.title and plan.period and plan.kept) and is_sound(plan)


def is_sound(plan: Plan) -> bool:
    """Say whether every text fits into its field and every date typed by hand is one."""
    return fits(plan) and not any(timing_of(item, plan.period).error for item in plan.kept)


def errors_of_section(title: str, number: str) -> list[str]:
    """Return what keeps a section from being saved."""
    long = {LONGEST_TITLE: len(title) > LONGEST_TITLE, LONGEST_NUMBER: len(number) > LONGEST_NUMBER}
    return [_longer_than(most) for most, is_long in long.items() if is_long]


def _marked(item: Item, plan: Plan, of_number: str) -> Marked:
    timing = timing_of(item, plan.period)
    if item.dropped:
        return Marked(item, timing)
    codes = [code for code in item.warnings if code in OF_ITEMS and code not in _TOLD_ANEW]
    codes += [of_number] if of_number else []
    codes += [] if item.activity else ["no_activity"]
    codes += [] if item.deadline_text or timing.by_hand else ["no_deadline"]
    doubts = [(_AT[code], str(OF_ITEMS[code])) for code in codes]
    if item.deadline_text:
        doubts += [("deadline_text", words) for words in doubt_words(timing.deadline.warnings)]
    return Marked(item, timing, tuple(doubts), tuple(_errors(item, timing)))


def _errors(item: Item, timing: Timing) -> Iterator[tuple[str, str]]:
    for cell, most in too_long(item).items():
        yield cell, _longer_than(most)
    if timing.error == "reversed":
        yield "deadline_text", _("The last day is before the first one.")
    if timing.error == "no_date":
        yield "deadline_text", _("One of the days set by hand is no date: write it as 2024-09-01 or leave it empty.")


def _longer_than(most: int) -> str:
    return _("The text is longer than %(most)d characters: shorten it or move a part to another cell.") % {"most": most}
