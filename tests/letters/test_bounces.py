"""Letters that come back later: read from what mail servers write, noted at the letter, in its own school."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django_tenants.utils import tenant_context
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.letters.bounces import read_bounce
from mentoring_reports.letters.enums import DeliveryState
from mentoring_reports.letters.models import Delivered, Delivery
from tests.factories import CURATOR, make_user
from tests.letters.sending import DAY, send
from tests.submissions.acting import OPENS

TOKEN = "0123456789abcdef0123"


def report(to: str = f"bounces+7.{TOKEN}@portal.test", *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """What a mail server writes about a letter that it could not deliver."""
    return f"""From: MAILER-DAEMON@mx.example.test
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

The mail system could not deliver your message.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.test
Arrival-Date: Mon, 1 Jun 2026 08:00:00 +0300

Final-Recipient: rfc822; curator@school.test
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} mailbox
    unavailable

--part
Content-Type: message/rfc822

Subject: the letter itself
Action: failed

--part--
""".replace("\n", "\r\n").encode()


def test_a_permanent_failure_is_read_with_what_the_server_said():
    bounce = read_bounce(report())

    assert bounce
    assert (bounce.organisation_id, bounce.token, bounce.is_permanent) == (7, TOKEN, True)
    assert bounce.error == "5.1.1 smtp; 550 5.1.1 mailbox unavailable"


def test_a_failure_after_days_of_trying_is_not_the_addresss_fault():
    bounce = read_bounce(report(status="4.4.7"))

    assert bounce
    assert not bounce.is_permanent


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", ""])
def test_only_failures_are_bounces(action):
    assert read_bounce(report(action=action)) is None


def test_the_envelope_recipient_goes_before_the_headers_and_case_does_not_matter():
    bounce = read_bounce(report(to="postmaster@portal.test"), f"BOUNCES+9.{TOKEN.upper()}@PORTAL.TEST")

    assert bounce
    assert (bounce.organisation_id, bounce.token) == (9, TOKEN)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe garbage",
        b"Subject: I am on holiday\r\nTo: bounces+7.0123456789abcdef0123@portal.test\r\n\r\nBack on Monday.",
        report(to="somebody@portal.test"),
        report(to=f"bounces+x.{TOKEN}@portal.test"),
        report().replace(b"multipart/report", b"multipart/mixed"),
        report().replace(b'boundary="part"', b'boundary="other"'),
        b"Content-Type: multipart/report; boundary=\r\nTo: bounces+7.0123456789abcdef0123@x\r\n\r\n--\r\n",
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n",
    ],
)
def test_anything_else_is_left_alone(content):
    assert read_bounce(content) is None


@given(st.binary(max_size=400), st.text(max_size=40))
def test_nothing_that_arrives_makes_it_fall_over(noise, recipient):
    head = report()[: len(report()) // 2]

    for content in (noise, head + noise, noise + report(), report().replace(b"5.1.1", noise)):
        read_bounce(content, recipient)


# --- In the school ---------------------------------------------------------------------------------------------------
def record(content: bytes, recipient: str = "") -> str:
    out = io.StringIO()
    call_command("record_bounce", stdout=out, stdin=io.BytesIO(content), recipient=recipient)
    return out.getvalue()


def bounce_times(school, username, times):
    """Let so many letters to a user come back, on the last days."""
    with tenant_context(school):
        user = get_user_model().objects.get(username=username)
        for number in range(times):
            Delivery.objects.create(
                user=user, day=dt.date.today() - DAY * number, address=user.email, state=DeliveryState.BOUNCED,
                error="550 no such user",
            )  # fmt: skip


def test_a_bounce_finds_its_letter_by_the_sender_it_was_sent_from(round_, alpha, municipality, mailserver):
    curator = make_user(alpha, CURATOR)
    send(OPENS)
    (sender,) = mailserver.senders
    assert sender.startswith(f"bounces+{alpha.pk}.")

    record(report(to=sender))

    with tenant_context(alpha):
        letter = Delivery.objects.get(user=curator)
        assert (letter.state, letter.error) == (
            DeliveryState.BOUNCED, "5.1.1 smtp; 550 5.1.1 mailbox unavailable",
        )  # fmt: skip
        assert Delivered.objects.filter(user=curator).exists()  # the server took it: it is not sent again


def test_a_bounce_for_another_school_or_nobody_changes_nothing(round_, alpha, beta, mailserver):
    make_user(alpha, CURATOR)
    send(OPENS)
    token = mailserver.senders[0].split(".", 1)[1].split("@")[0]

    for organisation in (beta.pk, 987654):
        record(report(to=f"bounces+{organisation}.{token}@portal.test"))

    with tenant_context(alpha):
        assert Delivery.objects.get().state == DeliveryState.SENT


def test_after_three_bounces_no_letter_is_sent_until_a_month_has_passed(round_, alpha, mailserver):
    make_user(alpha, CURATOR)
    with tenant_context(alpha):
        user = get_user_model().objects.get()
        for number in range(3):
            Delivery.objects.create(
                user=user, day=OPENS - DAY * (10 + number), address=user.email, state=DeliveryState.BOUNCED
            )

    send(OPENS)
    stopped = len(mailserver.letters)
    send(OPENS + DAY * 20)

    assert (stopped, len(mailserver.letters)) == (0, 1)


def test_garbage_is_taken_and_forgotten(municipality):
    assert record(b"\xff\x00 what is this")


def test_without_a_bounce_address_the_sender_is_the_portals(round_, alpha, settings, mailserver):
    settings.MENTORING_BOUNCE_ADDRESS = ""
    make_user(alpha, CURATOR)

    send(OPENS)

    assert mailserver.senders == ["portal@portal.test"]
