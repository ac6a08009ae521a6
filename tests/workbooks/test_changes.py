"""«Изменения» tells what is new since the round's previous file: who was added, which figures, by whom accepted."""

from __future__ import annotations

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.enums import DecisionKind
from mentoring_reports.submissions.models import AcceptedFigure, Decision, Participation
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import make_workbook
from mentoring_reports.workbooks.manifest import digest
from tests.workbooks.reading import opened, records, texts
from tests.workbooks.reporting import USUAL, correct, hand_in_accepted


def accepted_by(submission, name):
    with tenant_context(submission.municipality):
        Decision.objects.create(**submission.place(), kind=DecisionKind.ACCEPT, author_name=name)


def changes(choices, made):
    return opened(make_workbook(choices, previous=made.manifest).content)["Изменения"]


def test_the_first_file_of_a_round_says_so(made):
    assert any("Это первый файл сбора" in text for text in texts(opened(made.content)["Изменения"]))


def test_nothing_new_is_told_as_nothing(choices, made):
    said = texts(changes(choices, made))

    assert "Добавлено отчётов: 0" in said
    assert "Изменено значений: 0, в отчётах: 0" in said


def test_a_school_that_came_since_is_told_with_who_accepted_it(choices, made, round_, alpha):
    accepted_by(hand_in_accepted(round_, alpha, USUAL), "Методист Первый")

    rows = records(changes(choices, made), "Сбор")

    assert [(row["Организация"], row["Кто принял"], row["Редакция"]) for row in rows] == [
        (alpha.name, "Методист Первый", 1)
    ]


def test_a_changed_figure_is_told_old_and_new(choices, made, round_):
    first = Participation.objects.get(round=round_, school__name="Школа-строка № 1")
    accepted_by(correct(first, USUAL | {"mentors": 4, "plans": None}), "Методист Второй")

    rows = records(changes(choices, made), "Сбор")

    told = {row["Первичный показатель"]: (row["Было"], row["Стало"], row["Разница"]) for row in rows}
    assert told["Наставники из числа педагогических работников"] == (1, 4, 3)
    assert told["Индивидуальные планы"] == (10, "—", "—")
    assert {row["Кто принял"] for row in rows} == {"Методист Второй"}
    assert {row["Редакция"] for row in rows} == {"1 → 2"}


def test_a_new_revision_with_the_same_figures_is_told_as_such(choices, made, round_):
    fifth = Participation.objects.get(round=round_, school__name="Школа-строка № 2")
    figures = dict(AcceptedFigure.objects.filter(submission=fifth.accepted).values_list("element_code", "value"))
    correct(fifth, figures)

    rows = records(changes(choices, made), "Сбор")

    assert [row["Первичный показатель"] for row in rows] == ["числа прежние"]


def test_a_school_that_cannot_be_read_any_more_is_told_as_left_out(choices, made, round_):
    taken = Participation.objects.get(round=round_, school__name="Школа-строка № 3")
    AcceptedFigure.objects.filter(submission=taken.accepted).delete()

    rows = records(changes(choices, made), "Сбор")

    assert [row["Организация"] for row in rows] == ["Школа-строка № 3"]
    assert "действующие значения" in rows[0]["Почему"]


@pytest.mark.parametrize("codes", [True, False])
def test_a_file_of_another_selection_does_not_make_schools_new(choices, made, round_, codes):
    part = Choices(round_id=round_.pk, territory="Центр", codes_for_names=codes)

    said = texts(changes(part, made))

    assert any("другие фильтры" in text for text in said)
    assert "Добавлено отчётов: 0" in said


def test_the_manifest_names_the_file_that_changes_are_told_against(choices, made):
    second = make_workbook(choices, previous=made.manifest)

    assert made.manifest["previous"] is None
    assert second.manifest["previous"] == digest(made.manifest)
    assert digest(made.manifest) in texts(opened(second.content)["Методика"])
