"""The manifest as it stands on «Методика»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from .wording import UNREADABLE, moment
from .writing.blocks import Fact, Note, Rows
from .writing.cells import Cell, Column, Table, number
from .writing.streaming import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .source import Source
    from .writing.blocks import Block

WIDTHS = (48, 60, 14, 30, 44, 30)


def manifest_facts(source: Source) -> Iterator[Block]:
    """Yield what the file is made from, and by what."""
    manifest, choices = source.manifest, source.choices
    yield Fact(_("Manifest checksum"), Cell(source.digest))
    yield Fact(_("Checksum of the data"), Cell(manifest["data_sha256"]))
    yield Fact(_("Program"), Cell(manifest["program"]))
    yield Fact(_("Newest acceptance"), Cell(moment(manifest["made_from"])))
    yield Fact(_("Manifest of the file before"), Cell(manifest["previous"] or _("there is none")))
    yield Fact(_("Filters"), Cell(source.selection or _("all schools")))
    yield Fact(_("Schools are shown by"), Cell(_("codes") if choices.codes_for_names else _("names")))
    forms = "; ".join(f"{code}: {form}" for code, form in manifest["form_versions"].items())
    yield Fact(_("Report forms by round"), Cell(forms))
    yield Note(_("The manifest lies beside the file as JSON, too; verify_workbook tells whether a file is unchanged."))


def revisions_table(source: Source) -> Rows:
    """Return one row an accepted revision of every round in the file."""
    headers = (_("School"), _("Checksum (SHA-256)"), _("Revision"), _("Round"), _("Accepted by"), _("Accepted at"))
    kinds = (Kind.TEXT, Kind.TEXT, Kind.NUMBER, Kind.TEXT, Kind.TEXT, Kind.TEXT)

    def read() -> Iterator[tuple[str | int | None, ...]]:
        zone = timezone.get_current_timezone()
        for line in source.read.used:
            named = (line["school"], line["checksum"], line["revision"], line["round"])
            yield (*named, line["accepted_by"] or None, moment(line["accepted_at"], zone))

    return Rows(columns=_columns(headers), kinds=kinds, count=len(source.read.used), read=read, name="manifest_rows")


def unreadable_table(source: Source) -> Table:
    """Return the revisions that could not be relied on: in no sum, and why."""
    headers = (_("School"), _("Why"), _("Revision"), _("Round"))
    rows = [
        [Cell(line["school"]), Cell(line["why"]), number(line["revision"]), Cell(line["round"])]
        for line in source.read.unreadable
    ]
    return Table(columns=_columns(headers), rows=rows, name=UNREADABLE)


def _columns(headers: tuple[str, ...]) -> list[Column]:
    return [Column(header, width=width) for header, width in zip(headers, WIDTHS, strict=False)]
