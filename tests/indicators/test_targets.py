"""Targets by year and type of school: the most specific one holds; asking needs no statement; the “close” band."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from mentoring_reports.indicators import actions
from mentoring_reports.indicators.copying import fingerprint
from mentoring_reports.indicators.formulas import TargetState
from mentoring_reports.indicators.models import Indicator, Target
from tests.indicators.versions import draft

pytestmark = pytest.mark.usefixtures("in_municipality")
DAY = dt.date(2027, 5, 31)


def with_targets(*targets):
    share = draft().indicators.get(code="mentor_share")
    actions.change_part(part=share, seen=fingerprint(share), targets=[Target(**fields) for fields in targets])
    return Indicator.objects.get(pk=share.pk)


BOTH = {"year": 2027, "school_type": "Гимназия", "value": 1}
TYPE = {"school_type": "Гимназия", "value": 2}
YEAR = {"year": 2027, "value": 3}
OWN = 5


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ([BOTH, TYPE, YEAR], 1),
        ([TYPE, YEAR], 2),
        ([YEAR], 3),
        ([], OWN),
        ([{**BOTH, "year": 2026}, {**YEAR, "year": 2028}], OWN),
        ([{**BOTH, "school_type": "Школа"}], OWN),
    ],
)
def test_the_most_specific_target_holds(targets, expected):
    assert with_targets(*targets).target_for("Гимназия", DAY) == expected


def test_all_types_together_have_the_years_target_or_the_own_one():
    share = with_targets(BOTH, TYPE, YEAR)

    assert share.target_for("", DAY) == 3
    assert share.target_for("", dt.date(2026, 12, 31)) == OWN


def test_asking_for_targets_takes_no_statement_a_call():
    form = with_targets(BOTH, TYPE, YEAR).form
    with CaptureQueriesContext(connection) as queries:
        indicators = list(form.indicators.all())
        read = len(queries)
        for indicator in indicators:
            indicator.target_for("Гимназия", DAY)

    assert read == len(queries) == 2


def test_an_indicator_that_is_not_stored_has_its_own_target():
    assert Indicator(code="x", numerator="a", target=Decimal(7)).target_for("Школа", DAY) == 7


@pytest.mark.parametrize(
    "fields", [{"value": 1}, {"value": 1, "school_type": ""}], ids=["about nothing", "about no type"]
)
def test_a_target_is_about_a_year_or_a_type(fields):
    with pytest.raises(IntegrityError, match="target_is_about"), transaction.atomic():
        with_targets(fields)


@pytest.mark.parametrize("twice", [BOTH, TYPE, YEAR])
def test_a_year_and_type_has_one_target(twice):
    with pytest.raises(IntegrityError, match="target_once"), transaction.atomic():
        with_targets(twice, twice)


def test_the_close_band_is_the_indicators_own():
    wide, narrow = (
        Indicator(code="x", numerator="a", direction="up", close_share=Decimal(share)) for share in ("0.5", "0.1")
    )

    assert wide.judge(Decimal(60), Decimal(100)) is TargetState.CLOSE
    assert narrow.judge(Decimal(60), Decimal(100)) is TargetState.MISSED
    assert narrow.judge(Decimal(60), None) is TargetState.UNKNOWN
