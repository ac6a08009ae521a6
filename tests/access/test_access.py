"""The access table: every URL × role × own or foreign tenant; an unlisted URL or command fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.test import Client

from portal.tenants.models import Organisation
from tests.access.table import (
    CLOSED,
    COMMANDS,
    EVERYBODY,
    FOREIGN,
    NOBODY,
    OURS,
    ROLES,
    VISITOR,
    WAGTAIL_STAFF,
    Line,
)
from tests.access.urls import Url, served
from tests.factories import CURATOR, METHODIST, client_at, login, make_round

KINDS = ("school", "municipality")
OUTSIDERS = (VISITOR, FOREIGN, NOBODY)
ClientOf = Callable[[str, str], Client]


def urls(kind: str) -> list[Url]:
    return served(settings.TENANT_TYPES[kind]["URLCONF"])


def namespace(url: Url) -> str:
    return url.name.split(":")[0]


def line(url: Url) -> Line | None:
    return OURS.get(url.name) or OURS.get(namespace(url))


@pytest.fixture
def client_of(municipality: Organisation, alpha: Organisation, beta: Organisation) -> ClientOf:
    """Return the function that gives a client of a kind of tenant in a role; each user logs in once."""
    homes = {"school": alpha, "municipality": municipality}
    make_round(municipality)  # so that there is something to show
    clients: dict[tuple[str, str], Client] = {}

    def make(kind: str, role: str) -> Client:
        home = homes[kind]
        if role == VISITOR:
            return client_at(home)
        if role == FOREIGN:
            stranger = login(beta, CURATOR) if kind == "municipality" else login(municipality, METHODIST, "stranger")
            at_home = client_at(home)
            at_home.cookies = stranger.cookies
            return at_home
        return login(home, None if role == NOBODY else role)

    def get(kind: str, role: str) -> Client:
        if (kind, role) not in clients:
            clients[kind, role] = make(kind, role)
        return clients[kind, role]

    return get


def outcome(client: Client, url: Url) -> str:
    """Return "login", "refused", "not found" or "in"."""
    response = client.get(url.path)
    if response.status_code == 405:
        response = client.post(url.path)
    location = response.headers.get("Location", "")
    if response.status_code == 302 and "/login/" in location:
        return "login"
    if response.status_code == 403 or (response.status_code == 302 and location.rstrip("/").endswith("/admin")):
        return "refused"
    return "not found" if response.status_code == 404 else "in"


def test_every_url_has_its_line() -> None:
    unlisted = {
        f"{kind}: {url.name} ({url.route})"
        for kind in KINDS
        for url in urls(kind)
        if not ({url.name, namespace(url)} & (EVERYBODY | WAGTAIL_STAFF) or line(url))
    }

    assert unlisted == set()


def test_no_line_is_left_of_a_url_that_is_gone() -> None:
    known = {name for kind in KINDS for url in urls(kind) for name in (url.name, namespace(url))}

    assert (set(OURS) | WAGTAIL_STAFF) - known == set()


@pytest.mark.parametrize("role", OUTSIDERS)
@pytest.mark.parametrize("kind", KINDS)
def test_wagtails_screens_turn_outsiders_away(client_of: ClientOf, kind: str, role: str) -> None:
    client = client_of(kind, role)
    staff = [url for url in urls(kind) if {url.name, namespace(url)} & WAGTAIL_STAFF]

    let_in = {url.name: found for url in staff if (found := outcome(client, url)) not in ("login", "refused")}

    assert staff
    assert let_in == {}


@pytest.mark.parametrize(("kind", "role"), [(kind, role) for kind in KINDS for role in ROLES[kind]])
def test_our_screens_let_in_whom_the_table_names(client_of: ClientOf, kind: str, role: str) -> None:
    client = client_of(kind, role)
    wrong = {}
    for url in urls(kind):
        rule = line(url)
        if rule is None:
            continue
        found = outcome(client, url)
        let_in = found == "in" or (found == "not found" and url.has_parameters)
        expected = rule.lets_in(kind, role) and url.name not in CLOSED
        if let_in != expected and not (found == "not found" and not expected):
            wrong[url.name] = found

    assert wrong == {}


@pytest.mark.parametrize("kind", KINDS)
def test_public_pages_answer_everybody(client_of: ClientOf, kind: str) -> None:
    assert client_of(kind, VISITOR).get("/").status_code == 200


def test_every_command_has_its_line() -> None:
    ours = {
        name for name, app in get_commands().items() if app.split(".")[0] in ("portal", "schools", "mentoring_reports")
    }

    assert ours == set(COMMANDS)
