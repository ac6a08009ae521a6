"""The admin with the plugin's screens, and the way out of a letter; no pages."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("letters/", include("mentoring_reports.letters.urls")),
]
