from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.roadmaps.importing import documents, faults
from tests.roadmaps.importing.plans import make_plan
from tests.roadmaps.importing.reading import activities, as_read, read, written

FORMATS = {
    "text": lambda title, lines, rng: (documents.as_text(title, lines, rng), "plan.txt"),
    "text without trailing tabs": lambda title, lines, rng: (
        documents.as_text(title, lines, rng, trailing=False),
        "p.txt",
    ),
    "csv": lambda title, lines, rng: (documents.as_csv(title, lines), "plan.csv"),
    "tsv": lambda title, lines, rng: (documents.as_csv(title, lines, delimiter="\t", encoding="utf-8-sig"), "plan.tsv"),
    "docx": lambda title, lines, rng: (documents.as_docx(title, lines), "plan.docx"),
    "xlsx": lambda title, lines, rng: (documents.as_xlsx(title, lines), "plan.xlsx"),
}


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=15, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), stage=st.booleans())
def test_a_plan_without_faults_is_read_back_whole(form, seed, stage):
    rng = random.Random(seed)  # noqa: S311
    plan = make_plan(rng, stage=stage)
    reading = read(*FORMATS[form](plan.title, faults.rows_of(plan, rng), rng))
    assert as_read(reading) == written(plan)
    assert (reading.plans[0].period.start.isoformat(), reading.plans[0].period.end.isoformat()) == (
        "2022-09-01",
        "2023-08-31",
    )


def test_a_pdf_of_several_pages_is_read_back_whole():
    rng = random.Random(5)  # noqa: S311
    plan = make_plan(rng, items=30, sections=4)
    reading = read(documents.as_pdf(plan.title, faults.rows_of(plan, rng)), "plan.pdf")
    assert as_read(reading) == written(plan)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_line_breaks_inside_cells_are_no_new_rows(seed):
    rng = random.Random(seed)  # noqa: S311
    plan = make_plan(rng)
    reading = read(documents.as_text(plan.title, faults.rows_of(plan, rng), rng, flowing=True))
    found = set(activities(reading))
    assert len(found & {item.activity for item in plan.items}) >= 0.85 * len(plan.items)


@pytest.mark.parametrize("form", FORMATS)
def test_of_plans_with_faults_nearly_every_activity_and_deadline_is_read(form):
    wanted, right, extra = 0, 0, 0
    for seed in range(25):
        rng = random.Random(seed)  # noqa: S311
        plan = make_plan(rng, stage=rng.random() < 0.3, items=12)
        lines = faults.rows_of(plan, rng)
        for fault in rng.sample(faults.FAULTS, 3):
            lines = fault(lines, rng)
        got = [(activity, deadline) for activity, deadline, _ in as_read(read(*FORMATS[form](plan.title, lines, rng)))]
        expected = [(activity, deadline) for activity, deadline, _ in written(plan)]
        wanted += len(expected)
        right += len(set(got) & set(expected))
        extra += max(0, len(got) - len(expected))
    assert right >= 0.97 * wanted
    assert extra <= 0.01 * wanted


@pytest.mark.parametrize("fault", faults.FAULTS, ids=lambda fault: fault.__name__)
def test_no_fault_costs_an_activity(fault):
    rng = random.Random(11)  # noqa: S311
    plan = make_plan(rng, items=9)
    lines = fault(faults.rows_of(plan, rng), rng)
    reading = read(documents.as_text(plan.title, lines, rng))
    assert sorted(activities(reading)) == sorted(item.activity for item in plan.items)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_encodings_of_text_are_recognised(encoding):
    text = "План на 2022-2023 учебный год\nМероприятие\tСрок\nАнкетирование педагогов школы\tдо 10.09.2022\n"
    reading = read(text.encode(encoding))
    assert activities(reading) == ["Анкетирование педагогов школы"]
