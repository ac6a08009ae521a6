"""Plain tables as a workbook: a sheet a table, with the look and the care of the consolidated one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .blocks import Block, Fact, Gap, Layout, Title, needs_cells
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
        said = [Fact(label, Cell(fact)) for label, fact in facts]
        blocks: list[Block] = [Title(f"{name}: {title}"), *said, Gap(), replace(table, pinned=True)]
        page = book.page(name, large=not needs_cells(blocks))
        page.write(blocks)
        page.finish(Layout.SPREAD)
    return book.to_bytes()
