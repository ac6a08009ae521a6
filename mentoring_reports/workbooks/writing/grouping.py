"""Groups of schools side by side: every indicator of each, the municipality as their live sum, coverage below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mentoring_reports.submissions.consolidation import Line
from mentoring_reports.workbooks.wording import target_text

from .blocks import Gap, Note, Title
from .cells import Cell, Column, Table, letters, number
from .figures import Numbers, not_available, own, plain_value, share_cell, total_sum, value_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.submissions.rates import Rates

    from .blocks import Block

FIXED, BREADTH = 3, 3  # indicator, unit, target; then three columns a group
COUNTS = ("expected", "submitted", "on_time", "accepted", "returned", "waiting", "missing")
ACCEPTED, EXPECTED = COUNTS.index("accepted") + 1, COUNTS.index("expected") + 1
Lines = dict[str, dict[str, Line]]


class Words(NamedTuple):
    """What the two tables are called; `name` is what their defined names begin with."""

    title: str
    subtitle: str
    group: str
    coverage: str
    name: str


def grouped(consolidation: Consolidation, grouping: str, words: Words) -> Iterator[Block]:
    """Yield the indicators by territory or type (`grouping`), then coverage."""
    lines = consolidation.lines_by(grouping)
    yield Title(words.title)
    yield Note(words.subtitle)
    yield Table(
        columns=_columns(list(lines)),
        rows=[_row(consolidation, indicator, lines) for indicator in consolidation.indicators],
        pinned=True,
        fixed=1,
        name=f"{words.name}_indicators",
    )
    yield from (Gap(), Title(words.coverage))
    yield _coverage(consolidation.rates_by(grouping), words)


def _columns(names: list[str]) -> list[Column]:
    columns = [Column(_("Indicator"), width=50), Column(_("Unit"), width=12), Column(_("Target"), width=16)]
    for name in [*names, _("Municipality")]:
        columns += [
            Column(_("Numerator"), name, 12),
            Column(_("Denominator"), name, 14),
            Column(_("Value"), name, 12),
        ]
    return columns


def _row(consolidation: Consolidation, indicator: Indicator, lines: Lines) -> list[Cell]:
    cells = [Cell(indicator.name), Cell(indicator.unit), Cell(target_text(indicator))]
    for group in lines.values():
        cells += _figures(indicator, group[indicator.code], len(cells))
    whole = consolidation.line(indicator)
    sums = _figures(indicator, whole, len(cells))
    for offset in range(2):
        terms = [f"{letters(FIXED + BREADTH * place + offset)}{{row}}" for place in range(len(lines))]
        if sums[offset].value is not None and terms:
            sums[offset] = sums[offset]._replace(formula=_added(sums[offset], terms))
    return [*cells, *sums]


def _added(cell: Cell, terms: list[str]) -> str:
    """Return the sum of the groups' cells: neighbours lie apart, so each is named."""
    total = f"SUM({','.join(terms)})"
    return f"={total}" if cell.style == "number0" else f"=ROUND({total},4)"


def _figures(indicator: Indicator, line: Line, column: int) -> list[Cell]:
    """Return a group's numerator, denominator and value: live where it follows from the sums beside it."""
    parts = [number(line.numerator), number(line.denominator)]
    if indicator.aggregation == "median":
        return [*parts, plain_value(indicator, line.value, line.state)]
    return [*parts, value_cell(indicator, line, numerator=own(column), denominator=own(column + 1))]


def _coverage(rates: Mapping[str, Rates], words: Words) -> Table:
    headers = [_("Expected"), _("Handed in"), _("On time"), _("Accepted"), _("Returned"), _("Waiting"), _("Missing")]
    columns = [Column(words.group, width=44), *(Column(header) for header in headers), Column(_("Share accepted"))]
    rows = [
        [Cell(name), *(number(getattr(one, count)) for count in COUNTS), _share(one)] for name, one in rates.items()
    ]
    numbers = Numbers(rows)
    sums = [total_sum(numbers, place, style="number0") for place in range(1, len(COUNTS) + 1)]
    totals = [[Cell(_("Municipality")), *sums, _total_share(sums)]] if rows else []
    return Table(columns=columns, rows=rows, totals=totals, filtered=True, name=f"{words.name}_coverage")


def _share(rates: Rates) -> Cell:
    return share_cell(rates.accepted, rates.expected, _divided())


def _total_share(sums: list[Cell]) -> Cell:
    return share_cell(float(str(sums[ACCEPTED - 1].value)), float(str(sums[EXPECTED - 1].value)), _divided())


def _divided() -> str:
    return f'=IF({own(EXPECTED)}=0,"{not_available()}",{own(ACCEPTED)}/{own(EXPECTED)})'
