"""The formats of the workbook by their names: one look, numbers and dates as people in Russia write them."""

from __future__ import annotations

from typing import Any

from mentoring_reports.indicators.formulas import TargetState

from .cells import Cell

# A font that every office has, or has another one of the same widths for.
FONT = {"font_name": "Arial", "font_size": 10}
INK, LINE, HEAD, GROUP, TOTAL, QUIET = "#1d2733", "#aeb8c2", "#e8eef5", "#d5e1ee", "#f1f4f8", "#5d6875"
WARNING = "#9b1c1c"
BREAK = "break:"  # before a style: the figure cannot be compared with the one to its left
# A target's state is told by a sign in the number and by a colour, never by the colour alone.
MARKS = {TargetState.REACHED: "✓", TargetState.CLOSE: "≈", TargetState.MISSED: "✗"}
FILLS = {TargetState.REACHED: "#dff1e3", TargetState.CLOSE: "#fff3cf", TargetState.MISSED: "#fbe0dd"}

PLAIN: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12, "valign": "bottom"},
    "note": {"font_color": QUIET, "italic": True, "valign": "top"},
    "warning": {"font_color": WARNING, "bold": True, "valign": "top"},
    "line": {"valign": "top", "align": "left"},
    "label": {"bold": True, "valign": "top"},
    "header": {"bold": True, "bg_color": HEAD, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True},
    "group": {"bold": True, "font_size": 9, "bg_color": GROUP, "valign": "vcenter"},
    "free": {},
}
BORDERED: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top"},
    "cell": {"valign": "top"},
    "code": {"font_name": "Courier New", "font_size": 8, "valign": "top"},
    "date": {"num_format": "dd.mm.yyyy", "align": "center", "valign": "top"},
    "general": {"num_format": "#,##0.####", "valign": "top"},
    "missing": {"font_color": QUIET, "align": "right", "valign": "top"},
    "blank": {},
}


class Styles:
    """Formats of a book, each made once. Only formulas are locked, on sheets that are protected."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Any] = {}
        self._cells: dict[tuple[Any, ...], Any] = {}

    def plain(self, name: str, **more: Any) -> Any:
        """Return a format of headings and notes."""
        return self._format(PLAIN[name] | more)

    def of(self, cell: Cell, *, total: bool = False) -> Any:
        """Return the format of a cell in a table."""
        key = (cell.style, cell.mark, total, bool(cell.formula))
        if key not in self._cells:
            self._cells[key] = self._format(_look(*key))
        return self._cells[key]

    def _format(self, look: dict[str, Any]) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            base = FONT | {"font_color": INK, "border_color": LINE, "locked": False}
            self._made[key] = self._book.add_format(base | look)
        return self._made[key]


def number_format(style: str, mark: TargetState = TargetState.UNKNOWN) -> str:
    """Return the number format of `number1`, `percent0` …, with the sign of a target's state."""
    kind, decimals = style.rstrip("0123456789"), int(style[-1])
    point = f".{'0' * decimals}" if decimals else ""
    body = f"0{point}\\ %" if kind == "percent" else f"#,##0{point}"
    if kind == "signed":
        return f"+{body};-{body};{body}"
    return f'{body}" {MARKS[mark]}"' if mark in MARKS else body


def _look(style: str, mark: TargetState, total: bool, live: bool) -> dict[str, Any]:
    if style in PLAIN:
        return dict(PLAIN[style])
    if style.startswith(BREAK):
        return _broken(_look(style.removeprefix(BREAK), mark, total, live))
    look = {"border": 1} | _body(style, mark)
    if total:
        look |= {"bold": True, "top": 2}
        look.setdefault("bg_color", TOTAL)
    return look | ({"locked": True} if live else {})


def _body(style: str, mark: TargetState) -> dict[str, Any]:
    if style in BORDERED:
        return dict(BORDERED[style])
    look: dict[str, Any] = {"num_format": number_format(style, mark), "valign": "top"}
    return look | ({"bg_color": FILLS[mark]} if mark in FILLS else {})


def _broken(look: dict[str, Any]) -> dict[str, Any]:
    """Return a look with a thick line to the left and, for readers of numbers, a sign in them."""
    return look | {"left": 5, "left_color": INK, "num_format": f'"¦ "{look.get("num_format", "@")}'}
