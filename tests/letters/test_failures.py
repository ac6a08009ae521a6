"""What goes wrong on the way: nothing is lost, nothing comes twice, one broken organisation stops no other."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.management import CommandError
from django.db import connection
from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.letters import deliveries
from mentoring_reports.letters.enums import DeliveryState
from mentoring_reports.letters.models import Delivered, Delivery
from mentoring_reports.notices.models import MailStanding
from tests.factories import CURATOR, login, make_user
from tests.letters.mailserver import text_of
from tests.letters.sending import DAY, send
from tests.submissions.acting import DUE, OPENS, hand_over, make_dated_round, return_


def letters_of(school):
    with tenant_context(school):
        return list(Delivery.objects.order_by("pk").values_list("state", "error"))


def test_a_server_that_is_down_loses_nothing_and_is_told_by_the_exit_code(round_, alpha, mailserver):
    make_user(alpha, CURATOR)
    mailserver.stop()
    with pytest.raises(CommandError, match=r"mail server|[Пп]очтовый сервер"):
        send(OPENS)
    assert letters_of(alpha) == []

    mailserver.start()
    send(OPENS)

    assert len(mailserver.letters) == 1


def test_a_server_that_says_later_is_asked_again_the_same_day(round_, alpha, mailserver):
    curator = make_user(alpha, CURATOR)
    mailserver.refusals[curator.email] = "451 greylisted"
    with pytest.raises(CommandError, match=alpha.schema_name):
        send(OPENS)
    assert letters_of(alpha) == [(DeliveryState.QUEUED, "451 greylisted")]

    mailserver.refusals.clear()
    send(OPENS)
    send(OPENS)

    assert len(mailserver.letters) == 1
    assert letters_of(alpha) == [(DeliveryState.SENT, "")]


def test_a_letter_refused_for_what_it_is_tries_again_tomorrow(round_, alpha, mailserver):
    make_user(alpha, CURATOR)
    mailserver.on_data = "554 looks like spam"
    with pytest.raises(CommandError):
        send(OPENS)
    mailserver.on_data = ""
    send(OPENS)
    assert mailserver.letters == []

    send(OPENS + DAY)

    assert len(mailserver.letters) == 1


def test_a_refused_address_is_no_failure_of_the_run_and_stops_after_three(round_, alpha, beta, mailserver):
    curator, other = make_user(alpha, CURATOR), make_user(beta, CURATOR)
    mailserver.refusals[curator.email] = "550 no such user"

    for day in range(6):
        send(OPENS + DAY * day)

    assert letters_of(alpha) == [(DeliveryState.BOUNCED, "550 no such user")] * 3
    assert len(mailserver.to(other.email)) == 1


def test_a_corrected_address_gets_what_could_not_be_delivered(round_, alpha, mailserver):
    curator = make_user(alpha, CURATOR)
    mailserver.refusals[curator.email] = "550 no such user"
    return_(hand_over(round_, alpha), reason="Сверьте число пар.")
    for day in range(4):
        send(OPENS + DAY * day)
    with tenant_context(alpha):
        curator.email = "right@school.test"
        curator.save()

    send(OPENS + DAY * 5)

    (letter,) = mailserver.to("right@school.test")
    assert "Сверьте число пар." in text_of(letter)


def test_an_address_that_is_none_is_a_refusal_too(round_, alpha, mailserver):
    curator = make_user(alpha, CURATOR)
    with tenant_context(alpha):
        curator.email = "curator at school"
        curator.save()

    send(OPENS)

    assert [state for state, _error in letters_of(alpha)] == [DeliveryState.BOUNCED]


def test_the_curator_sees_at_home_that_letters_come_back(round_, alpha, mailserver):
    client = login(alpha, CURATOR)
    with tenant_context(alpha):
        address = Delivery._meta.get_field("user").related_model.objects.get(username="curator").email
    assert address not in client.get("/admin/").content.decode()
    mailserver.refusals[address] = "550 5.1.1 no such user"
    send(dt.date.today())

    page = client.get("/admin/").content.decode()

    # The round of these tests lies in another month: nothing was sent, nothing is shown.
    assert "returned-mail" not in page

    make_dated_round(round_.municipality, "now", opens=dt.date.today(), due=dt.date.today() + DAY * 5,
                     closes=dt.date.today() + DAY * 9)  # fmt: skip
    send(dt.date.today())
    page = client.get("/admin/").content.decode()
    assert "returned-mail" in page
    assert "550 5.1.1 no such user" in page


def test_a_letter_whose_process_died_is_sent_once_more_as_the_same_letter_and_never_again(round_, alpha, mailserver):
    curator = make_user(alpha, CURATOR)
    token = interrupt(alpha, curator, OPENS, dt.time(8))

    send(OPENS, at=dt.time(8, 10))
    assert mailserver.letters == []
    send(OPENS, at=dt.time(8, 20))
    send(OPENS, at=dt.time(8, 40))

    (letter,) = mailserver.letters
    assert letter["Message-ID"] == f"<{token}@portal.test>"


def test_a_letter_whose_process_died_yesterday_goes_out_today(round_, alpha, mailserver):
    curator = make_user(alpha, CURATOR)
    interrupt(alpha, curator, OPENS, dt.time(23, 58))

    send(OPENS + DAY)
    send(OPENS + DAY)

    assert len(mailserver.letters) == 1


def test_a_letter_whose_process_died_twice_is_put_away(round_, alpha, mailserver):
    curator = make_user(alpha, CURATOR)
    token = interrupt(alpha, curator, OPENS, dt.time(8))
    with tenant_context(alpha):
        Delivery.objects.filter(token=token).update(interrupted=1)

    send(OPENS, at=dt.time(9))

    assert mailserver.letters == []
    assert letters_of(alpha) == [(DeliveryState.FAILED, "interrupted")]


def interrupt(school, user, day, at):
    """Claim a letter as a process does that dies before it could mark it; return its token."""
    with tenant_context(school), pretend(day, at):
        delivery = deliveries.claim(user, [f"opens:{current_round(school)}:{OPENS}"], day)
        return delivery.token


def current_round(school):
    from mentoring_reports.submissions.models import Round

    return Round.objects.get(code="2026-1").pk


def test_a_claim_that_loses_the_race_claims_nothing(round_, in_alpha):
    curator = make_user(in_alpha, CURATOR)

    first = deliveries.claim(curator, ["decision:1"], OPENS)
    same_day = deliveries.claim(curator, ["decision:2"], OPENS)
    same_notice = deliveries.claim(curator, ["decision:1", "decision:3"], OPENS + DAY)

    assert first
    assert (same_day, same_notice) == (None, None)
    assert list(Delivered.objects.values_list("key", flat=True)) == ["decision:1"]


@pytest.mark.committed
def test_two_jobs_at_once_send_one_letter_to_each(committed_tenants, mailserver):
    municipality, alpha, beta = committed_tenants
    make_dated_round(municipality)
    people = [make_user(school, CURATOR, f"curator-{n}") for school in (alpha, beta) for n in range(3)]
    start = threading.Barrier(3)

    def job():
        try:
            start.wait()
            send(OPENS)
        finally:
            connection.close()

    jobs = [threading.Thread(target=job) for _number in range(3)]
    for thread in jobs:
        thread.start()
    for thread in jobs:
        thread.join()

    assert sorted(letter["To"] for letter in mailserver.letters) == sorted(user.email for user in people)


@pytest.mark.committed
def test_a_broken_school_is_named_and_the_others_get_their_letters(committed_tenants, mailserver):
    municipality, alpha, beta = committed_tenants
    make_dated_round(municipality)
    make_user(alpha, CURATOR)
    other = make_user(beta, CURATOR)
    with tenant_context(alpha), connection.cursor() as cursor:
        cursor.execute("DROP TABLE mentoring_letters_delivered")

    with pytest.raises(CommandError, match=alpha.schema_name) as failure:
        send(OPENS)

    assert beta.schema_name not in str(failure.value)
    assert [letter["To"] for letter in mailserver.letters] == [other.email]


def test_a_suspended_school_gets_no_letters(round_, alpha, mailserver):
    from django_tenants.utils import get_public_schema_name, schema_context

    make_user(alpha, CURATOR)
    with schema_context(get_public_schema_name()):
        alpha.state = "suspended"
        alpha.save(update_fields=["state"])

    send(OPENS)

    assert mailserver.letters == []


# --- What the municipality may know ----------------------------------------------------------------------------------
def standing(organisation, school):
    with tenant_context(organisation):
        return MailStanding.objects.filter(school=school).values(
            "recipients", "reachable", "opted_out", "failing"
        ).first()  # fmt: skip


def test_the_municipality_sees_numbers_and_no_address(round_, alpha, municipality, mailserver):
    curator = make_user(alpha, CURATOR)
    make_user(alpha, CURATOR, "second")
    mailserver.refusals[curator.email] = "550 no such user"

    send(OPENS)

    assert standing(municipality, alpha) == {"recipients": 2, "reachable": 1, "opted_out": 0, "failing": 1}
    assert not any("@" in str(value) for value in MailStanding.objects.values().first() or {})


def test_a_school_sees_its_own_standing_only_and_writes_no_others(round_, alpha, beta, municipality, mailserver):
    make_user(alpha, CURATOR)
    send(OPENS)

    assert standing(beta, alpha) is None
    assert standing(alpha, alpha) is not None
    with tenant_context(beta):
        assert MailStanding.objects.filter(school=alpha).update(recipients=99) == 0
    with tenant_context(municipality):
        assert MailStanding.objects.filter(school=alpha).update(recipients=99) == 0


def test_reminders_go_on_after_a_day_on_which_the_job_did_not_run(round_, alpha, mailserver):
    make_user(alpha, CURATOR)
    send(OPENS)
    send(DUE - DAY * 5)  # the seventh day before was missed

    assert len(mailserver.letters) == 2
