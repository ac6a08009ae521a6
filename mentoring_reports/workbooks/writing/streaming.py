"""A fast way to write large plain sheets with XlsxWriter, and its own calls where the fast way is not safe.

XlsxWriter writes a cell through some ten calls of Python. That does not matter for a sheet of a few hundred rows; a
sheet of 100,000 takes most of a minute, and one of 2,000 schools with all their indicators two seconds. What XlsxWriter
does well (styles, panes, filters, printing, charts) is not in those rows, so only they go another way:

1.  A worksheet in "constant memory" mode keeps no cells: it appends each finished row as XML to a temporary file, which
    is copied into the sheet at the end. `write_rows` appends the same XML to the same file, thousands of rows at once.
2.  The XML of a row consists of what depends on a cell's value, its style and its column, and of the row's number,
    which stands in every cell's address. So each column keeps a dictionary from values to the XML *between* two places
    of the row's number, and a row is `number.join(pieces)`. Values repeat in long tables (names, codes, days, small
    counts), so that nearly all of the work is done by `dict` and `str.join`, in C.
3.  `write_cells` does the same for rows of cells that bring their own styles: there a column's dictionary goes from the
    cells themselves, and a row may have a height. Rows with formulas are left to XlsxWriter.
4.  XlsxWriter writes every part of the file in full, then packs all of them. `open_book` gives a book that packs each
    part while it is being written, with isal's deflate where that is installed (several times faster than zlib's; the
    files are a fifth larger). Dates and rights inside the archive are constant, so that the same cells give the same
    bytes on any day. Isal and zlib, or other releases of them, pack the same content into other bytes (`deflate_name`):
    whoever compares files of two machines compares what is inside.

All but 2 lean on parts of XlsxWriter that it does not promise. `internals_are_known` writes a small book both ways,
once in a process, and compares them; when they differ, everything here goes through XlsxWriter's own calls: slower, the
same content. Either way a text is only ever a text: cleaned, escaped, not a formula, not a link.

    book = open_book(file, {"in_memory": True, …})
    sheet = add_large_sheet(book, "Данные")
    sheet.write_row(0, 0, headers, bold)
    count = write_rows(sheet, 1, ["text", "number", "date"], [plain, whole, day], rows, missing=grey)
    sheet.autofilter(0, 0, count, 2)
    book.close()
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import math
import os
import re
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from itertools import islice, repeat
from tempfile import TemporaryFile
from typing import IO, Any

import pandas as pd
import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter.packager import Packager
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from .cells import BLANK, FIRST_DAY, LONGEST_TEXT, MISSING, Cell, clean

try:
    from isal import isal_zlib
except ImportError:  # wanted for speed only
    isal_zlib = None  # type: ignore[assignment]

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 1_000
START = '"><c r="A'  # from behind a row's number to before that of its first cell
REMEMBERED, WORTH_REMEMBERING = 10_000, 300  # values of a column; characters of a cell's XML
PIECE = 1 << 18  # characters handed to the packer at once
ISAL_LEVEL, ZLIB_LEVEL = 1, 3  # zlib's 6 takes three times as long for a sixth less
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the date of every part of the archive: the earliest that an archive can hold
UNIX, ONLY_OWNER = 3, 0o600 << 16  # whose rights the parts have, and which
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
NEWER_EXCEL = 2010  # adds an attribute to each row
LOOKS_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")
DAY_0 = dt.datetime(1899, 12, 31)
ORDINAL_0 = DAY_0.toordinal() - 1
FIRST_MOMENT = dt.datetime.combine(FIRST_DAY, dt.time())
SURELY_SHORT = LONGEST_TEXT // 2  # characters, of which each may count as two
SAMPLE_DAY = dt.datetime(2026, 1, 1)
SAMPLE: list[tuple[Any, ...]] = [
    ("a <b> & _x0041_\n", 1, SAMPLE_DAY.date(), True),
    (" ж\t=1+1", 1234567.1, SAMPLE_DAY.replace(hour=13), False),
    (None, None, None, None),
]

SAMPLE_CELLS = [
    [Cell("a & b", "text"), Cell(0.5, "percent1"), Cell(SAMPLE_DAY.date(), "date"), Cell(None, "missing")],
    [Cell("", "text"), Cell(-7, "number0"), Cell(None, "blank"), Cell("a\nb", "text")],
]
SAMPLE_HEIGHTS = [None, 29.0]

Ready = str | float | dt.date | None
Look = Callable[[Cell], Any]
Height = Callable[[Sequence[Cell]], float | None]
Progress = Callable[[int], object]


class Kind(StrEnum):
    """What a column holds. Missing values (None, NaN, NaT, NA, infinity) show as «—» in every kind."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # days and moments; moments with a time zone are shown in the current one
    FLAG = "flag"


class TooManyRows(ValueError):
    """A sheet cannot hold so many rows."""


def open_book(file: IO[bytes], options: dict[str, Any] | None = None) -> Any:
    """Return a book that packs its parts into `file` while they are written; an XlsxWriter Workbook in all else."""
    kind = _PackedBook if internals_are_known() else xlsxwriter.Workbook
    return kind(file, (options or {}) | {"in_memory": True})


def add_large_sheet(book: Any, name: str) -> Any:
    """Add a sheet that keeps no cells: write it from top to bottom, and set the rows' heights before their cells.

    It has no Excel tables and gives a chart no cached figures: both need cells that are kept.
    """
    return book.add_worksheet(name, _LargeSheet if internals_are_known() else None)


def write_rows(  # noqa: PLR0913  (a table is described by this much)
    sheet: Any,
    first_row: int,
    kinds: Sequence[str],
    formats: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    missing: Any = None,
    progress: Progress | None = None,
) -> int:
    """Write rows into the columns from A on and return how many there were; afterwards write below them only.

    `rows` are read a thousand at a time; `progress` is told after each thousand how many are written, and may raise to
    stop. `missing` is the format of «—», else the column's. On a sheet that is not large, that has heights or comments
    set for rows to come, or with an XlsxWriter that is not known, every cell goes through XlsxWriter's own calls.

    Raises TooManyRows when a sheet cannot hold them all, ValueError when a row has another number of values, or when
    the rows begin above what is written already.
    """
    columns = [Kind(kind) for kind in kinds]
    if isinstance(sheet, _LargeSheet) and first_row < sheet.previous_row:
        raise ValueError(f"row {first_row} of a large sheet is written already")
    way = _Stream if _is_streamable(sheet, first_row) and internals_are_known() else _Calls
    writer, row = way(sheet, columns, formats, missing), first_row
    for chunk in _chunks(rows):
        _check_room(sheet, row + len(chunk))
        writer.write(row, chunk)
        row += len(chunk)
        if progress is not None:
            progress(row - first_row)
    return row - first_row


def write_cells(  # noqa: PLR0913  (a table is described by this much)
    sheet: Any,
    first_row: int,
    rows: Sequence[Sequence[Cell]],
    look: Look,
    *,
    height: Height = lambda _row: None,
    progress: Progress | None = None,
) -> bool:
    """Write rows of cells into the columns from A on, the fast way; where it is not safe write nothing, return False.

    `look` gives a cell's format, `height` a row's height in points, None for the usual one. It is safe where
    `write_rows` has its fast way, in rows of one length without formulas. Raises TooManyRows.
    """
    if not (_are_plain(rows) and _is_streamable(sheet, first_row) and internals_are_known()):
        return False
    _check_room(sheet, first_row + len(rows))
    stream, row = _StyledStream(sheet, len(rows[0]), look), first_row
    for chunk in _chunks(rows):
        stream.write(row, chunk, map(height, chunk))
        row += len(chunk)
        if progress is not None:
            progress(row - first_row)
    return True


def write_cell(sheet: Any, row: int, column: int, cell: Cell, format_: Any) -> None:
    """Write a cell without a formula by the call for its type: XlsxWriter never has to guess."""
    ready = _ready_cell(cell)
    if ready == "":
        sheet.write_blank(row, column, None, format_)
    else:
        _call(sheet, row, column, ready, format_)


def format_columns_from(sheet: Any, first: int, format_: Any) -> None:
    """Give a format to all columns from one on, to the sheet's last.

    Told so itself, XlsxWriter would look for cells in each of the 16,384 columns of every row.
    """
    if not internals_are_known():
        sheet.set_column(first, MOST_COLUMNS - 1, None, format_)
        return
    sheet.set_column(first, first, None, format_)
    its_own = partial(type(sheet)._write_col_info, weakref.proxy(sheet))  # not bound: the sheet would refer to itself
    sheet._write_col_info = partial(_write_to_the_last, its_own, first)


def deflate_name() -> str:
    """Return what packs the files here: the same content has other bytes where another one does."""
    return f"isal-{ISAL_LEVEL}" if isal_zlib is not None else f"zlib-{ZLIB_LEVEL}"


@cache
def internals_are_known() -> bool:
    """Tell whether XlsxWriter's own calls and the ways of this module give the same parts of a small book."""
    plain, packed = io.BytesIO(), io.BytesIO()
    try:
        book = xlsxwriter.Workbook(plain, {"constant_memory": True})
        promised = _sample(Worksheet, (_Calls, _StyledCalls), book, plain)
        book = _PackedBook(packed, {"in_memory": True})
        known = promised == _sample(_LargeSheet, (_Stream, _StyledStream), book, packed)
    except Exception:  # noqa: BLE001  (whatever another XlsxWriter raises, the other way stays)
        known = False
    if not known:
        logger.warning("XlsxWriter %s is not the one known: large sheets are written slowly.", xlsxwriter.__version__)
    return known


# What is written: a cell's value, made ready for both ways alike


def _ready(kind: Kind, value: Any) -> Ready:
    """Return a value as its cell holds it; None where it is missing."""
    return None if _is_missing(value) else READY[kind](value)


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NA or bool(value != value)  # noqa: PLR0124  (NaN, NaT)


def _ready_cell(cell: Cell) -> Ready:
    """Return a cell's value as it is written; an empty text where the cell stays empty, None where it is missing."""
    value = cell.value
    if cell.style == BLANK:
        return ""
    if isinstance(value, str):
        return clean(value)
    if _is_missing(value):
        return None
    return _date(value) if isinstance(value, dt.date) else _number(value)


def _text(value: Any) -> str:
    return clean(str(value))


def _number(value: Any) -> float | None:
    """Return a finite number; -0.0, which spreadsheets show as "-0", is 0."""
    number = float(value)
    return number + 0.0 if math.isfinite(number) else None


def _date(value: Any) -> dt.date | str:
    """Return a day or a moment of the current time zone; before the first day that spreadsheets count, a text."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = timezone.make_naive(value)
    day = value.date() if isinstance(value, dt.datetime) else value
    return value if day >= FIRST_DAY else str(day.isoformat())


READY: dict[Kind, Callable[[Any], Ready]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.FLAG: bool,
}


# The fast way


class _Stream:
    """Writes rows as XML into the file to which XlsxWriter appends its finished rows."""

    def __init__(self, sheet: Any, kinds: Sequence[Kind], formats: Sequence[Any], missing: Any) -> None:
        looks = [_style(sheet, place, format_) for place, format_ in enumerate(formats)]
        dash = None if missing is None else _style(sheet, 0, missing)
        self._sheet = sheet
        self._cells: Sequence[_Remembered] = [
            _Cells(kind, look, look if dash is None else dash, next_)
            for kind, look, next_ in zip(kinds, looks, _follow(len(kinds)), strict=True)
        ]

    def write(self, row: int, rows: Sequence[Sequence[Any]], heights: Iterable[float | None] | None = None) -> None:
        """Append rows, and tell XlsxWriter what it would know had it written them."""
        if row > self._sheet.previous_row:
            self._sheet._write_single_row(row)  # finish the row that it still holds
        numbers = map(str, range(row + 1, row + 1 + len(rows)))
        columns = zip(*rows, strict=True)
        pieces = [map(cells.__getitem__, column) for cells, column in zip(self._cells, columns, strict=True)]
        starts = repeat(START) if heights is None else map(self._start, heights)
        lines = map(str.join, numbers, zip(repeat('<row r="'), starts, *pieces))
        self._sheet.row_data_fh.write("".join(lines))
        self._sheet._check_dimensions(row, 0)
        self._sheet._check_dimensions(row + len(rows) - 1, len(self._cells) - 1)
        self._sheet.previous_row = row + len(rows)
        for cells in self._cells:
            cells.forget(len(rows))

    def _start(self, height: float | None) -> str:
        """Return what follows a row's number, up to that of its first cell; heights are whole pixels."""
        pixels = None if height is None else int(height * 4 / 3 + 0.5)
        if pixels in {None, self._sheet.original_row_height}:
            return START
        return f'" ht="{pixels * 0.75:.16g}" customHeight="1{START}'


class _StyledStream(_Stream):
    """The same for rows of cells that bring their own styles."""

    def __init__(self, sheet: Any, width: int, look: Look) -> None:
        self._sheet = sheet
        self._cells = [_StyledCells(look, next_) for next_ in _follow(width)]


class _Remembered(dict[Any, str]):
    """The cells of a column by their values: the XML from behind the row's number to before the next one."""

    def __init__(self) -> None:
        super().__init__()
        self._rows, self._repeat = 0, True

    def forget(self, rows: int) -> None:
        """Make room after so many more rows; where most values were new, remember none from now on."""
        self._rows += rows
        if len(self) > REMEMBERED:
            self._repeat = len(self) < self._rows / 2
            self._rows = 0
            self.clear()


class _Cells(_Remembered):
    """The cells of a column of one kind and style."""

    def __init__(self, kind: Kind, style: str, missing: str, follow: str) -> None:
        super().__init__()
        self._kind = kind
        self._start, self._missing, self._end = f'"{style}', f'"{missing}', f"</c>{follow}"

    def __missing__(self, value: Any) -> str:
        """Make a cell, and remember it where equal values give the same: 1 and 1.0 do in numbers, but not in texts."""
        content = QUICK[self._kind](value)
        if content is None:
            ready = _ready(self._kind, value)
            return f"{self._missing if ready is None else self._start}{_content(ready)}{self._end}"
        xml = f"{self._start}{content}{self._end}"
        if self._repeat and len(xml) <= WORTH_REMEMBERING:
            self[value] = xml
        return xml


class _StyledCells(_Remembered):
    """The cells of a column by themselves: equal ones give the same."""

    def __init__(self, look: Look, follow: str) -> None:
        super().__init__()
        self._look, self._follow = look, follow

    def __missing__(self, cell: Cell) -> str:
        """Make a cell, and remember it."""
        ready, style = _ready_cell(cell), _style_of(self._look(cell))
        xml = f'"{style}/>{self._follow}' if ready == "" else f'"{style}{_content(ready)}</c>{self._follow}'
        if self._repeat and len(xml) <= WORTH_REMEMBERING:
            self[cell] = xml
        return xml


def _follow(width: int) -> list[str]:
    """Return what follows the cell of each column: the address of the next one, or the end of the row."""
    return [*(f'<c r="{xl_col_to_name(place)}' for place in range(1, width)), "</row>"]


def _content(ready: Ready) -> str:
    """Return what a cell holds, from behind its style."""
    if ready is None or isinstance(ready, str):
        return _inline(MISSING if ready is None else ready)
    if isinstance(ready, bool):
        return f' t="b"><v>{ready:d}</v>'
    return f"><v>{_serial(ready) if isinstance(ready, dt.date) else ready:.16G}</v>"


def _serial(day: dt.date) -> float:
    """Return a day or a moment as spreadsheets count; they have a 29th of February in 1900, which is behind us."""
    if not isinstance(day, dt.datetime):
        return day.toordinal() - ORDINAL_0
    since = day - DAY_0
    return since.days + (since.seconds + since.microseconds / 1e6) / 86_400 + 1


def _inline(text: str) -> str:
    """Return a text inside its cell: escaped, its spaces kept, "_x0041_" meant as it stands."""
    if "_x" in text:
        text = LOOKS_ESCAPED.sub(r"_x005F\1", text)
    keep = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t{keep}>{text}</t></is>'


# Most values need no care: telling so costs a tenth of taking it. These return None for all others


def _quick_text(value: Any) -> str | None:
    """Return a text that is short enough, and of which nothing has to be removed, escaped or kept from the edges."""
    if type(value) is not str or len(value) > SURELY_SHORT or not value.isprintable():
        return None
    if "&" in value or "<" in value or ">" in value or "_x" in value or value[:1] == " " or value[-1:] == " ":
        return None
    return f' t="inlineStr"><is><t>{value}</t></is>'


def _quick_number(value: Any) -> str | None:
    kind = type(value)
    if (kind is float and value - value == 0) or kind is int:  # infinity less infinity is no number
        return f"><v>{value + 0.0:.16G}</v>"
    return _content(_number(value)) if kind is Decimal and value.is_finite() else None


def _quick_date(value: Any) -> str | None:
    kind = type(value)
    if kind is dt.date and value >= FIRST_DAY:
        return f"><v>{value.toordinal() - ORDINAL_0}</v>"
    if kind is dt.datetime and value.tzinfo is None and value >= FIRST_MOMENT:
        return f"><v>{_serial(value):.16G}</v>"
    return None


def _quick_flag(value: Any) -> str | None:
    return _content(value) if type(value) is bool else None


QUICK: dict[Kind, Callable[[Any], str | None]] = {
    Kind.TEXT: _quick_text,
    Kind.NUMBER: _quick_number,
    Kind.DATE: _quick_date,
    Kind.FLAG: _quick_flag,
}


def _style(sheet: Any, place: int, format_: Any) -> str:
    """Return the attribute of a format; without one, of the column's own."""
    if format_ is None and place in sheet.col_info:
        format_ = sheet.col_info[place].column_format
    return "" if format_ is None else _style_of(format_)


def _style_of(format_: Any) -> str:
    return f' s="{format_._get_xf_index()}"'


def _are_plain(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether there are rows with cells, all of one length, and no formula in them."""
    return (
        bool(rows)
        and all(len(row) == len(rows[0]) > 0 for row in rows)
        and not any(cell.formula for row in rows for cell in row)
    )


def _is_streamable(sheet: Any, first_row: int) -> bool:
    """Tell whether the rows to come are plain ones of a large sheet, the first of them still without cells."""
    return (
        isinstance(sheet, _LargeSheet)
        and not sheet.table.get(first_row)
        and not any(row >= first_row for row in (*sheet.row_info, *sheet.comments))
        and sheet.default_row_height == sheet.original_row_height
        and sheet.excel_version != NEWER_EXCEL
        and not sheet.date_1904
    )


# XlsxWriter's own calls


class _Calls:
    """Writes the same rows by the calls that XlsxWriter promises."""

    def __init__(self, sheet: Any, kinds: Sequence[Kind], formats: Sequence[Any], missing: Any) -> None:
        self._sheet, self._columns, self._missing = sheet, list(zip(kinds, formats, strict=True)), missing

    def write(self, row: int, rows: Sequence[Sequence[Any]]) -> None:
        """Write every cell of the rows."""
        for number, values in enumerate(rows, row):
            for place, ((kind, format_), value) in enumerate(zip(self._columns, values, strict=True)):
                ready = _ready(kind, value)
                look = self._missing if ready is None and self._missing is not None else format_
                _call(self._sheet, number, place, ready, look)


class _StyledCalls:
    """Writes rows of cells by the calls that XlsxWriter promises."""

    def __init__(self, sheet: Any, width: int, look: Look) -> None:
        self._sheet, self._look = sheet, look

    def write(self, row: int, rows: Sequence[Sequence[Cell]], heights: Iterable[float | None]) -> None:
        """Write every cell of the rows."""
        for number, (cells, height) in enumerate(zip(rows, heights, strict=True), row):
            if height is not None:
                self._sheet.set_row(number, height)
            for place, cell in enumerate(cells):
                write_cell(self._sheet, number, place, cell, self._look(cell))


def _call(sheet: Any, row: int, place: int, ready: Ready, format_: Any) -> None:
    """Write what is ready, by the call for its type."""
    if ready is None or isinstance(ready, str):
        sheet.write_string(row, place, MISSING if ready is None else ready, format_)
    elif isinstance(ready, bool):
        sheet.write_boolean(row, place, ready, format_)
    elif isinstance(ready, dt.date):
        sheet.write_datetime(row, place, ready, format_)
    else:
        sheet.write_number(row, place, ready, format_)


def _chunks(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, ROWS_AT_ONCE)):
        yield chunk


def _write_to_the_last(write: Callable[[int, int, Any], None], first: int, low: int, high: int, info: Any) -> None:
    """Write a stretch of columns; the one that ends with the column `first` goes on to the sheet's last."""
    write(low, MOST_COLUMNS - 1 if high == first else high, info)


def _check_room(sheet: Any, end: int) -> None:
    if end > MOST_ROWS:
        message = _(
            "“%(sheet)s” would have more than %(most)d rows; a sheet holds no more. Choose fewer schools or rounds."
        )
        raise TooManyRows(message % {"sheet": sheet.get_name(), "most": MOST_ROWS})


# The book


class _LargeSheet(Worksheet):
    """A sheet in constant memory, whatever the rest of its book is; its rows' file has no name and dies with it."""

    fh: Any
    row_data_fh: Any

    def _initialize(self, init_data: dict[str, Any]) -> None:
        super()._initialize(init_data | {"constant_memory": True})
        self.row_data_fh.close()
        os.unlink(self.row_data_filename)
        self.fh = self.row_data_fh = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
        weakref.finalize(self, self.row_data_fh.close)  # a book that is given up leaves nothing open

    def _write_optimized_sheet_data(self) -> None:
        """Copy the rows into the sheet as the bytes that they are."""
        self._xml_start_tag("sheetData")
        self.row_data_fh.flush()
        rows = self.row_data_fh.buffer
        rows.seek(0)
        while piece := rows.read(PIECE):
            self.fh.write_bytes(piece)
        self.row_data_fh.close()
        self._xml_end_tag("sheetData")


class _PackedBook(xlsxwriter.Workbook):
    """A book that packs its parts itself, while they are written."""

    def __init__(self, file: IO[bytes], options: dict[str, Any]) -> None:
        super().__init__(io.BytesIO(), options)  # XlsxWriter is left with an archive of nothing
        self._target = file

    def _get_packager(self) -> Packager:
        return _PackingPackager(self._target)


class _PackingPackager(Packager):
    """Gives XlsxWriter parts to write into that are packed at once, and nothing to pack afterwards."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._archive = zipfile.ZipFile(file, "w")
        self._part: _Part | None = None

    def _filename(self, xml_filename: str) -> _Part:
        self._finish_part()
        self._part = _Part(_entry(self._archive, xml_filename))
        return self._part

    def _create_package(self) -> list[Any]:
        with self._archive:
            for content, name, _is_binary in self._packed_texts():
                with _entry(self._archive, name) as entry:
                    entry.write(content.getvalue())
        return []

    def _packed_texts(self) -> list[Any]:
        """Let XlsxWriter write its parts and return those that are no texts: pictures."""
        try:
            return list(super()._create_package())
        finally:
            self._finish_part()

    def _finish_part(self) -> None:
        if self._part is not None:
            self._part.finish()


class _Part(io.StringIO):
    """A part of the archive that takes text, as XlsxWriter's own parts in memory do."""

    def __init__(self, entry: IO[bytes]) -> None:
        super().__init__()
        self._entry, self._pieces, self._held = entry, list[str](), 0

    def write(self, text: str) -> int:
        """Take a text, and pack what is held when it is much."""
        self._pieces.append(text)
        self._held += len(text)
        if self._held >= PIECE:
            self._pack()
        return len(text)

    def write_bytes(self, content: bytes) -> None:
        """Take what is encoded already."""
        self._pack()
        self._entry.write(content)

    def finish(self) -> None:
        """Pack what is left; nothing can be written any more."""
        self._pack()
        self._entry.close()

    def _pack(self) -> None:
        self._entry.write("".join(self._pieces).encode())
        self._pieces.clear()
        self._held = 0


def _entry(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open a part of the archive for writing, with isal's deflate where it is installed."""
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, UNIX, ONLY_OWNER
    entry = archive.open(info, "w")
    if hasattr(entry, "_compressor"):  # what zipfile itself would give: zlib, at its own level
        entry._compressor = new_compressor()
    return entry


def new_compressor() -> Any:
    """Return a deflate: isal's, where it is installed."""
    if isal_zlib is not None:
        return isal_zlib.compressobj(ISAL_LEVEL, isal_zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.compressobj(ZLIB_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)


def _sample(sheet_class: Any, ways: tuple[Any, Any], book: Any, file: IO[bytes]) -> dict[str, bytes]:
    """Return the parts of a small book whose rows were written in one of the ways."""
    way, styled = ways
    book.set_properties({"created": SAMPLE_DAY})
    sheet = book.add_worksheet("Data", sheet_class)
    bold = book.add_format({"bold": True})
    sheet.set_column(1, 1, 20, book.add_format({"num_format": "0.00"}))
    sheet.write_string(0, 0, "Head", bold)
    way(sheet, list(Kind), [bold, None, bold, None], None).write(1, SAMPLE)
    way(sheet, list(Kind), [None, None, bold, None], bold).write(1 + len(SAMPLE), SAMPLE)
    styled(sheet, len(SAMPLE_CELLS[0]), lambda _cell: bold).write(1 + 2 * len(SAMPLE), SAMPLE_CELLS, SAMPLE_HEIGHTS)
    sheet.write_string(9, 5, "Foot", bold)
    sheet.autofilter(0, 0, 8, 3)
    book.close()
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
