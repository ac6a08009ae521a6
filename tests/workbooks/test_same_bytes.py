"""The same inputs give the same bytes: on any day, in any time zone, language and process."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest
from django.utils import timezone, translation

from mentoring_reports import clock
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import make_workbook
from mentoring_reports.workbooks.manifest import DATA_COLUMNS, PROPERTIES_PART, data_of, digest, read_back
from mentoring_reports.workbooks.sheets.data import _columns
from mentoring_reports.workbooks.single import Kind, make_sheet
from tests.workbooks.reading import opened
from tests.workbooks.reporting import USUAL, hand_in_accepted

PLAIN_BOOK = """
import datetime as dt, hashlib, django
django.setup()
from mentoring_reports.workbooks.writing.blocks import Charts, Chart, Part, Series
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table
from mentoring_reports.workbooks.writing.writer import Book
book = Book(title="Свод", author="Город", created=dt.datetime(2026, 1, 2, 3, 4))
page = book.page("Лист")
styles = [f"number{n}" for n in range(5)] + [f"percent{n}" for n in range(5)]
rows = [[Cell("а"), Cell(1.5, one)] for one in styles]
page.write([Table(columns=[Column("A"), Column("Б")], rows=rows, name="rows")])
series = [Series("Б", Part(0, 1, 3, 1), "#123456")]
names = Part(0, 0, 3, 0)
page.write([Charts([Chart(kind="lines", title="Г", description="слова", table="rows", names=names, series=series)])])
page.finish()
book.say({"b": "1", "a": "2"})
print(hashlib.sha256(book.to_bytes()).hexdigest())
"""


@pytest.mark.parametrize("days", [1, 40, 4000])
def test_another_day_gives_the_same_bytes(choices, made, days):
    with clock.pretend(dt.date.today() + dt.timedelta(days=days)):
        again = make_workbook(choices)

    assert again.content == made.content
    assert again.manifest == made.manifest


def test_whoever_asks_in_another_language_and_time_zone_gets_the_same_bytes(choices, made):
    with translation.override("en"), timezone.override("Pacific/Auckland"):
        again = make_workbook(choices)

    assert again.content == made.content
    assert again.name == made.name


def test_another_process_with_another_environment_gives_the_same_bytes():
    sums = set()
    for seed, zone, language in (("1", "Asia/Tokyo", "C"), ("2", "America/New_York", "ru_RU.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        done = subprocess.run(
            [sys.executable, "-c", PLAIN_BOOK], env=environment, capture_output=True, text=True, check=True
        )
        sums.add(done.stdout.strip())

    assert len(sums) == 1


def test_a_single_sheet_gives_the_same_bytes_on_another_day(choices):
    for kind in Kind:
        first = make_sheet(choices, "overdue", kind)
        with clock.pretend(dt.date.today() + dt.timedelta(days=40)):
            assert make_sheet(choices, "overdue", kind) == first


def test_one_more_report_gives_other_bytes_and_another_digest(choices, round_, alpha, made):
    hand_in_accepted(round_, alpha, USUAL)

    again = make_workbook(choices)

    assert digest(again.manifest) != digest(made.manifest)
    assert again.manifest["data_sha256"] != made.manifest["data_sha256"]


def test_the_time_of_creation_comes_from_the_data(made):
    newest = max(line["accepted_at"] for line in made.manifest["revisions"])
    created = timezone.localtime(dt.datetime.fromisoformat(newest)).replace(tzinfo=None)

    assert made.manifest["made_from"] == newest
    assert opened(made.content).properties.created == created
    with zipfile.ZipFile(BytesIO(made.content)) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}


def test_the_manifest_is_json_and_names_what_it_was_made_from(made, choices, round_):
    manifest = json.loads(json.dumps(made.manifest))

    assert manifest == made.manifest
    assert Choices.from_json(manifest["choices"]) == choices
    assert manifest["round"]["id"] == round_.pk
    assert len(manifest["revisions"]) == 7 + 9
    assert manifest["form_versions"] == {"2025-2": "mentoring 1", "2026-1": "mentoring 1"}
    assert manifest["unreadable"] == []
    assert {len(line["checksum"]) for line in manifest["revisions"]} == {64}


def test_a_file_says_of_itself_what_its_manifest_is(made):
    said = read_back(made.content)

    assert said["manifest_sha256"] == digest(made.manifest)
    assert said["data_sha256"] == made.manifest["data_sha256"] == data_of(made.content)
    assert said["round"] == made.manifest["round"]["code"]


def test_changed_data_in_a_file_is_seen(made):
    book = opened(made.content, values=False)
    book["Данные"]["K5"] = 999
    changed = BytesIO()
    book.save(changed)

    assert data_of(changed.getvalue()) != read_back(changed.getvalue())["data_sha256"]


def test_a_small_file_that_claims_a_million_rows_and_columns_is_read_no_further_than_ours(made):
    """Each of them would be an empty cell to read: hours."""
    rows = made.manifest["rows"]
    assert data_of(made.content, most=rows) == made.manifest["data_sha256"]
    claiming = BytesIO()
    with zipfile.ZipFile(BytesIO(made.content)) as ours, zipfile.ZipFile(claiming, "w") as theirs:
        for entry in ours.infolist():
            part = ours.read(entry)
            if b"<dimension" in part:
                part = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', part)
                part = part.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')
            theirs.writestr(entry.filename, part)

    assert data_of(claiming.getvalue(), most=rows) not in {None, made.manifest["data_sha256"]}


def test_the_rows_that_are_checked_have_the_columns_of_the_sheet():
    assert len(_columns()) == DATA_COLUMNS


def test_a_file_that_was_only_saved_again_has_the_same_data(made):
    saved = BytesIO()
    opened(made.content, values=False).save(saved)

    assert data_of(saved.getvalue()) == read_back(saved.getvalue())["data_sha256"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a workbook at all"])
def test_what_is_no_workbook_says_nothing_of_itself(content):
    assert read_back(content) is None


def test_a_damaged_workbook_says_nothing_of_itself(made):
    with zipfile.ZipFile(BytesIO(made.content)) as archive:
        start = archive.getinfo(PROPERTIES_PART).header_offset + len(PROPERTIES_PART) + 30
    damaged = made.content[:start] + b"\xff" * 20 + made.content[start + 20 :]

    assert read_back(damaged) is None
    assert read_back(made.content[:100] + made.content[-2000:]) is None


def test_another_workbook_says_nothing_of_itself():
    import openpyxl

    other = BytesIO()
    openpyxl.Workbook().save(other)

    assert read_back(other.getvalue()) is None
    assert hashlib.sha256(other.getvalue()).hexdigest() != digest({})
