"""`look_after_workbooks`: sends workbooks that are due, removes old files. For cron, where no worker always runs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mentoring_reports.workbooks.looking_after import look_after_all


class Command(BaseCommand):
    """Every municipality, each for itself; those that failed are named."""

    help = (
        "Sends workbooks by mail that are due and removes files that are too old. Safe to run twice; workers do it too."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look after all."""
        wrong = look_after_all()
        for schema, error in wrong.items():
            self.stderr.write(self.style.ERROR(f"{schema}: {error}"))
        if wrong:
            raise CommandError(_("Failed in: %(names)s. The others are done.") % {"names": ", ".join(sorted(wrong))})
