"""What one cell says about one data element: nothing, that something goes, a number or a text; or why it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from mentoring_reports.indicators.checking import check_number
from mentoring_reports.indicators.numbers import NotANumber, read_number, write_number
from mentoring_reports.workbooks.writing.fillable import DASHES

from . import layout
from .reading import BROKEN, DATE, LONGEST_TEXT, UNCOMPUTED, YES_NO

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import DataElement

    from .layout import Texts
    from .reading import FilledCell, FilledLine


@dataclass(frozen=True)
class Said:
    """A number with its text, or only a text; both empty: it is to be removed."""

    text: str = ""
    number: Decimal | None = None


@dataclass(frozen=True)
class Refused:
    """Why a cell is left out."""

    message: str


BLANK = Said("\0")  # the cell says nothing: the draft keeps what it has
REMOVED = Said()


def read_value(
    element: DataElement, line: FilledLine, given: Texts, counts: Mapping[str, Decimal | None]
) -> Said | Refused:
    """Read the number of a line; the number that was counted, in the file or by now, is no overruling."""
    cell = line.cells[layout.VALUE]
    if cell.problem:
        return Refused(_problem(cell.problem))
    text = cell.text.strip()
    if not text or _same(text, given.value):
        return BLANK
    if text in DASHES:
        return REMOVED
    number = _number(text)
    if number is None:
        return Refused(_("“%(text)s” is not a number.") % {"text": text[:40]})
    if element.code in counts and number in {counts[element.code], _shown_count(line)}:
        return REMOVED
    return _checked(element, number)


def read_text(cell: FilledCell, given: str) -> Said | Refused:
    """Read a reason, an explanation or the note."""
    if cell.problem:
        return Refused(_problem(cell.problem))
    text = "\n".join(cell.text.replace("\r\n", "\n").split("\r")).strip()
    if not text or text == given:
        return BLANK
    if text in DASHES:
        return REMOVED
    if len(text) > LONGEST_TEXT:
        return Refused(_("The text is longer than %(count)d characters.") % {"count": LONGEST_TEXT})
    return Said(text)


def _checked(element: DataElement, number: Decimal) -> Said | Refused:
    finding = next(check_number(element.rule(), number, gettext), None)
    return Refused(finding.message) if finding else Said(write_number(number), number)


def _number(text: str) -> Decimal | None:
    try:
        return read_number(text)
    except NotANumber:
        return None


def _same(text: str, given: str) -> bool:
    number = _number(text)
    return text == given or (number is not None and bool(given) and number == _number(given))


def _shown_count(line: FilledLine) -> Decimal | None:
    cell = line.cells.get(layout.COUNTED)
    return _number(cell.text) if cell else None


def _problem(problem: str) -> str:
    return {
        DATE: _("A date stands here instead of a number: set the cell's format to “Number” and enter it again."),
        YES_NO: _("TRUE or FALSE stands here instead of a number."),
        BROKEN: _("The formula here gives an error."),
        UNCOMPUTED: _("The formula here has no result: open the file in a spreadsheet and save it again."),
    }[problem]
