"""A methodist decides: about the newest revision only, once, with a reason where the school must act."""

from __future__ import annotations

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.enums import DecisionKind, State
from mentoring_reports.submissions.errors import (
    AlreadyDecided,
    NotAccepted,
    ReasonMissing,
    ReasonTooLong,
    StaleRevision,
)
from mentoring_reports.submissions.models import AcceptedFigure, Decision
from tests.submissions.acting import METHODIST, accept, hand_over, make_dated_round, participation, reopen, return_


@pytest.fixture
def round_(municipality):
    return make_dated_round(municipality)


def figures(round_, school):
    with tenant_context(round_.municipality):
        rows = AcceptedFigure.objects.filter(round=round_, school=school)
        return dict(rows.values_list("element_code", "value"))


def kinds(round_):
    with tenant_context(round_.municipality):
        return list(Decision.objects.filter(round=round_).order_by("pk").values_list("kind", flat=True))


def test_accepting_makes_the_values_the_current_figures(round_, alpha):
    submission = hand_over(round_, alpha, {"mentors": 6})

    accept(submission)

    found = participation(round_, alpha)
    assert (found.state, found.accepted, found.latest) == (State.ACCEPTED, submission, submission)
    assert figures(round_, alpha)["mentors"] == 6
    assert figures(round_, alpha)["mentees"] is None


def test_nothing_counts_before_it_is_accepted(round_, alpha):
    return_(hand_over(round_, alpha))
    hand_over(round_, alpha)

    assert figures(round_, alpha) == {}


def test_the_accepted_revision_counts_until_the_next_is_accepted(round_, alpha):
    first = hand_over(round_, alpha, {"mentors": 6})
    accept(first)
    reopen(first)
    second = hand_over(round_, alpha, {"mentors": 4})
    found = participation(round_, alpha)
    assert (found.state, found.accepted, figures(round_, alpha)["mentors"]) == (State.RESUBMITTED, first, 6)

    accept(second)

    assert participation(round_, alpha).accepted == second
    assert figures(round_, alpha)["mentors"] == 4


def test_a_reopened_report_that_is_returned_again_keeps_its_accepted_figures(round_, alpha):
    first = hand_over(round_, alpha, {"mentors": 6})
    accept(first)
    reopen(first)

    return_(hand_over(round_, alpha, {"mentors": 4}))

    assert participation(round_, alpha).accepted == first
    assert figures(round_, alpha)["mentors"] == 6


def test_a_decision_keeps_author_reason_and_revision(round_, alpha):
    submission = hand_over(round_, alpha)

    decision = return_(submission, reason="  Проверьте число пар.  ")

    assert (decision.kind, decision.reason) == (DecisionKind.RETURN, "Проверьте число пар.")
    assert (decision.submission, decision.author_name) == (submission, METHODIST.name)
    assert participation(round_, alpha).state == State.RETURNED


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_return_needs_a_reason(round_, alpha, reason):
    submission = hand_over(round_, alpha)

    with pytest.raises(ReasonMissing):
        return_(submission, reason=reason)

    assert participation(round_, alpha).state == State.SUBMITTED


def test_a_reopening_needs_a_reason(round_, alpha):
    submission = hand_over(round_, alpha)
    accept(submission)

    with pytest.raises(ReasonMissing):
        reopen(submission, reason=" ")

    assert participation(round_, alpha).state == State.ACCEPTED


@pytest.mark.parametrize("act", [accept, return_, reopen])
def test_who_holds_an_older_revision_is_told_and_nothing_changes(round_, alpha, act):
    first = hand_over(round_, alpha)
    return_(first)
    second = hand_over(round_, alpha)

    with pytest.raises(StaleRevision) as caught:
        act(first)

    assert caught.value.latest == second
    assert participation(round_, alpha).state == State.RESUBMITTED
    assert kinds(round_) == [DecisionKind.RETURN]


@pytest.mark.parametrize("act", [accept, return_])
@pytest.mark.parametrize("before", [accept, return_])
def test_a_second_decision_about_the_same_revision_is_refused(round_, alpha, before, act):
    submission = hand_over(round_, alpha)
    before(submission)

    with pytest.raises(AlreadyDecided) as caught:
        act(submission)

    assert METHODIST.name in str(caught.value)
    assert len(kinds(round_)) == 1


def test_what_waits_for_review_cannot_be_reopened(round_, alpha):
    submission = hand_over(round_, alpha)

    with pytest.raises(NotAccepted):
        reopen(submission)


def test_a_second_reopening_is_refused(round_, alpha):
    submission = hand_over(round_, alpha)
    accept(submission)
    reopen(submission)

    with pytest.raises(AlreadyDecided):
        reopen(submission)


def test_accepting_one_school_leaves_the_others_figures(round_, alpha, beta):
    accept(hand_over(round_, alpha, {"mentors": 6}))

    accept(hand_over(round_, beta, {"mentors": 9}))

    assert (figures(round_, alpha)["mentors"], figures(round_, beta)["mentors"]) == (6, 9)


def test_a_reason_is_a_few_sentences_and_a_longer_one_changes_nothing(municipality, alpha):
    round_ = make_dated_round(municipality)
    submission = hand_over(round_, alpha)

    with pytest.raises(ReasonTooLong, match="4001"):
        return_(submission, reason="я" * 4001)

    assert participation(round_, alpha).state == State.SUBMITTED
    assert return_(submission, reason="я" * 4000).reason == "я" * 4000
