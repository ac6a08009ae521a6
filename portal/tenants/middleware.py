"""From the host of a request to the organisation whose schema answers it."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tenants.middleware.main import TenantMainMiddleware

from mentoring_reports.tenancy import tenant_connection

from .addresses import normalise_host
from .hosts import organisation_at
from .models import Domain, Organisation

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = "120"


def unavailable(reason: str) -> HttpResponse:
    """Return a page with status 503 that needs neither a database nor a tenant."""
    response = HttpResponse(render_to_string("503.html", {"reason": reason}), status=503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    response["Cache-Control"] = "no-store"
    return response


class TenantMiddleware(TenantMainMiddleware):
    """Choose the tenant by host: unknown hosts get 404, organisations that are not active get 503.

    A page preview runs the middleware once more inside a request, with whatever host the page claims: such a dummy
    request stays in the tenant that made it.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Set the connection's schema and the request's URLconf."""
        tenant = tenant_connection.tenant
        if getattr(request, "is_dummy", False) and isinstance(tenant, Organisation):
            self._enter(request, tenant)
            return None
        try:
            return self._find(request)
        except (OperationalError, InterfaceError):
            logger.exception("The database does not answer")
            return unavailable(_("The database does not answer. Nothing is lost; please try again in a few minutes."))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 when the database goes away in the middle of a view."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database does not answer", exc_info=exception)
        return unavailable(_("The database does not answer. Nothing is lost; please try again in a few minutes."))

    @staticmethod
    def hostname_from_request(request: HttpRequest) -> str:
        """Return the host in the form in which hosts are stored."""
        return normalise_host(request.get_host())

    def _find(self, request: HttpRequest) -> HttpResponse | None:
        tenant_connection.set_schema_to_public()
        host = self.hostname_from_request(request)
        try:
            organisation = organisation_at(host)
        except Domain.DoesNotExist:
            request.urlconf = settings.TENANT_TYPES["public"]["URLCONF"]
            raise Http404(_("No organisation is served at this address.")) from None
        if not organisation.is_active:
            return unavailable(_("The site of this organisation is being set up or is closed for a while."))
        self._enter(request, organisation)
        return None

    def _enter(self, request: HttpRequest, organisation: Organisation) -> None:
        request.tenant = organisation  # type: ignore[attr-defined]
        tenant_connection.set_tenant(organisation)
        self.setup_url_routing(request)
