"""What python-docx has no words for: repeated rows, whole rows, the language, a page on its side."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

_LONG, _SHORT, _MARGIN = Mm(297), Mm(210), Mm(20)


def landscape(section: Any) -> None:
    """Lay the page on its side: A4, with room for the holes at its upper edge."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _LONG, _SHORT
    section.left_margin = section.right_margin = section.top_margin = _MARGIN
    section.bottom_margin = Mm(15)


def repeat(row: Any) -> None:
    """Repeat the row at the head of every page."""
    _set(row._tr.get_or_add_trPr(), "w:tblHeader")


def keep_whole(row: Any) -> None:
    """Let no page end in the middle of the row."""
    _set(row._tr.get_or_add_trPr(), "w:cantSplit")


def russian(style: Any) -> None:
    """Let Word check the spelling as Russian, and write Cyrillic in the style's own font."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("w:cs", "w:eastAsia", "w:hAnsi", "w:ascii"):
        fonts.set(qn(script), style.font.name)
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), "ru-RU")
    properties.append(language)


def _set(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))
