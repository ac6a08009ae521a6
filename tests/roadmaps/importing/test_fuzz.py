"""Bytes of valid documents are changed at random: the answer is always a reading or a refusal.

`ROADMAP_FUZZ=20000 ROADMAP_FUZZ_SEED=7 pytest tests/roadmaps/importing/test_fuzz.py` runs more of them.
"""

from __future__ import annotations

import os
import random

import pytest

from mentoring_reports.roadmaps.importing.importer import read_plans
from mentoring_reports.roadmaps.readers.errors import UnreadableDocument
from mentoring_reports.roadmaps.readers.reading import read_document
from tests.roadmaps.importing import documents, faults
from tests.roadmaps.importing.plans import make_plan

COUNT = int(os.environ.get("ROADMAP_FUZZ", "60"))
SEED = int(os.environ.get("ROADMAP_FUZZ_SEED", "1"))
KINDS = {"text": 1.0, "csv": 1.0, "docx": 1.0, "xlsx": 1.0, "pdf": 0.1}


def valid(kind: str, rng: random.Random) -> bytes:
    plan = make_plan(rng)
    lines = faults.rows_of(plan, rng)
    made = {"docx": documents.as_docx, "xlsx": documents.as_xlsx, "pdf": documents.as_pdf, "csv": documents.as_csv}
    return made[kind](plan.title, lines) if kind in made else documents.as_text(plan.title, lines, rng)


def mutated(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 3, 20, 200))):
        at = rng.randrange(len(changed))
        change = rng.randrange(3)
        if change == 0:
            changed[at] = rng.randrange(256)
        elif change == 1:
            del changed[at : at + rng.randrange(1, 40)]
        else:
            changed[at:at] = changed[: rng.randrange(1, 200)]
        if not changed:
            return b""
    return bytes(changed)


@pytest.mark.parametrize("kind", KINDS)
def test_changed_bytes_are_read_or_refused(kind):
    rng = random.Random(SEED)  # noqa: S311
    content = valid(kind, rng)
    for _ in range(max(3, int(COUNT * KINDS[kind]))):
        try:
            reading = read_plans(read_document(mutated(content, rng), f"plan.{kind}"))
        except UnreadableDocument as refused:
            assert refused.code
        else:
            assert reading.as_json()["skipped"] is not None
