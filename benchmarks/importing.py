"""Reading a roadmap of 300 rows against a library that only looks at every cell, by type of file.

The libraries' import is not counted: each is run once before. A PDF is read in a process of its own, whose start is.
`python -m benchmarks.importing` measures without a database.
"""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable

from .measuring import Result, paired_medians, table

ROWS = 300
AIM_SECONDS = 1.0


def reading_a_roadmap(repeat: int) -> list[Result]:
    """Measure every type of file."""
    return [_measured(kind, content, bare, repeat) for kind, content, bare in _documents()]


def _measured(kind: str, content: bytes, bare: Callable[[], object], repeat: int) -> Result:
    from mentoring_reports.roadmaps.importing.importer import read_plans
    from mentoring_reports.roadmaps.readers.reading import read_document

    ours, baseline = paired_medians(lambda: read_plans(read_document(content, f"plan.{kind}")), bare, repeat)
    return Result(
        f"roadmap of {ROWS} rows, {kind}",
        f"{ours * 1000:.0f} ms",
        f"{baseline * 1000:.0f} ms cells only",
        f"{ours / baseline:.2f}",
        f"< {AIM_SECONDS:.0f} s",
        ours < AIM_SECONDS,
    )


def _documents() -> list[tuple[str, bytes, Callable[[], object]]]:
    """Return a document of each type, and the reading of its cells by the library people would take."""
    import docx
    import openpyxl
    import pdfplumber

    from tests.roadmaps.importing import documents, faults
    from tests.roadmaps.importing.plans import make_item, make_plan

    rng = random.Random(1)  # noqa: S311
    plan = make_plan(rng, sections=6, items=30)
    for _, items in plan.sections:
        items += [make_item(rng, f"{items[0].activity} {n}", "", plan.roles) for n in range(ROWS // 6 - len(items))]
    lines = faults.rows_of(plan, rng)
    text = documents.as_text(plan.title, lines, rng)
    word, sheet, pdf = (make(plan.title, lines) for make in (documents.as_docx, documents.as_xlsx, documents.as_pdf))

    def word_cells() -> None:
        for tabled in docx.Document(io.BytesIO(word)).tables:
            for row in tabled.rows:
                [cell.text for cell in row.cells]

    def sheet_cells() -> None:
        list(openpyxl.load_workbook(io.BytesIO(sheet), read_only=True).active.iter_rows(values_only=True))

    def pdf_cells() -> None:
        with pdfplumber.open(io.BytesIO(pdf)) as opened:
            [page.extract_tables() for page in opened.pages]

    return [
        ("txt", text, lambda: [line.split("\t") for line in text.decode().split("\n")]),
        ("docx", word, word_cells),
        ("xlsx", sheet, sheet_cells),
        ("pdf", pdf, pdf_cells),
    ]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    print(table(reading_a_roadmap(repeat=3)))
