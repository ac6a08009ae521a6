"""A public page against the same page in plain Wagtail; cached whole against made anew."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

from portal.tenants.models import OrganisationType, Territory
from portal.tenants.page_cache import PageCacheMiddleware
from portal.tenants.provisioning import create_school

from .measuring import Result
from .requests import HOST, PageReader

AIM_OF_PLAIN = 1.15
AIM_OF_CACHE = 8
PAGE_CACHE = f"{PageCacheMiddleware.__module__}.{PageCacheMiddleware.__qualname__}"
WITHOUT_PAGE_CACHE = [name for name in settings.MIDDLEWARE if name != PAGE_CACHE]


class PlainWagtail:
    """The baseline in a process and a database of its own."""

    def __init__(self) -> None:
        """Create the database and wait until the page is there."""
        self.name = "bench_plain"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {self.name}")
            cursor.execute(f"CREATE DATABASE {self.name}")
        given = connection.settings_dict
        user = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
        host = given["HOST"] or given["OPTIONS"].get("host", "")
        port = f":{given['PORT']}" if given["PORT"] else ""
        url = f"postgresql://{user}@{quote(host, safe='')}{port}/{self.name}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.plain"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PLAIN_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.plain.settings"},
        )  # fmt: skip
        self.facts = self._answer()

    def seconds(self, count: int) -> float:
        """Return how long so many readings take there."""
        assert self.process.stdin
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        return self._answer()["seconds"]

    def close(self) -> None:
        """End the process and drop its database."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=30)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {self.name}")

    def _answer(self) -> dict[str, float]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the plain Wagtail of the baseline did not start")
        return json.loads(line)


def serving_a_page(requests: int, repeat: int) -> list[Result]:
    """Measure the tenants' page, the plain one, and the cached one, in turns."""
    create_school(
        name="Школа",
        host=HOST,
        organisation_type=OrganisationType.objects.order_by("pk")[0],
        territory=Territory.objects.order_by("pk")[0],
    )
    cache.clear()  # for some seconds after a change a host is looked up in the database; here it is long past
    with override_settings(MIDDLEWARE=WITHOUT_PAGE_CACHE):
        uncached = PageReader()
        statements = uncached.statements()
    cached = PageReader()
    plain = PlainWagtail()
    try:
        rounds = [
            (uncached.seconds(requests), plain.seconds(requests), cached.seconds(requests)) for _ in range(repeat)
        ]
    finally:
        plain.close()
    ours, theirs, whole = (statistics.median(column) / requests for column in zip(*rounds, strict=True))
    cache.clear()
    return [
        Result(
            "public page, SQL statements: tenants / plain Wagtail",
            str(statements),
            f"{plain.facts['statements']:.0f}",
            f"{statements / plain.facts['statements']:.2f}",
            f"≤ {AIM_OF_PLAIN}",
            statements <= plain.facts["statements"] * AIM_OF_PLAIN,
        ),
        Result(
            "public page, time: tenants / plain Wagtail",
            f"{ours * 1000:.2f} ms",
            f"{theirs * 1000:.2f} ms",
            f"{ours / theirs:.2f}",
            f"≤ {AIM_OF_PLAIN}",
            ours <= theirs * AIM_OF_PLAIN,
        ),
        Result(
            "public page: cached whole / made anew",
            f"{1 / whole:.0f} a second",
            f"{1 / ours:.0f} a second",
            f"{ours / whole:.1f} times the rate",
            f"≥ {AIM_OF_CACHE}",
            ours >= whole * AIM_OF_CACHE,
        ),
    ]
