"""The formats of the workbook by their names: one look, numbers and dates as people in Russia write them."""

from __future__ import annotations

from typing import Any

from mentoring_reports.indicators.formulas import TargetState

from .cells import Cell

INK, LINE, HEAD, GROUP, TOTAL, QUIET = "#1d2733", "#c9d1da", "#e8eef5", "#d5e1ee", "#f1f4f8", "#7b8794"
# A target's state is told by a sign in the number and by a colour, never by the colour alone.
MARKS = {TargetState.REACHED: "✓", TargetState.CLOSE: "≈", TargetState.MISSED: "✗"}
FILLS = {TargetState.REACHED: "#dff1e3", TargetState.CLOSE: "#fff3cf", TargetState.MISSED: "#fbe0dd"}

PLAIN: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18},
    "heading": {"bold": True, "font_size": 13, "valign": "bottom"},
    "note": {"font_color": QUIET, "italic": True, "valign": "top"},
    "line": {"valign": "top"},
    "label": {"bold": True, "valign": "top"},
    "header": {"bold": True, "bg_color": HEAD, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True},
    "group": {"bold": True, "bg_color": GROUP, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True},
}
BORDERED: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top"},
    "code": {"font_name": "Consolas", "font_size": 9, "valign": "top"},
    "date": {"num_format": "dd.mm.yyyy", "align": "center", "valign": "top"},
    "general": {"num_format": "#,##0.####", "valign": "top"},
    "missing": {"font_color": QUIET, "align": "right", "valign": "top"},
}


class Styles:
    """Formats of a book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Any] = {}

    def plain(self, name: str) -> Any:
        """Return a format of headings and notes."""
        return self._format(("plain", name), PLAIN[name])

    def of(self, cell: Cell, *, total: bool = False) -> Any:
        """Return the format of a cell in a table."""
        if cell.style in PLAIN:
            return self.plain(cell.style)
        look = _look(cell.style, cell.mark) | {"border": 1}
        if total:
            look |= {"bold": True, "top": 2}
            look.setdefault("bg_color", TOTAL)
        return self._format((cell.style, cell.mark, total), look)

    def _format(self, key: tuple[Any, ...], look: dict[str, Any]) -> Any:
        if key not in self._made:
            base = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "border_color": LINE}
            self._made[key] = self._book.add_format(base | look)
        return self._made[key]


def number_format(style: str, mark: TargetState = TargetState.UNKNOWN) -> str:
    """Return the number format of `number1`, `percent0` …, with the sign of a target's state."""
    kind, decimals = style.rstrip("0123456789"), int(style[-1])
    point = f".{'0' * decimals}" if decimals else ""
    body = f"0{point}%" if kind == "percent" else f"#,##0{point}"
    if kind == "signed":
        return f"+{body};-{body};{body}"
    return f'{body}" {MARKS[mark]}"' if mark in MARKS else body


def _look(style: str, mark: TargetState) -> dict[str, Any]:
    if style in BORDERED:
        return dict(BORDERED[style])
    look: dict[str, Any] = {"num_format": number_format(style, mark), "valign": "top"}
    return look | ({"bg_color": FILLS[mark]} if mark in FILLS else {})
