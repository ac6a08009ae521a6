"""Whole pages for anonymous visitors, cached per host and forgotten when anything of that tenant's site changes.

Each tenant has a generation: a random word in its pages' keys. A change makes a new word, so that every page made
before it is out of reach at once, in every process and on every machine that shares the cache.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_cache_key, has_vary_header, learn_cache_key
from django_tenants.utils import get_public_schema_name, schema_context

from mentoring_reports.clock import today
from mentoring_reports.tenancy import tenant_connection

TIMEOUT = 600  # seconds; a change is seen at once all the same
GENERATION = "generation"
# A change in one of these apps may change a public page of its tenant.
SITE_APPS = frozenset(
    {
        "schools",
        "website",
        "mentoring_roadmaps",
        "mentoring_publications",
        "wagtailcore",
        "wagtailimages",
        "wagtaildocs",
        "wagtailredirects",
    }
)
# Written by reading or by drafting: they change nothing that the public sees.
PRIVATE_MODELS = frozenset(
    {"revision", "pagelogentry", "modellogentry", "referenceindex", "uploadedfile", "uploadeddocument", "rendition"}
)


def generation() -> str:
    """Return the current tenant's generation."""
    pages = caches["pages"]
    word = pages.get(GENERATION)
    if word is None:
        pages.add(GENERATION, uuid.uuid4().hex, timeout=None)
        word = pages.get(GENERATION)
    return str(word)


def forget_pages(*schemas: str) -> None:
    """Forget the cached pages of these schemas (by default the current one), now and after the transaction."""
    names = schemas or (tenant_connection.schema_name,)

    def forget() -> None:
        for name in names:
            with schema_context(name):
                caches["pages"].set(GENERATION, uuid.uuid4().hex, timeout=None)

    forget()
    transaction.on_commit(forget)


@receiver([post_save, post_delete])
def forget_when_site_changes(sender: type[Model], raw: bool = False, **kwargs: Any) -> None:
    """Forget the tenant's pages when a row that a public page may show is written."""
    meta = sender._meta
    if raw or tenant_connection.schema_name == get_public_schema_name():
        return
    if meta.app_label in SITE_APPS and meta.model_name not in PRIVATE_MODELS:
        forget_pages()


class PageCacheMiddleware:
    """Answer an anonymous visitor's GET from the cache; never read or fill it for someone who has a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the rest of the stack."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the cached page, or make it and keep it."""
        if not self._is_anonymous_reading(request):
            return self.get_response(request)
        pages = caches["pages"]
        prefix = f"{generation()}:{today():%Y%m%d}"  # overdue marks change at midnight
        key = get_cache_key(request, prefix, "GET", cache=pages)
        cached: HttpResponse | None = pages.get(key) if key else None
        if cached is not None:
            return cached
        schema = tenant_connection.schema_name
        response = self.get_response(request)
        if self._may_keep(response) and tenant_connection.schema_name == schema:
            pages.set(learn_cache_key(request, response, TIMEOUT, prefix, cache=pages), response, TIMEOUT)
        return response

    @staticmethod
    def _is_anonymous_reading(request: HttpRequest) -> bool:
        return (
            request.method == "GET"
            and not getattr(request, "is_dummy", False)
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not request.path.startswith(("/admin/", "/documents/", settings.STATIC_URL, settings.MEDIA_URL))
        )

    @staticmethod
    def _may_keep(response: HttpResponseBase) -> bool:
        return (
            isinstance(response, HttpResponse)
            and response.status_code == 200  # noqa: PLR2004
            and not response.cookies
            and "private" not in response.get("Cache-Control", "")
            and "no-store" not in response.get("Cache-Control", "")
            and not has_vary_header(response, "*")
        )
