"""The queue: who may open it, what stands in it, what may be accepted unopened."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring_reports.submissions.actions import HandedValue
from mentoring_reports.submissions.enums import State
from tests.factories import CURATOR, DEPARTMENT, EDITOR, METHODIST, SUPERUSER, login, make_round, make_school_row
from tests.review.handing import file_for, make_earlier_round, plain_values
from tests.submissions.acting import DAY, accept, hand_over, participation, return_
from tests.submissions.acting import METHODIST as FILER
from tests.workbooks.reporting import USUAL, hand_in, make_schools

QUEUE = "/admin/review/"


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def form_values(round_):
    """Every element filled with numbers that the checks have nothing against."""
    return plain_values(round_)


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


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("handed", ["Б № 2", "А", "Б № 10"]),
        ("-handed", ["Б № 10", "А", "Б № 2"]),
        ("school", ["А", "Б № 2", "Б № 10"]),
        ("-school", ["Б № 10", "Б № 2", "А"]),
        ("nonsense", ["Б № 2", "А", "Б № 10"]),
        ("-nonsense", ["Б № 2", "А", "Б № 10"]),
    ],
)
def test_columns_sort_and_numbers_in_names_are_numbers(municipality, round_, order, names):
    for number, name in enumerate(("Б № 2", "А", "Б № 10")):
        school = make_school_row(municipality, 90 + number, name=name, short_name=name)
        hand_in(round_, school, USUAL, on=round_.opens + number * DAY)

    assert rows(login(municipality, METHODIST).get(f"{QUEUE}?ordering={order}")) == names


@pytest.mark.parametrize("order", ["territory", "-round", "state"])
def test_every_column_that_is_offered_sorts(municipality, round_, alpha, beta, order):
    submit(round_, alpha, USUAL)
    submit(round_, beta, USUAL)

    assert len(rows(login(municipality, METHODIST).get(f"{QUEUE}?ordering={order}"))) == 2


def test_next_follows_the_order_of_the_queue(municipality, round_, alpha, beta):
    first, second = submit(round_, beta, USUAL), hand_over(round_, alpha, USUAL, on=round_.opens + DAY)
    client = login(municipality, METHODIST)
    third = hand_in(round_, make_school_row(municipality, 80, short_name="Ясли"), USUAL, on=round_.opens - DAY)
    by_name = [entry["row"].latest_id for entry in client.get(f"{QUEUE}?ordering=-school").context["entries"]]

    assert set(by_name) == {first.pk, second.pk, third.pk}
    response = client.post(f"{QUEUE}{by_name[0]}/?ordering=-school", {"decision": "accept"})
    assert response.url == f"{QUEUE}{by_name[1]}/?ordering=-school"


def test_the_queue_is_a_table_with_the_same_filters_and_no_formula(municipality, round_, alpha, beta, form_values):
    submit(round_, alpha, form_values, note="=HYPERLINK(1)")
    return_(submit(round_, beta, USUAL))

    response = login(municipality, METHODIST).get(f"{QUEUE}table.csv?state=submitted")

    text = response.content.decode("utf-8-sig")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in response["Content-Disposition"]
    lines = text.splitlines()
    assert len(lines) == 2
    assert lines[1].split(";")[0] == alpha.short_name
    assert "'=HYPERLINK" in lines[1]


def test_a_copy_of_the_last_report_is_not_accepted_unopened(municipality, round_, alpha, form_values):
    earlier = make_earlier_round(round_)
    accept(submit(earlier, alpha, form_values), on=earlier.opens)
    copied = submit(round_, alpha, form_values)
    client = login(municipality, METHODIST)

    entry = client.get(QUEUE).context["entries"][0]
    client.post(f"{QUEUE}accept/", {"submission": [copied.pk]})

    assert [oddity.code for oddity in entry["flags"].oddities] == ["copy"]
    assert not entry["is_plain"]
    assert participation(round_, alpha).state == State.SUBMITTED
    assert rows(client.get(f"{QUEUE}?remarks=with")) == [alpha.short_name]


def test_what_the_municipality_filed_itself_is_not_accepted_unopened(municipality, round_, alpha):
    filed = file_for(round_, alpha, FILER)

    login(municipality, METHODIST).post(f"{QUEUE}accept/", {"submission": [filed.pk]})

    assert participation(round_, alpha).state == State.SUBMITTED


def test_counters_say_what_waits(municipality, round_, alpha, beta):
    return_(submit(round_, alpha, USUAL))
    submit(round_, alpha, USUAL)
    return_(submit(round_, beta, USUAL))

    counters = login(municipality, METHODIST).get(QUEUE).context["counters"]

    assert (counters.waiting, counters.again, counters.returned) == (1, 1, 1)
