"""«Методика»: how each number came about, and exactly which revisions the figures are made of."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring_reports.submissions.frames import KEYS
from mentoring_reports.workbooks.cells import Cell, Column, Table, number
from mentoring_reports.workbooks.wording import formula_words, period, plain, target_rows, target_text

from .registry import sheet

if TYPE_CHECKING:
    import pandas as pd

    from mentoring_reports.indicators.models import DataElement, Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.workbooks.writer import Page

PLACEHOLDER = re.compile(r"\s*\(\{\w+\}\)|\{\w+\}")


@sheet
class MethodsSheet:
    """Indicators, data elements, checks, and the manifest."""

    code: ClassVar[str] = "methods"
    order: ClassVar[int] = 90

    def title(self) -> str:
        """Return the tab's title."""
        return _("Methods")

    def write(self, page: Page, consolidation: Consolidation) -> None:
        """Write the parts one below the other."""
        round_ = consolidation.round
        page.title(_("Methods and sources"), "heading")
        page.line(_("Report form"), Cell(str(round_.form)))
        page.line(_("Round"), Cell(f"{round_.title} ({round_.code}), {period(round_)}"))
        page.line(_("Manifest checksum"), Cell(manifest_checksum(consolidation)))
        page.skip()
        page.title(_("Indicators"), "heading")
        names = {element.code: element.name for element in consolidation.elements}
        page.table(
            Table(columns=_indicator_columns(), rows=[_indicator(one, names) for one in consolidation.indicators])
        )
        page.skip()
        page.title(_("Data elements"), "heading")
        page.table(Table(columns=_element_columns(), rows=[_element(one) for one in consolidation.elements]))
        page.skip()
        page.title(_("Checks"), "heading")
        page.table(Table(columns=[Column(_("Check")), Column(_("What it does"))], rows=_checks(consolidation)))
        page.skip()
        page.title(_("Manifest: the accepted revisions"), "heading")
        page.table(
            Table(columns=_manifest_columns(), rows=[_revision(row) for _i, row in manifest(consolidation).iterrows()])
        )


def manifest(consolidation: Consolidation) -> pd.DataFrame:
    """Return one row an accepted revision, in reading order."""
    wide = consolidation.wide
    return wide.loc[wide["submission_id"].notna(), ["school", *(key for key in KEYS if key in _MANIFEST)]]


def manifest_checksum(consolidation: Consolidation) -> str:
    """Return SHA-256 over the revisions' checksums, in their sorted order."""
    sums = sorted(manifest(consolidation)["checksum"])
    return hashlib.sha256("\n".join(sums).encode()).hexdigest()


_MANIFEST = ("revision", "checksum", "accepted_at")


def _indicator_columns() -> list[Column]:
    headers = (_("Indicator"), _("Formula"), _("Unit"), _("Target"), _("Source of the target"), _("For many schools"))
    return [Column(header, width=width) for header, width in zip(headers, (48, 60, 14, 22, 44, 30), strict=True)]


def _indicator(indicator: Indicator, names: dict[str, str]) -> list[Cell]:
    return [
        Cell(indicator.name),
        Cell(formula_words(indicator, names)),
        Cell(indicator.unit),
        Cell("; ".join([target_text(indicator), *target_rows(indicator)])),
        Cell(indicator.target_source or None),
        Cell(str(indicator.get_aggregation_display())),
    ]


def _element_columns() -> list[Column]:
    return [
        Column(header)
        for header in (_("Data element"), _("What is counted"), _("Unit"), _("Source"), _("Limits"), _("Required"))
    ]


def _element(element: DataElement) -> list[Cell]:
    source = _("counted from the register") if element.is_counted else _("typed by the school")
    return [
        Cell(element.name),
        Cell(element.help_text or None),
        Cell(element.unit),
        Cell(source),
        Cell(_limits(element)),
        Cell(_("yes") if element.required else _("no")),
    ]


def _limits(element: DataElement) -> str | None:
    least = "" if element.minimum is None else f"≥ {plain(element.minimum)}"
    most = "" if element.maximum is None else f"≤ {plain(element.maximum)}"
    whole = _("whole") if element.whole else ""
    return ", ".join(part for part in (whole, least, most) if part) or None


def _checks(consolidation: Consolidation) -> list[list[Cell]]:
    checks = consolidation.round.form.checks.all()
    return [
        [
            Cell(PLACEHOLDER.sub(lambda found: "" if "(" in found[0] else "…", check.message)),
            Cell(str(check.get_severity_display())),
        ]
        for check in checks
    ]


def _manifest_columns() -> list[Column]:
    return [Column(_("School")), Column(_("Checksum (SHA-256)")), Column(_("Revision")), Column(_("Accepted at"))]


def _revision(row: pd.Series) -> list[Cell]:
    accepted = timezone.localtime(row["accepted_at"].to_pydatetime())
    return [
        Cell(row["school"]),
        Cell(row["checksum"], "code"),
        number(row["revision"]),
        Cell(f"{accepted:%d.%m.%Y %H:%M}"),
    ]
