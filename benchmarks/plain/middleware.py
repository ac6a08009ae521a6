"""What pages ask of the current organisation, answered with the only one there is, at no cost."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from portal.tenants.models import Organisation

_only: list[Organisation] = []


class OneOrganisation:
    """Put the one organisation where the tenant would be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the rest of the stack."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the only organisation."""
        if not _only:
            _only.append(Organisation.objects.select_related("municipality").get(kind="school"))
        connection.tenant, connection.schema_name = _only[0], "public"
        request.tenant = _only[0]
        return self.get_response(request)
