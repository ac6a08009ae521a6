"""Frames hold what was accepted, and compute what the formulas compute."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_reports.indicators import formulas
from mentoring_reports.indicators.models import Aggregation, Indicator
from mentoring_reports.submissions import frames
from tests.factories import make_round
from tests.workbooks.reporting import accept_usual, hand_in, hand_in_accepted, make_schools

CODES = ("a", "b", "c", "d")
INDICATORS = [
    Indicator(code="share", numerator="a", denominator="b", factor=Decimal(100)),
    Indicator(code="sums", numerator="a + b - c", denominator="c + d", factor=Decimal(1)),
    Indicator(code="count", numerator="d", denominator="", factor=Decimal(1), aggregation=Aggregation.SUM),
    Indicator(code="middle", numerator="c - a", denominator="", factor=Decimal(2), aggregation=Aggregation.MEDIAN),
]
NUMBERS = (
    st.none()
    | st.sampled_from([Decimal(0), Decimal(1), Decimal("0.5"), Decimal(7)])
    | st.decimals(0, 100_000, places=4)
)
ROWS = st.lists(
    st.fixed_dictionaries({"school": st.sampled_from("XYZ"), **dict.fromkeys(CODES, NUMBERS)}), min_size=1, max_size=12
)


def wide(rows: list[dict[str, Decimal | None]]) -> pd.DataFrame:
    return pd.DataFrame(
        {code: [None if r[code] is None else float(r[code]) for r in rows] for code in CODES}, dtype=float
    )


def same(figure: float, exact: Decimal | None) -> bool:
    if exact is None:
        return bool(pd.isna(figure))
    return figure == pytest.approx(float(exact), rel=1e-12, abs=1e-9)


@given(ROWS)
@settings(max_examples=150, deadline=None)
def test_parts_of_every_school_equal_the_formula(rows):
    frame = frames.indicator_frame(wide(rows), INDICATORS)
    for indicator in INDICATORS:
        for number, row in enumerate(rows):
            parts = indicator.formula.parts(row)
            assert same(frame.loc[number, ("numerator", indicator.code)], parts.numerator)
            assert same(frame.loc[number, ("denominator", indicator.code)], parts.denominator)
            assert same(frame.loc[number, ("value", indicator.code)], indicator.formula.value(row))


@given(ROWS)
@settings(max_examples=150, deadline=None)
def test_municipal_figures_equal_the_formulas_description(rows):
    summary = frames.municipal_frame(frames.indicator_frame(wide(rows), INDICATORS), INDICATORS)
    for indicator in INDICATORS:
        parts = [indicator.formula.parts(row) for row in rows]
        told = formulas.describe(indicator.formula, parts, formulas.Aggregation(indicator.aggregation))
        line = summary.loc[indicator.code]
        assert same(line["value"], told.value)
        assert line["known"] == told.known
        spread = told.quartiles or (None, None, None)
        assert all(same(line[name], exact) for name, exact in zip(("lower", "median", "upper"), spread, strict=True))


@given(ROWS)
@settings(max_examples=100, deadline=None)
def test_sums_of_territories_make_the_sums_of_the_municipality(rows):
    parts = frames.indicator_frame(wide(rows), INDICATORS)
    groups = pd.Series([row["school"] for row in rows])

    grouped = frames.grouped_frame(parts, INDICATORS, groups)

    whole = frames.municipal_frame(parts, INDICATORS)
    for name in ("numerator", "denominator", "known"):
        added = sum(group[name].fillna(0) for group in grouped.values())
        pd.testing.assert_series_equal(added, whole[name].fillna(0), check_dtype=False, rtol=1e-12)


@given(ROWS)
@settings(max_examples=100, deadline=None)
def test_each_group_is_what_its_own_rows_make(rows):
    parts = frames.indicator_frame(wide(rows), INDICATORS)
    groups = pd.Series([row["school"] for row in rows])

    grouped = frames.grouped_frame(parts, INDICATORS, groups)

    assert list(grouped) == sorted(grouped, key=frames.reading_order)
    for name, frame in grouped.items():
        own = frames.municipal_frame(parts[groups == name], INDICATORS)
        pd.testing.assert_frame_equal(frame[own.columns], own, check_dtype=False, rtol=1e-12)


@given(ROWS)
@settings(max_examples=100, deadline=None)
def test_one_indicator_over_many_keys_is_the_same(rows):
    parts = frames.indicator_frame(wide(rows), INDICATORS)
    names = [row["school"] for row in rows]
    keys = pd.Series(["XYZ".index(name) for name in names])
    grouped = frames.grouped_frame(parts, INDICATORS, pd.Series(names))

    for indicator in INDICATORS:
        own = pd.DataFrame({part: parts[part, indicator.code] for part in frames.PARTS})
        table = frames.line_frame(own, indicator, keys)
        for name, frame in grouped.items():
            ours, theirs = table.loc["XYZ".index(name)], frame.loc[indicator.code]
            pd.testing.assert_series_equal(ours[theirs.index], theirs, check_names=False, rtol=1e-12)


def test_a_share_exactly_on_its_target_is_not_lost_to_rounding():
    rows = [{"a": Decimal(7), "b": Decimal(140), "c": None, "d": None}]

    frame = frames.indicator_frame(wide(rows), INDICATORS)

    assert frame.loc[0, ("value", "share")] == 5


def test_names_are_read_as_people_sort_them():
    names = ["Школа № 10", "Школа № 2", "Ёлочка", "Ель", "Жар-птица", "школа № 3"]

    assert sorted(names, key=frames.reading_order) == [
        "Ёлочка", "Ель", "Жар-птица", "Школа № 2", "школа № 3", "Школа № 10",
    ]  # fmt: skip


def test_change_is_missing_where_either_side_is():
    now = pd.Series({"share": 12.0, "count": 3.0, "new": 1.0})
    before = pd.Series({"share": 10.0, "count": float("nan"), "gone": 5.0})

    difference = frames.change(now, before)

    assert difference["share"] == 2
    assert difference[["count", "new"]].isna().all()
    assert list(difference.index) == ["share", "count", "new"]


def test_only_accepted_figures_are_read(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, {"mentors": 4, "teaching_staff": None})
    hand_in(round_, beta, {"mentors": 9})

    frame = frames.wide_frame([round_])

    assert list(frame["school"]) == [alpha.short_name]
    assert frame.loc[0, "mentors"] == 4
    assert pd.isna(frame.loc[0, "teaching_staff"])


def test_names_stay_as_they_were_when_the_report_was_handed_in(in_municipality, alpha):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, {"mentors": 4}, name="Прежнее имя")

    assert list(frames.wide_frame([round_])["school"]) == ["Прежнее имя"]


def test_rounds_of_different_forms_share_one_frame(in_municipality, alpha):
    first, second = make_round(in_municipality, "first"), make_round(in_municipality, "second")
    hand_in_accepted(first, alpha, {"mentors": 4})
    hand_in_accepted(second, alpha, {"mentees": 7})

    frame = frames.wide_frame([first, second])

    assert list(frame["round_id"]) == [first.pk, second.pk]
    assert frame["mentors"].tolist()[0] == 4
    assert pd.isna(frame["mentors"].tolist()[1])
    assert frame["mentees"].tolist()[1] == 7


def test_the_long_frame_has_one_row_a_figure(in_municipality):
    round_ = make_round(in_municipality)
    accept_usual(round_, make_schools(in_municipality, 3))

    frame = frames.accepted_frame([round_])

    assert list(frame.columns) == ["school_id", "school", "type", "territory", "round_id", "element_code", "value"]
    assert frame.loc[frame["element_code"] == "mentors", "value"].tolist() == [1, 2, 3]


def test_a_round_without_accepted_figures_gives_empty_frames(in_municipality):
    round_ = make_round(in_municipality)
    indicators = list(round_.form.indicators.all())

    wide_rows = frames.wide_frame([round_])
    summary = frames.municipal_frame(frames.indicator_frame(wide_rows, indicators), indicators)

    assert wide_rows.empty
    assert frames.accepted_frame([round_]).empty
    assert summary["value"].isna().all()
    assert (summary["known"] == 0).all()


def test_figures_of_all_schools_come_by_two_statements(in_municipality, django_assert_num_queries):
    round_ = make_round(in_municipality)
    accept_usual(round_, make_schools(in_municipality, 5))
    frames.wide_frame([round_])  # the first statement in a schema sets the search path

    with django_assert_num_queries(2):
        frames.wide_frame([round_])


def test_only_the_data_elements_asked_for_are_read(in_municipality, alpha):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, {"mentors": 4, "mentees": 7, "teaching_staff": None})

    frame = frames.figures_frame([round_], codes={"mentors", "teaching_staff", "unknown"})
    nothing = frames.figures_frame([round_], codes=())

    assert frames.element_codes(frame) == ["mentors", "teaching_staff"]
    assert frame["mentors"].tolist() == [4]
    assert pd.isna(frame["teaching_staff"].tolist()[0])
    assert frames.element_codes(nothing) == []
    assert len(nothing) == 1


def test_figures_are_read_to_the_last_of_their_places(in_municipality, alpha):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, {"mentors": Decimal("12345678901.2345"), "mentees": Decimal("-0.0001")})

    frame = frames.wide_frame([round_])

    assert frame.loc[0, ["mentors", "mentees"]].tolist() == [12345678901.2345, -0.0001]


def test_a_school_reads_only_its_own_figures(municipality, alpha, beta):
    from django_tenants.utils import tenant_context

    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, {"mentors": 4})
    hand_in_accepted(round_, beta, {"mentors": 9})

    with tenant_context(alpha):
        frame = frames.wide_frame([round_])

    assert frame["school_id"].tolist() == [alpha.pk]
