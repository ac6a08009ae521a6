"""Which schools there are and what they do: deterministic, of the asked size, with everything that can happen."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.demonstration.calendar import Calendar
from portal.demonstration.people import Names, Numbers, feminine
from portal.demonstration.plan import FEWEST_PEOPLE, MOST_PEOPLE, school_plans
from portal.demonstration.scripts import PROFILES, Act, all_steps
from portal.tenants.provisioning import HOST

CALENDAR = Calendar(dt.date(2026, 11, 21))
any_day = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))


def test_twelve_schools_are_of_five_types_in_three_territories() -> None:
    plans = school_plans(CALENDAR)

    assert len(plans) == 12
    assert len({plan.type_code for plan in plans}) == 5
    assert len({plan.territory for plan in plans}) == 3


@pytest.mark.parametrize("count", [1, 12, 13, 200])
def test_the_size_is_a_parameter_and_hosts_never_repeat(count: int) -> None:
    plans = school_plans(CALENDAR, count)

    assert len({plan.host_label for plan in plans}) == count
    assert all(HOST.fullmatch(plan.host_label) for plan in plans)
    assert all(FEWEST_PEOPLE <= plan.people <= MOST_PEOPLE for plan in plans)


def test_the_plan_is_the_same_every_time_and_a_larger_one_only_adds() -> None:
    assert school_plans(CALENDAR, 40) == school_plans(CALENDAR, 40)
    assert school_plans(CALENDAR, 200)[:40] == school_plans(CALENDAR, 40)


def test_one_school_opens_and_one_closes_between_the_rounds() -> None:
    rounds = CALENDAR.rounds
    plans = school_plans(CALENDAR)

    (opened,) = [plan for plan in plans if plan.opened_on]
    (closed,) = [plan for plan in plans if plan.closed_on]

    assert [opened.is_open_on(plan.half.end) for plan in rounds] == [False, True, True]
    assert [closed.is_open_on(plan.half.end) for plan in rounds] == [True, True, False]


def test_every_way_through_a_round_occurs_among_the_twelve() -> None:
    used = {profile for plan in school_plans(CALENDAR) for profile in plan.profiles}

    assert used == set(PROFILES)


@given(any_day)
def test_no_step_lies_in_the_future_before_its_round_or_after_it_closed_to_schools(day: dt.date) -> None:
    calendar = Calendar(day)

    for step in all_steps(calendar, school_plans(calendar)):
        assert step.round.window.opens <= step.day <= day
        if step.act in {Act.SUBMIT, Act.SUBMIT_SLIP, Act.DRAFT}:
            assert step.day <= step.round.window.closes


@given(any_day)
def test_the_steps_of_one_school_in_one_round_keep_their_order(day: dt.date) -> None:
    calendar = Calendar(day)
    taken: dict[tuple[str, str], list[Act]] = {}

    for step in all_steps(calendar, school_plans(calendar)):
        taken.setdefault((step.school.host_label, step.round.half.code), []).append(step.act)

    for plan in school_plans(calendar):
        for round_plan, profile in zip(calendar.rounds, plan.profiles, strict=True):
            expected = [act for act, _anchor, _days in PROFILES[profile]]
            assert taken.get((plan.host_label, round_plan.half.code), []) == expected


@given(st.integers(FEWEST_PEOPLE, MOST_PEOPLE))
def test_a_schools_people_add_up_to_its_size(people: int) -> None:
    plan = school_plans(CALENDAR)[0]
    numbers = Numbers.of(plan.__class__(**{**vars(plan), "people": people}))

    assert numbers.teachers + numbers.others + numbers.pupils + numbers.partners == people
    assert numbers.teachers > 0


def test_full_names_do_not_repeat_within_a_school() -> None:
    names = Names(school_plans(CALENDAR)[0].random("names"))

    drawn = Counter(tuple(names.next("adult").values()) for _number in range(300))

    assert drawn.most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    ("surname", "woman"), [("Берёзкин", "Берёзкина"), ("Туманский", "Туманская"), ("Лунёв", "Лунёва")]
)
def test_a_womans_surname_has_its_own_ending(surname: str, woman: str) -> None:
    assert feminine(surname) == woman
