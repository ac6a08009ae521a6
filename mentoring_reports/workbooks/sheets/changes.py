"""«Изменения»: what is new since the previous file of the same round."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from mentoring_reports.workbooks.changes import Change, Comparison, compare
from mentoring_reports.workbooks.wording import moment
from mentoring_reports.workbooks.writing.blocks import Fact, Gap, Layout, Note, Title
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table, number

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentoring_reports.workbooks.source import Source
    from mentoring_reports.workbooks.writing.blocks import Block


@sheet
class ChangesSheet:
    """Schools added, figures changed, schools that are there no longer."""

    code: ClassVar[str] = "changes"
    order: ClassVar[int] = 70
    layout: ClassVar[Layout] = Layout.WIDTH

    def title(self) -> str:
        """Return the tab's title."""
        return _("Changes")

    def blocks(self, source: Source) -> Iterator[Block]:
        """Return what the two manifests and the revisions that they name make of it."""
        yield Title(_("Changes since the previous file: %(round)s") % {"round": source.round.title})
        if source.previous is None:
            yield Note(_("This is the round's first file: there is nothing to compare with."))
            return
        found = compare(source, source.previous)
        yield Fact(_("Previous file: figures as of"), Cell(moment(source.previous.get("made_from"))))
        if found.is_of_another_selection:
            yield Note(_("The previous file had other filters: only schools that both files have are compared."))
        yield from _added(found)
        yield from _changed(found)
        yield from _gone(found)


def _added(found: Comparison) -> Iterator[Block]:
    yield from (Gap(), Title(_("Schools added: %(count)d") % {"count": len(found.added)}))
    rows = [
        [
            Cell(line["round"]),
            Cell(line["school"]),
            number(line["revision"]),
            Cell(moment(line["accepted_at"])),
            Cell(line["accepted_by"] or None),
        ]
        for line in found.added
    ]
    headers = ((_("Round"), 16), (_("School"), 44), (_("Revision"), 12), (_("Accepted at"), 20), (_("Accepted by"), 30))
    if rows:
        yield Table(columns=[Column(header, width=width) for header, width in headers], rows=rows, name="added_rows")


def _changed(found: Comparison) -> Iterator[Block]:
    title = _("Figures changed: %(count)d, in reports: %(reports)d")
    yield from (Gap(), Title(title % {"count": found.count, "reports": found.reports}))
    headers = (
        (_("Round"), 16),
        (_("School"), 44),
        (_("Revision"), 12),
        (_("Accepted at"), 20),
        (_("Accepted by"), 30),
        (_("Data element"), 44),
        (_("Was"), 12),
        (_("Is now"), 12),
        (_("Difference"), 13),
    )
    if found.changed:
        columns = [Column(header, width=width) for header, width in headers]
        yield Table(columns=columns, rows=[_change(one) for one in found.changed], listed=True, name="changed_rows")


def _change(change: Change) -> list[Cell]:
    line, known = change.line, change.before is not None and change.after is not None
    return [
        Cell(line["round"]),
        Cell(line["school"]),
        Cell(f"{change.revision_before} → {line['revision']}"),
        Cell(moment(line["accepted_at"])),
        Cell(line["accepted_by"] or None),
        Cell(change.name or _("no figure changed")),
        number(change.before),
        number(change.after),
        Cell(change.difference, "signed0" if change.is_whole else "signed2") if known else Cell(None, "missing"),
    ]


def _gone(found: Comparison) -> Iterator[Block]:
    if not found.gone:
        return
    yield from (Gap(), Title(_("Schools left out: %(count)d") % {"count": len(found.gone)}))
    columns = [
        Column(_("Round"), width=16),
        Column(_("School"), width=44),
        Column(_("Revision"), width=12),
        Column(_("Why"), width=20),
    ]
    rows = [
        [Cell(one["round"]), Cell(one["school"]), number(one["revision"]), Cell(one["why"] or None)]
        for one in found.gone
    ]
    yield Table(columns=columns, rows=rows, name="gone_rows")
