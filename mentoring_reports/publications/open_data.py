"""An edition as open data: one table of figures and the dictionary that explains it, as CSV and JSON.

CSV is UTF-8 with a mark, semicolons and a decimal comma, as Russian spreadsheets open it; JSON has plain numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring_reports.submissions.csv_files import MARK, as_text

from .content import figures

if TYPE_CHECKING:
    from .models import Edition

COLUMNS = (
    "round",
    "edition",
    "indicator",
    "level",
    "name",
    "territory",
    "type",
    "numerator",
    "denominator",
    "value",
    "unit",
    "status",
)


def figures_csv(edition: Edition) -> str:
    """Return every figure of an edition as a row."""
    code = edition.content["round"]["code"]
    rows = (
        (
            code,
            edition.number,
            indicator["code"],
            level,
            figure["name"],
            figure.get("territory", ""),
            figure.get("type", ""),
            figure["numerator"],
            figure["denominator"],
            figure["value"],
            indicator["unit"],
            figure["status"],
        )
        for indicator, level, figure in figures(edition.content)
    )
    return _csv(COLUMNS, rows)


def dictionary_csv(edition: Edition) -> str:
    """Return what every column, status, data element and indicator means."""
    rows = [(entry["kind"], entry["code"], entry["name"], entry["meaning"]) for entry in dictionary(edition)]
    return _csv(("kind", "code", "name", "meaning"), rows)


def document(edition: Edition) -> dict[str, Any]:
    """Return an edition as one JSON document with its dictionary."""
    return {
        "edition": edition.number,
        "published_on": timezone.localdate(edition.created_at).isoformat(),
        "note": edition.note,
        "checksum": edition.checksum,
        "content": edition.content,
        "dictionary": dictionary(edition),
    }


def dictionary(edition: Edition) -> list[dict[str, str]]:
    """Return the entries of the data dictionary."""
    entries = [{"kind": "column", "code": code, "name": code, "meaning": text} for code, text in _columns().items()]
    entries += [{"kind": "status", "code": code, "name": code, "meaning": text} for code, text in _statuses().items()]
    for element in edition.content["elements"]:
        meaning = ", ".join(part for part in (element["help"], element["unit"]) if part)
        entries.append({"kind": "element", "code": element["code"], "name": element["name"], "meaning": meaning})
    for indicator in edition.content["indicators"]:
        meaning = f"{indicator['formula']}, {indicator['unit']}"
        entries.append({"kind": "indicator", "code": indicator["code"], "name": indicator["name"], "meaning": meaning})
    return entries


def _columns() -> dict[str, str]:
    return {
        "round": _("code of the round"),
        "edition": _("number of the edition; a correction has the next one"),
        "indicator": _("code of the indicator"),
        "level": _("whose figure it is: municipality, territory, type or school"),
        "name": _("name of the municipality, territory, type or school"),
        "territory": _("territory of the school"),
        "type": _("type of the school"),
        "numerator": _("sum above the line of the formula"),
        "denominator": _("sum below the line of the formula; empty for a count"),
        "value": _("value of the indicator; of several schools: made from the sums, never a mean of percentages"),
        "unit": _("unit of the value"),
        "status": _("why there is a value, or none"),
    }


def _statuses() -> dict[str, str]:
    return {
        "published": _("an approved figure"),
        "suppressed": _("kept back: a group of fewer than five people could be told from it"),
        "missing": _("the school has not reported this number; it is left out of the sums"),
        "no_denominator": _("no value: the denominator is zero"),
    }


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return MARK + target.getvalue()


def _cell(value: Any) -> str:
    """Return a number with a decimal comma, and a text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:.10g}".replace(".", ",")
    return as_text(str(value))
