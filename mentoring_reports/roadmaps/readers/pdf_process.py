"""The process that takes a PDF apart: bytes in, rows as JSON out; `python -m` runs it, nothing imports it.

pdfium (which pdfplumber draws pages with, too) finds the characters ten times faster than pdfminer; the tables are
found by their ruling lines.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2

from .pdf_pages import page_rows
from .pdf_runs import Gutters
from .pdf_texts import Chars

_SECONDS, _DATA_BYTES = 2, 200_000_000
_MOST_PAGES, _MOST_CHARACTERS = 150, 600_000
# Up to here tables without ruling lines are looked for: that takes more time than all the rest.
_MOST_SEARCHED = 60_000


def main() -> None:
    """Read a file from standard input and write its rows, or why it has none."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (_DATA_BYTES, _DATA_BYTES))
    try:
        answer: dict[str, Any] = {"rows": list(_rows(sys.stdin.buffer.read()))}
        answer = answer if answer["rows"] else {"error": "scan"}
    except pypdfium2.PdfiumError as error:
        answer = {"error": "protected" if "assword" in str(error) else "damaged"}
    except OverflowError:
        answer = {"error": "too_large"}
    json.dump(answer, sys.stdout)


def _rows(content: bytes) -> Iterator[dict[str, Any]]:
    """Make the rows of all pages; a table that goes on over a page's end is a new one for every page."""
    document = pypdfium2.PdfDocument(content)
    if len(document) > _MOST_PAGES:
        raise OverflowError
    tables = characters = 0
    gutters: Gutters = ()
    for page in document:
        chars = Chars(page)
        characters += len(chars.all)
        if characters > _MOST_CHARACTERS:
            raise OverflowError
        rows, gutters = page_rows(page, chars, gutters, search=characters < _MOST_SEARCHED)
        for row in rows:
            yield {**row, "table": row["table"] and row["table"] + tables}
        tables += max((row["table"] for row in rows), default=0)
        page.close()


if __name__ == "__main__":
    main()
