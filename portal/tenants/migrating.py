"""Migrating one schema without drawing up the models of the apps that have no tables in it.

Django goes through every migration in every schema, and before each operation it renders anew all model classes that
hang together with those that change: most of a first migration's time. What the database router keeps out of a schema
changes nothing there, so those migrations only move the state on; their models are rendered once somebody needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.core.management.commands import migrate
from django.db import router
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django_tenants.migration_executors.base import run_migrations

ModelKey = tuple[str, str]


def migrate_schema(schema: str, options: dict[str, Any], *, kind: str, label: str = "portal", **count: int) -> None:
    """Apply to a schema of a kind of tenant every migration that it lacks."""
    with _executor(), _swappable_settings_remembered():
        run_migrations([], options, label, schema, tenant_type=kind, **count)


@contextmanager
def _executor() -> Iterator[None]:
    """Let Django's command migrate by our executor."""
    usual = vars(migrate)["MigrationExecutor"]
    vars(migrate)["MigrationExecutor"] = SchemaExecutor  # the command knows no other way
    try:
        yield
    finally:
        vars(migrate)["MigrationExecutor"] = usual


@contextmanager
def _swappable_settings_remembered() -> Iterator[None]:
    """Ask once which models a setting can swap: Django forgets it with every class rendered, of whatever registry."""
    ask = Apps.get_swappable_settings_name.__wrapped__  # type: ignore[attr-defined]
    vars(apps)["get_swappable_settings_name"] = cache(partial(ask, apps))
    try:
        yield
    finally:
        del vars(apps)["get_swappable_settings_name"]


class SchemaExecutor(MigrationExecutor):
    """Applies migrations as Django does; of apps without tables in this schema it only notes that they are applied."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unrendered: set[ModelKey] = set()

    def _migrate_all_forwards(self, state: ProjectState, *args: Any, **kwargs: Any) -> ProjectState:
        state = super()._migrate_all_forwards(state, *args, **kwargs)  # type: ignore[misc]  # not in the stubs
        self._render(state)
        return state

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """Run a migration forwards, or only its changes of the state where the router lets nothing be done."""
        if router.allow_migrate(self.connection.alias, migration.app_label):
            self._render(state)
            return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        self._tell("apply_start", migration)
        with self._noting(state):
            migration.mutate_state(state, preserve=False)
        self.record_migration(migration)  # type: ignore[call-arg, arg-type]  # their stubs are old
        self._tell("apply_success", migration)
        return state

    def _tell(self, what: str, migration: Migration) -> None:
        if self.progress_callback:
            self.progress_callback(what, migration, False)

    @contextmanager
    def _noting(self, state: ProjectState) -> Iterator[None]:
        """Note which models' classes would be rendered anew, instead of doing it at once."""

        def reload_model(app_label: str, model_name: str, delay: bool = False) -> None:
            self._unrendered.add((app_label, model_name))

        def reload_models(models: Iterable[ModelKey], delay: bool = True) -> None:
            self._unrendered.update(models)

        own = {"reload_model": reload_model, "reload_models": reload_models}
        vars(state).update(own)
        try:
            yield
        finally:
            for name in own:
                del vars(state)[name]

    def _render(self, state: ProjectState) -> None:
        """Render what was noted, all of it in one go."""
        noted, self._unrendered = self._unrendered, set()
        if there := noted & state.models.keys():
            state.reload_models(sorted(there), delay=False)
