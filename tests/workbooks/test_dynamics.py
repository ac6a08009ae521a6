"""«Динамика»: the dashboard's own figures, and a break where the report form changed."""

from __future__ import annotations

import datetime as dt

import pytest

from mentoring_reports.indicators.actions import draft_next_version
from mentoring_reports.indicators.models import Indicator
from mentoring_reports.submissions.trends import municipal_points, trend
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import make_workbook
from tests.factories import make_round
from tests.workbooks.reading import opened, records, row_of, texts
from tests.workbooks.reporting import accept_usual
from tests.workbooks.structure import structure


def told(point):
    line = point.line
    return point.round.pk, point.accepted, point.expected, point.broken, line and (line.value, line.known, line.median)


@pytest.mark.parametrize("chosen", [{}, {"territory": "Центр"}, {"type_": "Гимназия"}])
def test_all_indicators_at_once_are_what_each_is_alone(round_, compared, chosen):
    rounds = [compared, round_]
    codes = list(round_.form.indicators.values_list("code", flat=True))

    points = municipal_points(rounds, codes, **chosen)

    for code in codes:
        alone = trend(rounds, code, **chosen).points
        assert repr([told(point) for point in points[code]]) == repr([told(point) for point in alone])


@pytest.fixture
def with_another_form(round_):
    """Return a later round whose form counts one indicator differently."""
    form = draft_next_version(form=round_.form, by="Методист")
    Indicator.objects.filter(form=form, code="mentor_share").update(denominator="participants")
    day = round_.period_end + dt.timedelta(days=1)
    later = make_round(
        round_.municipality, "2026-2", form=form, period_start=day, period_end=day, opens=day, due=day, closes=day
    )
    accept_usual(later, list(round_.municipality.schools.filter(schema_name__startswith="school_row")))
    return later


def test_a_changed_form_breaks_the_line_of_what_it_counts_differently(with_another_form):
    content = make_workbook(Choices(round_id=with_another_form.pk)).content
    sheet = opened(content)["Динамика"]

    changed = sheet.cell(row_of(sheet, "Доля наставников среди педагогических работников"), 4)
    same = sheet.cell(row_of(sheet, "Выполнение дорожной карты"), 4)
    assert changed.number_format.startswith('"¦ "')
    assert changed.border.left.style == "thick"
    assert not same.number_format.startswith('"¦ "')
    assert any(text.startswith("¦ Сбор 2026-2: форма отчёта изменилась") for text in texts(sheet))
    assert sheet.cell(changed.row, 5).value == "—"  # no change over a break


def test_a_broken_line_is_drawn_as_two(with_another_form):
    content = make_workbook(Choices(round_id=with_another_form.pk)).content
    lines = records(opened(content)["Динамика"], "Линия", column=2)

    shares = [line for line in lines if line["Показатель"] == "Доля наставников среди педагогических работников"]
    assert [line["Линия"] for line in shares] == ["Отрезок 1", "Отрезок 2", "Цель"]
    assert shares[0]["2026-2"] is None
    assert shares[1]["2026-1"] is None
    assert shares[1]["2026-2"] is not None
    assert "chart lineChart «Доля наставников" in structure(content)
