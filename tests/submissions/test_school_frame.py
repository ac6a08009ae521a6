"""The frame of schools says of each what `standings` says, in fewer steps."""

from __future__ import annotations

import datetime as dt

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.submissions.closing import freeze_closed_rounds
from mentoring_reports.submissions.queries import standings
from mentoring_reports.submissions.school_frames import COLUMNS, school_frame
from tests.submissions.acting import (
    CLOSES,
    DAY,
    DUE,
    OPENS,
    accept,
    exempt,
    extend,
    hand_over,
    make_dated_round,
    reopen,
    return_,
)
from tests.workbooks.reporting import make_schools


@pytest.fixture
def round_(municipality, alpha, beta):
    """Return a round in which schools stand everywhere they can."""
    round_ = make_dated_round(municipality)
    schools = make_schools(municipality, 4)
    exempt(round_, schools[0])
    extend(round_, schools[1], DUE + 5 * DAY)
    return_(hand_over(round_, alpha, on=DUE + 2 * DAY), on=DUE + 3 * DAY)
    first = hand_over(round_, beta)
    accept(first)
    reopen(first, on=OPENS + DAY)
    hand_over(round_, beta, on=OPENS + 2 * DAY)
    return round_


@pytest.mark.parametrize("day", [OPENS, DUE, DUE + DAY, DUE + 6 * DAY, CLOSES + DAY, CLOSES + 100 * DAY])
@pytest.mark.parametrize("frozen", [False, True])
def test_it_agrees_with_the_standings(municipality, round_, day, frozen):
    if frozen:
        with pretend(CLOSES + DAY), tenant_context(municipality):
            freeze_closed_rounds(municipality.pk)
            round_.refresh_from_db()
        assert round_.frozen_at

    with pretend(day), tenant_context(municipality):
        rows = {row["school_id"]: row for row in school_frame(round_).to_dict("records")}
        listed = standings(round_)

    assert len(rows) == len(listed) == 6
    for stands in listed:
        row = rows[stands.school.pk]
        assert (row["school"], row["type"], row["territory"]) == stands.names
        assert row["state"] == stands.state
        assert row["expected"] == stands.is_expected
        assert row["on_time"] == stands.on_time
        assert row["due"] == stands.due
        assert row["days_late"] == stands.days_late
        assert row["submitted_on"] == stands.first_submitted_on
        assert row["extended_to"] == (stands.extension.due if stands.extension else None)
        excuse = stands.exemption or stands.extension
        assert row["reason"] == (excuse.reason if excuse else "")
        accepted = stands.participation.accepted_id if stands.participation else None
        assert row["accepted"] == bool(accepted)
        assert row["reopened"] == (bool(accepted) and stands.state != "accepted")


def test_a_withdrawn_exemption_exempts_nobody(municipality, round_):
    from mentoring_reports.submissions import actions
    from tests.submissions.acting import METHODIST

    with tenant_context(municipality), pretend(OPENS):
        school = next(one.school for one in standings(round_) if one.exemption)
        actions.withdraw_exemption(round_=round_, school=school, by=METHODIST)
        frame = school_frame(round_)

    assert frame["expected"].all()


def test_a_round_without_schools_gives_an_empty_frame(municipality):
    round_ = make_dated_round(municipality, period_start=dt.date(1990, 1, 1), period_end=dt.date(1990, 5, 1))
    municipality.schools.update(opened_on=dt.date(2000, 1, 1))

    with tenant_context(municipality):
        frame = school_frame(round_)

    assert frame.empty
    assert list(frame.columns) == list(COLUMNS)
