"""Dynamics and comparison: over rounds, with breaks where the form changed, and who rose or fell."""

from __future__ import annotations

import pytest

from mentoring_reports.submissions.consolidation import consolidate
from mentoring_reports.submissions.trends import trend
from tests.dashboard.screens import earlier_round, next_form, screen
from tests.factories import make_round
from tests.workbooks.reporting import USUAL, accept_usual, hand_in_accepted, make_schools


@pytest.fixture
def rounds(in_municipality):
    """Return three rounds, the earliest first."""
    codes = [("first", 300), ("second", 200), ("third", 100)]
    return [earlier_round(in_municipality, code, days=days) for code, days in codes]


def accept_shares(round_, schools, mentors) -> None:
    for school, number in zip(schools, mentors, strict=True):
        if number is not None:
            hand_in_accepted(round_, school, USUAL | {"mentors": number})


def test_the_line_goes_through_the_municipal_value_of_every_round(rounds, alpha, beta):
    for round_, mentors in zip(rounds, [(4, 8), (None, 6), (8, 8)], strict=True):
        accept_shares(round_, (alpha, beta), mentors)

    shown = screen("dynamics", round="third")

    assert [row.value.text for row in shown.rows] == ["15,0\u202f%", "15,0\u202f%", "20,0\u202f%"]
    assert [row.basis.rsplit(" ", 1)[0] for row in shown.rows] == ["2 из 2", "1 из 2", "2 из 2"]
    assert len(shown.chart.paths) == 1
    assert len(shown.chart.dots) == 3
    assert len(shown.chart.bands) == 1


def test_rounds_after_the_chosen_one_are_left_out(rounds, alpha):
    for round_ in rounds:
        hand_in_accepted(round_, alpha, USUAL)

    assert [row.title for row in screen("dynamics", round="second").rows] == ["Сбор first", "Сбор second"]


def test_the_points_are_the_consolidations_own_figures(rounds, in_municipality):
    schools = make_schools(in_municipality, 7)
    for number, round_ in enumerate(rounds):
        accept_usual(round_, schools[number:])

    for indicator in rounds[0].form.indicators.all():
        for point in trend(rounds, indicator.code).points:
            line = consolidate(point.round).line(indicator)
            for name in ("numerator", "denominator", "value", "lower", "median", "upper", "known"):
                ours, theirs = getattr(point.line, name), getattr(line, name)
                assert ours == pytest.approx(theirs, nan_ok=True), (indicator.code, name)


def test_territories_lines_are_the_consolidations_within_them(rounds, in_municipality):
    schools = make_schools(in_municipality, 7)
    for number, round_ in enumerate(rounds):
        accept_usual(round_, schools[number:])
    indicator = rounds[0].form.indicators.get(code="pair_coverage")

    for name, values in trend(rounds, indicator.code).by("territory").items():
        own = [consolidate(round_).within(territory=name).line(indicator).value for round_ in rounds]
        assert values == [pytest.approx(value) for value in own]


def test_the_line_breaks_where_the_formula_changed_and_only_there(rounds, alpha):
    rounds[2].form = next_form(rounds[0].form, changed="mentor_share")
    rounds[2].save()
    for round_ in rounds:
        hand_in_accepted(round_, alpha, USUAL)

    changed = screen("dynamics", round="third", indicator="mentor_share")
    same = screen("dynamics", round="third", indicator="pair_coverage")

    assert changed.breaks == ["Сбор third"]
    assert [len(path.split()) for path in changed.chart.paths] == [2]
    assert len(changed.chart.breaks) == 1
    assert [row.value.text for row in changed.rows][-1] == "1,5\u202fна десять"
    assert changed.rows[0].value.text == "15,0\u202f%"
    assert same.breaks == []
    assert [len(path.split()) for path in same.chart.paths] == [3]


def test_a_round_whose_form_lacks_the_indicator_has_no_point(rounds, alpha):
    rounds[2].form = next_form(rounds[0].form)
    rounds[2].form.indicators.filter(code="experts").delete()
    rounds[2].save()
    for round_ in rounds:
        hand_in_accepted(round_, alpha, USUAL)

    points = trend(rounds, "experts").points

    assert [point.line is None for point in points] == [False, False, True]
    assert points[2].broken


def test_a_changed_formula_has_no_change(rounds, alpha):
    rounds[2].form = next_form(rounds[0].form, changed="mentor_share")
    rounds[2].save()
    for round_ in rounds:
        hand_in_accepted(round_, alpha, USUAL)

    cards = {card.code: card.change for card in screen(round="third", compare="second").cards}

    assert cards["mentor_share"] == ""
    assert cards["pair_coverage"].startswith("±0")


def test_only_common_indicators_are_compared(rounds, alpha):
    rounds[2].form = next_form(rounds[0].form, changed="mentor_share")
    rounds[2].save()
    for round_ in rounds:
        hand_in_accepted(round_, alpha, USUAL)

    shown = screen("comparison", round="third", compare="first")

    codes = {row.indicator.code for row in shown.indicator_rows}
    assert "mentor_share" not in codes
    assert "pair_coverage" in codes
    assert len(shown.left_out) == 1
    assert not shown.can_compare_schools
    assert screen("comparison", round="third", compare="first", indicator="pair_coverage").can_compare_schools


def test_schools_are_ordered_by_their_change_the_worst_first(rounds, in_municipality):
    schools = make_schools(in_municipality, 4)
    accept_shares(rounds[0], schools, (8, 4, 6, None))
    accept_shares(rounds[1], schools, (2, 8, 6, 5))

    shown = screen("comparison", round="second", compare="first")
    rows = [row for row in shown.rows if row.school.pk in {school.pk for school in schools}]

    assert [row.school.pk for row in rows[:3]] == [schools[0].pk, schools[2].pk, schools[1].pk]
    assert [row.change for row in rows] == ["−15,0", "±0,0", "+10,0", ""]
    assert [row.trend for row in rows[:3]] == ["worse", "same", "better"]
    first = shown.indicator_rows[0]
    assert (first.rose, first.fell, first.same) == (1, 1, 1)
    assert first.basis_before.startswith("3 из 3 ")
    assert first.basis.startswith("4 из 6 ")


def test_any_two_rounds_are_compared_also_with_a_later_one(rounds, alpha):
    accept_shares(rounds[0], (alpha,), (4,))
    accept_shares(rounds[2], (alpha,), (8,))

    assert screen("comparison", round="first", compare="third").indicator_rows[0].change.startswith("−10")
    assert screen("comparison", round="third", compare="first").indicator_rows[0].change.startswith("+10")


def test_dynamics_of_one_territory_are_of_its_schools_only(rounds, alpha, beta):
    for round_ in rounds:
        accept_shares(round_, (alpha, beta), (4, 8))

    shown = screen("dynamics", round="third", territory=beta.territory.name)

    assert [row.value.text for row in shown.rows] == ["20,0\u202f%"] * 3
    assert shown.small_multiples == []
    assert len(screen("dynamics", round="third").small_multiples) == 2


def test_a_round_has_nothing_to_compare_itself_with(rounds, alpha):
    hand_in_accepted(rounds[0], alpha, USUAL)

    shown = screen("comparison", round="first")

    assert shown.selection.compared is None
    assert shown.indicator_rows == []
    assert shown.exports == []


def test_an_indicator_that_a_new_round_makes_first_appears(in_municipality, alpha):
    hand_in_accepted(make_round(in_municipality), alpha, USUAL)

    assert len(screen("dynamics").rows) == 1
    assert screen("dynamics").chart.paths == []
