"""The registry of counted data elements."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from mentoring_reports.indicators.builtin import read_builtin_form
from mentoring_reports.reports.counts import Rows, count, count_values, counted, counted_codes

from .records import PERIOD


def test_every_counted_element_of_the_built_in_form_is_counted_and_nothing_else() -> None:
    elements = read_builtin_form()["elements"]
    assert {row["code"] for row in elements if row["kind"] == "counted"} == counted_codes()


def test_a_code_that_is_counted_twice_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="'mentors' is counted twice"):
        counted("mentors")(lambda _period: Rows([], ()))


def test_a_code_that_nothing_counts_is_left_out() -> None:
    assert count_values(["no_such_element"], PERIOD) == {}


@pytest.mark.parametrize("code", sorted(counted_codes()))
def test_the_rows_behind_a_count_can_be_shown(code: str, in_alpha: object) -> None:
    found = count(code, PERIOD)
    assert [[column.read(row) for column in found.columns] for row in found.rows] is not None
    assert all(column.label for column in found.columns)
