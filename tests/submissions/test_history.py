"""The history of a school in a round: every event, with its author and words, the same for both sides."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Evidence, HandedValue
from mentoring_reports.submissions.history import Event, EventKind, History
from mentoring_reports.submissions.models import Round, Submission
from portal.tenants.models import Organisation

from .acting import (
    CLOSES,
    CURATOR,
    DAY,
    DUE,
    FIGURES,
    METHODIST,
    OPENS,
    accept,
    exempt,
    extend,
    hand_over,
    handed,
    make_dated_round,
    reopen,
    return_,
)


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return make_dated_round(municipality)


def events(round_: Round, school: Organisation, *, on: dt.date = CLOSES, seen_by: Any = None) -> list[Event]:
    """Return the history as the municipality reads it that day, or as `seen_by` does."""
    with tenant_context(seen_by or round_.municipality), pretend(on):
        return History.of(round_, school).events


def kinds(found: list[Event]) -> list[EventKind]:
    return [event.kind for event in found]


def test_before_a_round_opens_nothing_has_happened(round_: Round, alpha: Organisation) -> None:
    assert events(round_, alpha, on=OPENS - DAY) == []


def test_the_whole_way_of_a_report_is_told_in_order(round_: Round, alpha: Organisation) -> None:
    extend(round_, alpha, DUE + 5 * DAY, on=OPENS, reason="Карантин")
    first = hand_over(round_, alpha, on=OPENS + DAY)
    return_(first, on=OPENS + 2 * DAY, reason="Проверьте число наставников")
    second = hand_over(round_, alpha, FIGURES | {"mentors": 7}, on=OPENS + 3 * DAY)
    accept(second, on=OPENS + 4 * DAY, comment="Спасибо")
    reopen(second, on=OPENS + 5 * DAY, reason="Нашлась ошибка")
    third = hand_over(round_, alpha, FIGURES | {"mentors": 8}, on=OPENS + 6 * DAY)
    accept(third, on=OPENS + 7 * DAY)
    found = events(round_, alpha, on=CLOSES + DAY)
    assert kinds(found) == [
        EventKind.OPENED,
        EventKind.EXTENDED,
        EventKind.SUBMITTED,
        EventKind.RETURNED,
        EventKind.SUBMITTED,
        EventKind.ACCEPTED,
        EventKind.REOPENED,
        EventKind.SUBMITTED,
        EventKind.ACCEPTED,
        EventKind.CLOSED,
    ]
    assert [event.text for event in found if event.text] == [
        "Карантин",
        "Проверьте число наставников",
        "Спасибо",
        "Нашлась ошибка",
    ]
    assert {event.who for event in found} == {"", CURATOR.name, METHODIST.name}
    assert [event.due for event in found if event.due] == [DUE, DUE + 5 * DAY]


def test_a_correction_says_what_changed_since_the_revision_before(round_: Round, alpha: Organisation) -> None:
    first = hand_over(round_, alpha, FIGURES)
    return_(first)
    changed = FIGURES | {"mentors": HandedValue(Decimal(9), Decimal(6), "Приказ № 5"), "mentees": None}
    hand_over(round_, alpha, changed, note="Исправили")
    (before, after) = [event for event in events(round_, alpha) if event.kind is EventKind.SUBMITTED]
    assert before.changes is None
    assert after.changes is not None
    assert [(row.code, row.before, row.after, row.reason_after) for row in after.changes.values] == [
        ("mentors", 6, 9, "Приказ № 5"),
        ("mentees", 10, None, ""),
    ]
    assert after.changes.values[0].name != "mentors"  # people read names
    assert after.changes.is_note_changed


def test_a_correction_that_corrects_nothing_says_so(round_: Round, alpha: Organisation) -> None:
    return_(hand_over(round_, alpha))
    hand_over(round_, alpha)
    assert not [event for event in events(round_, alpha) if event.kind is EventKind.SUBMITTED][1].changes


def test_evidence_that_came_or_went_is_told(round_: Round, alpha: Organisation) -> None:
    old, new = Evidence("Приказ", "https://example.org/1"), Evidence("Отчёт", "https://example.org/2", "mentors")
    return_(_with_evidence(round_, alpha, [old]))
    _with_evidence(round_, alpha, [new])
    changes = [event for event in events(round_, alpha) if event.kind is EventKind.SUBMITTED][1].changes
    assert changes is not None
    assert (changes.evidence_added, changes.evidence_removed) == (["Отчёт"], ["Приказ"])


def test_comments_on_single_values_stand_with_their_decision(round_: Round, alpha: Organisation) -> None:
    submission = hand_over(round_, alpha)
    with tenant_context(round_.municipality), pretend(OPENS):
        actions.return_for_revision(
            submission_id=submission.pk, reason="См. замечания", by=METHODIST, remarks={"mentors": "Почему шесть?"}
        )
    (returned,) = [event for event in events(round_, alpha) if event.kind is EventKind.RETURNED]
    assert [remark.text for _name, remark in returned.remarks] == ["Почему шесть?"]
    assert returned.remarks[0][0] != "mentors"


def test_an_exemption_and_its_withdrawal_both_stay(round_: Round, alpha: Organisation) -> None:
    exempt(round_, alpha, on=OPENS, reason="Капитальный ремонт")
    with tenant_context(round_.municipality), pretend(OPENS + DAY):
        actions.withdraw_exemption(round_=round_, school=alpha, by=METHODIST)
    found = events(round_, alpha)
    assert kinds(found)[:3] == [EventKind.OPENED, EventKind.EXEMPTED, EventKind.WITHDRAWN]
    assert (found[1].text, found[2].who) == ("Капитальный ремонт", METHODIST.name)


@pytest.mark.parametrize(("on", "missed"), [(DUE, False), (DUE + DAY, True)])
def test_a_due_date_that_passed_with_nothing_handed_in_is_an_event(
    round_: Round, alpha: Organisation, on: dt.date, missed: bool
) -> None:
    assert (EventKind.MISSED in kinds(events(round_, alpha, on=on))) is missed


def test_whoever_came_late_missed_the_date_and_whoever_was_exempt_did_not(
    round_: Round, alpha: Organisation, beta: Organisation
) -> None:
    hand_over(round_, alpha, on=DUE + DAY)
    exempt(round_, beta)
    found = events(round_, alpha)
    assert kinds(found) == [EventKind.OPENED, EventKind.MISSED, EventKind.SUBMITTED]
    assert found[2].submission is not None
    assert found[2].submission.is_late
    assert EventKind.MISSED not in kinds(events(round_, beta))


def test_an_extension_moves_the_day_that_can_be_missed(round_: Round, alpha: Organisation) -> None:
    extend(round_, alpha, DUE + 3 * DAY)
    assert EventKind.MISSED not in kinds(events(round_, alpha, on=DUE + 3 * DAY))
    assert EventKind.MISSED in kinds(events(round_, alpha, on=DUE + 4 * DAY))


def test_the_school_reads_the_same_and_only_its_own(round_: Round, alpha: Organisation, beta: Organisation) -> None:
    return_(hand_over(round_, alpha))
    ours, theirs = events(round_, alpha), events(round_, alpha, seen_by=alpha)
    assert kinds(ours) == kinds(theirs)
    assert [event.text for event in ours] == [event.text for event in theirs]
    assert EventKind.SUBMITTED not in kinds(events(round_, alpha, seen_by=beta))


def test_names_are_those_of_the_day_of_the_revision(round_: Round, alpha: Organisation) -> None:
    hand_over(round_, alpha)
    before = alpha.name
    with schema_context(get_public_schema_name()):
        Organisation.objects.filter(pk=alpha.pk).update(name="Школа имени кого-то другого")
    (submitted,) = [event for event in events(round_, alpha) if event.kind is EventKind.SUBMITTED]
    assert submitted.submission is not None
    assert submitted.submission.school_name == before


def test_the_history_asks_the_database_no_more_the_longer_it_is(round_: Round, alpha: Organisation) -> None:
    hand_over(round_, alpha)
    short = _statements(round_, alpha)
    for mentors in range(1, 5):
        return_(_latest(round_))
        hand_over(round_, alpha, FIGURES | {"mentors": mentors})
        extend(round_, alpha, DUE + mentors * DAY)
    assert _statements(round_, alpha) <= short + 1  # comments are read once there is a decision


def _latest(round_: Round) -> Submission:
    with tenant_context(round_.municipality):
        return Submission.objects.select_related("municipality").latest("revision")


def _statements(round_: Round, school: Organisation) -> int:
    with tenant_context(round_.municipality), CaptureQueriesContext(connection) as captured:
        assert History.of(round_, school).events
    return len(captured)


def _with_evidence(round_: Round, school: Organisation, evidence: list[Evidence]) -> Submission:
    with tenant_context(school), pretend(OPENS):
        return actions.hand_over(
            round_=round_,
            school=school,
            values=handed(FIGURES),
            explanations={},
            note="",
            by=CURATOR,
            evidence=evidence,
        )
