"""The queue: who may open it, what stands in it, what may be accepted unopened."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring_reports.submissions.actions import HandedValue
from mentoring_reports.submissions.enums import State
from tests.factories import CURATOR, DEPARTMENT, EDITOR, METHODIST, SUPERUSER, login, make_round
from tests.submissions.acting import DAY, accept, hand_over, participation, return_
from tests.workbooks.reporting import USUAL, hand_in, make_schools

QUEUE = "/admin/review/"


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def form_values(round_):
    """Every element filled with numbers that the checks have nothing against."""
    from django_tenants.utils import tenant_context

    with tenant_context(round_.municipality):
        codes = list(round_.form.elements.values_list("code", flat=True))
    return {code: PLAIN.get(code, 0) for code in codes}


PLAIN = {
    "teaching_staff": 40, "mentors": 6, "mentors_trained": 6, "mentees": 10, "mentees_teachers": 8,
    "mentees_in_pairs": 10, "young_teachers": 4, "young_teachers_with_mentor": 4, "plans": 10, "plans_approved": 10,
    "plans_due": 8, "plans_completed": 8, "roadmap_due": 20, "roadmap_done": 20, "roadmap_done_on_time": 20,
    "participants": 16, "participants_diagnosed": 16, "experts": 5, "sessions_per_group": 3, "publications": 2,
    "rubrics": 2, "external_events": 1, "practices_shared": 1, "mentees_answered": 10, "mentees_satisfied": 10,
    "mentors_answered": 6, "mentors_satisfied": 6, "mentees_measured": 10, "mentees_improved": 10,
    "closing_event_participants": 16, "closing_event_present": 16, "council_present": 40,
}  # fmt: skip


def submit(round_, school, values, **more):
    return hand_over(round_, school, values, on=round_.opens, **more)


def rows(response):
    return [entry["row"].school.short_name for entry in response.context["entries"]]


@pytest.mark.parametrize("role", [METHODIST, DEPARTMENT, SUPERUSER])
def test_the_municipalitys_staff_open_the_queue(municipality, role):
    assert login(municipality, role).get(QUEUE).status_code == 200


def test_who_has_no_permission_is_sent_away(municipality):
    assert login(municipality, None).get(QUEUE).status_code == 302


@pytest.mark.parametrize("role", [CURATOR, EDITOR, SUPERUSER])
def test_a_school_has_no_queue(alpha, role):
    assert login(alpha, role).get(QUEUE).status_code in {302, 404}


def test_a_schools_superuser_sees_neither_menu_nor_queue(alpha):
    client = login(alpha, SUPERUSER)

    assert client.get(QUEUE).status_code == 404
    assert QUEUE.encode() not in client.get("/admin/").content


def test_an_empty_queue_says_so(municipality):
    response = login(municipality, METHODIST).get(QUEUE)

    assert rows(response) == []
    assert "review-empty" in response.content.decode()


def test_the_oldest_comes_first_and_only_what_waits(municipality, round_, alpha, beta):
    third = make_schools(municipality, 1)[0]
    hand_over(round_, alpha, on=round_.opens + DAY)
    hand_over(round_, beta, on=round_.opens)
    hand_in(round_, third, USUAL, on=round_.opens + 2 * DAY)
    accept(participation(round_, third).latest)

    response = login(municipality, METHODIST).get(QUEUE)

    assert rows(response) == [beta.short_name, alpha.short_name]


def test_filters_by_territory_type_state_and_search(municipality, round_, alpha, beta):
    submit(round_, alpha, USUAL)
    return_(submit(round_, beta, USUAL))
    client = login(municipality, METHODIST)

    found = {
        query: rows(client.get(f"{QUEUE}?{query}"))
        for query in (
            f"territory={alpha.territory_id}",
            f"territory={beta.territory_id}",
            f"type={alpha.organisation_type_id}",
            f"round={round_.pk}",
            "state=returned",
            "state=returned&state=submitted",
            "q=школа",
            "q=лицей",
            "territory=nonsense",
        )
    }

    assert list(found.values()) == [
        [alpha.short_name], [], [alpha.short_name], [alpha.short_name], [beta.short_name],
        [alpha.short_name, beta.short_name], [alpha.short_name], [], [alpha.short_name],
    ]  # fmt: skip


def test_only_with_remarks_leaves_what_the_checks_object_to(municipality, round_, alpha, beta, form_values):
    submit(round_, alpha, form_values)
    submit(round_, beta, form_values | {"mentors": HandedValue(Decimal(6), Decimal(5), "Приказ позже")})
    client = login(municipality, METHODIST)

    assert rows(client.get(f"{QUEUE}?remarks=with")) == [beta.short_name]
    assert rows(client.get(f"{QUEUE}?remarks=without")) == [alpha.short_name]
    assert len(rows(client.get(QUEUE))) == 2


def test_what_has_no_remarks_is_accepted_at_once(municipality, round_, alpha, beta, form_values):
    plain, noted = submit(round_, alpha, form_values), submit(round_, beta, form_values, note="Прочтите, пожалуйста")
    client = login(municipality, METHODIST)
    shown = client.get(QUEUE).content.decode()
    assert f'id="choose-{plain.pk}"' in shown
    assert f'id="choose-{noted.pk}"' not in shown

    response = client.post(f"{QUEUE}accept/", {"submission": [plain.pk, noted.pk]}, follow=True)

    assert participation(round_, alpha).state == State.ACCEPTED
    assert participation(round_, beta).state == State.SUBMITTED
    assert beta.name in " ".join(str(message) for message in response.context["messages"])


def test_a_ticked_report_that_was_decided_meanwhile_is_named(municipality, round_, alpha, form_values):
    submission = submit(round_, alpha, form_values)
    client = login(municipality, METHODIST)
    return_(submission, on=round_.opens)

    response = client.post(f"{QUEUE}accept/", {"submission": [submission.pk, "x", "999999"]}, follow=True)

    assert participation(round_, alpha).state == State.RETURNED
    assert alpha.name in " ".join(str(message) for message in response.context["messages"])


def test_nothing_ticked_is_said(municipality):
    response = login(municipality, METHODIST).post(f"{QUEUE}accept/", {}, follow=True)

    assert len(response.context["messages"]) == 1


def test_a_page_of_the_queue_needs_as_many_statements_for_twelve_schools_as_for_three(municipality, round_):
    client = login(municipality, METHODIST)
    schools = make_schools(municipality, 12)
    client.get(QUEUE)

    counted = []
    for some in (schools[:3], schools[3:]):
        for school in some:
            hand_in(round_, school, USUAL)
        for query in ("", "?remarks=with"):
            with CaptureQueriesContext(connection) as queries:
                client.get(QUEUE + query)
            counted.append(len(queries))

    assert counted[:2] == counted[2:]


def test_a_ticked_number_that_no_key_can_be_is_passed_over(municipality):
    client = login(municipality, METHODIST)

    assert client.post("/admin/review/accept/", {"submission": ["9" * 5000, "9" * 30]}).status_code == 302
