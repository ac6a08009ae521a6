"""Filters live in the address: it can be sent, what does not exist is left out and said so, nothing breaks."""

from __future__ import annotations

import pytest

from tests.dashboard.screens import VIEWS, address, earlier_round, screen
from tests.factories import METHODIST, login, make_round
from tests.workbooks.reporting import USUAL, accept_usual, hand_in_accepted, make_schools

NONSENSE = [
    "?round=nowhere",
    "?compare=nowhere&type=x&territory=y",
    "?sort=-nothing&indicator=no",
    "?round=%00&sort=-",
    "?state=asleep&page=-7",
    "?incomplete=maybe&page=9999999999",
]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("query", NONSENSE)
def test_an_address_that_makes_no_sense_still_shows_something(municipality, alpha, view, query):
    hand_in_accepted(make_round(municipality), alpha, USUAL)

    assert login(municipality, METHODIST).get(address(view, query)).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("round", "nowhere"),
        ("compare", "nowhere"),
        ("territory", "Нигде"),
        ("type", "Никакой"),
        ("indicator", "nothing"),
        ("state", "asleep"),
        ("sort", "nothing"),
    ],
)
def test_what_does_not_exist_is_left_out_and_named(in_municipality, alpha, name, value):
    hand_in_accepted(make_round(in_municipality), alpha, USUAL)

    shown = screen("schools", **{name: value})

    assert len(shown.selection.ignored) == 1
    assert value in shown.selection.ignored[0]
    assert f"{value}" not in shown.selection.query()
    assert shown.basis == screen("schools").basis


def test_what_was_left_out_is_escaped(municipality, alpha):
    hand_in_accepted(make_round(municipality), alpha, USUAL)

    page = login(municipality, METHODIST).get(address("index", "?territory=<script>alert(1)</script>")).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_tabs_keep_the_filters(municipality, alpha):
    earlier_round(municipality, "old", days=90)
    round_ = make_round(municipality, "new")
    hand_in_accepted(round_, alpha, USUAL)
    query = (
        f"?round=new&compare=none&territory={alpha.territory.name}&indicator=pair_coverage&incomplete=1&sort=territory"
    )

    response = login(municipality, METHODIST).get(address("schools", query))
    tabs = {code: link for code, _title, link in response.context["tabs"]}

    assert set(tabs) == set(VIEWS)
    for link in tabs.values():
        for part in ("round=new", "compare=none", "territory=", "indicator=pair_coverage", "incomplete=1"):
            assert part in link
        assert "sort=" not in link  # each view has an order of its own


def test_an_address_of_a_view_shows_the_same_again(in_municipality):
    accept_usual(make_round(in_municipality), make_schools(in_municipality, 8))
    chosen = screen("heatmap", sort="-mentor_share", type="Школа")
    asked = dict(part.split("=") for part in chosen.selection.query().removeprefix("?").split("&"))
    asked["type"] = "Школа"

    again = screen("heatmap", **asked)

    assert again.order == chosen.order
    assert not again.selection.ignored
