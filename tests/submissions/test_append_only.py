"""The database refuses what no code may do: change history, judge oneself, look at a neighbour."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import (
    AcceptedFigure,
    Decision,
    Extension,
    Participation,
    Submission,
    SubmittedValue,
)
from tests.submissions.acting import CLOSES, accept, extend, hand_over, make_dated_round, participation, return_

FROZEN = (Submission, SubmittedValue, Decision, Extension)


@pytest.fixture
def round_(municipality):
    return make_dated_round(municipality)


@pytest.fixture
def decided(round_, alpha):
    extend(round_, alpha, CLOSES)
    submission = hand_over(round_, alpha, {"mentors": 6})
    return_(submission)
    return submission


@pytest.mark.parametrize("model", FROZEN, ids=lambda model: model.__name__)
@pytest.mark.parametrize("verb", ["update", "delete"])
@pytest.mark.parametrize("place", ["municipality", "alpha"])
def test_what_was_written_is_never_changed(request, decided, model, verb, place):
    with tenant_context(request.getfixturevalue(place)):
        before = list(model.objects.order_by("pk").values())
        sql = {"update": "UPDATE {} SET round_id = round_id", "delete": "DELETE FROM {}"}[verb]

        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            connection.cursor().execute(sql.format(model._meta.db_table))

        assert before
        assert list(model.objects.order_by("pk").values()) == before


def refused():
    return pytest.raises(DatabaseError, match=r"row-level security|school may only hand in|does not accept its own")


def test_a_school_cannot_accept_itself(round_, alpha):
    submission = hand_over(round_, alpha)
    rows = Participation.objects.filter(round=round_)

    for change in (
        {"state": State.ACCEPTED, "accepted": submission},
        {"accepted": submission, "accepted_at": timezone.now()},
        {"state": State.RETURNED},
    ):
        with tenant_context(alpha), refused(), transaction.atomic():
            rows.update(**change)

    assert participation(round_, alpha).state == State.SUBMITTED


def test_a_school_cannot_write_a_decision_or_a_figure(round_, alpha):
    submission = hand_over(round_, alpha)
    place = {"round": round_, "school": alpha, "municipality": round_.municipality, "submission": submission}

    with tenant_context(alpha), refused(), transaction.atomic():
        Decision.objects.create(**place, kind="accept", author_name="Школа")
    with tenant_context(alpha), refused(), transaction.atomic():
        AcceptedFigure.objects.create(**place, element_code="mentors", value=99)


def test_a_school_cannot_unlock_an_accepted_report(round_, alpha):
    accept(hand_over(round_, alpha))

    with tenant_context(alpha), refused(), transaction.atomic():
        Participation.objects.filter(round=round_).update(state=State.RESUBMITTED)

    assert participation(round_, alpha).state == State.ACCEPTED


def test_a_school_cannot_hide_that_it_was_late(round_, alpha):
    return_(hand_over(round_, alpha, on=CLOSES), on=CLOSES)

    for change in ({"on_time": True}, {"first_submitted_at": timezone.now() - dt.timedelta(days=400)}):
        with tenant_context(alpha), refused(), transaction.atomic():
            Participation.objects.filter(round=round_).update(state=State.RESUBMITTED, **change)

    assert not participation(round_, alpha).on_time


def test_a_school_cannot_begin_as_accepted(round_, alpha, beta):
    submission = hand_over(round_, alpha)
    moment = timezone.now()
    with tenant_context(beta):
        own = Submission.objects.create(
            round=round_, school=beta, municipality=round_.municipality, author_name="Школа", revision=1,
            school_name="x", school_type="x", territory="x", form=round_.form, submitted_on=submission.submitted_on,
            due_then=round_.due, checksum="x" * 64,
        )  # fmt: skip
        with refused(), transaction.atomic():
            Participation.objects.create(
                round=round_, school=beta, municipality=round_.municipality, state=State.SUBMITTED, latest=own,
                accepted=own, accepted_at=moment, first_submitted_at=moment, last_submitted_at=moment, on_time=True,
            )  # fmt: skip


def test_a_school_sees_only_its_own_rows(round_, alpha, beta):
    for school in (alpha, beta):
        extend(round_, school, CLOSES)
        accept(hand_over(round_, school))

    for model in (Submission, SubmittedValue, Participation, Decision, AcceptedFigure, Extension):
        with tenant_context(alpha):
            assert set(model.objects.values_list("school_id", flat=True)) == {alpha.pk}
        with tenant_context(round_.municipality):
            assert set(model.objects.values_list("school_id", flat=True)) == {alpha.pk, beta.pk}


def test_there_is_never_a_second_accepted_revision(round_, alpha):
    submission = hand_over(round_, alpha)
    accept(submission)
    moment = timezone.now()

    with tenant_context(round_.municipality), pytest.raises(DatabaseError, match="once_a_school"), transaction.atomic():
        Participation.objects.create(
            round=round_, school=alpha, municipality=round_.municipality, state=State.ACCEPTED, latest=submission,
            accepted=submission, first_submitted_at=moment, last_submitted_at=moment, on_time=True,
        )  # fmt: skip
