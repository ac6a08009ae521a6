"""Nobody is had by subtracting: not one indicator from another, and not one edition from the next."""

from __future__ import annotations

from random import Random

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.publications.actions import publish
from mentoring_reports.publications.errors import NothingChanged
from tests.factories import make_school_row
from tests.submissions.acting import METHODIST as BY
from tests.submissions.acting import make_dated_round
from tests.workbooks.reporting import USUAL, hand_in_accepted, make_schools

LARGE = {code: (value or 0) + 5 for code, value in USUAL.items()}
SMALL = LARGE | {"mentors": 3, "mentors_trained": 3}
MENTORS = (("mentor_share", "numerator"), ("mentor_training", "denominator"))  # where this sum of people stands
ALL = ("municipality", "")


@pytest.fixture
def round_(municipality):
    return make_dated_round(municipality)


@pytest.fixture
def schools(municipality):
    """Return schools of one type and one territory."""
    return [make_school_row(municipality, number) for number in range(1, 10)]


def published(round_, note="Принят ещё один отчёт."):
    with tenant_context(round_.municipality):
        return publish(round_=round_, by=BY, note=note).content


def indicator(content, code):
    return next(one for one in content["indicators"] if one["code"] == code)


def status(content, code="mentor_share"):
    return indicator(content, code)["municipality"]["status"]


def hidden_mentors(content):
    """Return the schools whose number of mentors stands nowhere in an edition."""
    names = {row["name"] for row in indicator(content, "mentor_share")["schools"]}
    told = {
        row["name"] for code, part in MENTORS for row in indicator(content, code)["schools"] if row[part] is not None
    }
    return names - told


def test_what_one_indicator_hides_is_not_told_by_another(round_, schools):
    few_teachers, few_mentors = (
        LARGE | {"teaching_staff": 12, "mentors": 12, "mentors_trained": 12},
        LARGE | {"teaching_staff": 100, "mentors": 6, "mentors_trained": 6},
    )
    usual = LARGE | {"teaching_staff": 60, "mentors": 20, "mentors_trained": 20}
    for school, figures in zip(schools, (SMALL, few_teachers, few_mentors, *[usual] * 4), strict=False):
        hand_in_accepted(round_, school, figures)

    content = published(round_)

    assert status(content) == "published"
    assert schools[0].name in hidden_mentors(content)
    assert len(hidden_mentors(content)) > 1


def test_a_total_that_grew_by_one_small_school_is_kept_back(round_, schools):
    for school in schools[:6]:
        hand_in_accepted(round_, school, LARGE)
    first = published(round_)
    hand_in_accepted(round_, schools[6], SMALL)

    second = published(round_)

    assert (status(first), status(second)) == ("published", "suppressed")
    for level, name in (("territories", schools[0].territory.name), ("types", schools[0].organisation_type.name)):
        rows = {row["name"]: row["status"] for row in indicator(second, "mentor_share")[level]}
        assert rows[name] == "suppressed"
    assert status(second, "plan_completion") == "published"  # no people are counted there


def test_a_total_that_grew_by_two_small_schools_is_published(round_, schools):
    for school in schools[:6]:
        hand_in_accepted(round_, school, LARGE)
    published(round_)
    for school in schools[6:8]:
        hand_in_accepted(round_, school, SMALL)

    assert status(published(round_)) == "published"


def test_a_total_that_grew_by_a_large_school_is_published(round_, schools):
    hand_in_accepted(round_, schools[0], SMALL)
    for school in schools[1:6]:
        hand_in_accepted(round_, school, LARGE)
    published(round_)
    hand_in_accepted(round_, schools[6], LARGE)

    assert status(published(round_)) == "published"


def test_what_hid_a_small_school_goes_on_hiding_it(round_, schools):
    for school, figures in zip(schools, (SMALL, LARGE, *[LARGE | {"teaching_staff": 90}] * 4), strict=False):
        hand_in_accepted(round_, school, figures)
    first = hidden_mentors(published(round_))
    hand_in_accepted(round_, schools[6], LARGE | {"teaching_staff": 10, "mentors": 5, "mentors_trained": 5})

    second = published(round_)

    assert first <= hidden_mentors(second)
    assert status(second) == "published"


@pytest.mark.parametrize("seed", range(4))
def test_the_same_reports_make_the_same_edition_again(round_, municipality, seed):
    random = Random(seed)  # noqa: S311
    for school in make_schools(municipality, 12):
        hand_in_accepted(round_, school, {code: random.choice((0, 2, 4, 6, 9, 30)) for code in LARGE})
    published(round_)

    with tenant_context(municipality), pytest.raises(NothingChanged):
        publish(round_=round_, by=BY, note="Ничего не изменилось.")


def test_a_third_edition_does_not_make_up_for_a_second(round_, schools):
    for school in schools[:6]:
        hand_in_accepted(round_, school, LARGE)
    published(round_)
    hand_in_accepted(round_, schools[6], SMALL)
    published(round_)
    hand_in_accepted(round_, schools[7], LARGE)

    assert status(published(round_)) == "suppressed"
