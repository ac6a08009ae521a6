"""Plausibility over real reports: with whom they are compared, in a fixed number of statements, in words."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from django_tenants.utils import tenant_context

from mentoring_reports.review.models import PlausibilitySettings
from mentoring_reports.review.plausibility import oddities
from mentoring_reports.submissions.actions import HandedValue
from mentoring_reports.submissions.models import SubmittedValue
from tests.factories import make_round, make_school_row
from tests.submissions.acting import accept, hand_over, return_
from tests.workbooks.reporting import USUAL, hand_in, hand_in_accepted, make_schools

DAY = dt.timedelta(days=1)
YEAR = 365 * DAY


def earlier_round(round_, years=1):
    back = YEAR * years
    return make_round(
        round_.municipality, f"earlier-{years}", period_start=round_.period_start - back,
        period_end=round_.period_end - back, opens=round_.opens - back, due=round_.due - back,
        closes=round_.closes - back,
    )  # fmt: skip


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def earlier(round_):
    return earlier_round(round_)


@pytest.fixture
def peers(municipality, alpha):
    """Return twelve schools of the first school's type."""
    return [make_school_row(municipality, number, organisation_type=alpha.organisation_type) for number in range(1, 13)]


def found(round_, *submissions):
    with tenant_context(round_.municipality), override("ru"):
        return oddities(round_, submissions)


def of_kind(listed, code):
    return {oddity.subject: oddity for oddity in listed if oddity.code == code}


def submit(round_, school, values=None):
    return hand_over(round_, school, USUAL if values is None else values, on=round_.opens)


def hand_in_peers(round_, peers, accepted=True):
    for number, school in enumerate(peers):
        write = hand_in_accepted if accepted else hand_in
        write(round_, school, USUAL | {"teaching_staff": 36 + number, "mentors": 5 + number % 4})


def test_a_usual_report_is_not_odd(round_, alpha, peers):
    hand_in_peers(round_, peers)
    submission = submit(round_, alpha)

    assert found(round_, submission) == {submission.pk: []}


def test_a_jump_against_the_last_accepted_report_has_words_and_a_picture(round_, earlier, alpha):
    accept(submit(earlier, alpha, USUAL | {"mentors": 9}), on=earlier.opens)
    submission = submit(round_, alpha, USUAL | {"mentors": 24})

    oddity = of_kind(found(round_, submission)[submission.pk], "change")["mentors"]

    assert "24" in oddity.message and "9" in oddity.message and "+167\N{NO-BREAK SPACE}%" in oddity.message
    assert oddity.about == "element"
    assert [dot.value for dot in oddity.picture.dots] == [9, 24]
    assert earlier.title in oddity.picture.words


def test_a_round_that_the_school_missed_does_not_hide_its_past(round_, earlier, alpha):
    before = earlier_round(round_, 2)
    accept(submit(before, alpha, USUAL | {"mentors": 9}), on=before.opens)
    submission = submit(round_, alpha, USUAL | {"mentors": 24})

    assert "mentors" in of_kind(found(round_, submission)[submission.pk], "change")


def test_a_round_of_another_kind_of_period_is_not_ones_past(round_, earlier, alpha):
    with tenant_context(round_.municipality):
        type(earlier).objects.filter(pk=earlier.pk).update(kind="quarter")
    accept(submit(earlier, alpha, USUAL | {"mentors": 9}), on=earlier.opens)
    submission = submit(round_, alpha, USUAL | {"mentors": 24})

    assert found(round_, submission)[submission.pk] == []


def test_what_moved_in_the_whole_municipality_is_the_season(round_, earlier, alpha, peers):
    for school in peers:
        hand_in_accepted(earlier, school, USUAL | {"plans_due": 40})
        hand_in_accepted(round_, school, USUAL | {"plans_due": 80})
    accept(submit(earlier, alpha, USUAL | {"plans_due": 40, "plans": 40, "mentors": 9}), on=earlier.opens)
    submission = submit(round_, alpha, USUAL | {"plans_due": 80, "plans": 80, "mentors": 24})

    changed = of_kind(found(round_, submission)[submission.pk], "change")

    assert "plans_due" not in changed
    assert "plans" in changed and "mentors" in changed


def test_a_value_far_from_similar_schools_names_them(round_, alpha, peers):
    hand_in_peers(round_, peers)
    submission = submit(round_, alpha, USUAL | {"mentors": 38})

    oddity = of_kind(found(round_, submission)[submission.pk], "distance")["mentors"]

    assert "38" in oddity.message and "12" in oddity.message
    assert len(oddity.picture.dots) == len(peers)
    assert oddity.picture.own.value == 38
    assert oddity.picture.own.x > oddity.picture.box[2]


def test_what_waits_for_review_is_compared_with_too(round_, alpha, peers):
    hand_in_peers(round_, peers, accepted=False)
    submission = submit(round_, alpha, USUAL | {"mentors": 38})

    assert "mentors" in of_kind(found(round_, submission)[submission.pk], "distance")


def test_a_returned_report_is_not_compared_with(round_, alpha, beta, peers):
    hand_in_peers(round_, peers[:4])
    type(beta).objects.filter(pk=beta.pk).update(organisation_type=alpha.organisation_type)
    beta.refresh_from_db()
    five = submit(round_, beta, USUAL | {"mentors": 6})
    submission = submit(round_, alpha, USUAL | {"mentors": 38})
    assert "mentors" in of_kind(found(round_, submission)[submission.pk], "distance")

    return_(five, on=round_.opens)

    assert found(round_, submission)[submission.pk] == []


def test_other_types_are_not_compared_with(round_, municipality, alpha):
    others = [
        school for school in make_schools(municipality, 20) if school.organisation_type != alpha.organisation_type
    ]
    hand_in_peers(round_, others)
    submission = submit(round_, alpha, USUAL | {"mentors": 38})

    assert len(others) >= 5
    assert found(round_, submission)[submission.pk] == []


def test_while_few_have_handed_in_the_last_rounds_accepted_reports_are_compared_with(round_, earlier, alpha, peers):
    hand_in_peers(earlier, peers)
    submission = submit(round_, alpha, USUAL | {"mentors": 38})

    oddity = of_kind(found(round_, submission)[submission.pk], "distance")["mentors"]

    assert earlier.title in oddity.message


def test_schools_of_similar_size_are_preferred(round_, alpha, peers):
    for number, school in enumerate(peers):
        size = 400 if number % 2 else 38 + number
        hand_in_accepted(round_, school, USUAL | {"teaching_staff": size, "mentors": size // 7 + number % 3})
    submission = submit(round_, alpha, USUAL | {"mentors": 38})

    oddity = of_kind(found(round_, submission)[submission.pk], "distance")["mentors"]

    assert len(oddity.picture.dots) == 6


def test_a_copy_of_the_last_report_is_told(round_, earlier, alpha):
    accept(submit(earlier, alpha), on=earlier.opens)
    submission = submit(round_, alpha, USUAL | {"mentors": 7})

    [oddity] = found(round_, submission)[submission.pk]

    assert (oddity.code, oddity.subject) == ("copy", "")
    assert "17" in oddity.message and "18" in oddity.message


def test_counts_taken_from_the_register_are_no_copy(round_, earlier, alpha):
    accept(submit(earlier, alpha), on=earlier.opens)
    counted = {code: HandedValue(Decimal(value), Decimal(value)) for code, value in USUAL.items()}
    submission = submit(round_, alpha, counted)

    assert found(round_, submission)[submission.pk] == []


def test_zeros_everywhere_are_odd(round_, alpha):
    submission = submit(round_, alpha, dict.fromkeys(USUAL, 0))

    [oddity] = found(round_, submission)[submission.pk]

    assert (oddity.code, oddity.subject) == ("sum", "")


def test_a_part_over_its_whole_is_about_the_indicator(round_, alpha):
    submission = submit(round_, alpha, USUAL | {"mentees_in_pairs": 12})

    [oddity] = found(round_, submission)[submission.pk]

    assert (oddity.code, oddity.subject, oddity.about) == ("sum", "pair_coverage", "indicator")
    assert [bar.value for bar in oddity.picture.bars] == [12, 10]


def test_missing_is_not_zero(round_, earlier, alpha):
    accept(submit(earlier, alpha, USUAL | {"experts": None}), on=earlier.opens)
    submission = submit(round_, alpha, USUAL | {"experts": 40, "mentors": 7, "plans": 11})

    assert "experts" not in of_kind(found(round_, submission)[submission.pk], "change")


def test_the_municipalitys_thresholds_hold(round_, earlier, municipality, alpha):
    accept(submit(earlier, alpha, USUAL | {"mentors": 9}), on=earlier.opens)
    submission = submit(round_, alpha, USUAL | {"mentors": 24})
    with tenant_context(municipality):
        PlausibilitySettings.objects.create(pk=1, change_percent=200, copied_share=100)

    assert found(round_, submission)[submission.pk] == []


def test_the_number_of_statements_does_not_depend_on_the_number_of_reports(round_, earlier, municipality):
    schools = make_schools(municipality, 24)
    for number, school in enumerate(schools):
        hand_in_accepted(earlier, school, USUAL | {"mentors": 1 + number % 9})
    listed = [hand_in(round_, school, USUAL | {"mentors": 40 - number}) for number, school in enumerate(schools)]
    counts = []
    for number in (2, 12):
        with (
            tenant_context(municipality),
            CaptureQueriesContext(
                connection,
            ) as statements,
        ):
            oddities(round_, listed[:number])
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 16


def test_without_reports_nothing_is_read(round_, municipality, django_assert_num_queries):
    with tenant_context(municipality):
        assert oddities(round_, []) == {}


def test_another_school_sees_nobody_to_compare_with(round_, alpha, beta, peers):
    hand_in_peers(round_, peers)
    submission = submit(round_, alpha, USUAL | {"mentors": 38})

    with tenant_context(beta):
        assert oddities(round_, [submission]) == {submission.pk: []}
        assert not SubmittedValue.objects.exists()
