"""A sheet on paper: A4, landscape, as wide as the page, headers and first columns on every page.

A sheet that would be unreadable on one page's width is spread over several: each takes whole groups of columns and
repeats the first column, all at one scale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .blocks import Layout

if TYPE_CHECKING:
    from .page import Page

A4 = 9
LEAST_SCALE, MOST_SCALE = 60, 80  # percent: smaller cannot be read, larger wastes paper
# What a landscape page holds at full size, in pixels, less a fifth: fonts differ from machine to machine.
PAGE_WIDTH = 840
LONGEST_FOOTER = 100


def set_up(sheet: Any, footer: str) -> None:
    """Set paper, margins and footer."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    pages = _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
    title = footer[:LONGEST_FOOTER].replace("&", "&&")
    # A space ends the size: a title may begin with a digit. The middle is left to long titles.
    sheet.set_footer(f"&L&8 {title}&R&8 &A · {pages}")


def repeat(sheet: Any, top: int, header: int, columns: int) -> None:
    """Print a table's headers and first columns on every page."""
    sheet.repeat_rows(top, header)
    sheet.repeat_columns(0, columns - 1)


def fit(page: Page, layout: Layout) -> None:
    """Fit a sheet to its paper."""
    if layout is Layout.PAGE:
        page.sheet.fit_to_pages(1, 1)
    elif layout is Layout.WIDTH or not (broken := spread(page)):
        page.sheet.fit_to_pages(1, 0)
    else:
        scale, breaks = broken
        page.sheet.set_print_scale(scale)
        page.sheet.set_v_pagebreaks(breaks)


def spread(page: Page) -> tuple[int, list[int]] | None:
    """Return the scale and the columns before which a page ends; None where one page's width is enough.

    The largest scale is taken that needs no more pages than the smallest one does.
    """
    spans, _fixed = page.spread
    if not spans or _pixels(page, 0, spans[-1][1]) * LEAST_SCALE / 100 <= PAGE_WIDTH:
        return None
    fewest = len(_breaks(page, LEAST_SCALE))
    scale = max(one for one in range(LEAST_SCALE, MOST_SCALE + 1) if len(_breaks(page, one)) == fewest)
    return scale, _breaks(page, scale)


def _breaks(page: Page, scale: int) -> list[int]:
    """Return before which columns a page ends: the fixed ones are printed on each."""
    spans, fixed = page.spread
    room = PAGE_WIDTH * 100 / scale - _pixels(page, 0, fixed)
    breaks, used = [], 0.0
    for start, end in spans[fixed:]:
        width = _pixels(page, start, end)
        if used and used + width > room:
            breaks.append(start)
            used = 0.0
        used += width
    return breaks


def _pixels(page: Page, start: int, end: int) -> float:
    return sum(page.widths.of(place) * 7 + 5 for place in range(start, end))
