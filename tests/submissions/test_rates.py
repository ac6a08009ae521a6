"""Expected schools, standings and rates equal what one gets by going through the schools one by one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

import pytest
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.submissions.enums import State, Timeliness
from mentoring_reports.submissions.models import Exemption, Extension, Participation, Submission
from mentoring_reports.submissions.queries import (
    Rates,
    expected_schools,
    last_accepted,
    rates,
    rates_by_round,
    standing,
    standings,
)
from portal.tenants.models import Organisation, OrganisationState
from tests.factories import make_school_row
from tests.submissions.acting import (
    CLOSES,
    DAY,
    DUE,
    accept,
    exempt,
    extend,
    hand_over,
    make_dated_round,
    reopen,
    return_,
)
from tests.workbooks.reporting import make_schools

START, END = dt.date(2026, 1, 1), dt.date(2026, 5, 31)


@pytest.fixture
def round_(municipality):
    return make_dated_round(municipality)


@pytest.mark.parametrize(
    ("opened", "closed", "is_expected"),
    [
        (None, None, True),
        (START, None, True),
        (START + DAY, None, False),
        (None, END, True),
        (None, END - DAY, False),
        (None, START - DAY, False),
        (END + DAY, None, False),
    ],
    ids=str,
)
def test_expected_are_schools_at_work_on_the_first_and_the_last_day(
    round_, in_municipality, opened, closed, is_expected
):
    school = make_school_row(in_municipality, 1, opened_on=opened, closed_on=closed)

    assert expected_schools(round_).filter(pk=school.pk).exists() is is_expected


@pytest.mark.parametrize(
    ("state", "is_expected"),
    [
        (OrganisationState.ACTIVE, True),
        (OrganisationState.SUSPENDED, True),
        (OrganisationState.PROVISIONING, False),
        (OrganisationState.FAILED, False),
    ],
)
def test_a_school_that_was_never_set_up_does_not_spoil_the_rates(round_, in_municipality, state, is_expected):
    school = make_school_row(in_municipality, 1, state=state)

    assert expected_schools(round_).filter(pk=school.pk).exists() is is_expected
    assert (school.pk in {stands.school.pk for stands in standings(round_)}) is is_expected
    assert rates(round_).expected == 2 + is_expected


def test_a_neighbouring_municipalitys_schools_are_not_expected(round_, in_municipality):
    with schema_context(get_public_schema_name()):
        neighbour = Organisation.objects.create(
            schema_name="neighbour", kind="municipality", name="Соседи", short_name="Соседи", state="active"
        )
    foreign = make_school_row(neighbour, 5, territory_id=in_municipality.territories.first().pk)

    assert not expected_schools(round_).filter(pk=foreign.pk).exists()
    assert foreign.pk not in {stands.school.pk for stands in standings(round_)}


def test_a_round_without_expected_schools_has_no_rates(round_, in_municipality):
    with schema_context(get_public_schema_name()):
        Organisation.objects.schools().update(closed_on=dt.date(2020, 1, 1))

    found = rates(round_)

    assert (found.expected, found.reporting_rate, found.on_time_rate, found.acceptance_rate) == (0, None, None, None)


def write_at_random(round_, schools, random):
    """Write a random history of every school, rows only, and return what each is."""
    wanted = {}
    for school in schools:
        state = random.choice([None, None, *[s for s in State if s not in {State.NOT_STARTED, State.DRAFT}]])
        first, extended = random.choice([DUE - DAY, DUE, DUE + DAY, CLOSES]), random.choice([None, None, DUE + DAY])
        place = {"round": round_, "school": school, "municipality": round_.municipality}
        if extended:
            Extension.objects.create(**place, due=extended, reason="x", author_name="x")
        if state == State.EXEMPT:
            Exemption.objects.create(**place, reason="x", author_name="x")
        if state not in {None, State.EXEMPT, State.MISSING}:
            write_participation(place, state, first, extended or DUE, random.random() < 0.5)
        wanted[school.pk] = (state, first, extended)
    return wanted


def write_participation(place, state, first, due, was_accepted):
    from django.utils import timezone

    moment = timezone.make_aware(dt.datetime.combine(first, dt.time(12)))
    submission = Submission.objects.create(
        **place, author_name="x", revision=1, school_name="x", school_type="x", territory="x",
        form=place["round"].form, submitted_on=first, due_then=due, checksum="x" * 64,
        on_behalf=True, behalf_reason="x",
    )  # fmt: skip
    accepted = state in {State.ACCEPTED, State.REOPENED} or (state == State.RESUBMITTED and was_accepted)
    Participation.objects.create(
        **place, state=state, latest=submission, accepted=submission if accepted else None,
        first_submitted_at=moment, last_submitted_at=moment, on_time=first <= due,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_rates_equal_counting_school_by_school(round_, in_municipality, seed):
    random = Random(seed)  # noqa: S311
    schools = make_schools(in_municipality, 25)
    for school in schools:
        school.opened_on = random.choice([None, START, START + DAY])
        school.closed_on = random.choice([None, None, END, END - DAY])
        with schema_context(get_public_schema_name()):
            Organisation.objects.filter(pk=school.pk).update(opened_on=school.opened_on, closed_on=school.closed_on)
    write_at_random(round_, schools, random)

    found = rates(round_)

    exempted = set(Exemption.objects.values_list("school_id", flat=True))
    expected = {
        school.pk
        for school in Organisation.objects.schools()
        if (school.opened_on or START) <= START and (school.closed_on or END) >= END and school.pk not in exempted
    }
    taking_part = [row for row in Participation.objects.all() if row.school_id in expected]
    assert found == Rates(
        expected=len(expected),
        submitted=len(taking_part),
        on_time=sum(row.on_time for row in taking_part),
        accepted=sum(row.accepted_id is not None for row in taking_part),
        returned=sum(row.state == State.RETURNED for row in taking_part),
        waiting=sum(row.state in {State.SUBMITTED, State.RESUBMITTED} for row in taking_part),
    )
    assert found.reporting_rate == Decimal(len(taking_part)) / len(expected)
    assert found.missing == len(expected) - len(taking_part)


@pytest.mark.parametrize("seed", range(4))
def test_standings_say_of_every_school_what_it_says_of_one(round_, in_municipality, seed):
    write_at_random(round_, make_schools(in_municipality, 15), Random(seed))  # noqa: S311

    with pretend(DUE + DAY):
        for stands in standings(round_):
            alone = standing(round_, stands.school)
            assert alone == stands
            assert (alone.state, alone.due, alone.days_late) == (stands.state, stands.due, stands.days_late)


@pytest.mark.parametrize(
    ("today", "state", "days_late"),
    [(DUE, State.NOT_STARTED, 0), (DUE + DAY, State.MISSING, 1), (CLOSES + 40 * DAY, State.MISSING, 15)],
    ids=str,
)
def test_a_school_that_hands_nothing_in_is_missing_after_the_due_day(round_, alpha, today, state, days_late):
    with tenant_context(alpha), pretend(today):
        stands = standing(round_, alpha)

    assert (stands.state, stands.days_late) == (state, days_late)


def test_a_standing_knows_its_dates_and_that_a_return_made_nobody_late(round_, alpha):
    return_(hand_over(round_, alpha, on=DUE), on=DUE + DAY)
    accept(hand_over(round_, alpha, on=DUE + 3 * DAY), on=CLOSES + DAY)

    with tenant_context(alpha):
        stands = standing(round_, alpha)

    assert (stands.first_submitted_on, stands.last_submitted_on, stands.accepted_on) == (
        DUE,
        DUE + 3 * DAY,
        CLOSES + DAY,
    )
    assert (stands.timeliness, stands.days_late) == (Timeliness.ON_TIME, 0)


@pytest.mark.parametrize(
    ("today", "timeliness"), [(DUE, Timeliness.PENDING), (DUE + DAY, Timeliness.OVERDUE)], ids=["due", "after"]
)
def test_a_school_that_has_not_handed_in_has_time_until_its_own_date(round_, alpha, beta, today, timeliness):
    extend(round_, beta, CLOSES)

    with tenant_context(round_.municipality), pretend(today):
        assert standing(round_, alpha).timeliness == timeliness
        assert standing(round_, beta).timeliness == Timeliness.PENDING


def test_nobody_asks_an_exempt_school_for_the_time(round_, alpha):
    exempt(round_, alpha)

    with tenant_context(alpha), pretend(CLOSES):
        assert standing(round_, alpha).timeliness == Timeliness.NOT_ASKED


def test_an_extension_granted_after_a_late_submission_does_not_hide_the_delay(round_, alpha):
    hand_over(round_, alpha, on=DUE + 2 * DAY)
    extend(round_, alpha, CLOSES, on=DUE + 3 * DAY)

    with tenant_context(alpha):
        stands = standing(round_, alpha)

    assert (stands.on_time, stands.days_late) == (False, 2)


def test_a_due_date_moved_beyond_an_extension_holds(round_, alpha):
    extend(round_, alpha, DUE + DAY)
    round_.due = DUE + 5 * DAY

    with tenant_context(alpha):
        assert standing(round_, alpha).due == DUE + 5 * DAY


def test_an_exempt_school_is_listed_but_not_expected(round_, alpha, in_municipality):
    exempt(round_, alpha)

    by_school = {stands.school.pk: stands for stands in standings(round_)}

    assert by_school[alpha.pk].state == State.EXEMPT
    assert not by_school[alpha.pk].is_expected
    assert rates(round_).expected == 1


def test_a_school_that_closed_later_stays_listed_but_is_not_counted(round_, alpha, in_municipality):
    hand_over(round_, alpha)
    with schema_context(get_public_schema_name()):
        Organisation.objects.filter(pk=alpha.pk).update(closed_on=END - DAY)

    assert alpha.pk in {stands.school.pk for stands in standings(round_)}
    assert (rates(round_).expected, rates(round_).submitted) == (1, 0)


def test_an_accepted_report_counts_as_accepted_while_it_is_corrected(round_, alpha, in_municipality):
    submission = hand_over(round_, alpha)
    accept(submission)
    reopen(submission)

    assert rates(round_).accepted == 1


def test_last_accepted_are_the_figures_of_the_latest_earlier_round_that_has_any(municipality, alpha):
    oldest, older, empty, now = (
        make_dated_round(municipality, f"r{year}", period_start=dt.date(year, 1, 1), period_end=dt.date(year, 5, 31))
        for year in (2022, 2023, 2024, 2025)
    )
    for round_, mentors in ((oldest, 3), (older, 4), (now, 9)):
        accept(hand_over(round_, alpha, {"mentors": mentors}))
    return_(hand_over(empty, alpha, {"mentors": 100}))

    with tenant_context(alpha):
        assert last_accepted(alpha, before=now)["mentors"] == 4
        assert last_accepted(alpha, before=oldest) == {}


@pytest.mark.parametrize("count", [3, 12])
def test_the_number_of_statements_does_not_depend_on_the_number_of_schools(
    round_, in_municipality, count, django_assert_num_queries
):
    write_at_random(round_, make_schools(in_municipality, count), Random(1))  # noqa: S311

    with django_assert_num_queries(5):
        for stands in standings(round_):
            str(stands.state), stands.days_late, stands.school.territory.name
    with django_assert_num_queries(2):
        rates(round_)


def test_rates_of_many_rounds_take_as_many_statements_as_of_one(in_municipality, django_assert_num_queries):
    rounds = [make_dated_round(in_municipality, f"r{number}") for number in range(6)]
    rates(rounds[0])  # so that the search path is set

    with django_assert_num_queries(2):
        found = rates_by_round(rounds)

    assert {numbers.expected for numbers in found.values()} == {2}
