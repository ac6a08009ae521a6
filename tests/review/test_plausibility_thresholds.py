"""The department sets the thresholds of plausibility and tries them first."""

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.review.models import PlausibilitySettings
from tests.factories import CURATOR, DEPARTMENT, METHODIST, login, make_round
from tests.workbooks.reporting import USUAL, hand_in, make_schools

ADDRESS = "/admin/review/plausibility/"
TYPED = {"change_percent": "50", "smallest_change": "4", "distance": "6", "smallest_group": "7", "copied_share": "95"}


def own(municipality):
    with tenant_context(municipality):
        return list(PlausibilitySettings.objects.values_list(*TYPED))


def test_without_a_row_the_defaults_stand_in_the_form(municipality):
    form = login(municipality, DEPARTMENT).get(ADDRESS).context["form"]

    assert (form["change_percent"].value(), form["smallest_change"].value()) == ("30", "3")
    assert own(municipality) == []


def test_saving_twice_keeps_one_row(municipality):
    client = login(municipality, DEPARTMENT)

    client.post(ADDRESS, {**TYPED, "change_percent": "40"})
    response = client.post(ADDRESS, TYPED)

    assert response.status_code == 302
    assert own(municipality) == [(50, 4, 6, 7, 95)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("change_percent", "0"),
        ("smallest_change", "-1"),
        ("distance", "0"),
        ("distance", "много"),
        ("smallest_group", "2"),
        ("copied_share", "101"),
        ("copied_share", ""),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field_and_kept(municipality, name, text):
    response = login(municipality, DEPARTMENT).post(ADDRESS, TYPED | {name: text})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]
    assert response.context["form"][name].value() == text
    assert own(municipality) == []


def test_a_trial_counts_and_saves_nothing(municipality):
    round_ = make_round(municipality)
    for number, school in enumerate(make_schools(municipality, 3)):
        values = dict.fromkeys(USUAL, 0) if number == 0 else USUAL | {"mentors": 6 + number}
        hand_in(round_, school, values)

    response = login(municipality, DEPARTMENT).post(ADDRESS, TYPED | {"step": "try"})

    trial = response.context["trial"]
    assert (trial.reports, trial.flagged, trial.by_code["sum"], trial.by_code["copy"]) == (3, 1, 1, 0)
    assert own(municipality) == []


def test_a_trial_before_any_report_says_so(municipality):
    response = login(municipality, DEPARTMENT).post(ADDRESS, TYPED | {"step": "try"})

    assert response.status_code == 200
    assert response.context["trial"] is None and response.context["tried"]


def test_a_methodist_does_not_set_thresholds(municipality):
    response = login(municipality, METHODIST).post(ADDRESS, TYPED)

    assert response.status_code == 302 and response.headers["Location"].endswith("/admin/")
    assert own(municipality) == []


def test_in_a_school_there_is_no_such_screen(alpha):
    assert login(alpha, CURATOR).get(ADDRESS).status_code == 404
