"""What a kind of tenant puts into its schema: found by the setting `TENANT_CONTENT`, so `tenants` imports nobody."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from .models import Organisation


class TenantContent(Protocol):
    """Seeds of a schema. `build` runs once in the template; `adapt` makes a copy one tenant's own."""

    version: int

    def build(self) -> None:
        """Create pages, groups and permissions inside the template schema."""

    def adapt(self, organisation: Organisation, *, host: str) -> None:
        """Give the copied rows the organisation's name and host; runs inside its schema."""


def content_for(kind: str) -> TenantContent:
    """Return the content of a kind of tenant ("school", "municipality")."""
    content: TenantContent = import_string(settings.TENANT_CONTENT[kind])()
    return content
