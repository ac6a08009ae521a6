"""Two people at once: each in a transaction and a connection of its own, on rows that are really committed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.errors import AwaitingReview, StaleRevision, SubmissionError
from mentoring_reports.submissions.models import AcceptedFigure, Decision, Submission
from tests.submissions.acting import accept, hand_over, make_dated_round, participation, return_

pytestmark = pytest.mark.committed


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in a thread of its own, all starting together; return results, or the errors that are typed."""
    start = threading.Barrier(len(acts), timeout=20)
    outcomes: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            outcomes[place] = act()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def test_two_people_act_at_once(committed_tenants):
    """One world, three encounters: making the schools anew costs seconds."""
    municipality, alpha, _beta = committed_tenants
    round_ = make_dated_round(municipality)

    two_first_submissions_give_one_revision(round_, alpha)
    two_decisions_about_one_revision_give_one(round_, alpha)
    a_return_and_an_impatient_school_never_mix(round_, alpha)
    two_acceptances_give_one(round_, alpha)


def two_first_submissions_give_one_revision(round_, school):
    outcomes = at_once(*[lambda: hand_over(round_, school)] * 3)

    assert sum(isinstance(outcome, Submission) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AwaitingReview) for outcome in outcomes) == 2
    assert revisions(round_, school) == [1]


def two_decisions_about_one_revision_give_one(round_, school):
    submission = participation(round_, school).latest

    outcomes = at_once(lambda: return_(submission), lambda: return_(submission))

    assert sum(isinstance(outcome, Decision) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, StaleRevision) for outcome in outcomes) == 1
    assert decisions(round_) == 1


def a_return_and_an_impatient_school_never_mix(round_, school):
    """The school sends again while a methodist still decides: the outcome is one order or the other."""
    second = hand_over(round_, school)

    returned, sent = at_once(lambda: return_(second), lambda: hand_over(round_, school))

    assert isinstance(returned, Decision)
    if isinstance(sent, SubmissionError):
        assert participation(round_, school).state == State.RETURNED
        hand_over(round_, school)
    found = participation(round_, school)
    assert (found.state, found.latest.revision) == (State.RESUBMITTED, 3)
    assert revisions(round_, school) == [1, 2, 3]


def two_acceptances_give_one(round_, school):
    latest = participation(round_, school).latest

    outcomes = at_once(lambda: accept(latest), lambda: accept(latest), lambda: return_(latest))

    assert sum(isinstance(outcome, Decision) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, StaleRevision) for outcome in outcomes) == 2
    found = participation(round_, school)
    with tenant_context(round_.municipality):
        figures = AcceptedFigure.objects.filter(round=round_, school=school).count()
        elements = round_.form.elements.count()
    assert figures == (elements if found.state == State.ACCEPTED else 0)


def revisions(round_, school):
    with tenant_context(round_.municipality):
        rows = Submission.objects.for_round(round_).of_school(school).order_by("revision")
        return list(rows.values_list("revision", flat=True))


def decisions(round_):
    with tenant_context(round_.municipality):
        return Decision.objects.filter(round=round_).count()
