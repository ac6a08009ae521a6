"""`create_school`: a new school of a municipality, in one go; run again after a failure, it heals."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.tenants.addresses import organisation_url
from portal.tenants.errors import ProvisioningError
from portal.tenants.models import Organisation
from portal.tenants.provisioning import create_school, find_grouping


class Command(BaseCommand):
    """Create a school with its schema, pages and groups."""

    help = "Creates a school: its row, host, schema, page structure, groups, and an invitation for its editor."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take what describes a school."""
        parser.add_argument("--name", required=True, help="Full name.")
        parser.add_argument("--short-name", default="", help="Name in lists; the full name by default.")
        parser.add_argument("--host", required=True, help="Host name, for instance school-5.example.ru.")
        parser.add_argument("--type", required=True, help="Code or name of the type of organisation.")
        parser.add_argument("--territory", required=True, help="Name of the territory.")
        parser.add_argument("--municipality", default="", help="Schema of the municipality, where there are several.")
        parser.add_argument("--editor", default="", help="E-mail of the editor to invite.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the school and print its address."""
        try:
            if options["editor"]:
                validate_email(options["editor"])
            kind, territory = find_grouping(
                self._municipality(options["municipality"]), type_code=options["type"], territory=options["territory"]
            )
            school = create_school(
                name=options["name"],
                short_name=options["short_name"],
                host=options["host"],
                organisation_type=kind,
                territory=territory,
                editor=options["editor"],
            )
        except (ProvisioningError, ValidationError) as error:
            raise CommandError("; ".join(getattr(error, "messages", [str(error)]))) from error
        self.stdout.write(_("Ready: %(name)s, %(url)s") % {"name": school.name, "url": organisation_url(school)})

    def _municipality(self, schema: str) -> Organisation:
        found = Organisation.objects.municipalities()
        if schema:
            found = found.filter(schema_name=schema)
        municipalities = list(found[:2])
        if not municipalities:
            raise CommandError(_("There is no municipality yet: run create_municipality first."))
        if len(municipalities) > 1:
            raise CommandError(_("There are several municipalities: name one with --municipality."))
        return municipalities[0]
