"""Two revisions beside each other: the one that was returned by default, any other on request."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.actions import Author, Evidence, HandedValue
from tests.factories import METHODIST, client_at, login, make_round, make_user
from tests.review.handing import address, file_for, returned, submit, submit_with_evidence
from tests.submissions.acting import return_
from tests.workbooks.reporting import USUAL

ORDER = Evidence("Приказ о наставниках", "https://school.example/order", "mentors")
REPORT = Evidence("Отчёт за год", "https://school.example/report")


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def methodist(municipality):
    return login(municipality, METHODIST)


def changed(response):
    return [(row.element.code, row.before.value, row.value) for row in response.context["sheet"].differences.changed]


def test_any_two_revisions_are_compared(methodist, round_, alpha):
    for mentors in (30, 20):
        returned(round_, alpha, USUAL | {"mentors": mentors})
    third = submit(round_, alpha, USUAL | {"mentors": 6})

    by_default, first = methodist.get(address(third)), methodist.get(address(third) + "?against=1")

    assert changed(by_default) == [("mentors", 20, 6)]
    assert changed(first) == [("mentors", 30, 6)]


def test_an_older_revision_is_compared_with_a_newer_one(methodist, round_, alpha):
    first = returned(round_, alpha, USUAL | {"mentors": 30})
    submit(round_, alpha, USUAL | {"mentors": 6})

    assert changed(methodist.get(address(first) + "?against=2")) == [("mentors", 6, 30)]


@pytest.mark.parametrize("against", ["7", "2", "x", "1\0", "9" * 50])
def test_a_revision_that_is_not_there_means_the_one_before(methodist, round_, alpha, against):
    returned(round_, alpha, USUAL | {"mentors": 30})
    second = submit(round_, alpha, USUAL | {"mentors": 6})

    assert changed(methodist.get(address(second), {"against": against})) == [("mentors", 30, 6)]


def test_what_is_compared_does_not_follow_to_the_next_report(methodist, round_, alpha, beta):
    returned(round_, alpha)
    second = submit(round_, alpha)
    following = submit(round_, beta)

    response = methodist.post(f"{address(second)}?against=1&ordering=school", {"decision": "accept"})

    assert response.url == f"{address(following)}?ordering=school"


def test_a_changed_reason_note_and_evidence_are_changes_too(methodist, round_, alpha):
    before = submit_with_evidence(round_, alpha, ORDER, REPORT, note="Сдаём")
    return_(before, on=round_.opens)
    values = USUAL | {"mentors": HandedValue(Decimal(6), None, "Приказ позже")}
    second = submit(round_, alpha, values, note="Исправили")

    found = methodist.get(address(second)).context["sheet"].differences

    assert [row.element.code for row in found.changed] == ["mentors"]
    assert found.note_was_changed
    assert {link.title for link in found.evidence_gone} == {ORDER.title, REPORT.title}
    assert found.evidence_added == []


def test_a_resubmission_without_any_change_says_so(methodist, round_, alpha):
    returned(round_, alpha)
    second = submit(round_, alpha)

    assert not methodist.get(address(second)).context["sheet"].differences


def test_evidence_stands_at_its_value_and_says_where_it_leads(methodist, round_, alpha):
    submission = submit_with_evidence(round_, alpha, ORDER, REPORT)

    response = methodist.get(address(submission))

    page, sheet = response.content.decode(), response.context["sheet"]
    links = next(row for row in sheet.rows if row.element.code == "mentors").evidence
    assert [(link.title, link.host) for link in links] == [(ORDER.title, "school.example")]
    assert [link.title for link in sheet.evidence] == [REPORT.title]
    assert f'href="{ORDER.url}" target="_blank" rel="noopener noreferrer"' in page


def test_what_is_no_address_of_the_web_is_never_a_link(methodist, round_, alpha):
    submission = submit_with_evidence(round_, alpha, Evidence("Сюда", "javascript:alert(1)", "mentors"))

    page = methodist.get(address(submission)).content.decode()

    assert 'href="javascript:' not in page
    assert "Сюда" in page


def test_a_report_filed_by_the_municipality_is_marked_and_its_author_is_warned(municipality, round_, alpha):
    user = make_user(municipality, METHODIST)
    author, colleague = client_at(municipality), login(municipality, METHODIST, "colleague")
    with tenant_context(municipality):
        author.force_login(user)
    submission = file_for(round_, alpha, Author(user.username, user.pk, municipality.schema_name))

    own, other = author.get(address(submission)), colleague.get(address(submission))

    assert (own.context["is_own_filing"], other.context["is_own_filing"]) == (True, False)
    assert submission.behalf_reason in other.content.decode()
