"""PDF with a text layer. The pages are taken apart in a process of its own, with little time and memory.

A PDF may hold anything: packed streams without end, objects that refer to themselves. Whatever happens there, the
portal's own process only learns that the file cannot be read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .document import Row
from .errors import UnreadableDocument
from .registry import reader

_MODULE = "mentoring_reports.roadmaps.readers.pdf_process"
_ROOT = Path(__file__).parents[3]
# The process itself stops after two seconds of work; this is for a machine that is busy with other things.
_WAIT_SECONDS = 20


@reader("pdf")
def read(content: bytes) -> Iterator[Row]:
    """Make a row of every table row, and of every line outside of tables."""
    for number, made in enumerate(_rows(content), start=1):
        yield Row(
            first=number,
            last=number,
            cells=tuple(made["cells"]),
            table=made["table"],
            line=not made["table"],
            spanning=made["spanning"],
            above=frozenset(made["above"]),
        )


def _rows(content: bytes) -> list[dict]:
    """Return the rows as the process writes them; raise what it says is wrong."""
    try:
        done = subprocess.run(  # noqa: S603  (our own module; the file comes by standard input)
            [sys.executable, "-m", _MODULE],
            input=content,
            capture_output=True,
            cwd=_ROOT,
            timeout=_WAIT_SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout or "{}")
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument("too_large") from error
    except ValueError as error:
        raise UnreadableDocument("damaged") from error
    if done.returncode < 0:  # stopped for the time or the memory it took
        raise UnreadableDocument("too_large")
    if "rows" not in answer:
        raise UnreadableDocument(answer.get("error", "damaged"))
    return answer["rows"]
