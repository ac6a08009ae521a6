"""What every tenant's host serves: Wagtail's admin, documents, uploaded files, and last of all its pages."""

from __future__ import annotations

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.tenants.media import serve_media

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", serve_media, name="media"),
    path("letters/", include("mentoring_reports.letters.urls")),
    path("", include(wagtail_urls)),
]
