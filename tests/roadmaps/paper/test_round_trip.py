"""The signed paper and the portal are the same plan: what a file says, our own importer reads back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.clock import pretend
from mentoring_reports.roadmaps.readers.reading import read_document
from tests.roadmaps.paper.drawing import FILES, PERIOD, TITLE, Sections, Written, as_read, as_written, paper, read_back

VERBS = ("Издать", "Провести", "Собрать", "Разработать и утвердить", "Обновить", "Организовать", "Подготовить")
OBJECTS = (
    "приказ о внедрении целевой модели", "анкетирование молодых педагогов", "базу наставников",
    "положение о наставничестве (с приложениями)", "занятия «Школы наставника»", "отчёт за первое полугодие 2024 года",
    "встречи наставнических пар:\n– знакомство;\n– планирование", "согласия родителей на обработку данных",
    "методические материалы: памятки, анкеты и планы", "итоговую конференцию 25.05.2025", "=СУММ(A1:A3)",
)  # fmt: skip
DEADLINES = (
    "До 10.09.2024", "до 19.02.25", "Октябрь-ноябрь 2024", "Февраль – май 2025 г.", "1 раз в квартал", "ежемесячно",
    "В течение всего периода", "По отдельному графику", "В течение первого месяца", "II квартал 2025 года",
    "еженедельно", "до 25 числа каждого месяца", "с 01.10.2024 по 15.10.2024", "Январь 2025 г.",
    "По мере необходимости", "постоянно",
)  # fmt: skip
POSTS = ("Директор", "Куратор", "Заместитель директора", "Педагог-психолог", "Руководители ШМО", "Методист")
RESULTS = ("Приказ", "База наставников", "Справка по итогам", "Протокол педагогического совета № 3", "Согласия", "")
INDICATORS = ("Не менее 90 %", "Охват 100 % молодых педагогов", "≥ 5 экспертов", "Доля — 5 % и более", "")
STAGES = (
    "Подготовка условий", "База наставляемых", "База наставников", "Отбор и обучение", "Работа пар и групп",
    "Завершение",
)  # fmt: skip


@st.composite
def activities(draw: st.DrawFn) -> Written:
    responsible = ", ".join(draw(st.lists(st.sampled_from(POSTS), min_size=1, max_size=2, unique=True)))
    return Written(
        activity=f"{draw(st.sampled_from(VERBS))} {draw(st.sampled_from(OBJECTS))}",
        deadline=draw(st.sampled_from(DEADLINES)),
        responsible=responsible,
        result=draw(st.sampled_from(RESULTS)),
        indicator=draw(st.sampled_from(INDICATORS)),
        participants=draw(st.sampled_from(("", "Молодые педагоги"))),
        documents=draw(st.sampled_from(("", "Положение о наставничестве"))),
    )


@st.composite
def plans(draw: st.DrawFn) -> Sections:
    stages = draw(st.lists(st.sampled_from(STAGES), min_size=1, max_size=4, unique=True))
    numbered = draw(st.booleans())
    return [
        (str(number), stage, _numbered(draw(st.lists(activities(), min_size=1, max_size=5)), number if numbered else 0))
        for number, stage in enumerate(stages, start=1)
    ]


def _numbered(rows: list[Written], section: int) -> list[Written]:
    fields = [vars(row) | {"number": f"{section}.{place}"} for place, row in enumerate(rows, start=1)]
    return [Written(**row) for row in fields] if section else rows


@given(plan=plans(), kind=st.sampled_from(("docx", "xlsx")))
def test_a_plan_comes_back_as_it_went_out(plan: Sections, kind: str) -> None:
    read = read_back(paper(plan), kind)

    assert (read.title, read.period.days) == (TITLE, PERIOD)
    assert as_read(read) == as_written(plan)


HOSTILE = (
    "=1+1", "+7 (900) 000-00-00 — телефон доверия", "-5 % отсева участников", "@curator проводит опрос",
    "Провести\x0bсовет\x1f с\x08 вопросом", "Провести 🎓 праздник 👩‍🏫", "Провести \u202eсовет\u202c по плану",
    "Провести שלום встречу", "Провести <b>совет</b> & \"вече\" 'круглый стол'", "Провести\r\nсовет\rи\u2028встречу",
    "Изучить " + "очень длинный текст о наставничестве " * 135, "Провести\tсовет\tи встречу",
)  # fmt: skip


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_hostile_texts_come_back_as_texts(kind: str) -> None:
    plan = [("1", "Подготовка условий", [Written(activity=text, number=f"1.{n}") for n, text in enumerate(HOSTILE, 1)])]

    assert as_read(read_back(paper(plan), kind)) == as_written(plan)


@given(text=st.text(st.characters(), max_size=300), kind=st.sampled_from(("docx", "xlsx")))
def test_no_text_keeps_a_file_from_being_made_and_opened(text: str, kind: str) -> None:
    made = paper([("1", "Раздел", [Written(activity=text, result=text, number="1")])])

    document = read_document(FILES[kind](made), f"plan.{kind}")

    cells = [cell for row in document.rows for cell in row.cells]
    assert all(set(cell.split()) <= {w for c in cells for w in c.split()} for cell in made.blocks[0].rows[0])


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("План наставничества гимназии", PERIOD),
        ("Наставничество: шаг за шагом", PERIOD),
        ("Дорожная карта на 2024–2025 учебный год", PERIOD),
        ("Дорожная карта на 2024–2025 учебный год", (dt.date(2024, 10, 1), dt.date(2025, 5, 31))),
        ("Программа «Вместе» на 2023–2026 годы", (dt.date(2023, 1, 1), dt.date(2026, 12, 31))),
    ],
)
def test_title_and_period_come_back(title: str, days: tuple[dt.date, dt.date], kind: str) -> None:
    plan = [("1", "Подготовка условий", [Written(), Written("Провести совет", "Октябрь 2024", "Куратор")])]

    read = read_back(paper(plan, title=title, period_start=days[0], period_end=days[1]), kind)

    assert (read.title, read.period.days) == (title, days)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_drafts_paper_is_read_as_the_same_plan(kind: str) -> None:
    plan = [("I", "Подготовка условий", [Written(number="1"), Written("Провести совет", number="2")])]

    draft = read_back(paper(plan, is_draft=True), kind)

    assert (draft.title, as_read(draft)) == (TITLE, as_written(plan))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_same_roadmap_gives_the_same_bytes(kind: str) -> None:
    plan = [("1", "Подготовка условий", [Written()])]

    with pretend(dt.date(2024, 1, 1)):
        first = FILES[kind](paper(plan))

    assert FILES[kind](paper(plan)) == first
