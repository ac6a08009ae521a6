"""What every view of the dashboard has: its selection, the consolidation behind it, its filters and its exports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from mentoring_reports.submissions.consolidation import Consolidation, consolidate
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.frames import reading_order
from mentoring_reports.submissions.kept_figures import kept_figures_frame
from mentoring_reports.workbooks.wording import period, revision_notes

from . import listing
from .exporting import Export
from .formatting import basis
from .selection import Selection, chosen_indicator, key_indicators

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator, ReportForm
    from mentoring_reports.submissions.models import Round


class Screen:
    """A view of the dashboard: a subclass says what it reads, what it shows and which tables it gives away."""

    code: ClassVar[str]
    template: ClassVar[str]
    compares: ClassVar[bool] = False  # whether the compared round is read
    lists_schools: ClassVar[bool] = False  # whether the filters by state and completeness change anything

    def __init__(self, selection: Selection) -> None:
        self.asked = selection
        self.form_indicators = _indicators(selection.round.form)
        self.key: list[Indicator] = key_indicators(self.form_indicators)
        self.chosen = chosen_indicator(selection, self.form_indicators)
        self.everything = consolidate(
            selection.round,
            compared=selection.compared if self.compares else None,
            only=self.read_indicators,
            read=kept_figures_frame,
        )
        self.selection = selection.settled(
            territory=self.territories,
            type=self.types,
            indicator=[one.code for one in self.form_indicators],
            sort=self.sortable,
        )
        self.round = selection.round
        self.svod: Consolidation = self.everything.within(territory=self.selection.territory, type_=self.selection.type)

    @classmethod
    def title(cls) -> str:
        """Return the tab's title."""
        raise NotImplementedError

    @classmethod
    def rounds(cls, selection: Selection) -> list[Round]:
        """Return the rounds whose figures the view shows."""
        compared = [selection.compared] if cls.compares and selection.compared else []
        return [selection.round, *compared]

    @property
    def read_indicators(self) -> Sequence[Indicator]:
        """Return the indicators that this view needs."""
        return self.key

    @property
    def sortable(self) -> set[str]:
        """Return the columns that the view can sort by."""
        return {*listing.COLUMNS, *(one.code for one in self.read_indicators)} if self.lists_schools else set()

    @property
    def exports(self) -> list[Export]:
        """Return the tables that can be had as files, the main one first."""
        return []

    @cached_property
    def territories(self) -> list[str]:
        """Return the names to filter by."""
        return sorted(self.everything.schools["territory"].unique(), key=reading_order)

    @cached_property
    def types(self) -> list[str]:
        """Return the names to filter by."""
        return sorted(self.everything.schools["type"].unique(), key=reading_order)

    @cached_property
    def has_figures(self) -> bool:
        """Say whether any report is accepted."""
        return bool(self.svod.wide["submission_id"].notna().any())

    @cached_property
    def basis(self) -> str:
        """Return on how many schools the figures are based."""
        rates = self.svod.rates()
        return basis(rates.accepted, rates.expected)

    @cached_property
    def is_incomplete(self) -> bool:
        """Say whether some expected school's report is not accepted."""
        rates = self.svod.rates()
        return rates.accepted < rates.expected

    @property
    def state_label(self) -> str:
        """Return the state by which schools are listed."""
        return str(State(self.selection.state).label) if self.selection.state else ""

    @property
    def all_schools(self) -> str:
        """Return the address that lists all schools of the selection."""
        return self.selection.query(state="", incomplete="")

    @cached_property
    def notes(self) -> list[str]:
        """Return what has to be said about corrected figures."""
        return revision_notes(self.svod)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return what a file or a printed page says about its figures."""
        chosen = [(_("Territory"), self.selection.territory), (_("Type"), self.selection.type)]
        compared = self.selection.compared if self.compares else None
        return [
            (_("Round"), f"{self.round.title} ({period(self.round)})"),
            *([(_("Compared with"), f"{compared.title} ({period(compared)})")] if compared else []),
            *((title, name) for title, name in chosen if name),
            (_("Based on accepted reports"), self.basis),
        ]


class SchoolsScreen(Screen):
    """A view with a list of schools, which is filtered, sorted and paged."""

    lists_schools = True

    @cached_property
    def order(self) -> list[int]:
        """Return the places of the listed schools in the order asked for."""
        places = listing.listed(self.svod, self.selection, self.key)
        code = self.selection.sort
        figures = self.svod.parts["value"][code].to_numpy() if code in self.svod.states else None
        return listing.ordered(self.svod, places, self.selection, figures)

    @cached_property
    def pages(self) -> listing.Pages:
        """Return the page asked for."""
        return listing.paged(self.order, self.selection)


def _indicators(form: ReportForm) -> list[Indicator]:
    return list(form.indicators.select_related("group").order_by("group__order", "order", "pk"))
