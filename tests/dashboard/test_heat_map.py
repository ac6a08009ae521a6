"""The heat map and the indicator's view: order, distance to the target by a sign as well, drawing many schools."""

from __future__ import annotations

from tests.dashboard.screens import address, screen
from tests.factories import METHODIST, login, make_round
from tests.workbooks.reporting import USUAL, accept_usual, hand_in_accepted, make_schools


def test_schools_that_miss_most_targets_come_first(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL)
    hand_in_accepted(round_, beta, USUAL | {"mentors": 0, "plans_completed": 0, "roadmap_done": 0})

    rows = screen("heatmap").rows

    assert [row.school.pk for row in rows] == [beta.pk, alpha.pk]
    assert rows[0].missed > rows[1].missed > 0
    assert [row.school.pk for row in screen("heatmap", sort="missed").rows] == [alpha.pk, beta.pk]


def test_a_school_without_figures_misses_no_number_of_targets_and_comes_last(in_municipality, alpha, beta):
    hand_in_accepted(make_round(in_municipality), alpha, USUAL)

    for sort in ("", "missed", "-missed"):
        rows = screen("heatmap", sort=sort).rows
        assert [row.school.pk for row in rows] == [alpha.pk, beta.pk]
        assert rows[0].missed > 0
        assert rows[1].missed is None


def test_the_distance_is_told_by_a_sign_and_in_words(in_municipality, alpha):
    values = USUAL | {"plans_due": 10, "plans_completed": 2, "roadmap_due": 20, "roadmap_done": 19}
    hand_in_accepted(make_round(in_municipality), alpha, values | {"mentees": 10, "mentees_in_pairs": 6})
    shown = screen("heatmap")

    cells = dict(zip([one.code for one in shown.svod.indicators], shown.rows[0].values, strict=True))

    assert (cells["plan_completion"].level, cells["plan_completion"].icon) == ("far", "✗✗")
    assert (cells["pair_coverage"].level, cells["pair_coverage"].icon) == ("missed", "✗")
    assert (cells["roadmap_completion"].level, cells["roadmap_completion"].icon) == ("close", "≈")
    assert (cells["mentor_share"].level, cells["mentor_share"].icon) == ("reached", "✓")
    assert all(cell.word for cell in cells.values() if cell.icon)


def test_the_ranking_shows_the_page_with_a_link_in_each_bar(municipality):
    round_ = make_round(municipality)
    accept_usual(round_, make_schools(municipality, 60))

    response = login(municipality, METHODIST).get(address("indicator"))
    shown = response.context["screen"]

    assert len(shown.ranking.bars) == 50
    assert all(link.startswith("/admin/review/") for _bar, link in shown.linked_bars)
    assert [bar.value for bar, _link in shown.linked_bars] == sorted(bar.value for bar, _link in shown.linked_bars)


def test_few_schools_are_dots_and_many_are_bins(in_municipality, monkeypatch):
    accept_usual(make_round(in_municipality), make_schools(in_municipality, 12))
    dots = screen("indicator")
    assert len(dots.dots) == 12
    assert dots.histogram is None

    monkeypatch.setattr("portal.dashboard.indicator.MOST_DOTS", 11)
    bins = screen("indicator")

    assert bins.strip is None
    assert sum(one.count for one in bins.histogram.bins) == 12


def test_groups_of_the_indicator_lead_to_their_schools(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL)
    hand_in_accepted(round_, beta, USUAL | {"mentors": 3})

    territories = screen("indicator").groupings[0]

    assert [row.values[0].text for row in territories.rows] == ["7,5", "15,0"]
    assert all("territory=" in link for _bar, link in territories.linked_bars)
