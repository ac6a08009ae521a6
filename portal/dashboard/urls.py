"""Addresses of the dashboard, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from .views import DashboardView, SchoolsCsvView, WorkbookView

app_name = "dashboard"
urlpatterns = [
    path("", DashboardView.as_view(), name="index"),
    path("workbook/", WorkbookView.as_view(), name="workbook"),
    path("schools.csv", SchoolsCsvView.as_view(), name="schools_csv"),
]
