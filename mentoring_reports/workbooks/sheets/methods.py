"""«Методика»: how each number came about, and exactly which revisions the figures are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.workbooks.manifest_table import manifest_facts, revisions_table, unreadable_table
from mentoring_reports.workbooks.wording import check_words, formula_words, period, plain, target_rows, target_text
from mentoring_reports.workbooks.writing.blocks import Fact, Gap, Layout, Note, Title
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentoring_reports.indicators.models import Check, DataElement, Indicator
    from mentoring_reports.workbooks.source import Source
    from mentoring_reports.workbooks.writing.blocks import Block

PLACEHOLDER = re.compile(r"\s*\(\{\w+\}\)|\{\w+\}")


@sheet
class MethodsSheet:
    """Indicators, data elements, checks, and the manifest."""

    code: ClassVar[str] = "methods"
    order: ClassVar[int] = 90
    layout: ClassVar[Layout] = Layout.WIDTH

    def title(self) -> str:
        """Return the tab's title."""
        return _("Methods")

    def blocks(self, source: Source) -> Iterator[Block]:
        """Return the parts one below the other."""
        round_, consolidation = source.round, source.consolidation
        names = {element.code: element.name for element in consolidation.elements}
        checks = list(round_.form.checks.all())
        yield Title(_("Methods and sources"))
        yield Fact(_("Report form"), Cell(str(round_.form)))
        if round_.form.released_at:
            yield Fact(_("Form released"), Cell(date_format(round_.form.released_at, "d.m.Y")))
        yield Fact(_("Round"), Cell(f"{round_.title} ({round_.code}), {period(round_)}"))
        yield from (Gap(), Title(_("Indicators")), _indicators(consolidation.indicators, names))
        yield Note(
            _("A municipal value is the sum of numerators over the sum of denominators, not a mean of percents.")
        )
        yield from (Gap(), Title(_("Data elements")), _elements(consolidation.elements, checks))
        yield from (Gap(), Title(_("Checks")), _checks(checks, names))
        yield from (Gap(), Title(_("Manifest")), *manifest_facts(source))
        if source.read.unreadable:
            yield from (Gap(), Title(_("Reports that cannot be read")), unreadable_table(source))
        yield from (Gap(), Title(_("Manifest: the accepted revisions")), revisions_table(source))


def _indicators(indicators: Sequence[Indicator], names: dict[str, str]) -> Table:
    headers = (_("Indicator"), _("Formula"), _("Unit"), _("Target"), _("Source of the target"), _("For many schools"))
    columns = [Column(header, width=width) for header, width in zip(headers, (48, 60, 14, 30, 44, 30), strict=True)]
    rows = [
        [
            Cell(one.name),
            Cell(formula_words(one, names)),
            Cell(one.unit),
            Cell("; ".join([target_text(one), *target_rows(one)])),
            Cell(one.target_source or None),
            Cell(str(one.get_aggregation_display())),
        ]
        for one in indicators
    ]
    return Table(columns=columns, rows=rows, name="methods_indicators")


def _elements(elements: Sequence[DataElement], checks: Sequence[Check]) -> Table:
    headers = (_("Data element"), _("What is counted"), _("Unit"), _("Source"), _("Limits and checks"), _("Required"))
    columns = [Column(header, width=width) for header, width in zip(headers, (48, 60, 14, 30, 44, 30), strict=True)]
    return Table(columns=columns, rows=[_element(one, checks) for one in elements], name="methods_elements")


def _element(element: DataElement, checks: Sequence[Check]) -> list[Cell]:
    source = _("counted from the register") if element.is_counted else _("typed by the school")
    concerned = [str(place) for place, check in enumerate(checks, start=1) if element.code in _codes(check)]
    numbers = _("checks No. %(numbers)s") % {"numbers": ", ".join(concerned)} if concerned else ""
    return [
        Cell(element.name),
        Cell(element.help_text or None),
        Cell(element.unit or None),
        Cell(source),
        Cell("; ".join(part for part in (_limits(element), numbers) if part) or None),
        Cell(_("yes") if element.required else _("no")),
    ]


def _codes(check: Check) -> set[str]:
    return set(re.findall(r"[a-z][a-z0-9_]*", f"{check.left} {check.right}"))


def _limits(element: DataElement) -> str:
    least = "" if element.minimum is None else f"≥ {plain(element.minimum)}"
    most = "" if element.maximum is None else f"≤ {plain(element.maximum)}"
    whole = _("whole") if element.whole else ""
    return ", ".join(part for part in (whole, least, most) if part)


def _checks(checks: Sequence[Check], names: dict[str, str]) -> Table:
    headers = ((_("Check"), 48), (_("What has to hold"), 60), (_("No."), 14), (_("What it does"), 30))
    rows = [
        [
            Cell(PLACEHOLDER.sub(lambda found: "" if "(" in found[0] else "…", check.message)),
            Cell(check_words(check, names)),
            Cell(str(place)),
            Cell(str(check.get_severity_display())),
        ]
        for place, check in enumerate(checks, start=1)
    ]
    return Table(
        columns=[Column(header, width=width) for header, width in headers],
        rows=rows,
        name="methods_checks",
    )
