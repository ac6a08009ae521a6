"""Ways to write one large frame, without a database; `python -m benchmarks.writers NAME ROWS` tells the memory."""

from __future__ import annotations

import datetime as dt
import gc
import io
import random
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pyexcelerate
import xlsxwriter

from mentoring_reports.workbooks.writing import streaming
from mentoring_reports.workbooks.writing.streaming import add_large_sheet, open_book, write_rows

SCHOOLS, ELEMENTS = 2_000, 30
COLUMNS = {
    "Код ОО": "number",
    "Образовательная организация": "text",
    "Территория": "text",
    "Тип ОО": "text",
    "Сбор": "text",
    "Конец периода": "date",
    "Код показателя": "text",
    "Показатель": "text",
    "Единица": "text",
    "Значение": "number",
    "Редакция": "number",
    "Принято": "date",
}
KINDS = list(COLUMNS.values())
DAY = dt.date(2026, 1, 31)
LOOKS = {"text": {"font_size": 10}, "number": {"num_format": "#,##0.##"}, "date": {"num_format": "dd.mm.yyyy"}}


def data_frame(rows: int) -> pd.DataFrame:
    """Return figures in the long form of the sheet «Данные»: repeated names, numbers with gaps, days."""
    chance = random.Random(4)  # noqa: S311  (figures, no secrets)
    return pd.DataFrame([_row(number, chance) for number in range(rows)], columns=list(COLUMNS))


def _row(number: int, chance: random.Random) -> tuple[Any, ...]:
    school, element = number // ELEMENTS % SCHOOLS, number % ELEMENTS
    return (
        1_000 + school,
        f"Муниципальное общеобразовательное учреждение «Школа № {school}»",
        f"Район {school % 12}",
        f"Тип {school % 4}",
        f"Сбор {number // ELEMENTS // SCHOOLS}",
        DAY,
        f"element_{element}",
        f"Число педагогических работников со стажем до {element} лет & наставников",
        "чел.",
        None if chance.random() < 0.03 else chance.randrange(4_000) / chance.choice((1, 10)),
        1 + chance.randrange(3),
        DAY - dt.timedelta(days=chance.randrange(300)),
    )


def ours(frame: pd.DataFrame) -> bytes:
    """Write by the workbook's own row writer."""
    file = io.BytesIO()
    book = open_book(file)
    sheet = add_large_sheet(book, "Данные")
    looks = {kind: book.add_format(look) for kind, look in LOOKS.items()}
    sheet.write_row(0, 0, list(frame.columns))
    rows = frame.itertuples(index=False, name=None)
    write_rows(sheet, 1, KINDS, [looks[kind] for kind in KINDS], rows, missing=looks["text"])
    book.close()
    return file.getvalue()


def to_excel(frame: pd.DataFrame) -> bytes:
    """Write by pandas and XlsxWriter."""
    file = io.BytesIO()
    with pd.ExcelWriter(file, engine="xlsxwriter", date_format="DD.MM.YYYY") as writer:
        frame.to_excel(writer, sheet_name="Данные", index=False)
    return file.getvalue()


def by_hand(frame: pd.DataFrame) -> bytes:
    """Write cell by cell by XlsxWriter's typed calls in constant memory, as its documentation advises."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("Данные")
    calls = {"text": sheet.write_string, "number": sheet.write_number, "date": sheet.write_datetime}
    looks = {kind: book.add_format(look) for kind, look in LOOKS.items()}
    columns = [(place, calls[kind], looks[kind]) for place, kind in enumerate(KINDS)]
    sheet.write_row(0, 0, list(frame.columns))
    for number, row in enumerate(frame.itertuples(index=False, name=None), 1):
        for (place, call, look), value in zip(columns, row, strict=True):
            if value == value:  # noqa: PLR0124  (not NaN)
                call(number, place, value, look)
            else:
                sheet.write_string(number, place, "—", looks["text"])
    book.close()
    return file.getvalue()


def by_pyexcelerate(frame: pd.DataFrame) -> bytes:
    """Write by pyexcelerate, the days with a format of theirs."""
    file, book = io.BytesIO(), pyexcelerate.Workbook()
    rows = [["—" if value != value else value for value in row] for row in frame.itertuples(index=False, name=None)]  # noqa: PLR0124
    sheet = book.new_sheet("Данные", data=[list(frame.columns), *rows])
    for place, kind in enumerate(KINDS, 1):
        if kind == "date":
            sheet.set_col_style(place, pyexcelerate.Style(format=pyexcelerate.Format("dd.mm.yyyy")))
    book._save(file)
    return file.getvalue()


def nothing(frame: pd.DataFrame) -> bytes:
    """Write nothing."""
    return b""


WAYS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    way.__name__: way for way in (ours, to_excel, by_hand, by_pyexcelerate, nothing)
}


def packing(content: bytes, compressor: Callable[[], Any]) -> Callable[[], object]:
    """Return the least that any writer of this sheet does: encode its ready XML and deflate it."""
    with ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()

    def pack() -> int:
        packer = compressor()
        return len(packer.compress(text.encode())) + len(packer.flush())

    return pack


def zlib_6() -> Any:
    """Return zlib's deflate as most programs use it."""
    return zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)


@contextmanager
def without_isal() -> Iterator[None]:
    """Let our books be packed as where isal is not installed."""
    kept, streaming.isal_zlib = streaming.isal_zlib, None
    try:
        yield
    finally:
        streaming.isal_zlib = kept


def added_megabytes(way: Callable[[pd.DataFrame], bytes], rows: int) -> float:
    """Return what the peak of a process of its own rose by while it wrote a frame that it had in memory."""
    command = [sys.executable, "-m", "benchmarks.writers", way.__name__, str(rows)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _main(name: str, rows: str) -> None:
    WAYS[name](data_frame(10))  # imports and caches are no part of it
    frame = data_frame(int(rows))
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # begins the peak anew
    before = _status("VmRSS")
    WAYS[name](frame)
    print((_status("VmHWM") - before) / 1024)


def _status(name: str) -> int:
    """Return a line of the process's status, in kilobytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    _main(*sys.argv[1:])
