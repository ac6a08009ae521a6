"""The current tenant, as the plugin sees it: it reaches organisations only through here and `TENANT_MODEL`.

What `TENANT_MODEL` must have stands in docs/plugin.md, and `tenant_model` checks it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django_tenants.utils import get_tenant_model

# Django's stubs do not know what django-tenants adds to a connection: tenant, schema_name, set_tenant …
tenant_connection: Any = connection

View = Callable[..., HttpResponseBase]


def current_organisation() -> Any:
    """Return the organisation whose schema is current, or None in `public` and under a bare schema name."""
    tenant = tenant_connection.tenant
    return tenant if isinstance(tenant, get_tenant_model()) else None


def current_kind() -> str:
    """Return "municipality", "school" or "" outside of a tenant."""
    organisation = current_organisation()
    return organisation.kind if organisation else ""


def is_school() -> bool:
    """Say whether the current tenant is a school."""
    return current_kind() == "school"


def is_municipality() -> bool:
    """Say whether the current tenant is a municipality."""
    return current_kind() == "municipality"


def _only(kind: str, view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if current_kind() != kind:
            raise Http404(_("There is no such page here."))
        return view(request, *args, **kwargs)

    return guarded


def school_only(view: View) -> View:
    """Answer 404 unless the current tenant is a school."""
    return _only("school", view)


def municipality_only(view: View) -> View:
    """Answer 404 unless the current tenant is a municipality."""
    return _only("municipality", view)
