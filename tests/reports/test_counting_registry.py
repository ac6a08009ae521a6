"""The registry of counted data elements."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from mentoring_reports.indicators.builtin import read_builtin_form
from mentoring_reports.reports.counts import Rows, count, count_values, counted, counted_codes

from .records import END, PERIOD, START, final_meeting, item, mentor, pair, plan, roadmap, teacher, training


def test_every_counted_element_of_the_built_in_form_is_counted_and_nothing_else() -> None:
    elements = read_builtin_form()["elements"]
    assert {row["code"] for row in elements if row["kind"] == "counted"} == counted_codes()


def test_a_code_that_is_counted_twice_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="'mentors' is counted twice"):
        counted("mentors")(lambda _period: Rows([], ()))


def test_a_code_that_nothing_counts_is_left_out() -> None:
    assert count_values(["no_such_element"], PERIOD) == {}


def test_the_rows_behind_every_count_can_be_shown(in_alpha: object) -> None:
    leader = mentor(teaching_since=START)
    mentee = pair(leader, teacher(teaching_since=START))
    plan(mentee, approved_on=START, completed_on=END)
    training(END, leader)
    final_meeting(mentee, END, leader)
    item(roadmap(), END, done_on=END)
    found = {code: count(code, PERIOD) for code in counted_codes()}
    shown = {code: [[column.read(row) for column in one.columns] for row in one.rows] for code, one in found.items()}
    pages = {"publications", "rubrics", "practices_shared"}
    assert {code for code, rows in shown.items() if not rows} <= pages
    assert all(cell not in {None, ""} for rows in shown.values() for row in rows for cell in row)
