"""The text of WordprocessingML: runs, tabs and breaks; what was deleted or drawn twice stays out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .docx_numbering import Numbering

# Containers that are looked through as if their content stood in their place.
_TRANSPARENT = {"sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo"}
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_NOT_READ = {"del", "moveFrom", "Fallback", "instrText", "delText", "footnoteReference", "pPr", "rPr"}


def local(node: etree._Element) -> str:
    """Return an element's name without its namespace: transitional and strict documents differ in it only."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """Return the paragraphs and tables right under an element, content controls looked through."""
    for node in parent:
        name = local(node)
        if name in ("p", "tbl"):
            yield node
        elif name in _TRANSPARENT:
            yield from elements(node)


def paragraph_text(node: etree._Element, numbering: Numbering) -> str:
    """Return a paragraph's text with the number or bullet that Word puts before it."""
    text = "".join(_pieces(node))
    label = numbering.label(node) if text.strip() else ""
    return f"{label} {text}" if label else text


def _pieces(node: etree._Element) -> Iterator[str]:
    for child in node:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name == "p":  # a paragraph inside a text box
            yield "".join(_pieces(child)) + "\n"
        elif name not in _NOT_READ:
            yield from _pieces(child)


def is_strong(node: etree._Element) -> bool:
    """Tell whether all the text under an element is bold."""
    runs = [run for run in node.iter("{*}r") if any((text.text or "").strip() for text in run.iter("{*}t"))]
    return bool(runs) and all(any(_is_on(bold) for bold in run.iterfind("{*}rPr/{*}b")) for run in runs)


def _is_on(bold: etree._Element) -> bool:
    return next((value for name, value in bold.attrib.items() if str(name).endswith("val")), "1") not in ("0", "false")
