"""What happens to a plan on its way through Word, print and copying: each fault is a function on its rows."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.roadmaps.importing.plans import Plan


@dataclass
class Line:
    """A row of a table (several cells), or a line of text (one); `kind` tells which."""

    kind: str  # item, section, header, text, noise
    cells: list[str]
    spanning: bool = False

    @property
    def tabs(self) -> str:
        return "\t".join(self.cells)


def rows_of(plan: Plan, rng: random.Random, *, separator: str = ", ") -> list[Line]:
    """Return the header and the rows of a plan without any fault; sections are rows or a stage column."""
    lines = [Line("header", list(plan.headers))]
    width = len(plan.roles)
    for title, items in plan.sections:
        if "stage" not in plan.roles:
            lines.append(Line("section", [title, *[""] * (width - 1)], spanning=True))
        for place, item in enumerate(items):
            stage = title if place == 0 else ""
            cells = [stage if role == "stage" else item.cell(role, separator) for role in plan.roles]
            lines.append(Line("item", cells))
    return lines


def repeated_header(lines: list[Line], rng: random.Random) -> list[Line]:
    header = next(line for line in lines if line.kind == "header")
    place = rng.randrange(2, len(lines))
    return [*lines[:place], Line("header", list(header.cells)), *lines[place:]]


def numbering_row(lines: list[Line], rng: random.Random) -> list[Line]:
    place = next(n for n, line in enumerate(lines) if line.kind == "header") + 1
    width = len(lines[place - 1].cells)
    if width < 3:
        return lines
    return [*lines[:place], Line("noise", [str(n + 1) for n in range(width)]), *lines[place:]]


def page_number(lines: list[Line], rng: random.Random) -> list[Line]:
    place = rng.randrange(2, len(lines))
    return [*lines[:place], Line("noise", ["7"]), *lines[place:]]


def broken_row(lines: list[Line], rng: random.Random) -> list[Line]:
    """Break a row as the end of a page does: every long cell is cut, the number stays above."""
    places = [n for n, line in enumerate(lines) if line.kind == "item"]
    place = rng.choice(places)
    upper, lower = [], []
    for cell in lines[place].cells:
        words = cell.split(" ")
        cut = len(words) if len(words) < 3 or not words[-2][-1:].isalpha() else _cut(words, rng)
        upper.append(" ".join(words[:cut]))
        lower.append(" ".join(words[cut:]))
    if not any(lower) or not any(part[:1].islower() for part in lower):
        return lines
    return [*lines[:place], Line("item", upper), Line("item", lower), *lines[place + 1 :]]


def _cut(words: list[str], rng: random.Random) -> int:
    """Return where a text is cut: before a word in small letters."""
    fit = [n for n in range(1, len(words)) if words[n][:1].islower() and words[n - 1][-1:] not in ".;:!?"]
    return rng.choice(fit) if fit else len(words)


def broken_word(lines: list[Line], rng: random.Random) -> list[Line]:
    """Break a row in the middle of a word of its activity."""
    places = [n for n, line in enumerate(lines) if line.kind == "item" and len(_longest(line)) > 8]
    place = rng.choice(places)
    word = _longest(lines[place])
    column = next(n for n, cell in enumerate(lines[place].cells) if word in cell)
    cell = lines[place].cells[column]
    at = cell.index(word) + len(word) // 2
    upper = [*lines[place].cells]
    lower = [""] * len(upper)
    upper[column], lower[column] = cell[:at], cell[at:]
    return [*lines[:place], Line("item", upper), Line("item", lower), *lines[place + 1 :]]


def _longest(line: Line) -> str:
    cell = max(line.cells, key=len)
    words = [word for word in cell.split(" ") if word.isalpha() and word.islower()]
    return max(words, key=len, default="")


def lost_column(lines: list[Line], rng: random.Random) -> list[Line]:
    """Drop an empty cell out of the rows after a page break, so that the cells behind it move to the left."""
    changed = []
    for line in lines:
        empty = [n for n, cell in enumerate(line.cells) if not cell and 0 < n < len(line.cells) - 1]
        if line.kind == "item" and empty and rng.random() < 0.5:
            changed.append(Line("item", [cell for n, cell in enumerate(line.cells) if n != empty[-1]]))
        else:
            changed.append(line)
    return changed


def separators(lines: list[Line], rng: random.Random) -> list[Line]:
    place = rng.randrange(2, len(lines))
    width = len(lines[0].cells)
    return [*lines[:place], Line("noise", ["---"] * width), *lines[place:]]


def html_remains(lines: list[Line], rng: random.Random) -> list[Line]:
    return [
        Line(
            line.kind,
            [f"<b>{cell}</b><br>" if cell and rng.random() < 0.2 else cell for cell in line.cells],
            line.spanning,
        )
        if line.kind == "item"
        else line
        for line in lines
    ]


def odd_blanks(lines: list[Line], rng: random.Random) -> list[Line]:
    def changed(cell: str) -> str:
        return cell.replace(" ", rng.choice(["  ", "\u00a0", " "]))

    return [Line(line.kind, [changed(cell) for cell in line.cells], line.spanning) for line in lines]


def continued_table(lines: list[Line], rng: random.Random) -> list[Line]:
    place = rng.randrange(2, len(lines))
    return [*lines[:place], Line("noise", ["Продолжение таблицы"]), *lines[place:]]


FAULTS = (
    repeated_header, numbering_row, page_number, broken_row, broken_word, lost_column, separators, html_remains,
    odd_blanks,    continued_table,
)  # fmt: skip
