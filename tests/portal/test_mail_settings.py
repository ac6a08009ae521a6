"""The mail server comes from the environment, and what is missing is said before letters are lost."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from portal.settings.mail import MailServer, mail_server


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.ru", MailServer("mail.example.ru", 25)),
        ("smtp+tls://me:p%40ss@mail.example.ru", MailServer("mail.example.ru", 587, "me", "p@ss", starttls=True)),
        ("smtps://me@mail.example.ru:4650", MailServer("mail.example.ru", 4650, "me", ssl=True)),
    ],
)
def test_one_url_names_the_server(url, expected):
    assert mail_server({"EMAIL_URL": url}) == expected


def test_single_variables_do_too_and_nothing_means_this_machine():
    named = {"EMAIL_HOST": "mail.example.ru", "EMAIL_PORT": "587", "EMAIL_USE_TLS": "1"}

    assert mail_server(named) == MailServer("mail.example.ru", 587, starttls=True)
    assert mail_server({}) == MailServer()


@pytest.mark.parametrize(
    "url", ["mail.example.ru", "http://mail.example.ru", "smtp://:25", "smtp://secret:word@host:x"]
)
def test_a_url_that_is_none_stops_the_start_without_the_password(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        mail_server({"EMAIL_URL": url})

    assert "word" not in str(refused.value)


def deploy_messages():
    found = run_checks(include_deployment_checks=True)
    return {message.id for message in found if (message.id or "").startswith("letters.")}


def test_a_deployment_that_cannot_mail_is_told(settings):
    assert deploy_messages() == {"letters.E001", "letters.E002", "letters.W003"}

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Портал <portal@example.ru>"
    settings.MENTORING_BOUNCE_ADDRESS = "bounces@example.ru"

    assert deploy_messages() == set()
