"""Workbooks by mail after the due date: once each, to the right host, never from before the schedule."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from mentoring_reports.clock import pretend, today
from mentoring_reports.workbooks.enums import LetterState
from mentoring_reports.workbooks.models import MadeWorkbook, WorkbookLetter, WorkbookTemplate
from mentoring_reports.workbooks.sending import send_due
from tests.factories import make_round
from tests.workbooks.reporting import USUAL, hand_in_accepted

DAY = dt.timedelta(days=1)


@pytest.fixture
def round_(in_municipality, alpha):
    round_ = make_round(in_municipality, due=today() + DAY, closes=today() + 9 * DAY)
    hand_in_accepted(round_, alpha, USUAL)
    return round_


@pytest.fixture
def saved(round_):
    return WorkbookTemplate.objects.create(
        name="Для министерства", sheets=["data"], compares=False, days_after_due=2, author_name="Методист",
        addresses="a@ministry.test\nb@ministry.test", scheduled_from=today(),
    )  # fmt: skip


def send_on(day: dt.date) -> list[str]:
    with pretend(day):
        return send_due()


def test_a_workbook_goes_out_on_its_day_once_to_each_address(round_, saved):
    early = send_on(round_.due + DAY)
    sent_early = len(mail.outbox)
    wrong = send_on(round_.due + 2 * DAY)
    send_on(round_.due + 2 * DAY)
    send_on(round_.due + 3 * DAY)

    assert (early, sent_early, wrong) == ([], 0, [])
    assert [letter.to for letter in mail.outbox] == [["a@ministry.test"], ["b@ministry.test"]]
    assert MadeWorkbook.objects.count() == 1
    assert set(WorkbookLetter.objects.values_list("state", flat=True)) == {LetterState.SENT}


def test_the_letter_leads_to_the_municipalitys_own_host_and_carries_no_file(round_, saved):
    send_on(round_.due + 2 * DAY)

    workbook = MadeWorkbook.objects.get()
    letter = mail.outbox[0]
    assert f"http://portal.test/admin/workbooks/{workbook.pk}/" in letter.body
    assert workbook.sha256 in letter.body
    assert letter.attachments == []


def test_a_small_file_is_attached_where_that_is_wanted_and_a_large_one_is_not(round_, saved, settings):
    WorkbookTemplate.objects.update(attaches=True, addresses="a@ministry.test")
    send_on(round_.due + 2 * DAY)
    WorkbookTemplate.objects.update(addresses="c@ministry.test")
    settings.MENTORING_WORKBOOK_ATTACHMENT_LIMIT = 10
    send_on(round_.due + 2 * DAY)

    assert [len(letter.attachments) for letter in mail.outbox] == [1, 0]
    assert mail.outbox[0].attachments[0][1][:2] == b"PK"


def test_a_round_from_before_the_schedule_or_long_past_is_not_sent(round_, saved):
    WorkbookTemplate.objects.update(scheduled_from=round_.due + 3 * DAY)
    send_on(round_.due + 4 * DAY)
    WorkbookTemplate.objects.update(scheduled_from=round_.due)
    send_on(round_.due + 60 * DAY)

    assert mail.outbox == []


def test_without_a_day_nothing_is_sent(round_, saved):
    WorkbookTemplate.objects.update(days_after_due=None)

    send_on(round_.due + 2 * DAY)

    assert mail.outbox == []


class Refusing(EmailBackend):
    """Refuses one address."""

    def send_messages(self, messages):
        if messages[0].to == ["a@ministry.test"]:
            raise OSError("mailbox unavailable")
        return super().send_messages(messages)


def test_a_refused_letter_is_told_and_tried_again_and_the_other_is_not_sent_twice(round_, saved, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    wrong = send_on(round_.due + 2 * DAY)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_on(round_.due + 3 * DAY)

    assert wrong == ["a@ministry.test: mailbox unavailable"]
    assert [letter.to for letter in mail.outbox] == [["b@ministry.test"], ["a@ministry.test"]]


def test_a_letter_whose_fate_nobody_knows_is_not_sent_again(round_, saved):
    WorkbookLetter.objects.create(template=saved, round_id=round_.pk, address="a@ministry.test")

    send_on(round_.due + 2 * DAY)

    assert [letter.to for letter in mail.outbox] == [["b@ministry.test"]]


class Away(EmailBackend):
    """A server that does not answer."""

    def open(self):
        raise OSError("connection refused")


def test_a_server_that_is_away_loses_nothing_and_the_command_says_so(round_, saved, settings, capsys):
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    with pretend(round_.due + 2 * DAY):
        with pytest.raises(CommandError, match="municipality_portal"):
            call_command("look_after_workbooks")
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        call_command("look_after_workbooks")

    assert "connection refused" in capsys.readouterr().err
    assert len(mail.outbox) == 2
