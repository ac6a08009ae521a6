"""The rules of plausibility by themselves: robust, silent where little is known, never raising."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentoring_reports.indicators.formulas import Formula
from mentoring_reports.review.plausibility import pictures, rules
from mentoring_reports.review.plausibility.neighbours import FACTOR, MOST, Sized, nearest
from mentoring_reports.review.plausibility.reports import Report, Shape, size_code
from mentoring_reports.review.plausibility.robust import spread
from mentoring_reports.review.plausibility.verdicts import Thresholds

LIMITS = Thresholds()
whole = st.integers(-(10**6), 10**6).map(float)
counts = st.integers(0, 10**4).map(float)
groups = st.lists(whole, min_size=5, max_size=60)


# --- Robust statistics ------------------------------------------------------------------------------------------------
@settings(deadline=None)
@given(groups, whole, st.integers(-(10**5), 10**5))
def test_moving_everything_leaves_the_distance(values, value, shift):
    before, after = spread(values, 5), spread([number + shift for number in values], 5)

    assert (before is None) == (after is None)
    if before and after:
        assert after.distance(value + shift) == pytest.approx(before.distance(value))


@settings(deadline=None)
@given(groups, whole, st.sampled_from([0.25, 2.0, 8.0, 1024.0]))
def test_other_units_leave_the_distance(values, value, factor):
    before, after = spread(values, 5), spread([number * factor for number in values], 5)

    assert (before is None) == (after is None)
    if before and after:
        assert after.distance(value * factor) == pytest.approx(before.distance(value))


@settings(deadline=None)
@given(groups, whole, whole)
def test_farther_out_is_never_less_odd(values, value, more):
    usual = spread(values, 5)
    assume(usual is not None)
    outside = usual.centre + math.copysign(abs(value) + abs(more), value)
    inside = usual.centre + value

    if rules.far(inside, values, LIMITS):
        assert rules.far(outside, values, LIMITS)


@settings(deadline=None)
@given(st.lists(whole, max_size=4), whole)
def test_a_small_group_gives_no_verdict(values, value):
    assert spread(values, 5) is None
    assert rules.far(value, values, LIMITS) is None


@settings(deadline=None)
@given(whole, st.integers(5, 60), whole)
def test_equal_numbers_give_no_verdict(number, count, value):
    assert rules.far(value, [number] * count, LIMITS) is None


def test_where_most_are_equal_the_quartiles_tell():
    values = [0.0] * 6 + [1.0] * 5

    assert rules.far(50, values, LIMITS)
    assert rules.far(2, values, LIMITS) is None


@settings(deadline=None)
@given(st.lists(st.floats(1e3, 1e12), max_size=4))
def test_a_few_wrong_numbers_among_the_peers_hide_neither_the_usual_nor_each_other(wrong):
    values = [*range(90, 111), *wrong]

    assert rules.far(100, values, LIMITS) is None
    assert all(rules.far(number, values, LIMITS) for number in wrong)


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=60), st.floats(-1e12, 1e12))
def test_no_numbers_make_it_raise(values, value):
    rules.far(value, values, LIMITS)


# --- Against the own past -------------------------------------------------------------------------------------------
def test_a_jump_is_judged_by_percent_and_by_units():
    assert rules.jump("mentors", 24, [9], LIMITS)
    assert rules.jump("mentors", 3, [2], LIMITS) is None  # half as much again, yet only one
    assert rules.jump("mentors", 104, [100], LIMITS) is None  # four more, yet only 4 %
    assert rules.jump("mentors", 4, [0], LIMITS) is None
    assert rules.jump("mentors", 5, [0], LIMITS)


def test_without_a_past_there_is_no_jump():
    assert rules.jump("mentors", 24, [], LIMITS) is None
    assert rules.jump("mentors", 24, [9, None], LIMITS) is None


def test_what_swings_every_round_is_no_jump():
    assert rules.jump("events", 50, [50, 120, 40, 110], LIMITS) is None
    assert rules.jump("events", 500, [50, 120, 40, 110], LIMITS)


def test_two_rounds_are_too_few_to_know_what_is_usual():
    assert rules.jump("events", 50, [40, 110], LIMITS)


def test_what_chance_can_explain_is_no_jump():
    assert rules.jump("mentees", 15, [9], LIMITS) is None
    assert rules.jump("mentees", 1500, [900], LIMITS)


def test_what_moved_so_in_other_schools_is_no_jump():
    assert rules.jump("plans_due", 17, [40], LIMITS, common=0.45) is None
    assert rules.jump("plans_due", 17, [40], LIMITS, common=1.0).common == 1.0
    assert rules.jump("plans_due", 100, [40], LIMITS, common=0.45)


def test_what_is_common_needs_enough_schools_and_no_zeros():
    form = shape()
    pairs = [(report(form, mentors=10, trained=0), report(form, mentors=5, trained=3)) for _ in range(5)]

    assert rules.common_changes(pairs, LIMITS) == {"mentors": 0.5}
    assert rules.common_changes(pairs[1:], LIMITS) == {}


@settings(deadline=None)
@given(counts, counts, counts)
def test_a_larger_jump_to_the_same_side_is_a_jump_too(last, step, more):
    if rules.jump("x", last + step, [last], LIMITS):
        assert rules.jump("x", last + step + more, [last], LIMITS)


# --- Against other schools -----------------------------------------------------------------------------------------
BY_STAFF = (Formula.parse("share", "mentors", "staff"), Formula.parse("trained", "trained", "staff"))


def shape(*formulas, scaled=("mentors",), plain=()):
    return Shape.of(["staff", *scaled], plain, [*BY_STAFF, *formulas])


def report(form, **numbers):
    return Report.of(numbers, form)


def test_elements_are_compared_by_size():
    form = shape()
    peers = [report(form, staff=20 + n, mentors=(20 + n) // 5) for n in range(20)]

    large = report(form, staff=40, mentors=8)
    odd = report(form, staff=30, mentors=25)

    assert not list(rules.distances(large, peers, form, LIMITS))
    [found] = rules.distances(odd, peers, form, LIMITS)
    assert (found.code, found.is_scaled) == ("mentors", True)


def test_an_element_is_odd_only_where_it_is_far_by_size_and_as_it_is():
    form = shape()
    peers = [report(form, staff=40 + n, mentors=8 + n % 3) for n in range(10)]

    small_school_same_count = report(form, staff=20, mentors=9)

    assert not list(rules.distances(small_school_same_count, peers, form, LIMITS))


def test_a_share_of_fewer_than_five_has_no_verdict():
    formula = Formula.parse("coverage", "paired", "mentees", factor=100)
    form = shape(formula, scaled=())
    peers = [report(form, mentees=50, paired=45 + n % 4) for n in range(12)]

    assert not list(rules.distances(report(form, mentees=4, paired=0), peers, form, LIMITS))
    assert [found.code for found in rules.distances(report(form, mentees=50, paired=5), peers, form, LIMITS)] == [
        "coverage"
    ]


def test_shares_of_fewer_than_five_are_not_compared_with():
    formula = Formula.parse("coverage", "paired", "mentees", factor=100)
    form = shape(formula, scaled=())
    peers = [report(form, mentees=4, paired=n % 4) for n in range(12)]

    assert not list(rules.distances(report(form, mentees=50, paired=50), peers, form, LIMITS))


def test_a_share_that_only_repeats_an_element_by_size_is_told_once():
    form = shape()
    peers = [report(form, staff=40, mentors=4 + n % 5) for n in range(12)]

    found = list(rules.distances(report(form, staff=40, mentors=38), peers, form, LIMITS))

    assert [verdict.code for verdict in found] == ["mentors"]


def test_the_size_is_what_most_indicators_are_a_share_of():
    formulas = [
        Formula.parse("a", "x", "plans"),
        Formula.parse("b", "y", "staff"),
        Formula.parse("c", "z", "staff"),
        Formula.parse("d", "z"),
        Formula.parse("e", "z", "x - y"),
    ]

    assert size_code(formulas) == "staff"
    assert size_code([]) == ""


# --- Sums and copies ----------------------------------------------------------------------------------------------
def test_a_part_larger_than_its_whole_is_odd():
    form = shape(Formula.parse("coverage", "paired", "mentees", factor=100), scaled=())

    [found] = rules.sums(report(form, mentees=10, paired=12, staff=40))

    assert (found.code, found.part, found.whole) == ("coverage", 12, 10)


def test_a_rate_by_heads_is_no_part_of_a_whole():
    form = shape(Formula.parse("meetings", "meetings", "mentees"), scaled=())

    assert not list(rules.sums(report(form, mentees=10, meetings=120)))


def test_one_number_in_every_field_is_odd():
    assert rules.all_equal([0.0] * 8).number == 0
    assert rules.all_equal([7.0] * 8).fields == 8
    assert rules.all_equal([7.0] * 7) is None
    assert rules.all_equal([7.0] * 8 + [8.0]) is None


def test_a_copy_is_told_by_typed_numbers_that_are_not_zero():
    last = {str(n): float(n) for n in range(1, 12)}

    assert rules.copied(dict(last), last, LIMITS).equal == 11
    assert rules.copied({code: value for code, value in last.items() if value <= 7}, last, LIMITS) is None
    assert rules.copied({code: value + 1 for code, value in last.items()}, last, LIMITS) is None
    assert rules.copied(dict.fromkeys(last, 0.0), dict.fromkeys(last, 0.0), LIMITS) is None


@settings(deadline=None)
@given(st.integers(1, 100), st.integers(8, 40), st.integers(0, 40))
def test_the_share_of_equal_numbers_decides(percent, compared, changed):
    changed = min(changed, compared)
    last = {str(n): 5.0 for n in range(compared)}
    now = {str(n): 6.0 if n < changed else 5.0 for n in range(compared)}

    found = rules.copied(now, last, Thresholds(copied_share=percent))

    assert (found is not None) == ((compared - changed) * 100 >= percent * compared)


# --- Neighbours ---------------------------------------------------------------------------------------------------
@settings(deadline=None)
@given(st.lists(st.integers(0, 300), max_size=120), st.integers(0, 300), st.integers(3, 20))
def test_neighbours_are_the_nearest_in_size_and_never_the_school_itself(sizes, size, smallest):
    rows = sorted(Sized(float(number), pk, pk) for pk, number in enumerate(sizes))

    group = nearest(rows, float(size), 0, smallest)

    others = [row for row in rows if row.school_id]
    chosen = set(group.members)
    assert 0 not in {row.school_id for row in group.members}
    assert len(chosen) == len(group.members) <= MOST
    farthest = max((abs(row.size - size) for row in group.members), default=0)
    left = [row for row in others if row not in chosen]
    if group.similar:
        assert all(size / FACTOR <= row.size <= size * FACTOR for row in group.members)
    else:
        assert len(group.members) == min(MOST, len(others))
        assert all(abs(row.size - size) >= farthest for row in left)


# --- Pictures -----------------------------------------------------------------------------------------------------
@settings(deadline=None)
@given(st.lists(whole, min_size=1, max_size=40), whole)
def test_every_point_of_a_strip_lies_inside_it(peers, own):
    strip = pictures.peer_strip(sorted(peers), own, "")

    assert len(strip.dots) == len(peers)
    assert all(0 <= dot.x <= strip.width and 0 <= dot.y <= strip.height for dot in (*strip.dots, strip.own))
    assert strip.box[0] <= strip.box[1] <= strip.box[2]


@settings(deadline=None)
@given(st.lists(st.none() | whole, max_size=12))
def test_every_known_number_is_a_point_of_the_line(values):
    line = pictures.sparkline([(str(n), value) for n, value in enumerate(values)], "")

    assert [dot.value for dot in line.dots] == [value for value in values if value is not None]
    assert all(0 <= dot.x <= line.width and 0 <= dot.y <= line.height for dot in line.dots)


def test_an_unknown_number_interrupts_the_line():
    line = pictures.sparkline([("1", 1.0), ("2", 2.0), ("3", None), ("4", 4.0), ("5", 5.0)], "")

    assert len(line.paths) == 2
    assert [dot.is_own for dot in line.dots] == [False, False, False, True]
