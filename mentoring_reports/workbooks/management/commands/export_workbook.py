"""Write the consolidated workbook of a round to a file."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, get_tenant_model, schema_context, tenant_context

from mentoring_reports.submissions.handover import Author
from mentoring_reports.submissions.models import Round
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.errors import WorkbookError
from mentoring_reports.workbooks.export import previous_round
from mentoring_reports.workbooks.kept import content
from mentoring_reports.workbooks.making import make_now
from mentoring_reports.workbooks.models import MadeWorkbook

LATEST = "latest"


class Command(BaseCommand):
    """`export_workbook --round CODE|latest --out FILE [--municipality SCHEMA]`."""

    help = "Write the consolidated workbook of a round; “latest” is the last finished round."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the round, the file and, where there are several, the municipality."""
        parser.add_argument("--round", required=True, metavar="CODE", help="a round's code, or latest")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--municipality", default="", metavar="SCHEMA")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the round, make the workbook, write it."""
        municipality = _municipality(options["municipality"])
        with tenant_context(municipality):
            made = _made(_round(options["round"]))
            file = content(made)
        _write(options["out"], file)
        self.stdout.write(_("The workbook is written: %(path)s") % {"path": options["out"]})


def _municipality(schema: str) -> Any:
    with schema_context(get_public_schema_name()):
        found = list(
            get_tenant_model().objects.filter(kind="municipality", **({"schema_name": schema} if schema else {}))
        )
    if not found:
        raise CommandError(_("There is no such municipality.") if schema else _("There is no municipality yet."))
    if len(found) > 1:
        known = ", ".join(sorted(one.schema_name for one in found))
        raise CommandError(
            _("There are several municipalities: name one by --municipality (%(known)s).") % {"known": known}
        )
    return found[0]


def _round(code: str) -> Round:
    rounds = Round.objects.select_related("form", "municipality")
    if code == LATEST:
        last = rounds.finished().first()
        if last is None:
            raise CommandError(_("No round is finished yet."))
        return last
    found = rounds.filter(code=code).first()
    if found is None:
        known = ", ".join(Round.objects.values_list("code", flat=True)) or "—"
        raise CommandError(_("There is no round “%(code)s”. Known: %(known)s.") % {"code": code, "known": known})
    return found


def _made(round_: Round) -> MadeWorkbook:
    """Return the workbook, made at once and kept like every other, so that it is recognised when it comes back."""
    before = previous_round(round_)
    choices = Choices(round_id=round_.pk, compared_id=before.pk if before else None)
    try:
        return make_now(choices=choices, by=Author(_("The command export_workbook")))
    except WorkbookError as error:
        raise CommandError(str(error)) from error


def _write(path: Path, content: bytes) -> None:
    """Write beside the file first, so that a full disk does not leave half a workbook under its name."""
    partial = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise CommandError(
            _("Cannot write %(path)s: %(reason)s.") % {"path": path, "reason": error.strerror or error}
        ) from error
