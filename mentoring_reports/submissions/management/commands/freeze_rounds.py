"""`freeze_rounds`: writes down who was expected in each round that has closed, for cron; it may run at any time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, get_tenant_model, schema_context, tenant_context

from mentoring_reports.submissions.closing import freeze_closed_rounds


class Command(BaseCommand):
    """Try every municipality, name those where it failed, and let the exit code say so."""

    help = "Freezes the expected schools of every round that has closed, in every municipality."

    def handle(self, *args: Any, **options: Any) -> None:
        """Freeze everywhere; a second run, also at the same time, finds nothing to do."""
        with schema_context(get_public_schema_name()):
            municipalities = list(get_tenant_model().objects.filter(kind="municipality").order_by("pk"))
        failed = [name for municipality in municipalities if (name := self._failure(municipality))]
        if failed:
            raise CommandError(_("Failed in: %(names)s. The others are done.") % {"names": ", ".join(failed)})

    def _failure(self, municipality: Any) -> str:
        """Return the schema's name if freezing failed there."""
        name: str = municipality.schema_name
        try:
            with tenant_context(municipality):
                for round_ in freeze_closed_rounds(municipality.pk):
                    self.stdout.write(f"{name}: {round_.code}")
        except Exception as error:  # noqa: BLE001  (one municipality must not stop the others)
            self.stderr.write(self.style.ERROR(f"{name}: {type(error).__name__}: {error}"))
            return name
        return ""
