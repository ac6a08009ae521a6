"""Addresses of the dashboard, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from .profile import SchoolProfileView
from .tabs import TABS
from .views import CsvView, DashboardView, WorkbookView, XlsxView

app_name = "dashboard"
urlpatterns = [
    *(
        path("" if tab.code == "index" else f"{tab.code}/", DashboardView.as_view(screen_class=tab), name=tab.code)
        for tab in TABS
    ),
    path("schools/<int:school_id>/", SchoolProfileView.as_view(), name="school"),
    path("workbook/", WorkbookView.as_view(), name="workbook"),
    path("<slug:view>.csv", CsvView.as_view(), name="csv"),
    path("<slug:view>.xlsx", XlsxView.as_view(), name="xlsx"),
]
