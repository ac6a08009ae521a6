"""Rows of a plan are merged, split, dropped, moved; sections are added, renamed, removed: nothing is lost by it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.roadmaps.wizard import editing, joining, sectioning
from mentoring_reports.roadmaps.wizard.draft import Item, Passed, Plan

from .plans import plan, texts


@pytest.fixture
def two() -> Plan:
    """Return two sections: а, б, в and г, д (keys 1–5, sections 101 and 102)."""
    return plan(("а", "б", "в"), ("г", "д"))


def test_a_dropped_activity_stays_in_sight_and_can_be_taken_back(two: Plan) -> None:
    dropped = editing.drop(two, {2})

    assert [item.key for item in dropped.kept] == [1, 3, 4, 5]
    assert texts(dropped) == texts(two)
    assert editing.take_back(dropped, {2}) == two


@pytest.mark.parametrize(
    ("key", "expected"),
    [(2, [["б", "а", "в"], ["г", "д"]]), (1, [["а", "б", "в"], ["г", "д"]]), (4, [["а", "б", "в", "г"], ["д"]])],
)
def test_up_goes_before_the_row_above_and_into_the_section_above(
    two: Plan, key: int, expected: list[list[str]]
) -> None:
    assert texts(editing.move_up(two, key)) == expected


@pytest.mark.parametrize(("key", "expected"), [(2, [["а", "в", "б"], ["г", "д"]]), (3, [["а", "б"], ["в", "г", "д"]])])
def test_down_goes_behind_the_row_below_and_into_the_section_below(
    two: Plan, key: int, expected: list[list[str]]
) -> None:
    assert texts(editing.move_down(two, key)) == expected


def test_chosen_rows_go_to_the_end_of_another_section_in_their_order(two: Plan) -> None:
    assert texts(editing.move_to_section(two, {3, 1}, 102)) == [["б"], ["г", "д", "а", "в"]]


def test_rows_moved_to_a_section_that_is_not_there_stay(two: Plan) -> None:
    assert editing.move_to_section(two, {1}, 999) == two


def test_merging_puts_the_texts_together_and_repeats_none() -> None:
    first = Item(1, number="3", activity="Провести", deadline_text="Май", responsible="Куратор", rows=(4, 4))
    second = Item(2, activity="диагностику", deadline_text="Май", responsible="Методист", rows=(5, 6))
    two_rows = plan(())
    two_rows = replace(two_rows, sections=(replace(two_rows.sections[0], items=(first, second)),))

    [merged] = joining.merge(two_rows, {1, 2}).items

    assert (merged.number, merged.activity, merged.deadline_text) == ("3", "Провести диагностику", "Май")
    assert merged.responsible == "Куратор; Методист"
    assert merged.rows == (4, 6)


def test_merging_keeps_a_text_that_is_only_a_part_of_a_word_of_the_other() -> None:
    first = Item(1, responsible="Заместитель директора", expected_result="10 %", indicator_text="Справка о ходе")
    second = Item(2, responsible="директор", expected_result="0 %", indicator_text="Справка")
    rows = plan(())
    rows = replace(rows, sections=(replace(rows.sections[0], items=(first, second)),))

    [merged] = joining.merge(rows, {1, 2}).items

    assert merged.responsible == "Заместитель директора; директор"
    assert (merged.expected_result, merged.indicator_text) == ("10 % 0 %", "Справка о ходе")


def test_merging_with_the_next_passes_over_what_is_dropped(two: Plan) -> None:
    merged = joining.merge_with_next(editing.drop(two, {2}), 1)

    assert texts(merged) == [["а в", "б"], ["г", "д"]]


def test_the_last_row_of_a_section_has_no_next_one(two: Plan) -> None:
    assert joining.merge_with_next(two, 3) == two


def test_splitting_makes_an_activity_of_each_line_and_deals_out_cells_of_as_many_lines() -> None:
    lines = editing.with_texts(plan(("x",)), 1, {"activity": "Собрать\nПровести", "deadline_text": "Май\nИюнь"})
    lines = editing.with_texts(lines, 1, {"responsible": "Куратор"})

    first, second = joining.split(lines, 1).items

    assert [(item.activity, item.deadline_text, item.responsible) for item in (first, second)] == [
        ("Собрать", "Май", "Куратор"),
        ("Провести", "Июнь", "Куратор"),
    ]
    assert first.key != second.key


def test_an_activity_of_one_line_is_not_split(two: Plan) -> None:
    assert joining.split(two, 1) == two


def test_new_keys_are_never_used_twice(two: Plan) -> None:
    made = editing.add_item(editing.add_item(two, 101), 102)
    made = sectioning.add(made, "Новый")
    made = joining.split(editing.with_texts(made, 1, {"activity": "а\nб\nв"}), 1)
    keys = [item.key for item in made.items] + [section.key for section in made.sections]

    assert len(keys) == len(set(keys))


def test_a_new_text_of_a_deadline_takes_away_the_dates_that_were_set_for_the_old_one(two: Plan) -> None:
    by_hand = editing.with_texts(two, 1, {"ends_on": "2024-10-01", "kind": "by_date"})

    changed = editing.with_texts(by_hand, 1, {"deadline_text": "До 05.11.2024"}).item(1)

    assert changed is not None
    assert (changed.kind, changed.ends_on) == ("", "")


def test_what_was_passed_over_becomes_an_activity_where_it_stood(two: Plan) -> None:
    assert texts(editing.add_passed(two, Passed((2, 2), "новое", "text_around"))) == [
        ["а", "б", "новое", "в"],
        ["г", "д"],
    ]
    assert texts(editing.add_passed(two, Passed((0, 0), "новое", "order"))) == [["новое", "а", "б", "в"], ["г", "д"]]


def test_a_section_begins_at_a_row(two: Plan) -> None:
    assert texts(sectioning.begin_at(two, 2)) == [["а"], ["б", "в"], ["г", "д"]]


@pytest.mark.parametrize(("key", "expected"), [(102, [["а", "б", "в", "г", "д"]]), (101, [["а", "б", "в", "г", "д"]])])
def test_a_section_that_is_removed_leaves_its_activities(two: Plan, key: int, expected: list[list[str]]) -> None:
    assert texts(sectioning.remove(two, key)) == expected


def test_the_last_section_with_activities_is_not_removed() -> None:
    one = plan(("а",))

    assert sectioning.remove(one, 101) == one


def test_sections_change_places(two: Plan) -> None:
    assert texts(sectioning.move(two, 101, 1)) == [["г", "д"], ["а", "б", "в"]]
    assert sectioning.move(two, 101, -1) == two


KEYS = st.integers(0, 8)
SECTIONS = st.sampled_from([101, 102, 999])
STEPS = st.one_of(
    st.tuples(st.just(editing.move_up), KEYS),
    st.tuples(st.just(editing.move_down), KEYS),
    st.tuples(st.just(joining.merge_with_next), KEYS),
    st.tuples(st.just(joining.split), KEYS),
    st.tuples(st.just(editing.drop), st.sets(KEYS)),
    st.tuples(st.just(editing.take_back), st.sets(KEYS)),
    st.tuples(st.just(joining.merge), st.sets(KEYS)),
    st.tuples(st.just(sectioning.begin_at), KEYS),
    st.tuples(st.just(sectioning.remove), SECTIONS),
    st.tuples(st.just(sectioning.add), st.just("Новый")),
    st.tuples(st.just(editing.move_to_section), st.sets(KEYS), SECTIONS),
)


@given(st.lists(STEPS, max_size=12))
def test_no_order_of_operations_loses_a_word(steps: list[tuple]) -> None:
    made = plan(("один два", "три\nчетыре"), ("пять", "шесть", "семь"))
    before = Counter(word for item in made.items for word in item.activity.split())

    for operation, *arguments in steps:
        made = operation(made, *arguments)

    assert Counter(word for item in made.items for word in item.activity.split()) == before
    keys = [item.key for item in made.items]
    assert len(keys) == len(set(keys))
