"""Figures say what they are worth: their basis, few, nothing to divide by, missing, corrected, and whose target."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.consolidation import consolidate
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import Decision, Participation
from mentoring_reports.workbooks.wording import revision_notes, state_text
from tests.dashboard.screens import address, next_form, screen
from tests.factories import METHODIST, login, make_round
from tests.submissions.acting import DAY, OPENS, accept, hand_over, make_dated_round, reopen
from tests.workbooks.reporting import USUAL, hand_in, hand_in_accepted, make_schools


def value_of(school, view: str = "schools", code: str = "young_teacher_coverage"):
    shown = screen(view)
    place = [one.code for one in shown.read_indicators].index(code)
    return next(row.values[place] for row in shown.rows if row.school.pk == school.pk)


@pytest.mark.parametrize(("teachers", "small"), [(4, True), (1, True), (5, False), (0, False)])
def test_a_share_of_fewer_than_five_is_cautioned(in_municipality, alpha, teachers, small):
    values = USUAL | {"young_teachers": teachers, "young_teachers_with_mentor": min(teachers, 1)}
    hand_in_accepted(make_round(in_municipality), alpha, values)

    for view in ("schools", "heatmap"):
        assert value_of(alpha, view).is_small == small
        assert ("△" in value_of(alpha, view).html) == small


def test_a_count_is_never_cautioned(in_municipality, alpha):
    hand_in_accepted(make_round(in_municipality), alpha, USUAL | {"experts": 1})

    assert not value_of(alpha, "heatmap", "experts").is_small


def test_a_group_of_few_is_cautioned_and_a_larger_one_is_not(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL | {"young_teachers": 3, "young_teachers_with_mentor": 3})
    hand_in_accepted(round_, beta, USUAL | {"young_teachers": 6, "young_teachers_with_mentor": 3})
    shown = screen("groups")
    place = [one.code for one in shown.read_indicators].index("young_teacher_coverage")

    rows = {row.name: row.values[place] for row in shown.groupings[0].rows}

    assert rows[alpha.territory.name].is_small
    assert not rows[beta.territory.name].is_small
    assert not shown.groupings[0].total.values[place].is_small


def test_nothing_to_divide_by_is_told_from_a_missing_number(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL | {"young_teachers": 0, "young_teachers_with_mentor": 0})
    hand_in_accepted(round_, beta, USUAL | {"young_teachers": None})

    assert value_of(alpha).text == "н/д"
    assert value_of(beta).text == "—"
    assert {value_of(alpha).state, value_of(beta).state} == {"unknown"}


def test_every_view_says_on_how_many_schools_it_is_based(municipality, alpha, beta):
    hand_in_accepted(make_round(municipality), alpha, USUAL)
    client = login(municipality, METHODIST)

    for view in ("index", "indicator", "heatmap", "groups", "dynamics", "comparison", "schools"):
        assert "1 из 2" in client.get(address(view)).content.decode(), view


def test_reports_that_wait_for_review_do_not_count(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL | {"mentors": 4})
    hand_in(round_, beta, USUAL | {"mentors": 40})

    card = screen().cards[0]

    assert card.value.text == "10,0\u202f%"
    assert screen().basis.startswith("1 из 2 ")


def test_a_reopened_report_counts_as_it_was_accepted_and_is_said_to_be_corrected(municipality, alpha):
    round_ = make_dated_round(municipality)
    first = hand_over(round_, alpha, {"mentors": 4, "teaching_staff": 40})
    accept(first)
    reopen(first)

    with tenant_context(municipality):
        svod = consolidate(round_)

    assert svod.schools.loc[svod.schools["school_id"] == alpha.pk, "reopened"].tolist() == [True]
    assert svod.line(svod.indicators[0]).value == 10
    assert len(svod.reopened) == 1
    assert svod.revised.empty


def test_a_corrected_figure_is_said_to_be_revised_with_its_day(municipality, alpha, beta):
    round_ = make_dated_round(municipality)
    accept(hand_over(round_, beta, {"mentors": 4, "teaching_staff": 40}))
    first = hand_over(round_, alpha, {"mentors": 4, "teaching_staff": 40})
    accept(first)
    reopen(first, on=OPENS + DAY)
    accept(hand_over(round_, alpha, {"mentors": 8, "teaching_staff": 40}, on=OPENS + DAY), on=OPENS + 2 * DAY)

    with tenant_context(municipality):
        svod = consolidate(round_)
        row = svod.schools[svod.schools["school_id"] == alpha.pk].iloc[0]
        shown = [one for one in screen("schools").rows if one.school.corrections]

    assert svod.revised["school_id"].tolist() == [alpha.pk]
    assert not row["reopened"]
    assert (OPENS + 2 * DAY).strftime("%d.%m.%Y") in state_text(row)
    assert len(revision_notes(svod)) == 1
    assert [one.school.pk for one in shown] == [alpha.pk]


def test_the_targets_of_a_type_judge_its_schools_and_the_municipality_keeps_its_own(in_municipality):
    schools = make_schools(in_municipality, 8)
    round_ = make_round(in_municipality)
    kind = schools[0].organisation_type.name
    round_.form = next_form(round_.form, target=(kind, Decimal(50)))
    round_.save()
    for school in schools:
        hand_in_accepted(round_, school, USUAL)  # 15 %: the form's own target is 5 %

    svod = consolidate(round_)
    states = svod.states["mentor_share"].groupby(svod.schools["type"]).unique().map(list)

    assert states[kind] == ["missed"] or states[kind] == ["unknown", "missed"]
    assert {state for name, found in states.items() if name != kind for state in found} <= {"reached", "unknown"}
    assert svod.line(svod.indicators[0]).state == "reached"
    assert svod.by("type")[kind].at["mentor_share", "state"] == "missed"
    assert svod.within(type_=kind).line(svod.indicators[0]).state == "missed"


def test_who_was_expected_stays_as_it_was_frozen(in_municipality, alpha, beta):
    from mentoring_reports.submissions.closing import freeze_closed_rounds

    day = dt.date.today() - dt.timedelta(days=1)
    round_ = make_round(in_municipality, opens=day, due=day, closes=day, period_end=day - dt.timedelta(days=1))
    hand_in_accepted(round_, alpha, USUAL)
    freeze_closed_rounds(in_municipality.pk)
    make_schools(in_municipality, 3)
    round_.refresh_from_db()

    svod = consolidate(round_)

    assert svod.rates().expected == 2
    assert svod.counts()[State.MISSING] == 1


def test_no_row_of_a_decision_is_needed_for_a_first_acceptance(in_municipality, alpha):
    hand_in_accepted(make_round(in_municipality), alpha, USUAL)

    assert not Decision.objects.exists()
    assert Participation.objects.count() == 1
    assert not any(row.school.corrections for row in screen("schools").rows)
