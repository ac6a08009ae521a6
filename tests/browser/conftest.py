"""A real server with the test database behind it, and a real Chromium in front of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, expect, sync_playwright

from portal.tenants.models import Domain, Organisation
from tests.conftest import CHROMIUM
from tests.factories import PASSWORD, make_user

# Playwright's loop runs in this thread; the ORM calls of the tests are ordinary blocking ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
WAIT_MS = 15_000
expect.set_options(timeout=WAIT_MS)
Tenants = tuple[Organisation, Organisation, Organisation]


class QuietHandler(WSGIRequestHandler):
    """A handler that keeps the tests' output readable."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(committed_tenants: Tenants, settings: Any) -> Iterator[int]:
    """Serve the portal on a free port; yields the port."""
    httpd = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler, allow_reuse_address=True)
    httpd.daemon_threads = True
    port = httpd.server_address[1]
    settings.PORTAL_PORT = str(port)
    httpd.set_app(get_wsgi_application())
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield port
    httpd.shutdown()
    httpd.server_close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the installed Chromium once; every host of the tests is this machine."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    flags += ["--disable-sync", "--no-first-run", "--host-resolver-rules=MAP *.test 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open a fresh page whose scripts must not fail."""
    context = chromium.new_context(locale="ru-RU", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    context.close()
    assert failures == []


@pytest.fixture
def address(server: int) -> Callable[[Organisation, str], str]:
    """Return the function that gives the full address of a path at an organisation's host."""

    def full(organisation: Organisation, path: str = "/") -> str:
        host = Domain.objects.get(tenant=organisation, is_primary=True).domain
        return f"http://{host}:{server}{path}"

    return full


@pytest.fixture
def enter(page: Page, address: Callable[[Organisation, str], str]) -> Callable[[Organisation, str], Page]:
    """Return the function that makes a user in a role and logs in through the login page."""

    def log_in(organisation: Organisation, role: str) -> Page:
        user = make_user(organisation, role)
        page.goto(address(organisation, "/admin/login/"))
        page.get_by_label("Имя пользователя").fill(user.username)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("button[type=submit]").first.click()
        page.wait_for_url(lambda url: "login" not in url)
        return page

    return log_in
