"""The file that a school downloads: its round's form with the draft in it, and what the portal must know later."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.indicators.checking import written
from mentoring_reports.indicators.numbers import PLACES, write_number
from mentoring_reports.workbooks.writing.fillable import FillableForm, FillColumn, FillRow, Limits, Opening, write_form

from . import layout
from .layout import Texts, explanation_of, warnings_by_line

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import DataElement
    from mentoring_reports.reports.basis import Basis
    from mentoring_reports.reports.filling import Filling


class SpreadsheetFile(NamedTuple):
    """A file to download."""

    name: str
    content: bytes


def spreadsheet(basis: Basis, filling: Filling, *, school: Any, due: dt.date, version: int) -> SpreadsheetFile:
    """Return the form with what the draft of this version holds; `due` is the school's own date.

    Call it inside the school's schema.
    """
    given = given_texts(basis, filling)
    form = FillableForm(
        title=f"{basis.round.title} — {school.name}",
        sheet=_("Report"),
        author=school.name,
        introduction=list(_introduction(basis, due)),
        columns=_columns(),
        rows=list(_rows(basis, filling, given)),
        hidden=list(_hidden(basis, school, version, given)),
    )
    return SpreadsheetFile(_file_name(basis, school), write_form(form))


def given_texts(basis: Basis, filling: Filling) -> dict[str, Texts]:
    """Return what the input cells of each line hold; a count that was not overruled is left to the count."""
    warned = warnings_by_line(basis, filling)
    lines = {
        element.code: Texts(
            _value_text(element.code, basis, filling),
            filling.reasons.get(element.code, "").strip(),
            explanation_of(warned.get(element.code, []), filling),
        )
        for element in basis.elements
    }
    return {**lines, layout.NOTE: Texts(explanation=filling.note.strip())}


def _value_text(code: str, basis: Basis, filling: Filling) -> str:
    if code in basis.counts and code not in filling.overruled:
        return ""
    return filling.unread.get(code) or write_number(filling.values.get(code))


def _introduction(basis: Basis, due: dt.date) -> Iterator[str]:
    round_ = basis.round
    dates = {"start": round_.period_start, "end": round_.period_end, "due": due}
    shown = {name: date_format(day, "SHORT_DATE_FORMAT") for name, day in dates.items()}
    yield _("Period from %(start)s to %(end)s. Due by %(due)s.") % shown
    yield _("Fill in the yellow cells only, save the file as XLSX and upload it where you took it.")
    yield _("An empty cell leaves what the draft has. To remove a number or a text, put a dash (—).")
    yield _(
        "Where a number is counted from the register, leave the cell empty to take the count; another number needs "
        "a reason. Please write no names of people."
    )


def _columns() -> list[FillColumn]:
    return [
        FillColumn(layout.CODE, _("Code"), 14),
        FillColumn(layout.NAME, _("Data element"), 46),
        FillColumn(layout.UNIT, _("Unit"), 8),
        FillColumn(layout.COUNTED, _("Counted"), 11),
        FillColumn(layout.LAST, _("Last accepted"), 11),
        FillColumn(layout.VALUE, _("Value"), 12, Opening.NUMBER),
        FillColumn(layout.REASON, _("Reason, if it is not the counted number"), 30, Opening.TEXT),
        FillColumn(layout.EXPLANATION, _("Explanation, if the number is unusual"), 34, Opening.TEXT),
        FillColumn(layout.HELP, _("How to fill in"), 60),
    ]


def _rows(basis: Basis, filling: Filling, given: Mapping[str, Texts]) -> Iterator[FillRow]:
    for group in basis.groups:
        yield FillRow("", heading=group.name)
        for element in basis.elements:
            if element.group_id == group.pk:
                yield _row(element, basis, filling, given[element.code])
    note = {layout.NAME: _("Note to the methodist"), layout.EXPLANATION: given[layout.NOTE].explanation}
    yield FillRow(layout.NOTE, note, closed=frozenset({layout.VALUE, layout.REASON}))


def _row(element: DataElement, basis: Basis, filling: Filling, given: Texts) -> FillRow:
    code = element.code
    unread = filling.unread.get(code)
    typed = bool(given.value) or code in filling.overruled
    cells = {
        layout.NAME: element.name,
        layout.UNIT: element.unit,
        layout.COUNTED: basis.counts.get(code),
        layout.LAST: basis.last.get(code),
        layout.VALUE: unread or (filling.values.get(code) if typed else None),
        layout.REASON: given.reason,
        layout.EXPLANATION: given.explanation,
        layout.HELP: element.help_text,
    }
    closed = frozenset[str]() if code in basis.counts else frozenset({layout.REASON})
    return FillRow(code, cells, closed=closed, limits=_limits(element))


def _limits(element: DataElement) -> Limits:
    words = [_("A whole number.") if element.whole else _("A number.")]
    if element.minimum is not None:
        words.append(_("Not less than %(number)s.") % {"number": _plain(element.minimum)})
    if element.maximum is not None:
        words.append(_("Not more than %(number)s.") % {"number": _plain(element.maximum)})
    words.append(_("A dash removes it."))
    return Limits(element.whole, element.minimum, element.maximum, _("Wrong number"), " ".join(words))


def _plain(number: Decimal) -> str:
    return written(number, PLACES)


def _hidden(basis: Basis, school: Any, version: int, given: Mapping[str, Texts]) -> Iterator[list[str]]:
    form = basis.round.form
    facts = {
        layout.KIND: layout.KIND_OF_FILE,
        layout.ROUND: basis.round.code,
        layout.ROUND_TITLE: basis.round.title,
        layout.SCHOOL: str(school.pk),
        layout.SCHOOL_NAME: school.name,
        layout.FORM: form.code,
        layout.FORM_VERSION: str(form.version),
        layout.DRAFT_VERSION: str(version),
    }
    yield from ([name, fact] for name, fact in facts.items())
    yield from ([layout.GIVEN, code, *texts] for code, texts in given.items())


def _file_name(basis: Basis, school: Any) -> str:
    """Return a name that file systems take."""
    stem = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", f"{basis.round.title} {school.short_name}")
    return f"{' '.join(stem.split())[:100]}.xlsx"
