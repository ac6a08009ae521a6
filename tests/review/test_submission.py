"""One submission on one screen, and the decision about it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.actions import HandedValue
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import Decision
from tests.factories import CURATOR, DEPARTMENT, METHODIST, SUPERUSER, login, make_round
from tests.submissions.acting import DAY, accept, hand_over, participation, reopen, return_
from tests.workbooks.reporting import USUAL, hand_in, hand_in_accepted, make_schools


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def earlier(municipality, round_):
    year = 365 * DAY
    return make_round(
        municipality, "earlier", period_start=round_.period_start - year, period_end=round_.period_end - year,
        opens=round_.opens - year, due=round_.due - year, closes=round_.closes - year,
    )  # fmt: skip


def submit(round_, school, values=None, **more):
    return hand_over(round_, school, USUAL if values is None else values, on=more.pop("on", round_.opens), **more)


def address(submission):
    return f"/admin/review/{submission.pk}/"


def row(response, code):
    return next(row for row in response.context["sheet"].rows if row.element.code == code)


def told(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_values_stand_beside_the_last_accepted_ones(municipality, round_, earlier, alpha):
    accept(submit(earlier, alpha, USUAL | {"mentors": 4}), on=earlier.opens)
    submission = submit(round_, alpha, USUAL | {"mentors": 6})

    shown = row(login(municipality, METHODIST).get(address(submission)), "mentors")

    assert (shown.value, shown.last, shown.change_in_percent) == (6, 4, 50)


def test_the_median_is_over_other_accepted_schools_of_the_type(municipality, round_, alpha):
    schools = make_schools(municipality, 7)
    ours = [school for school in schools if school.organisation_type_id == alpha.organisation_type_id]
    for school, mentors in zip(schools, (100, 1, 100, 4, 100, 9, 100), strict=True):
        hand_in_accepted(round_, school, {"mentors": mentors, "experts": None})
    submission = submit(round_, alpha)

    response = login(municipality, METHODIST).get(address(submission))

    peers = response.context["sheet"].peers
    assert (peers.schools, peers.medians["mentors"]) == (len(ours), Decimal(4))
    assert "experts" not in peers.medians


def test_without_accepted_peers_the_median_comes_from_the_round_before(municipality, round_, earlier, alpha):
    peer = next(s for s in make_schools(municipality, 2) if s.organisation_type_id == alpha.organisation_type_id)
    hand_in_accepted(earlier, peer, {"mentors": 7})
    submission = submit(round_, alpha)

    peers = login(municipality, METHODIST).get(address(submission)).context["sheet"].peers

    assert (peers.round_title, peers.medians["mentors"]) == (earlier.title, 7)


def test_remarks_carry_the_schools_explanation(municipality, round_, alpha):
    submission = submit(
        round_, alpha, USUAL | {"mentors": HandedValue(Decimal(6), Decimal(5), "Приказ подписан позже")},
        explanations={"overruled:mentors": "Приказ подписан позже"},
    )  # fmt: skip

    response = login(municipality, METHODIST).get(address(submission))

    remark = next(r for r in response.context["sheet"].remarks if r.finding.check_code == "overruled")
    assert remark.explanation == "Приказ подписан позже"
    assert [shown.element.code for shown in response.context["sheet"].overruled] == ["mentors"]


def test_what_changed_since_the_returned_revision_is_shown_with_its_reason(municipality, round_, alpha):
    return_(submit(round_, alpha, USUAL | {"mentors": 30}), reason="Тридцать наставников?", on=round_.opens)
    submission = submit(round_, alpha, USUAL | {"mentors": 6})

    response = login(municipality, METHODIST).get(address(submission))

    changed = [
        (shown.element.code, shown.before.value, shown.value) for shown in response.context["sheet"].differences.changed
    ]
    assert changed == [("mentors", 30, 6)]
    assert "Тридцать наставников?" in response.content.decode()


def test_indicators_are_computed_from_the_submission(municipality, round_, alpha):
    submission = submit(round_, alpha, USUAL | {"mentors": 6, "teaching_staff": 40})

    response = login(municipality, METHODIST).get(address(submission))

    shown = {
        indicator.indicator.code: indicator
        for group in response.context["sheet"].groups
        for indicator in group.indicators
    }
    assert shown["mentor_share"].value == 15
    assert shown["mentor_share"].state.value == "reached"
    assert shown["mentee_satisfaction"].value is None


def test_accepting_goes_to_the_next_in_the_queue(municipality, round_, alpha, beta):
    first = submit(round_, alpha)
    second = submit(round_, beta, on=round_.opens + DAY)
    client = login(municipality, METHODIST)

    response = client.post(address(first), {"decision": "accept"}, follow=True)

    assert response.redirect_chain == [(address(second), 302)]
    assert alpha.name in told(response)
    assert participation(round_, alpha).state == State.ACCEPTED


def test_after_the_last_one_the_queue_is_empty(municipality, round_, alpha):
    response = login(municipality, METHODIST).post(address(submit(round_, alpha)), {"decision": "accept"}, follow=True)

    assert response.redirect_chain == [("/admin/review/", 302)]
    assert len(response.context["messages"]) == 2


def test_next_stays_among_what_the_filter_leaves(municipality, round_, alpha, beta):
    others = make_schools(municipality, 3)
    first = submit(round_, alpha)
    submit(round_, beta, on=round_.opens + DAY)
    same = next(school for school in others if school.territory_id == alpha.territory_id)
    expected = hand_in(round_, same, USUAL, on=round_.opens + 2 * DAY)

    query = f"?territory={alpha.territory_id}"
    response = login(municipality, METHODIST).post(address(first) + query, {"decision": "accept"})

    assert response.url == address(expected) + query


def test_a_return_without_a_reason_is_refused_at_the_field(municipality, round_, alpha):
    submission = submit(round_, alpha)

    response = login(municipality, METHODIST).post(
        address(submission), {"decision": "return_for_revision", "reason": "  "}
    )

    assert response.status_code == 422
    assert participation(round_, alpha).state == State.SUBMITTED
    assert 'aria-invalid="true"' in response.content.decode()


def test_a_return_keeps_the_reason_for_the_school(municipality, round_, alpha):
    submission = submit(round_, alpha)

    login(municipality, METHODIST).post(
        address(submission), {"decision": "return_for_revision", "reason": "Сверьте пары"}
    )

    with tenant_context(alpha):
        assert Decision.objects.get(submission=submission).reason == "Сверьте пары"


@pytest.mark.parametrize("decision", ["accept", "return_for_revision"])
def test_a_newer_revision_stops_the_decision_and_the_text_is_kept(municipality, round_, alpha, decision):
    old = submit(round_, alpha)
    return_(old, on=round_.opens)
    new = submit(round_, alpha)
    client = login(municipality, METHODIST)

    response = client.post(address(old), {"decision": decision, "reason": "Моя длинная причина"})

    page = response.content.decode()
    assert response.status_code == 409
    assert address(new) in page
    assert "Моя длинная причина" in page
    assert participation(round_, alpha).state == State.RESUBMITTED

    carried = client.post(address(new), {"decision": "look", "reason": "Моя длинная причина"})
    assert carried.status_code == 200
    assert "Моя длинная причина" in carried.content.decode()
    assert participation(round_, alpha).state == State.RESUBMITTED


def test_a_double_click_accepts_once_and_says_who_decided(municipality, round_, alpha):
    submission = submit(round_, alpha)
    client = login(municipality, METHODIST)
    client.post(address(submission), {"decision": "accept"})

    response = client.post(address(submission), {"decision": "accept", "reason": "ещё раз"})

    assert response.status_code == 409
    assert "ещё раз" in response.content.decode()
    with tenant_context(municipality):
        assert Decision.objects.count() == 1


def test_an_older_revision_is_for_reading_only(municipality, round_, alpha):
    old = submit(round_, alpha, USUAL | {"mentors": 30})
    return_(old, on=round_.opens)
    new = submit(round_, alpha)

    response = login(municipality, METHODIST).get(address(old))

    page = response.content.decode()
    assert row(response, "mentors").value == 30
    assert 'value="accept"' not in page
    assert address(new) in page


def test_the_department_reopens_with_a_reason(municipality, round_, alpha):
    submission = submit(round_, alpha)
    accept(submission, on=round_.opens)
    client = login(municipality, DEPARTMENT)
    assert client.post(address(submission), {"decision": "reopen", "reason": ""}).status_code == 422

    client.post(address(submission), {"decision": "reopen", "reason": "Ошибка в приказе"})

    found = participation(round_, alpha)
    assert (found.state, found.accepted) == (State.REOPENED, submission)


def test_a_methodist_does_not_reopen(municipality, round_, alpha):
    submission = submit(round_, alpha)
    accept(submission, on=round_.opens)
    client = login(municipality, METHODIST)

    response = client.post(address(submission), {"decision": "reopen", "reason": "Хочу"})

    assert response.status_code == 302
    assert participation(round_, alpha).state == State.ACCEPTED
    assert 'value="reopen"' not in client.get(address(submission)).content.decode()


@pytest.mark.parametrize("decision", ["", "delete", "exempt"])
def test_an_unknown_decision_is_not_found(municipality, round_, alpha, decision):
    submission = submit(round_, alpha)

    response = login(municipality, METHODIST).post(address(submission), {"decision": decision})

    assert response.status_code == 404
    assert participation(round_, alpha).state == State.SUBMITTED


@pytest.mark.parametrize("role", [CURATOR, SUPERUSER])
def test_a_school_neither_sees_nor_decides_here(round_, alpha, role):
    submission = submit(round_, alpha)
    client = login(alpha, role)

    codes = {
        client.get(address(submission)).status_code,
        client.post(address(submission), {"decision": "accept"}).status_code,
    }

    assert codes == {404}
    assert participation(round_, alpha).state == State.SUBMITTED


def test_what_does_not_exist_is_not_found(municipality):
    assert login(municipality, METHODIST).get("/admin/review/999999/").status_code == 404


def test_a_reopened_and_corrected_report_says_which_figures_count(municipality, round_, alpha):
    first = submit(round_, alpha)
    accept(first, on=round_.opens)
    reopen(first, on=round_.opens)
    second = submit(round_, alpha, USUAL | {"mentors": 7})

    response = login(municipality, METHODIST).get(address(second))

    assert response.context["participation"].accepted_id == first.pk


def test_text_that_a_school_typed_is_escaped(municipality, round_, alpha):
    submission = submit(round_, alpha, note="<script>alert(1)</script>")

    page = login(municipality, METHODIST).get(address(submission)).content.decode()

    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;" in page


def test_the_screen_needs_as_many_statements_for_twelve_schools_as_for_three(municipality, round_, alpha):
    submission = submit(round_, alpha)
    client = login(municipality, METHODIST)
    schools = make_schools(municipality, 12)
    client.get(address(submission))

    counted = []
    for some in (schools[:3], schools[3:]):
        hand_in(round_, some[0], USUAL)
        for school in some[1:]:
            hand_in_accepted(round_, school, USUAL)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(submission))
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_a_nul_character_neither_breaks_the_queues_search_nor_a_reason(municipality, round_, alpha):
    submission = submit(round_, alpha)
    client = login(municipality, METHODIST)

    assert client.get(address(submission), {"q": "a\0b"}).status_code == 200
    client.post(address(submission), {"decision": "return_for_revision", "reason": "Уточ\0ните"})

    with tenant_context(municipality):
        assert Decision.objects.get(submission=submission).reason == "Уточните"
