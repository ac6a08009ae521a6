"""`in_every_tenant COMMAND`: runs a command in the schema of each active organisation, for cron."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from portal.tenants.models import Organisation


class Command(BaseCommand):
    """Try every tenant, name those where the command failed, and let the exit code say so."""

    help = "Runs another command in every tenant, for instance: in_every_tenant publish_scheduled"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the command and whatever belongs to it."""
        parser.add_argument("name", help="The command, for instance publish_scheduled or update_index.")
        parser.add_argument("rest", nargs=argparse.REMAINDER, help="Its own arguments.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it everywhere."""
        with schema_context(get_public_schema_name()):
            organisations = list(Organisation.objects.active().order_by("pk"))
        failed = [name for organisation in organisations if (name := self._failure(organisation, options))]
        if failed:
            raise CommandError(_("Failed in: %(names)s. The others are done.") % {"names": ", ".join(failed)})
        self.stdout.write(_("Done in %(count)s organisations.") % {"count": len(organisations)})

    def _failure(self, organisation: Organisation, options: dict[str, Any]) -> str:
        """Return the schema's name if the command failed there."""
        try:
            with tenant_context(organisation):
                call_command(options["name"], *options["rest"], stdout=self.stdout, stderr=self.stderr)
        except Exception as error:  # noqa: BLE001  (one broken school must not stop the others)
            self.stderr.write(self.style.ERROR(f"{organisation.schema_name}: {type(error).__name__}: {error}"))
            return organisation.schema_name
        return ""
