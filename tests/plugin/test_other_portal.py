"""Another portal installs the plugin: `elsewhere` has tenants of its own and nothing of `portal` and `schools`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection, models
from django_tenants.utils import get_tenant_model
from psycopg import sql

from mentoring_reports.tenant_model import lacking

HERE = Path(__file__).parent
PARAMETERS = ("host", "port", "user", "password")


@pytest.fixture
def empty_database() -> Iterator[str]:
    """Give the address of an empty database on the tests' server."""
    name = f"test_elsewhere_{os.getpid()}"
    known = {key: value for key, value in connection.get_connection_params().items() if key in PARAMETERS}
    with psycopg.connect(**known, dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield _url(**known, name=name)
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _url(name: str, host: str = "", port: int | str = "", user: str = "", password: str = "") -> str:
    who = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    return f"postgresql://{who}@{quote(host, safe='')}{f':{port}' if port else ''}/{name}"


@pytest.mark.slow
def test_another_portal_installs_the_plugin_and_a_school_hands_a_report_in(empty_database: str, tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(settings.BASE_DIR), str(HERE)]),
        "DJANGO_SETTINGS_MODULE": "elsewhere.settings",
        "ELSEWHERE_DATABASE": empty_database,
        "ELSEWHERE_MEDIA": str(tmp_path),
    }
    story = [sys.executable, "-m", "elsewhere.story"]
    done = subprocess.run(story, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["pages"] == {"index": 200, "fill": 200, "revision": 200}
    assert told["seen"] == {"city": 1, "lyceum": 1, "other": 0}
    assert told["imported"] == []


def test_a_tenant_model_that_lacks_something_is_told_so_before_anything_is_migrated() -> None:
    class Half(models.Model):
        name = models.CharField(max_length=10)
        short_name = models.CharField(max_length=10)
        territory = models.CharField(max_length=10)

        class Meta:
            app_label = "elsewhere"

    said = " ".join(str(error.msg) for error in lacking(Half))
    for lack in ("kind", "municipality", "organisation_type", "schools()", "open_on()"):
        assert lack in said
    assert "territory must be a key" in said
    assert "short_name" not in said


def test_the_portals_own_tenant_model_lacks_nothing() -> None:
    assert lacking(get_tenant_model()) == []
