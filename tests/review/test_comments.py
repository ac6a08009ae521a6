"""Comments on single values: sent with the decision, kept whenever it is refused, shown where they belong."""

from __future__ import annotations

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.review.comments import typed_comments
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import Remark
from tests.factories import METHODIST, login, make_round
from tests.review.handing import address, returned, submit
from tests.submissions.acting import participation
from tests.workbooks.reporting import USUAL

SAID = "Сверьте с приказом № 12"


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def methodist(municipality):
    return login(municipality, METHODIST)


def row(response, code):
    return next(row for row in response.context["sheet"].rows if row.element.code == code)


@pytest.mark.parametrize("decision", ["accept", "return_for_revision"])
def test_comments_go_along_with_the_decision_and_reach_the_school(methodist, round_, alpha, decision):
    submission = submit(round_, alpha)

    methodist.post(
        address(submission), {"decision": decision, "reason": "Причина", "remark-mentors": SAID, "remark-mentees": " "}
    )

    with tenant_context(alpha):
        said = Remark.objects.select_related("decision").get()
        assert (said.element_code, said.text, said.decision.kind) == ("mentors", SAID, decision)


def test_a_refused_return_keeps_every_comment_in_its_field(methodist, round_, alpha):
    submission = submit(round_, alpha)

    response = methodist.post(
        address(submission),
        {"decision": "return_for_revision", "reason": "", "remark-mentors": SAID, "remark-mentees": "И это"},
    )

    assert response.status_code == 422
    assert [row(response, code).typed for code in ("mentors", "mentees", "experts")] == [SAID, "И это", ""]
    assert response.content.decode().count('<details class="review-comment" open>') == 2
    assert participation(round_, alpha).state == State.SUBMITTED


def test_a_newer_revision_keeps_comments_and_takes_them_along(methodist, round_, alpha):
    old = returned(round_, alpha)
    new = submit(round_, alpha)
    typed = {"decision": "return_for_revision", "reason": "Причина", "remark-mentors": SAID}

    refused = methodist.post(address(old), typed)
    carried = methodist.post(address(new), {**typed, "decision": "look"})

    assert refused.status_code == 409
    assert 'name="remark-mentors"' in refused.content.decode()
    assert SAID in refused.content.decode()
    assert row(carried, "mentors").typed == SAID
    with tenant_context(round_.municipality):
        assert not Remark.objects.exists()


def test_when_a_colleague_was_faster_what_was_typed_can_still_be_read(municipality, methodist, round_, alpha):
    submission = submit(round_, alpha)
    colleague = login(municipality, METHODIST, "colleague")
    colleague.post(address(submission), {"decision": "accept"})

    response = methodist.post(
        address(submission), {"decision": "return_for_revision", "reason": "Моя причина", "remark-mentors": SAID}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "colleague" in str(response.context["conflict"])
    assert "Моя причина" in page
    assert SAID in page
    assert participation(round_, alpha).state == State.ACCEPTED


def test_earlier_comments_stand_at_their_value_with_the_revision(methodist, round_, alpha):
    first = submit(round_, alpha)
    methodist.post(address(first), {"decision": "return_for_revision", "reason": "Проверьте", "remark-mentors": SAID})
    second = submit(round_, alpha, USUAL | {"mentors": 7})

    response = methodist.get(address(second))

    said = row(response, "mentors").comments
    assert [(comment.text, comment.submission.revision) for comment in said] == [(SAID, 1)]
    assert row(response, "mentees").comments == []
    assert 'data-review-said="mentors"' in response.content.decode()


def test_a_comment_on_what_the_form_does_not_ask_for_is_refused_and_nothing_is_decided(methodist, round_, alpha):
    submission = submit(round_, alpha)

    response = methodist.post(address(submission), {"decision": "accept", "remark-unknown": SAID})

    assert response.status_code == 422
    assert participation(round_, alpha).state == State.SUBMITTED


def test_a_comment_cannot_be_markup(methodist, round_, alpha):
    submission = submit(round_, alpha)
    methodist.post(
        address(submission),
        {"decision": "return_for_revision", "reason": "Так", "remark-mentors": "<script>alert(1)</script>"},
    )

    assert "<script>alert(1)</script>" not in methodist.get(address(submission)).content.decode()


def test_fields_that_are_no_comments_are_passed_over():
    fields = {"remark-": "a", "remark-" + "x" * 51: "b", "reason": "c", "remark-a\0": "d", "remark-mentors": "e\0f"}

    assert typed_comments(fields) == {"mentors": "ef"}


def test_only_who_may_decide_is_offered_the_fields(methodist, round_, alpha):
    old = returned(round_, alpha)
    new = submit(round_, alpha)

    assert "remark-mentors" not in methodist.get(address(old)).content.decode()
    assert "remark-mentors" in methodist.get(address(new)).content.decode()
