"""`verify_workbook FILE`: is a workbook that came back ours, unchanged, still current? The exit code says so, too."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, get_tenant_model, schema_context, tenant_context

from mentoring_reports.workbooks.standing import Change
from mentoring_reports.workbooks.verifying import Kind, Verdict, verify

EXIT_CODES = {Kind.CURRENT: 0, Kind.SUPERSEDED: 3, Kind.CHANGED: 4, Kind.UNKNOWN: 5, Kind.FOREIGN: 5}


class Command(BaseCommand):
    """Look in every municipality, or in one, and say what the file is."""

    help = (
        "Says whether a workbook is ours, unchanged and still current. "
        "Exit codes: 0 all of that, 3 superseded, 4 changed, 5 not ours, 1 it cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and, where only one is to be asked, the municipality."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--municipality", default="", metavar="SCHEMA")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify; changes nothing."""
        content = _read(options["file"])
        municipality, verdict = _first_to_know(_municipalities(options["municipality"]), content)
        self._say(options["file"], municipality, verdict)
        if code := EXIT_CODES[verdict.kind]:
            raise CommandError(_summary(verdict), returncode=code)
        self.stdout.write(self.style.SUCCESS(_summary(verdict)))

    def _say(self, path: Path, municipality: Any, verdict: Verdict) -> None:
        self.stdout.write(_("File: %(name)s, SHA-256 %(sum)s") % {"name": path.name, "sum": verdict.sha256})
        if verdict.workbook:
            words = _("Made in “%(municipality)s” for “%(round)s”, %(made)s, asked for by %(who)s, reports: %(count)d.")
            made = verdict.workbook.made_at and timezone.localtime(verdict.workbook.made_at)
            self.stdout.write(
                words
                % {
                    "municipality": municipality.name,
                    "round": verdict.workbook.round_title,
                    "made": f"{made:%d.%m.%Y %H:%M}" if made else "—",
                    "who": verdict.workbook.author_name,
                    "count": verdict.workbook.revisions,
                }
            )
        for change in verdict.changes:
            self.stdout.write(_line(change))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(
            _("Cannot read %(path)s: %(reason)s.") % {"path": path, "reason": error.strerror or error}
        ) from error


def _municipalities(schema: str) -> list[Any]:
    with schema_context(get_public_schema_name()):
        found = get_tenant_model().objects.filter(kind="municipality").order_by("pk")
        municipalities = list(found.filter(schema_name=schema) if schema else found)
    if not municipalities:
        raise CommandError(_("There is no such municipality.") if schema else _("There is no municipality yet."))
    return municipalities


def _first_to_know(municipalities: list[Any], content: bytes) -> tuple[Any, Verdict]:
    """Return the municipality that made the file, with its verdict; else the first one's."""
    first = None
    for municipality in municipalities:
        with tenant_context(municipality):
            verdict = verify(content)
        if verdict.is_ours:
            return municipality, verdict
        first = first or (municipality, verdict)
    assert first is not None  # noqa: S101  (there is at least one)
    return first


def _summary(verdict: Verdict) -> str:
    if verdict.kind == Kind.CURRENT:
        return _("Ours, unchanged, current.")
    if verdict.kind == Kind.SUPERSEDED:
        return _("Ours and unchanged, but superseded: revisions that count otherwise now: %(count)d.") % {
            "count": len(verdict.changes)
        }
    if verdict.kind == Kind.CHANGED:
        return _changed(verdict)
    if verdict.kind == Kind.UNKNOWN:
        return _("The file says that it comes from “%(name)s”, but no such file was made here.") % {
            "name": verdict.municipality
        }
    return _("This file was not made by the portal.")


def _changed(verdict: Verdict) -> str:
    if verdict.same_figures:
        return _("Made here, but saved anew or changed since; the rows of the sheet with the data are as they were.")
    if verdict.same_figures is None:
        return _("Made here, but saved anew or changed since; its figures cannot be held against what was made.")
    return _("Made here, but changed since: the rows of the sheet with the data are not as they were.")


def _line(change: Change) -> str:
    place = {"round": change.round, "school": change.school, "before": change.before, "now": change.now}
    if not change.now:
        return _("%(round)s, %(school)s: revision %(before)d in the file does not count any more.") % place
    if not change.before:
        return _("%(round)s, %(school)s: accepted since, revision %(now)d.") % place
    return _("%(round)s, %(school)s: revision %(before)d in the file, revision %(now)d counts now.") % place
