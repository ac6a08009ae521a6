"""A school hands its report over: when, in which state, and what stays of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.actions import HandedValue
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.errors import (
    AlreadyAccepted,
    AwaitingReview,
    NotExpected,
    RoundClosed,
    RoundNotOpen,
    UnknownElements,
    WrongNumber,
)
from mentoring_reports.submissions.handover import checksum
from mentoring_reports.submissions.models import Submission
from mentoring_reports.submissions.queries import round_values
from tests.submissions.acting import (
    CLOSES,
    CURATOR,
    DAY,
    DUE,
    FIGURES,
    OPENS,
    accept,
    exempt,
    extend,
    hand_over,
    make_dated_round,
    participation,
    reopen,
    return_,
)


@pytest.fixture
def round_(municipality):
    return make_dated_round(municipality)


@pytest.mark.parametrize(("day", "on_time"), [(OPENS, True), (DUE, True), (DUE + DAY, False), (CLOSES, False)], ids=str)
def test_a_submission_is_on_time_up_to_the_due_day_and_taken_up_to_the_closing_day(round_, alpha, day, on_time):
    submission = hand_over(round_, alpha, on=day)

    assert submission.is_late is not on_time
    assert participation(round_, alpha).on_time is on_time


def test_nothing_is_taken_before_the_round_opens(round_, alpha):
    with pytest.raises(RoundNotOpen):
        hand_over(round_, alpha, on=OPENS - DAY)


def test_nothing_is_taken_after_the_round_closes(round_, alpha):
    with pytest.raises(RoundClosed):
        hand_over(round_, alpha, on=CLOSES + DAY)


def test_the_dates_that_count_are_those_in_the_database(round_, alpha):
    stale = make_dated_round(round_.municipality, "stale")
    with tenant_context(round_.municipality):
        type(stale).objects.filter(pk=stale.pk).update(closes=DUE)

    with pytest.raises(RoundClosed):
        hand_over(stale, alpha, on=DUE + DAY)


def test_an_extension_moves_the_day_that_is_on_time(round_, alpha):
    extend(round_, alpha, DUE + 3 * DAY)

    submission = hand_over(round_, alpha, on=DUE + 3 * DAY)

    assert submission.due_then == DUE + 3 * DAY
    assert participation(round_, alpha).on_time


def test_the_latest_extension_holds(round_, alpha):
    extend(round_, alpha, DUE + 2 * DAY)
    extend(round_, alpha, DUE + 7 * DAY, on=OPENS + DAY)

    hand_over(round_, alpha, on=DUE + 3 * DAY)

    assert participation(round_, alpha).on_time


def test_coming_back_after_a_return_never_makes_a_school_late(round_, alpha):
    first = hand_over(round_, alpha, on=DUE)
    return_(first, on=DUE + DAY)

    second = hand_over(round_, alpha, on=DUE + 2 * DAY)

    found = participation(round_, alpha)
    assert (second.revision, second.is_late, found.on_time) == (2, False, True)
    assert found.first_submitted_at.date() == DUE
    assert found.last_submitted_at.date() == DUE + 2 * DAY


def test_revisions_are_numbered_and_earlier_ones_stay_readable(round_, alpha):
    first = hand_over(round_, alpha, {"mentors": 6})
    return_(first)

    second = hand_over(round_, alpha, {"mentors": 5})

    with tenant_context(alpha):
        assert [round_values(revision)["mentors"].value for revision in (first, second)] == [6, 5]
    assert [first.revision, second.revision] == [1, 2]
    assert participation(round_, alpha).state == State.RESUBMITTED


def test_a_second_report_waits_until_the_first_is_decided(round_, alpha):
    hand_over(round_, alpha)

    with pytest.raises(AwaitingReview):
        hand_over(round_, alpha)


def test_an_accepted_report_is_locked_until_it_is_reopened(round_, alpha):
    submission = hand_over(round_, alpha)
    accept(submission)
    with pytest.raises(AlreadyAccepted):
        hand_over(round_, alpha)

    reopen(submission)

    assert hand_over(round_, alpha).revision == 2


def test_an_exempt_school_hands_nothing_in(round_, alpha):
    exempt(round_, alpha)

    with pytest.raises(NotExpected):
        hand_over(round_, alpha)


@pytest.mark.parametrize(
    "dates",
    [{"opened_on": dt.date(2026, 1, 2)}, {"closed_on": dt.date(2026, 5, 30)}],
    ids=["opened a day late", "closed a day early"],
)
def test_a_school_that_was_not_at_work_all_the_period_hands_nothing_in(round_, alpha, dates):
    type(alpha).objects.filter(pk=alpha.pk).update(**dates)

    with pytest.raises(NotExpected):
        hand_over(round_, alpha)


def test_every_element_of_the_form_gets_a_row_and_missing_is_not_zero(round_, alpha):
    submission = hand_over(round_, alpha, {"mentors": 0})

    with tenant_context(alpha):
        values = round_values(submission)
        codes = set(round_.form.elements.values_list("code", flat=True))
    assert set(values) == codes
    assert values["mentors"].value == 0
    assert values["mentees"].value is None


def test_a_count_travels_beside_the_value_that_overruled_it(round_, alpha):
    submission = hand_over(round_, alpha, {"mentors": HandedValue(Decimal(6), Decimal(5), "Приказ подписан позже")})

    with tenant_context(alpha):
        value = round_values(submission)["mentors"]
    assert (value.value, value.counted, value.reason) == (6, 5, "Приказ подписан позже")


def test_an_element_that_the_form_does_not_have_is_refused(round_, alpha):
    with pytest.raises(UnknownElements, match="pigeons"):
        hand_over(round_, alpha, {"pigeons": 3})


@pytest.mark.parametrize("number", ["1e30", "NaN", "Infinity", "0.00001", "100000000000000"])
def test_a_number_that_the_database_would_change_is_refused(round_, alpha, number):
    with pytest.raises(WrongNumber):
        hand_over(round_, alpha, {"mentors": Decimal(number)})


def test_a_refused_submission_leaves_nothing_behind(round_, alpha):
    with pytest.raises(WrongNumber):
        hand_over(round_, alpha, {"mentors": Decimal("1e30")})

    with tenant_context(alpha):
        assert not Submission.objects.exists()


def test_names_and_author_are_frozen_in_the_submission(round_, alpha):
    submission = hand_over(round_, alpha)
    with tenant_context(round_.municipality):
        type(alpha).objects.filter(pk=alpha.pk).update(name="Новое имя", short_name="Новое имя")
        kept = Submission.objects.get(pk=submission.pk)

    assert (kept.school_name, kept.school_type, kept.territory) == (alpha.name, "Школа", "Центр")
    assert (kept.author_name, kept.author_id, kept.author_schema) == (CURATOR.name, CURATOR.id, CURATOR.schema)


def test_the_checksum_can_be_computed_anew_from_the_rows(round_, alpha):
    submission = hand_over(round_, alpha)

    with tenant_context(round_.municipality):
        read = Submission.objects.get(pk=submission.pk)
        values = {value.element_code: value.value for value in read.values.all()}

        assert checksum(read, values) == submission.checksum
        assert checksum(read, values | {"mentors": Decimal(99)}) != submission.checksum


def test_the_same_numbers_give_the_same_seal_whatever_their_order(round_, alpha):
    submission = hand_over(round_, alpha, FIGURES)

    values = {code: None if value is None else Decimal(value) for code, value in FIGURES.items()}
    backwards = dict(reversed(values.items()))

    assert checksum(submission, values) == checksum(submission, backwards)
