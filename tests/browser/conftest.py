"""A real server with the test database behind it, and a real Chromium in front of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from portal.tenants.models import Domain, Organisation
from tests.conftest import CHROMIUM
from tests.factories import PASSWORD, make_user

# Playwright's loop runs in this thread; the ORM calls of the tests are ordinary blocking ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
WAIT_MS = 15_000
expect.set_options(timeout=WAIT_MS)
Tenants = tuple[Organisation, Organisation, Organisation]
OpenPage = Callable[..., Page]
Address = Callable[..., str]
Enter = Callable[..., Page]


class QuietHandler(WSGIRequestHandler):
    """A handler that keeps the tests' output readable."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(committed_tenants: Tenants, settings: Any) -> Iterator[int]:
    """Serve the portal on a free port; yields the port."""
    httpd = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler, allow_reuse_address=True)
    httpd.daemon_threads = False  # Closing waits for every request, so that none holds the database afterwards.
    port = httpd.server_address[1]
    settings.PORTAL_PORT = str(port)
    httpd.set_app(get_wsgi_application())
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield port
    httpd.shutdown()
    httpd.server_close()
    thread.join(timeout=10)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start the installed Chromium once; every host of the tests is this machine.

    While Playwright's loop runs in this thread, Django keeps another connection than before and after it:
    both are closed here, since the database that they were opened to is made anew.
    """
    connections.close_all()
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    flags += ["--disable-sync", "--no-first-run", "--host-resolver-rules=MAP *.test 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def open_page(chromium: Browser, server: int) -> Iterator[OpenPage]:
    """Return the function that opens a page of a new visitor, with nobody's cookies; its scripts must not fail."""
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def opened(**options: Any) -> Page:
        usual = {"locale": "ru-RU", "viewport": {"width": 1280, "height": 900}}
        context = chromium.new_context(**{**usual, **options})
        context.set_default_timeout(WAIT_MS)
        context.on("weberror", lambda error: failures.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert failures == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Open the page that most tests need."""
    return open_page()


@pytest.fixture
def address(server: int) -> Address:
    """Return the function that gives the full address of a path at an organisation's host."""

    def full(organisation: Organisation, path: str = "/") -> str:
        host = Domain.objects.get(tenant=organisation, is_primary=True).domain
        return f"http://{host}:{server}{path}"

    return full


@pytest.fixture
def enter(page: Page, address: Address) -> Enter:
    """Return the function that makes a user in a role and logs in through the login page, on `page` or another one."""

    def log_in(organisation: Organisation, role: str, on: Page | None = None) -> Page:
        user, screen = make_user(organisation, role), on or page
        screen.goto(address(organisation, "/admin/login/"))
        screen.get_by_label("Имя пользователя").fill(user.username)
        screen.locator("input[name=password]").fill(PASSWORD)
        screen.locator("button[type=submit]").first.click()
        screen.wait_for_url(lambda url: "login" not in url)
        return screen

    return log_in
