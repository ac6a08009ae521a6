"""Requests straight to Django's WSGI handler: no network, no test client in the figures."""

from __future__ import annotations

import io
import time

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

HOST = "bench.portal.test"


class PageReader:
    """Reads one page of one host again and again."""

    def __init__(self, host: str = HOST, path: str = "/") -> None:
        """Load the middleware of the current settings."""
        self.handler = WSGIHandler()
        self.host, self.path = host, path
        for _ in range(5):
            self.read()

    def read(self) -> bytes:
        """Return the page; fail on anything but 200."""
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": self.path, "QUERY_STRING": "", "SERVER_NAME": self.host,
            "SERVER_PORT": "80", "HTTP_HOST": self.host, "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http", "REMOTE_ADDR": "127.0.0.1",
        }  # fmt: skip
        status: list[str] = []
        response = self.handler(environ, lambda line, headers, *_: status.append(line))
        body = b"".join(response)
        response.close()
        assert status[0].startswith("200"), status
        return body

    def seconds(self, count: int) -> float:
        """Return how long so many readings take."""
        started = time.perf_counter()
        for _ in range(count):
            self.read()
        return time.perf_counter() - started

    def statements(self) -> int:
        """Return how many SQL statements one reading needs."""
        with CaptureQueriesContext(connection) as queries:
            self.read()
        return len(queries)

    def size(self) -> int:
        """Return the page's length in bytes."""
        return len(self.read())
