"""Who is told what, in one letter a day, with links to the right host, however often the job runs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.users.models import UserProfile

from mentoring_reports.clock import pretend
from mentoring_reports.letters.models import Delivered
from mentoring_reports.notices.choices import keep_plan, keep_text
from mentoring_reports.notices.enums import NoticeKind
from mentoring_reports.submissions import actions
from tests.factories import CURATOR, EDITOR, METHODIST, make_user
from tests.letters.mailserver import html_of, text_of
from tests.letters.sending import DAY, send
from tests.submissions.acting import (
    CLOSES,
    DUE,
    OPENS,
    accept,
    exempt,
    extend,
    hand_over,
    make_dated_round,
    reopen,
    return_,
)
from tests.submissions.acting import METHODIST as AUTHOR


def test_a_round_that_opens_is_mailed_to_curators_with_a_link_to_their_own_host(round_, alpha, beta, mailserver):
    at_alpha, at_beta = make_user(alpha, CURATOR), make_user(beta, CURATOR)
    make_user(alpha, EDITOR)

    send(OPENS)

    assert {letter["To"] for letter in mailserver.letters} == {at_alpha.email, at_beta.email}
    (letter,) = mailserver.to(at_alpha.email)
    for content in (text_of(letter), html_of(letter)):
        assert f"http://alpha.portal.test/admin/school-reports/{round_.pk}/" in content
        assert "beta.portal.test" not in content
    (other,) = mailserver.to(at_beta.email)
    assert f"http://beta.portal.test/admin/school-reports/{round_.pk}/" in text_of(other)


def test_the_letter_names_round_and_dates_in_russian_and_says_how_to_stop(round_, alpha, mailserver):
    curator = make_user(alpha, CURATOR)

    send(OPENS)

    (letter,) = mailserver.to(curator.email)
    assert "Сбор за полугодие" in letter["Subject"]
    assert "15 июня 2026" in text_of(letter)
    assert "30 июня 2026" in text_of(letter)
    assert letter["From"] == "portal@portal.test"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"].strip().startswith("<http://alpha.portal.test/letters/opt-out/")
    assert letter["List-Unsubscribe"].strip("<> ") in text_of(letter)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_running_the_job_again_sends_nothing_again(round_, alpha, mailserver):
    make_user(alpha, CURATOR)

    for _run in range(3):
        send(OPENS)
    send(OPENS + DAY)

    assert len(mailserver.letters) == 1


def test_a_return_is_told_with_its_reason_and_who_decided(round_, alpha, mailserver):
    curator = make_user(alpha, CURATOR)
    return_(hand_over(round_, alpha), on=OPENS + DAY, reason="Сверьте число пар с приказом.")

    send(OPENS + DAY)

    (letter,) = mailserver.to(curator.email)
    assert "Сверьте число пар с приказом." in text_of(letter)
    assert "Сверьте число пар с приказом." in html_of(letter)
    assert "Методист Примерный" in text_of(letter)


def told(school, address):
    """The kinds of keys that a user of the school was told, in order."""
    with tenant_context(school):
        keys = Delivered.objects.filter(user__email=address).order_by("pk").values_list("key", flat=True)
        return [key.split(":")[0] for key in keys]


def test_all_news_of_a_day_come_in_one_letter_and_later_ones_wait_for_tomorrow(round_, alpha, municipality, mailserver):
    curator = make_user(alpha, CURATOR)
    other = make_dated_round(municipality, "2026-2", title="Второй сбор")
    accept(hand_over(round_, alpha))
    send(OPENS)
    return_(hand_over(other, alpha))
    send(OPENS)

    first = mailserver.to(curator.email)
    send(OPENS + DAY)
    second = mailserver.to(curator.email)[len(first) :]

    assert [len(first), len(second)] == [1, 1]
    assert "Сбор за полугодие" in text_of(first[0])
    assert "Второй сбор" in text_of(first[0])
    assert told(alpha, curator.email) == ["decision", "opens", "decision"]


def test_what_the_school_answered_before_the_letter_went_is_not_told(round_, alpha, mailserver):
    make_user(alpha, CURATOR)
    return_(hand_over(round_, alpha))
    hand_over(round_, alpha)

    send(OPENS)

    assert mailserver.letters == []


def test_of_two_decisions_about_a_revision_the_one_that_holds_is_told(round_, alpha, mailserver):
    make_user(alpha, CURATOR)
    submission = hand_over(round_, alpha)
    accept(submission)
    reopen(submission, on=OPENS, reason="Нашлась ошибка.")

    send(OPENS)

    (letter,) = mailserver.letters
    assert "Нашлась ошибка." in text_of(letter)


def days_of_letters(mailserver, days, school):
    """On which of the days a letter came."""
    came = []
    for day in days:
        before = len(mailserver.letters)
        send(day, only=school.schema_name)
        came += [day] * (len(mailserver.letters) - before)
    return came


def test_reminders_come_before_on_and_after_the_due_date(round_, alpha, mailserver):
    make_user(alpha, CURATOR)

    came = days_of_letters(mailserver, [OPENS + DAY * n for n in range(1, 31)], alpha)

    assert came == [OPENS + DAY, DUE - DAY * 7, DUE - DAY, DUE, DUE + DAY, DUE + DAY * 7]


def test_an_extension_is_told_and_moves_the_reminders(round_, alpha, mailserver):
    make_user(alpha, CURATOR)
    send(DUE - DAY * 7)
    extend(round_, alpha, DUE + DAY * 10, on=DUE - DAY * 6, reason="Карантин.")

    came = days_of_letters(mailserver, [DUE + DAY * n for n in range(-6, 13)], alpha)

    assert came == [DUE - DAY * 6, DUE + DAY * 3, DUE + DAY * 9, DUE + DAY * 10, DUE + DAY * 11]
    assert "25 июня 2026" in text_of(mailserver.letters[1])
    assert "Карантин." in text_of(mailserver.letters[1])


def test_an_accepted_report_is_never_reminded_of_a_returned_one_is(round_, alpha, beta, mailserver):
    make_user(alpha, CURATOR)
    make_user(beta, CURATOR)
    accept(hand_over(round_, alpha))
    return_(hand_over(round_, beta))
    send(OPENS)

    assert days_of_letters(mailserver, [DUE, DUE + DAY], alpha) == []
    assert days_of_letters(mailserver, [DUE, DUE + DAY], beta) == [DUE, DUE + DAY]


def test_an_exempt_school_is_told_so_and_told_again_when_it_is_expected(round_, alpha, municipality, mailserver):
    curator = make_user(alpha, CURATOR)
    exempt(round_, alpha, reason="Капитальный ремонт.")
    send(OPENS)
    with tenant_context(municipality), pretend(OPENS + DAY):
        actions.withdraw_exemption(round_=round_, school=alpha, by=AUTHOR)
    send(OPENS + DAY)

    assert "Капитальный ремонт." in text_of(mailserver.letters[0])
    assert told(alpha, curator.email)[:2] == ["exemption", "expected-again"]


def test_days_of_reminders_are_the_municipalitys(round_, alpha, municipality, mailserver):
    make_user(alpha, CURATOR)
    with tenant_context(municipality):
        keep_plan(municipality=municipality, days_before=[3], days_after=[])
    send(OPENS)

    came = days_of_letters(mailserver, [OPENS + DAY * n for n in range(1, 30)], alpha)

    assert came == [DUE - DAY * 3, DUE]


def test_the_municipalitys_own_text_is_sent_and_one_switched_off_is_not(round_, alpha, municipality, mailserver):
    make_user(alpha, CURATOR)
    with tenant_context(municipality):
        text = {"municipality": municipality, "language": "ru"}
        keep_text(
            kind=NoticeKind.OPENS, subject="Начали: {round}", body="{school}, ждём до {due}!", enabled=True, **text
        )
        keep_text(kind=NoticeKind.BEFORE, subject="", body="", enabled=False, **text)

    came = days_of_letters(mailserver, [OPENS, DUE - DAY * 7, DUE - DAY, DUE], alpha)

    assert came == [OPENS, DUE]
    assert mailserver.letters[0]["Subject"].strip() == "Начали: Сбор за полугодие"
    assert "Школа № 1, ждём до 15 июня 2026" in text_of(mailserver.letters[0])


def test_a_line_break_in_a_title_cannot_add_a_header_nor_a_reason_add_markup(round_, alpha, municipality, mailserver):
    make_user(alpha, CURATOR)
    with tenant_context(municipality):
        round_.title = "Сбор\r\nBcc: everyone@example.test"
        round_.save()
    return_(hand_over(round_, alpha), reason="<script>alert(1)</script>\nBcc: everyone@example.test")

    send(OPENS)

    (letter,) = mailserver.letters
    assert letter["Bcc"] is None
    assert letter["Subject"].startswith("«Сбор Bcc: everyone@example.test»") or "\n" not in letter["Subject"]
    assert "<script>" not in html_of(letter)
    assert "&lt;script&gt;" in html_of(letter)


def test_a_placeholder_inside_a_value_is_not_replaced(round_, alpha, mailserver):
    make_user(alpha, CURATOR)
    return_(hand_over(round_, alpha), reason="{round} {{ settings.SECRET_KEY }} {% now 'Y' %}")

    send(OPENS)

    assert "{round} {{ settings.SECRET_KEY }} {% now 'Y' %}" in text_of(mailserver.letters[0])


def test_a_recipient_is_written_to_in_the_language_chosen_for_the_admin(round_, alpha, settings, mailserver):
    settings.LANGUAGES = [("ru", "Русский"), ("en", "English")]
    russian, english = make_user(alpha, CURATOR), make_user(alpha, CURATOR, "reader")
    with tenant_context(alpha):
        UserProfile.objects.create(user=english, preferred_language="en")

    send(OPENS)

    assert "15 June 2026" in text_of(mailserver.to(english.email)[0])
    assert "has opened" in mailserver.to(english.email)[0]["Subject"]
    assert "15 июня 2026" in text_of(mailserver.to(russian.email)[0])


def test_who_left_or_has_no_address_gets_nothing_and_one_address_gets_one_letter(round_, alpha, mailserver):
    kept, twin, gone, silent = (make_user(alpha, CURATOR, name) for name in ("kept", "twin", "gone", "silent"))
    with tenant_context(alpha):
        get_user_model().objects.filter(pk=twin.pk).update(email=kept.email.upper())
        get_user_model().objects.filter(pk=gone.pk).update(is_active=False)
        get_user_model().objects.filter(pk=silent.pk).update(email="")

    send(OPENS)

    assert [letter["To"] for letter in mailserver.letters] == [kept.email]


def test_old_decisions_are_no_news_to_a_new_curator(round_, alpha, mailserver):
    accept(hand_over(round_, alpha))
    make_user(alpha, CURATOR)

    send(CLOSES + DAY)

    assert mailserver.letters == []


def test_methodists_get_one_overview_and_only_when_something_is_new(round_, alpha, beta, municipality, mailserver):
    methodist = make_user(municipality, METHODIST)
    send(OPENS)
    send(OPENS + DAY)
    hand_over(round_, alpha, on=OPENS + DAY * 2)
    hand_over(round_, beta, on=OPENS + DAY * 2)
    send(OPENS + DAY * 2)
    send(OPENS + DAY * 3)
    send(DUE + DAY)

    opening, waiting, due = mailserver.to(methodist.email)
    assert f"http://portal.test/admin/rounds/{round_.pk}/" in text_of(opening)
    assert f"http://portal.test/admin/review/?round={round_.pk}" in text_of(waiting)
    assert f"http://portal.test/admin/rounds/{round_.pk}/" in text_of(due)


def test_the_number_of_statements_does_not_grow_with_the_recipients(round_, alpha, mailserver):
    make_user(alpha, CURATOR)
    send(OPENS, only=alpha.schema_name)
    with CaptureQueriesContext(connection) as few:
        send(OPENS, only=alpha.schema_name)
    for number in range(5):
        make_user(alpha, CURATOR, f"curator-{number}")
    send(OPENS, only=alpha.schema_name)

    with CaptureQueriesContext(connection) as many:
        send(OPENS, only=alpha.schema_name)

    assert len(many) == len(few)


@pytest.mark.parametrize("hour", [0, 23])
def test_the_day_is_the_municipalitys_own(round_, alpha, mailserver, hour):
    make_user(alpha, CURATOR)

    send(OPENS, at=dt.time(hour, 30))

    assert len(mailserver.letters) == 1
