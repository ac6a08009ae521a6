"""What XlsxWriter draws for us: native charts with their numbers in words, bars in cells, real tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .blocks import Chart, Part, Series
from .cells import Span, Table, clean, shortened

if TYPE_CHECKING:
    from .page import Page

ROW_PIXELS, GAP = 17, 20
WIDTHS = {"bars": 720, "ring": 480, "lines": 340}  # in pixels
HEIGHTS = {"ring": 300, "lines": 210}
ACROSS = 4  # so many side by side
COLUMN_PIXELS = 64  # of a column that nothing stands in
GRID, GOAL, BAR = "#e3e7ec", "#1d2733", "#b9cde4"
LONGEST_DESCRIPTION = 1_000
KINDS = {"bars": "bar", "ring": "doughnut", "lines": "line"}
MARKERS = ("circle", "square", "diamond", "triangle")


def draw(page: Page, top: int, charts: Sequence[Chart]) -> None:
    """Put charts on a sheet from the row `top` on, two side by side."""
    for first in range(0, len(charts), ACROSS):
        row = charts[first : first + ACROSS]
        for place, chart in enumerate(row):
            _insert(page, chart, top, sum(WIDTHS[one.kind] + GAP for one in row[:place]))
        top += rows_of(row)


def rows_of(charts: Sequence[Chart]) -> int:
    """Return how many rows charts take."""
    heights = [max(map(_height, charts[first : first + ACROSS])) for first in range(0, len(charts), ACROSS)]
    return sum(height // ROW_PIXELS + 2 for height in heights)


def last_column(page: Page, charts: Sequence[tuple[int, Sequence[Chart]]]) -> int:
    """Return the last column that tables or charts reach into."""
    wide = max((sum(WIDTHS[one.kind] + GAP for one in row[:ACROSS]) for _top, row in charts), default=0)
    column, used = 0, 0.0
    while used < wide or column < page.widths.count:
        used += page.widths.of(column) * 7 + 5 if column < page.widths.count else COLUMN_PIXELS
        column += 1
    return max(column - 1, 0)


def bars_in_cells(sheet: Any, table: Table, span: Span) -> None:
    """Show the numbers of the columns that ask for it as bars, too."""
    for place, column in enumerate(table.columns):
        if column.bars:
            most = {"max_type": "num", "max_value": column.most} if column.most else {}
            look = {"type": "data_bar", "bar_color": BAR, "min_type": "num", "min_value": 0}
            sheet.conditional_format(span.first, place, span.last, place, look | most)


def list_table(page: Page, table: Table, header: int, span: Span) -> None:
    """Make rows a real table of the spreadsheet, which screen readers announce by its name."""
    look = page.styles.plain("header")
    columns = [{"header": clean(column.header), "header_format": look} for column in table.columns]
    options = {"name": table.name, "style": None, "columns": columns}
    page.sheet.add_table(header, 0, span.last, len(table.columns) - 1, options)


def _insert(page: Page, chart: Chart, row: int, left: int) -> None:
    drawn = page.book.chart(KINDS[chart.kind])
    for place, series in enumerate(chart.series):
        drawn.add_series(_series(page, chart, series, place))
    drawn.set_title({"name": clean(chart.title), "name_font": {"size": 9, "bold": True}, "overlay": False})
    AXES[chart.kind](drawn, chart)
    drawn.set_size({"width": WIDTHS[chart.kind], "height": _height(chart)})
    words = shortened(clean(chart.description), LONGEST_DESCRIPTION)
    page.sheet.insert_chart(row, 0, drawn, {"x_offset": left, "object_position": 2, "description": words})


def _height(chart: Chart) -> int:
    if chart.kind != "bars":
        return HEIGHTS[chart.kind]
    part = chart.series[0].values
    return 110 + 34 * (part.last_row - part.first_row + 1)


def _series(page: Page, chart: Chart, series: Series, place: int) -> dict[str, Any]:
    span = page.spans[chart.table]
    look = {"bars": _bar, "ring": _ring, "lines": _line}[chart.kind](chart, series, place)
    return look | {
        "name": clean(series.name),
        "categories": [page.name, *_area(span, chart.names)],
        "values": [page.name, *_area(span, series.values)],
    }


def _area(span: Span, part: Part) -> tuple[int, int, int, int]:
    top = span.first
    return top + part.first_row, part.first_column, top + part.last_row, part.last_column


def _bar(chart: Chart, series: Series, place: int) -> dict[str, Any]:
    labels = (
        {}
        if series.is_goal
        else {"data_labels": {"value": True, "num_format": chart.number_format, "font": {"size": 8}}}
    )
    fill = {"pattern": {"pattern": "light_upward_diagonal", "fg_color": series.colour, "bg_color": "#ffffff"}}
    look = fill if series.is_goal else {"fill": {"color": series.colour}}
    return look | {"border": {"color": series.colour, "width": 0.75}, "gap": 60} | labels


def _ring(chart: Chart, series: Series, place: int) -> dict[str, Any]:
    points = [{"fill": {"color": colour}, "border": {"color": "#ffffff", "width": 1}} for colour in chart.colours]
    return {"points": points, "data_labels": {"value": True, "font": {"size": 9, "bold": True}}}


def _line(chart: Chart, series: Series, place: int) -> dict[str, Any]:
    if series.is_goal:
        return {"line": {"color": GOAL, "width": 1, "dash_type": "dash"}, "marker": {"type": "none"}}
    labels = {"value": True, "position": "above", "num_format": chart.number_format, "font": {"size": 8}}
    marker = {"type": MARKERS[place % len(MARKERS)], "size": 6, "fill": {"color": series.colour}}
    return {"line": {"color": series.colour, "width": 2}, "marker": marker, "data_labels": labels}


def _bar_axes(drawn: Any, chart: Chart) -> None:
    drawn.set_y_axis({"reverse": True, "num_font": {"size": 8}, "line": {"none": True}})
    grid = {"visible": True, "line": {"color": GRID}}
    drawn.set_x_axis({"num_format": "0%", "min": 0, "major_gridlines": grid, "num_font": {"size": 8}})
    drawn.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})


def _ring_axes(drawn: Any, chart: Chart) -> None:
    drawn.set_legend({"position": "right", "font": {"size": 9}})
    drawn.set_hole_size(55)


def _line_axes(drawn: Any, chart: Chart) -> None:
    grid = {"visible": True, "line": {"color": GRID}}
    least = {} if chart.least is None else {"min": chart.least}
    drawn.set_y_axis({"num_format": chart.number_format, "major_gridlines": grid, "num_font": {"size": 8}} | least)
    drawn.set_x_axis({"num_font": {"size": 8}, "label_position": "low"})
    drawn.set_legend({"position": "bottom", "font": {"size": 8}} if len(chart.series) > 1 else {"none": True})
    drawn.show_blanks_as("gap")


AXES = {"bars": _bar_axes, "ring": _ring_axes, "lines": _line_axes}
