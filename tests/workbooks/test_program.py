"""The workbook says by which release it was made: a release that forgot to say so would offer old files as its own."""

from __future__ import annotations

import tomllib
from pathlib import Path

from mentoring_reports.workbooks.manifest import PROGRAM

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_the_manifest_names_the_release_of_the_project():
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]

    assert f"{project['name']} {project['version']}" == PROGRAM
