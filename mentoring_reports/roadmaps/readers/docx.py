"""DOCX: paragraphs and table rows in reading order, straight from the document's markup.

The markup is walked through by lxml, entities off: python-docx unpacks pictures that nobody needs here, and makes an
object of every cell, which takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from lxml import etree

from .archives import markup, opened
from .document import Row
from .docx_numbering import Numbering
from .docx_tables import grid_rows, is_frame
from .docx_text import elements, is_strong, local, paragraph_text
from .errors import UnreadableDocument
from .registry import reader


@reader("docx")
def read(content: bytes) -> Iterator[Row]:
    """Make a row of every paragraph and every table row of the body."""
    archive = opened(content)
    body = next((node for node in parsed(markup(archive, "word/document.xml")) if local(node) == "body"), None)
    if body is None:
        raise UnreadableDocument("damaged")
    has_lists = "word/numbering.xml" in archive.namelist()
    numbering = Numbering(parsed(markup(archive, "word/numbering.xml")) if has_lists else None)
    yield from _blocks(body, numbering, count(1), count(1))


def parsed(content: bytes) -> etree._Element:
    """Return the tree of a part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument("damaged") from error


def _blocks(parent: etree._Element, numbering: Numbering, numbers: count[int], tables: count[int]) -> Iterator[Row]:
    """Walk through paragraphs and tables; a table that is only a frame around others is walked into."""
    for node in elements(parent):
        if local(node) == "p":
            yield _paragraph(node, numbering, next(numbers))
        elif is_frame(node):
            for cell in node.iter("{*}tc"):
                if not any(local(above) == "tc" for above in cell.iterancestors() if above is not node):
                    yield from _blocks(cell, numbering, numbers, tables)
        else:
            table = next(tables)
            for grid_row in grid_rows(node, numbering):
                number = next(numbers)
                yield Row(first=number, last=number, table=table, **grid_row)


def _paragraph(node: etree._Element, numbering: Numbering, number: int) -> Row:
    text = paragraph_text(node, numbering)
    cells = tuple(text.split("\t")) if "\t" in text.strip() else (text,)
    return Row(first=number, last=number, cells=cells, table=0, line=True, strong=is_strong(node))
