"""Content types, cached for each schema by itself.

django-tenants empties Django's cache of content types at every change of schema, since ids differ between schemas; so
every page would ask for the same few rows again. Here the cache is keyed by schema, and need not be emptied then. It is
forgotten after migrations and when a schema is made anew.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from wagtail.permission_policies.base import BaseDjangoAuthPermissionPolicy

from mentoring_reports.tenancy import tenant_connection

Cached = dict[Any, ContentType]


class ContentTypesBySchema:
    """Stands in for the manager's own dictionary, which is keyed by database alias."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._known: dict[str, dict[str, Cached]] = {}

    def _here(self) -> dict[str, Cached]:
        return self._known.setdefault(tenant_connection.schema_name, {})

    def __getitem__(self, using: str) -> Cached:
        """Return what is cached in the current schema."""
        return self._here()[using]

    def setdefault(self, using: str, default: Cached) -> Cached:
        """Return what is cached in the current schema, or start it."""
        return self._here().setdefault(using, default)

    def clear(self) -> None:
        """Do nothing: called at each change of schema, where nothing gets wrong."""

    def forget(self) -> None:
        """Forget everything."""
        self._known.clear()


content_types = ContentTypesBySchema()


def install() -> None:
    """Make the content types' manager use this cache, and keep Wagtail's policies from one of their own.

    A policy lives as long as the process and would keep the content type of whichever tenant asked first: where ids
    have drifted apart, editors of the others would wrongly be refused or allowed.
    """
    # A model's managers are copies, made anew whenever the registry of models changes: so the originals, too.
    for manager in (ContentType.objects, *ContentType._meta.local_managers):
        manager._cache = content_types  # type: ignore[attr-defined]
    BaseDjangoAuthPermissionPolicy._content_type = property(
        lambda policy: ContentType.objects.get_for_model(policy.auth_model)
    )


@receiver(post_migrate)
def forget_after_migrating(**kwargs: Any) -> None:
    """Content types may have come or gone."""
    content_types.forget()
