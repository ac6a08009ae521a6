"""The table of schools with their key indicators, every value leading to its report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mentoring_reports.workbooks.writing.cells import Table

from .cells import parts_cells, parts_columns, school_cells, school_columns
from .exporting import Export
from .listing import Heading, School, heading, school_headings, schools
from .screen import SchoolsScreen
from .values import Judged, cells_html, school_values


@dataclass(frozen=True)
class SchoolRow:
    """A school with its values."""

    school: School
    values: list[Judged]

    @property
    def cells(self) -> SafeString:
        """Return the values as cells."""
        return cells_html(self.values, "number")


class SchoolListScreen(SchoolsScreen):
    """The schools of the selection, in the order asked for; missing values always last."""

    code = "schools"
    template = "dashboard/schools.html"

    @classmethod
    def title(cls) -> str:
        """Return the tab's title."""
        return _("Schools")

    @cached_property
    def headings(self) -> list[Heading]:
        """Return the columns."""
        numbers = [heading(self.selection, one.code, f"{one.name}, {one.unit}", numeric=True) for one in self.key]
        return [*school_headings(self.selection), *numbers]

    @cached_property
    def rows(self) -> list[SchoolRow]:
        """Return the rows of the page."""
        return [
            SchoolRow(one, school_values(self.svod, self.key, one.place))
            for one in schools(self.svod, self.pages.places)
        ]

    @property
    def exports(self) -> list[Export]:
        """Return all the schools listed, not only the page."""
        return [Export("schools", _("Schools"), self._table)]

    def _table(self) -> Table:
        columns = [*school_columns(), *(column for one in self.key for column in parts_columns(one))]
        rows = [
            [
                *school_cells(listed),
                *(cell for one in self.key for cell in parts_cells(one, self.svod.school_line(listed.place, one.code))),
            ]
            for listed in schools(self.svod, self.order)
        ]
        return Table(columns=columns, rows=rows, filtered=True)
