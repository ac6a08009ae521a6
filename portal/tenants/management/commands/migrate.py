"""`migrate`: brings `public`, the template and every tenant along, touching only the schemas that lag."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django_tenants.management.commands.migrate_schemas import MigrateSchemasCommand
from django_tenants.utils import get_public_schema_name, schema_context

from portal.tenants.migrating import migrate_schema
from portal.tenants.models import Organisation
from portal.tenants.schema_state import lagging_schemas
from portal.tenants.schema_template import ensure_template

# With one of these the caller wants something particular: django-tenants' own command does it.
PARTICULAR = ("schema_name", "tenant", "shared", "app_label", "migration_name", "plan", "prune", "fake", "fake_initial")


class Command(MigrateSchemasCommand):
    """Migrate all schemas that lag; every one is tried, those that failed are named, and the exit code says so."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring everything along."""
        if any(options.get(name) for name in PARTICULAR):
            super().handle(*args, **options)
            return
        public = get_public_schema_name()
        if options.get("check_unapplied"):
            self._report(lagging_schemas([public, *self._schemas()]))
            return
        failed = self._migrate_each(lagging_schemas([public]), options)
        if failed:
            raise CommandError(failed[public])  # without the shared tables there is nothing to go on with
        ensure_template(verbosity=options["verbosity"])
        lagging = lagging_schemas(self._schemas())
        failed = self._migrate_each(lagging, options)
        self._sum_up(lagging, failed, quiet=options["verbosity"] == 0)

    def _schemas(self) -> list[str]:
        with schema_context(get_public_schema_name()):
            return list(Organisation.objects.with_schema().order_by("pk").values_list("schema_name", flat=True))

    def _kind(self, schema: str) -> str:
        with schema_context(get_public_schema_name()):
            organisation = Organisation.objects.filter(schema_name=schema).first()
        return organisation.kind if organisation else schema

    def _migrate_each(self, schemas: list[str], options: dict[str, Any]) -> dict[str, str]:
        """Migrate each schema; return what went wrong, by schema."""
        failed: dict[str, str] = {}
        for number, schema in enumerate(schemas):
            kind = get_public_schema_name() if schema == get_public_schema_name() else self._kind(schema)
            try:
                migrate_schema(schema, options, kind=kind, idx=number, count=len(schemas))
            except Exception as error:  # noqa: BLE001  (one broken school must not stop the others)
                failed[schema] = f"{type(error).__name__}: {error}".strip()
                self.stderr.write(self.style.ERROR(f"{schema}: {failed[schema]}"))
        return failed

    def _sum_up(self, lagging: list[str], failed: dict[str, str], *, quiet: bool) -> None:
        if failed:
            names = ", ".join(sorted(failed))
            raise CommandError(_("Not migrated: %(names)s. The others are up to date.") % {"names": names})
        if quiet:
            return
        if lagging:
            self.stdout.write(_("Migrated: %(count)s.") % {"count": len(lagging)})
        else:
            self.stdout.write(_("Every schema is up to date."))

    def _report(self, lagging: list[str]) -> None:
        if lagging:
            raise CommandError(_("Not up to date: %(names)s.") % {"names": ", ".join(lagging)})
        self.stdout.write(_("Every schema is up to date."))
