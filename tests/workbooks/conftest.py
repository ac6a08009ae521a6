"""A round whose workbook has everything that can be odd: missing parts, zero denominators, absent schools."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from mentoring_reports.submissions.models import Round
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import WorkbookFile, gather, in_its_language, make_workbook
from mentoring_reports.workbooks.source import Source
from portal.tenants.models import Organisation
from tests.factories import make_round
from tests.workbooks.reporting import USUAL, accept_usual, hand_in, hand_in_accepted, make_schools


@pytest.fixture
def round_(in_municipality: Organisation) -> Round:
    """Return a round in which some have handed in, late or in time, and some have not."""
    day = dt.date.today()
    round_ = make_round(in_municipality, due=day - dt.timedelta(days=3))
    schools = make_schools(in_municipality, 9)
    accept_usual(round_, schools[:4])
    hand_in_accepted(round_, schools[4], USUAL | {"young_teachers": 0, "young_teachers_with_mentor": 0, "mentors": 0})
    hand_in_accepted(round_, schools[5], USUAL | {"participants": 30, "closing_event_present": None})
    hand_in_accepted(
        round_,
        schools[6],
        USUAL | {"closing_event_present": 12, "mentors": Decimal("2.5")},
        on=day - dt.timedelta(days=1),
    )
    hand_in(round_, schools[7], USUAL)
    return round_


@pytest.fixture
def compared(round_: Round) -> Round:
    """Return the round before, in which every school handed in."""
    day = round_.period_start - dt.timedelta(days=1)
    earlier = make_round(
        round_.municipality,
        "2025-2",
        period_start=day - dt.timedelta(days=100),
        period_end=day,
        opens=day + dt.timedelta(days=1),
        due=day + dt.timedelta(days=9),
        closes=day + dt.timedelta(days=20),
    )
    accept_usual(
        earlier, list(round_.municipality.schools.filter(schema_name__startswith="school_row").select_related())
    )
    return earlier


@pytest.fixture
def choices(round_: Round, compared: Round) -> Choices:
    """Return the choice of everything."""
    return Choices(round_id=round_.pk, compared_id=compared.pk)


@pytest.fixture
def source(choices: Choices) -> Source:
    """Return everything that the workbook is made of."""
    with in_its_language():
        return gather(choices)


@pytest.fixture
def made(choices: Choices) -> WorkbookFile:
    """Return the workbook of everything."""
    return make_workbook(choices)
