"""Every page of the dashboard against its own SQL statements alone; rates of a very large round against one count."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.frames import wide_frame
from mentoring_reports.submissions.models import Participation, Round
from mentoring_reports.submissions.queries import rates
from portal.dashboard.tabs import TABS
from portal.tenants.models import Organisation
from portal.tenants.provisioning import create_municipality

from .filling import correct, fill
from .frames import bare
from .measuring import Result, paired_medians

AIM_OF_A_PAGE = 0.3  # seconds of server time
AIM_OF_RATES, AIM_OF_FRAME = 6.0, 2.0
MUNICIPALITY_URLS = "portal.urls_municipality"


def showing_the_dashboard(schools: int, rounds: int, repeat: int) -> list[Result]:
    """Measure each view in turns with the statements that it runs, sent again without anything around them."""
    municipality = create_municipality(name="Город панели", host="dashboard.portal.test")
    latest = fill(municipality, schools=schools, rounds=rounds, name="dashboard")[0]
    client = _client(municipality)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as the server does by itself after a while
    gc.collect()
    gc.freeze()  # as portal/wsgi.py does in a server
    gc.set_threshold(20_000, 20, 20)
    size = f"{schools} × {rounds}"
    return [result for tab in TABS for result in _page(client, latest, tab.code, size, repeat)]


def counting_a_large_round(schools: int, repeat: int) -> list[Result]:
    """Measure the rates and the frame of one round of very many schools."""
    municipality = create_municipality(name="Большой город", host="large.portal.test")
    round_ = fill(municipality, schools=schools, rounds=1, name="large")[0]
    with tenant_context(municipality):
        counted = paired_medians(lambda: rates(round_), _count(round_), repeat)
        framed = paired_medians(lambda: wide_frame([round_]), bare([round_]), repeat)
    return [
        _ratio(f"rates, {schools} schools", counted, "one count", AIM_OF_RATES),
        _ratio(f"accepted frame, {schools} schools × 1 round", framed, "bare SQL", AIM_OF_FRAME),
    ]


def _page(client: Client, round_: Round, view: str, size: str, repeat: int) -> list[Result]:
    """Measure a page with nothing kept, after a corrected report was accepted, and when it was looked at since."""
    path = reverse(f"dashboard:{view}", urlconf=MUNICIPALITY_URLS)

    def read() -> None:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)

    def correct_a_report() -> None:
        with tenant_context(round_.municipality):
            correct(round_)

    read()
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        read()
    statements = [query["sql"] for query in queries.captured_queries if query["sql"].startswith(("SELECT", "\nSELECT"))]
    again = _again(statements, round_.municipality)
    moments = {"with nothing kept": cache.clear, "after a correction": correct_a_report, "kept": lambda: None}
    return [
        _answer(
            f"dashboard {size}: {view}, {when}", paired_medians(read, again, repeat, before=before), len(statements)
        )
        for when, before in moments.items()
    ]


def _answer(name: str, times: tuple[float, float], statements: int) -> Result:
    ours, baseline = times
    return Result(
        name,
        f"{ours * 1000:.0f} ms",
        f"{baseline * 1000:.0f} ms bare SQL ({statements})",
        f"{ours / baseline:.1f}",
        f"≤ {AIM_OF_A_PAGE * 1000:.0f} ms",
        ours <= AIM_OF_A_PAGE,
    )


def _again(statements: Sequence[str], municipality: Organisation) -> Callable[[], None]:
    def send() -> None:
        with tenant_context(municipality), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    return send


def _client(municipality: Organisation) -> Client:
    host = municipality.domains.get().domain
    client = Client(headers={"host": host}, SERVER_NAME=host)
    with tenant_context(municipality), override_settings(ALLOWED_HOSTS=["*"]):
        user = get_user_model().objects.create_superuser("dashboard", "dashboard@bench.test", None)
        client.force_login(user)
    return client


def _count(round_: Round) -> Callable[[], int]:
    return lambda: Participation.objects.filter(round=round_).count()


def _ratio(name: str, times: tuple[float, float], baseline: str, aim: float) -> Result:
    ours, theirs = times
    ratio = ours / theirs
    return Result(
        name,
        f"{ours * 1000:.0f} ms",
        f"{theirs * 1000:.0f} ms {baseline}",
        f"{ratio:.2f}",
        f"≤ {aim:.0f}",
        ratio <= aim,
    )
