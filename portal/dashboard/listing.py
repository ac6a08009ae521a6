"""Lists of schools: which of them, in which order, and one page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from mentoring_reports import charts
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.frames import reading_order
from mentoring_reports.workbooks.wording import correction_words

from .values import submission_link

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation

    from .selection import Selection

PER_PAGE = 50
SCHOOL, TYPE, TERRITORY, STATE = "school", "type", "territory", "state"
COLUMNS = (SCHOOL, TYPE, TERRITORY, STATE)


@dataclass(frozen=True)
class School:
    """A school in a list; `link` leads to its latest revision, `corrections` are what is said of its figures."""

    place: int
    pk: int
    name: str
    short_name: str
    type: str
    territory: str
    state: str
    state_code: str
    link: str
    corrections: list[str]


@dataclass(frozen=True)
class Heading:
    """A column that can be sorted by."""

    title: str
    link: str
    order: str
    numeric: bool = False


@dataclass(frozen=True)
class Pages:
    """One page of places, and the addresses of the pages around it (None stands for those that are left out)."""

    page: Page
    links: list[tuple[int, str] | None]

    @property
    def places(self) -> list[int]:
        """Return the places on this page."""
        return list(self.page.object_list)


def listed(svod: Consolidation, selection: Selection, key: Sequence[Indicator]) -> np.ndarray:
    """Return the places of the schools that the selection lists: of a state, or only the incomplete ones."""
    wanted = np.ones(len(svod.schools), dtype=bool)
    if selection.state:
        wanted &= (svod.schools["state"] == selection.state).to_numpy()
    if selection.incomplete:
        wanted &= incomplete(svod, key)
    return np.flatnonzero(wanted)


def incomplete(svod: Consolidation, key: Sequence[Indicator]) -> np.ndarray:
    """Say of each school whether figures of it are missing: its report, or a number behind a key indicator."""
    codes = [indicator.code for indicator in key]
    parts = svod.parts
    is_count = np.array([indicator.formula.is_count for indicator in key])
    lacking = parts["numerator"][codes].isna().to_numpy() | (parts["denominator"][codes].isna().to_numpy() & ~is_count)
    accepted = svod.wide["submission_id"].notna().to_numpy()
    expected = svod.schools["expected"].to_numpy()
    return (expected & ~accepted) | (accepted & lacking.any(axis=1))


def ordered(svod: Consolidation, places: np.ndarray, selection: Selection, figures: np.ndarray | None) -> list[int]:
    """Return the places in the order asked for: by `figures` of all schools, missing last, or by a column of names."""
    if figures is not None:
        return by_figure(places, figures, descending=selection.descending)
    column = selection.sort if selection.sort in COLUMNS else SCHOOL
    if column == SCHOOL:  # the consolidation's own order
        return [int(place) for place in (places[::-1] if selection.descending else places)]
    names = svod.schools[column]
    ranks = {name: rank for rank, name in enumerate(sorted(names.unique(), key=reading_order))}
    keys = names.map(ranks).to_numpy()
    return sorted(map(int, places), key=keys.__getitem__, reverse=selection.descending)


def by_figure(places: np.ndarray, figures: np.ndarray, *, descending: bool) -> list[int]:
    """Return the places by a figure, missing ones always last."""
    known = [int(place) for place in places if not np.isnan(figures[place])]
    known.sort(key=figures.__getitem__, reverse=descending)
    return known + [int(place) for place in places if np.isnan(figures[place])]


def paged(places: Sequence[int], selection: Selection, *, per_page: int = PER_PAGE) -> Pages:
    """Return the page asked for, or the nearest that exists."""
    page = Paginator(places, per_page).get_page(selection.page)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    links = [(n, selection.query(page=str(n))) if isinstance(n, int) else None for n in numbers]
    return Pages(page, links)


def schools(svod: Consolidation, places: Sequence[int]) -> list[School]:
    """Return what a list says of the schools at these places."""
    rows: list[dict[str, Any]] = svod.schools.take(list(places)).to_dict("records")
    return [_school(place, row) for place, row in zip(places, rows, strict=True)]


def _school(place: int, row: dict[str, Any]) -> School:
    latest = row["latest_id"]
    return School(
        place=place,
        pk=int(row["school_id"]),
        name=row["school"],
        short_name=charts.shortened(row["school"]),
        type=row["type"],
        territory=row["territory"],
        state=str(State(row["state"]).label),
        state_code=row["state"],
        link="" if pd.isna(latest) else submission_link(latest),
        corrections=correction_words(row),
    )


def heading(selection: Selection, code: str, title: str, *, numeric: bool = False) -> Heading:
    """Return a column's heading with the address that sorts by it."""
    order = ("descending" if selection.descending else "ascending") if selection.sort == code else ""
    return Heading(title, selection.sorted_by(code), order, numeric)


def school_headings(selection: Selection) -> list[Heading]:
    """Return the headings of what a list says of every school."""
    titles = ((SCHOOL, _("School")), (TYPE, _("Type")), (TERRITORY, _("Territory")), (STATE, _("State")))
    return [heading(selection, code, title) for code, title in titles]
