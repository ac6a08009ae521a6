"""The heat map: schools × indicators by their distance to the target, told by a sign as well as by a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring_reports.indicators.formulas import TargetState
from mentoring_reports.workbooks.writing.cells import Column, Table, number
from mentoring_reports.workbooks.writing.figures import value_cell

from .cells import school_cells, school_columns
from .exporting import Export
from .listing import Heading, School, by_figure, heading, listed, school_headings, schools
from .screen import SchoolsScreen
from .values import Judged, cells_html, school_values

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

MISSED = "missed"  # the column that counts targets that are not reached


@dataclass(frozen=True)
class HeatRow:
    """A school with how its values stand to their targets."""

    school: School
    missed: int | None
    values: list[Judged]

    @property
    def cells(self) -> SafeString:
        """Return the values as cells, coloured by their distance to the target."""
        return cells_html(self.values, "heat heat--{}")


class HeatMapScreen(SchoolsScreen):
    """Every indicator of every school; those that miss most targets come first."""

    code = "heatmap"
    template = "dashboard/heatmap.html"

    @classmethod
    def title(cls) -> str:
        """Return the tab's title."""
        return _("Heat map")

    @property
    def read_indicators(self) -> Sequence[Indicator]:
        """Return all indicators of the form."""
        return self.form_indicators

    @property
    def sortable(self) -> set[str]:
        """Return the columns of lists, and the number of missed targets."""
        return {*super().sortable, MISSED}

    @cached_property
    def missed(self) -> np.ndarray:
        """Return how many targets each school misses, close or not; NaN where it has no figures, which is not none."""
        missed = self.svod.states.isin([TargetState.CLOSE.value, TargetState.MISSED.value]).sum(axis=1)
        return np.where(self.svod.wide["submission_id"].notna(), missed, np.nan)

    @cached_property
    def order(self) -> list[int]:
        """Return the places; without an order asked for, those that miss most targets first."""
        if self.selection.sort not in {"", MISSED}:
            return super().order
        places = listed(self.svod, self.selection, self.key)
        most_first = not self.selection.sort or self.selection.descending
        return by_figure(places, self.missed, descending=most_first)

    @cached_property
    def headings(self) -> list[Heading]:
        """Return the columns: the school, how many targets it misses, the indicators."""
        numbers = [
            heading(self.selection, one.code, f"{one.name}, {one.unit}", numeric=True) for one in self.svod.indicators
        ]
        named = school_headings(self.selection)[0]
        return [named, heading(self.selection, MISSED, _("Targets not reached"), numeric=True), *numbers]

    @cached_property
    def rows(self) -> list[HeatRow]:
        """Return the rows of the page."""
        return [
            HeatRow(one, self._missed(one), school_values(self.svod, self.svod.indicators, one.place))
            for one in schools(self.svod, self.pages.places)
        ]

    @cached_property
    def summary(self) -> str:
        """Return in words how many schools miss some target."""
        count = int((self.missed[listed(self.svod, self.selection, self.key)] > 0).sum())
        text = ngettext(
            "%(count)d school does not reach some target.", "%(count)d schools do not reach some target.", count
        )
        return text % {"count": count}

    def _missed(self, school: School) -> int | None:
        missed = self.missed[school.place]
        return None if np.isnan(missed) else int(missed)

    @property
    def exports(self) -> list[Export]:
        """Return all the schools listed, not only the page."""
        return [Export("heatmap", _("Heat map"), self._table)]

    def _table(self) -> Table:
        indicators = self.svod.indicators
        named = [*school_columns(), Column(_("Targets not reached"), width=12)]
        rows = [
            [
                *school_cells(each),
                number(self._missed(each)),
                *(value_cell(one, self.svod.school_line(each.place, one.code)) for one in indicators),
            ]
            for each in schools(self.svod, self.order)
        ]
        columns = [*named, *(Column(f"{one.name}, {one.unit}", width=14) for one in indicators)]
        return Table(columns=columns, rows=rows, filtered=True)
