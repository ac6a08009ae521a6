"""Plain tables as a workbook: a sheet a table, with the look and the care of the consolidated one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from .cells import Cell, Table
from .writer import Book


def tables_workbook(
    *,
    title: str,
    author: str,
    made: dt.datetime,
    facts: Sequence[tuple[str, str]],
    tables: Iterable[tuple[str, Table]],
) -> bytes:
    """Return an XLSX file of (name, table); every sheet says above its table what the figures are about."""
    book = Book(title=title, author=author, created=made.replace(tzinfo=None, microsecond=0))
    for name, table in tables:
        page = book.page(name)
        page.title(f"{name}: {title}", "heading")
        for label, fact in facts:
            page.line(label, Cell(fact))
        page.skip()
        page.table(table, freeze=1)
        page.spread_over_pages(table.columns, 1)
        page.finish()
    return book.to_bytes()
