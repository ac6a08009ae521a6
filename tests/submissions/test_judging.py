"""Targets judge many schools at once exactly as they judge one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_reports.indicators.formulas import TargetState
from mentoring_reports.indicators.models import Aggregation, Indicator
from mentoring_reports.submissions.judging import Targets, exact

TARGETS = st.none() | st.decimals(-50, 1000, places=2)
VALUES = (
    st.none()
    | st.integers(-100, 2000).map(lambda number: number / 10)
    | st.floats(-100, 2000, allow_nan=False).map(lambda number: round(number, 12))
    | st.sampled_from([0.0, 5.0, 4.5, 5.5, 90.0, 81.0, 99.0, 100.0])
)
BANDS = st.sampled_from([Decimal("0"), Decimal("0.1"), Decimal("0.25"), Decimal("1")])


@given(
    st.lists(st.tuples(st.sampled_from("AB"), VALUES), max_size=12),
    st.fixed_dictionaries({"A": TARGETS, "B": TARGETS, "": TARGETS}),
    st.sampled_from(["up", "down"]),
    BANDS,
)
@settings(max_examples=300, deadline=None)
def test_states_of_a_column_are_the_states_of_its_values(rows, targets, direction, band):
    indicator = Indicator(code="share", direction=direction, close_share=band)
    values = pd.DataFrame({"share": pd.Series([value for _type, value in rows], dtype="float64")})
    types = pd.Series([type_ for type_, _value in rows], dtype="str")

    states = Targets({"share": targets}).states(values, types, [indicator])["share"]

    for state, (type_, value) in zip(states, rows, strict=True):
        assert TargetState(state) is indicator.judge(exact(value), targets[type_])


@given(VALUES, TARGETS)
def test_many_schools_are_judged_by_the_common_target_and_a_sum_never(value, target):
    judged = Targets({"share": {"": target}})

    ratio, total = (Indicator(code="share", aggregation=kind) for kind in (Aggregation.RATIO, Aggregation.SUM))

    assert judged.judged(ratio, value) is ratio.judge(exact(value), target)
    assert judged.judged(total, value) is TargetState.UNKNOWN


def test_targets_of_a_form_are_those_of_the_day_and_type():
    indicator = Indicator(code="share", target=Decimal(5))

    targets = Targets.on(dt.date(2026, 5, 31), [indicator], ["Школа"])

    assert targets.of("share", "Школа") == targets.of("share") == Decimal(5)
    assert targets.of_schools("share", pd.Series(["Школа"])).tolist() == [5.0]
