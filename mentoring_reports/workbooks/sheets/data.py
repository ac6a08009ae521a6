"""«Данные»: one row a school, round and data element, ready for a pivot table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring_reports.workbooks.writing.blocks import Layout, Rows
from mentoring_reports.workbooks.writing.cells import Column
from mentoring_reports.workbooks.writing.streaming import Kind

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentoring_reports.workbooks.revisions import Value
    from mentoring_reports.workbooks.source import Source


@sheet
class DataSheet:
    """Every figure that the workbook is made of; nothing stands above the headers."""

    code: ClassVar[str] = "data"
    order: ClassVar[int] = 80
    layout: ClassVar[Layout] = Layout.WIDTH

    def title(self) -> str:
        """Return the tab's title."""
        return pgettext("sheet", "Data")

    def blocks(self, source: Source) -> list[Rows]:
        """Return the rows, read from the database while they are written."""

        def read() -> Iterator[tuple[Value, ...]]:
            for school in source.reader.schools(source.read.damaged):
                yield from school.rows()

        columns, kinds = zip(*_columns(), strict=True)
        return [Rows(columns=columns, kinds=kinds, count=source.read.rows, read=read, name="data_rows", alone=True)]


def _columns() -> list[tuple[Column, Kind]]:
    return [
        (Column(_("Code of the round"), width=12), Kind.TEXT),
        (Column(_("Round"), width=28), Kind.TEXT),
        (Column(_("Period ends"), width=12), Kind.DATE),
        (Column(_("Code of the school"), width=10), Kind.NUMBER),
        (Column(_("School"), width=44), Kind.TEXT),
        (Column(_("Type"), width=16), Kind.TEXT),
        (Column(_("Territory"), width=20), Kind.TEXT),
        (Column(_("Code of the data element"), width=24), Kind.TEXT),
        (Column(_("Data element"), width=50), Kind.TEXT),
        (Column(_("Unit"), width=10), Kind.TEXT),
        (Column(_("Value"), width=12), Kind.NUMBER),
        (Column(_("Revision"), width=11), Kind.NUMBER),
    ]
