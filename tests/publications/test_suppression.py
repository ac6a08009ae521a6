"""What is kept back of single schools: no group of fewer than five people, and none by subtraction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.publications.suppression import Member, kept_back, totals_kept_back

members = st.lists(
    st.builds(
        lambda people, territory, kind: Member(tuple(people), (("all", ""), ("territory", territory), ("type", kind))),
        st.lists(st.integers(0, 12).map(float), min_size=1, max_size=2),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    max_size=25,
)


@pytest.mark.parametrize("people", [(4.0,), (1.0, 40.0), (40.0, 3.0)])
def test_one_to_four_people_are_kept_back(people):
    assert Member(people).is_small


@pytest.mark.parametrize("people", [(), (0.0,), (5.0,), (0.0, 40.0)])
def test_nobody_and_five_are_not(people):
    assert not Member(people).is_small


def test_a_single_one_kept_back_takes_the_smallest_other_of_its_total_with_it():
    table = [Member((3.0,), ("all",)), Member((60.0,), ("all",)), Member((20.0,), ("all",))]

    assert kept_back(table) == {0, 2}


def test_nothing_small_keeps_nothing_back():
    assert not kept_back([Member((5.0,), ("all",))] * 3)


def test_a_total_of_one_member_goes_with_it():
    table = [Member((3.0,), ("all", "north")), Member((9.0,), ("all", "south")), Member((8.0,), ("all", "south"))]
    hidden = kept_back(table)

    assert totals_kept_back(table, hidden) >= {"north"}


@given(members)
def test_no_total_ever_gives_a_single_one_away(table):
    hidden = kept_back(table)

    assert {place for place, member in enumerate(table) if member.is_small} <= hidden
    for total in {total for member in table for total in member.totals}:
        places = {place for place, member in enumerate(table) if total in member.totals}
        assert len(places & hidden) != 1 or total in totals_kept_back(table, hidden)


@given(members)
def test_without_small_ones_everything_is_published(table):
    large = [Member(tuple(number + 5 for number in member.people), member.totals) for member in table]

    assert not kept_back(large)
