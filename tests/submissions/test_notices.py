"""Schools get a letter about a decision; a letter that cannot be sent changes nothing."""

from __future__ import annotations

import pytest
from django.core import mail
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.enums import State
from tests.factories import CURATOR, EDITOR, make_user
from tests.submissions.acting import accept, hand_over, make_dated_round, participation, reopen, return_


@pytest.fixture
def round_(municipality):
    return make_dated_round(municipality, title="Сбор за полугодие")


def test_a_return_is_mailed_to_the_schools_curators_with_the_reason_and_a_link_to_its_own_host(
    round_, alpha, beta, django_capture_on_commit_callbacks
):
    curator = make_user(alpha, CURATOR)
    make_user(alpha, EDITOR)
    make_user(beta, CURATOR)
    submission = hand_over(round_, alpha)

    with django_capture_on_commit_callbacks(execute=True):
        return_(submission, reason="Сверьте число пар с приказом.")

    (letter,) = mail.outbox
    assert letter.to == [curator.email]
    assert "Сбор за полугодие" in letter.subject
    assert "Сверьте число пар с приказом." in letter.body
    assert f"http://alpha.portal.test/admin/school-reports/{round_.pk}/" in letter.body


def test_acceptance_and_reopening_are_mailed_too(round_, alpha, django_capture_on_commit_callbacks):
    make_user(alpha, CURATOR)
    submission = hand_over(round_, alpha)

    with django_capture_on_commit_callbacks(execute=True):
        accept(submission)
        reopen(submission, reason="Нашлась ошибка.")

    assert len(mail.outbox) == 2
    assert "Нашлась ошибка." in mail.outbox[1].body


def test_nothing_is_mailed_when_the_decision_is_rolled_back(round_, alpha, django_capture_on_commit_callbacks):
    from mentoring_reports.submissions.errors import StaleRevision

    make_user(alpha, CURATOR)
    submission = hand_over(round_, alpha)
    return_(submission)

    with django_capture_on_commit_callbacks(execute=True) as callbacks, pytest.raises(StaleRevision):
        accept(submission)

    assert callbacks == []
    assert mail.outbox == []


def test_a_letter_that_cannot_be_sent_leaves_the_decision_and_a_line_in_the_log(
    round_, alpha, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.submissions.broken_mail.BrokenMail"
    make_user(alpha, CURATOR)
    submission = hand_over(round_, alpha)

    with django_capture_on_commit_callbacks(execute=True):
        accept(submission)

    assert participation(round_, alpha).state == State.ACCEPTED
    assert "No letter was sent" in caplog.text


def test_a_title_with_a_line_break_cannot_add_a_header(round_, alpha, django_capture_on_commit_callbacks):
    make_user(alpha, CURATOR)
    with tenant_context(round_.municipality):
        round_.title = "Сбор\nBcc: everyone@example.test"
        round_.save()
    submission = hand_over(round_, alpha)

    with django_capture_on_commit_callbacks(execute=True):
        accept(submission)

    (letter,) = mail.outbox
    assert "\n" not in letter.subject
    assert letter.bcc == []
