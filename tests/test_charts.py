"""Charts' geometry: proportions, order and edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports import charts


@given(st.lists(st.integers(0, 500), min_size=1, max_size=9))
def test_a_stacked_bar_fills_its_width_in_proportion(counts):
    segments = charts.stacked_bar((str(place), "", count) for place, count in enumerate(counts))

    assert [part.count for part in segments] == [count for count in counts if count]
    if segments:
        assert sum(part.width for part in segments) == pytest.approx(100, abs=0.05)


def test_bars_are_as_long_as_their_values():
    chart = charts.ranking([("a", 50.0, "missed"), ("b", 100.0, "reached"), ("c", 0.0, "missed")], 90.0)

    assert chart.bars[0].width == pytest.approx(chart.bars[1].width / 2)
    assert chart.bars[2].width == 0
    assert chart.start < chart.target < chart.start + chart.bars[1].width


@given(st.lists(st.floats(0.001, 1e9), min_size=1, max_size=30))
def test_an_axis_ends_at_a_round_number_not_below_any_value(values):
    top = charts.axis_end(values)

    assert top >= max(values) * (1 - 1e-9)
    assert top <= max(values) * 10


def test_a_round_without_a_value_interrupts_the_line():
    chart = charts.line([("1", 10.0), ("2", 20.0), ("3", None), ("4", 5.0), ("5", 6.0)], None)

    assert len(chart.paths) == 2
    assert len(chart.dots) == 4
    assert len(chart.labels) == 5


def test_charts_without_any_value_are_drawn_empty():
    assert charts.stacked_bar([("a", "a", 0)]) == []
    assert charts.ranking([], None).bars == []
    assert charts.strip([], None, None).dots == []
    assert charts.line([], None).paths == []


@given(st.lists(st.floats(0, 100), max_size=60))
def test_dots_stay_inside_the_strip(values):
    chart = charts.strip([("", value) for value in values], None, 100.0)

    assert all(0 < dot.x < chart.width and 0 < dot.y < chart.height for dot in chart.dots)


@given(st.lists(st.floats(0, 1e6), max_size=80))
def test_every_value_is_in_one_bin(values):
    chart = charts.histogram(values, None, None)

    assert sum(one.count for one in chart.bins) == len(values)
    assert all(one.height >= 0 and 0 <= one.y <= chart.height for one in chart.bins)
    assert all(one.end == pytest.approx(after.start) for one, after in zip(chart.bins, chart.bins[1:], strict=False))


def test_a_changed_form_breaks_lines_medians_and_band():
    points = [charts.TrendPoint(str(n), float(n), 1.0, 2.0, 3.0, broken=n == 3) for n in range(1, 6)]

    chart = charts.trend(points, 4.0)

    assert [len(path.split()) for path in chart.paths] == [2, 3]
    assert [len(path.split()) for path in chart.medians] == [2, 3]
    assert [len(band.split()) for band in chart.bands] == [4, 6]
    assert len(chart.breaks) == 1
    assert chart.dots[1].x < chart.breaks[0] < chart.dots[2].x


def test_charts_side_by_side_have_one_scale():
    low, high = ([charts.TrendPoint("1", value)] for value in (3.0, 90.0))

    assert charts.trend(low, None, upto=90.0).ticks == charts.trend(high, None).ticks


def test_a_missing_round_interrupts_the_band_too():
    points = [charts.TrendPoint("1", 1.0, 1.0, 1.0, 1.0), charts.TrendPoint("2", None), charts.TrendPoint("3", 2.0)]

    chart = charts.trend(points, None)

    assert (chart.paths, chart.bands) == ([], [])
    assert len(chart.dots) == 2
    assert charts.trend([], None).dots == []


def test_of_a_long_official_name_the_quoted_part_is_shown():
    long = "Муниципальное бюджетное общеобразовательное учреждение «Лицей № 12»"

    assert charts.shortened(long) == "Лицей № 12"
    assert charts.shortened("Школа № 1") == "Школа № 1"
    assert charts.shortened("Муниципальное дошкольное учреждение «Сад № 6 «Росинка»") == "Сад № 6 «Росинка»"
