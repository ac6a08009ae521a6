"""`send_notices`: the day's letters of every organisation. For cron; running it twice, or at once, sends once."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, get_tenant_model, schema_context, tenant_context

from mentoring_reports.letters.post import MailServerDown, Post
from mentoring_reports.letters.sending import send_letters


class Command(BaseCommand):
    """Try every organisation, name those where something failed, and let the exit code say so."""

    help = "Sends the day's letters about rounds and reports: at most one a user and day, each notice once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take one organisation, where only that one is wanted."""
        parser.add_argument("--only", default="", metavar="SCHEMA", help="one organisation, by its schema")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send; a mail server that does not answer ends the run, one broken organisation does not."""
        sent, failed = 0, []
        for organisation in self._organisations(options["only"]):
            try:
                letters, errors = self._send(organisation)
            except MailServerDown as error:
                raise CommandError(
                    _("The mail server does not answer: %(error)s. Nothing is lost: run the command again.")
                    % {"error": error}
                ) from error
            sent += letters
            for line in errors:
                self.stderr.write(self.style.ERROR(f"{organisation.schema_name}: {line}"))
            failed += [organisation.schema_name] if errors else []
        self.stdout.write(_("Letters sent: %(count)d.") % {"count": sent})
        if failed:
            raise CommandError(_("Failed in: %(names)s. The others are done.") % {"names": ", ".join(failed)})

    def _organisations(self, schema: str) -> list[Any]:
        with schema_context(get_public_schema_name()):
            found = get_tenant_model().objects.active().order_by("pk")
            organisations = list(found.filter(schema_name=schema) if schema else found)
        if schema and not organisations:
            raise CommandError(_("There is no active organisation with the schema “%(name)s”.") % {"name": schema})
        return organisations

    def _send(self, organisation: Any) -> tuple[int, list[str]]:
        """Return how many letters went out and what went wrong. Raises `MailServerDown`."""
        try:
            with tenant_context(organisation), closing(Post()) as post:
                outcome = send_letters(post)
        except MailServerDown:
            raise
        except Exception as error:  # noqa: BLE001  (one broken school must not stop the others)
            return 0, [f"{type(error).__name__}: {error}"]
        return outcome.sent, outcome.errors
