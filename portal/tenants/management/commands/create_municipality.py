"""`create_municipality`: the first tenant of a portal."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.tenants.addresses import organisation_url
from portal.tenants.errors import ProvisioningError
from portal.tenants.provisioning import create_municipality


class Command(BaseCommand):
    """Create a municipality with its schema, pages and groups."""

    help = "Creates the municipality: its row, host, schema, pages, groups and the built-in report form."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take what describes a municipality."""
        parser.add_argument("--name", required=True, help="Full name.")
        parser.add_argument("--short-name", default="", help="Name in headings; the full name by default.")
        parser.add_argument("--host", required=True, help="Main host name of the portal.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the municipality and print its address."""
        try:
            municipality = create_municipality(
                name=options["name"], short_name=options["short_name"], host=options["host"]
            )
        except ProvisioningError as error:
            raise CommandError(str(error)) from error
        url = organisation_url(municipality)
        self.stdout.write(_("Ready: %(name)s, %(url)s") % {"name": municipality.name, "url": url})
