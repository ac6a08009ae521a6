"""Tables as CSV files: UTF-8 with a mark and semicolons, as Russian spreadsheets open them; no text is a formula."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

MARK = "\ufeff"
# A spreadsheet would take a text that begins with one of these for a formula, also behind spaces.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_response(name: str, headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Return the table as a download called `name`; texts are made harmless, None is an empty cell."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write(MARK)
    writer = csv.writer(response, delimiter=";")
    writer.writerow([as_cell(heading) for heading in headings])
    writer.writerows([as_cell(value) for value in row] for row in rows)
    return response


def as_cell(value: Any) -> str:
    """Return a cell: dates as Russian writes them, numbers with a comma, texts that no spreadsheet calculates."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, bool | int | float | Decimal):
        return str(value).replace(".", ",")
    return as_text(str(value))


def as_text(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}").startswith(FORMULA_SIGNS) else text
