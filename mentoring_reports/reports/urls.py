"""Addresses of a school's reports, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from .views.filling import FormView, PreviewView, RowsView
from .views.handed import ReportView, RevisionView
from .views.listing import RoundListView
from .views.sending import SendView

app_name = "mentoring_reports"
urlpatterns = [
    path("", RoundListView.as_view(), name="index"),
    path("<int:round_id>/", ReportView.as_view(), name="report"),
    path("<int:round_id>/fill/", FormView.as_view(), name="fill"),
    path("<int:round_id>/fill/preview/", PreviewView.as_view(), name="preview"),
    path("<int:round_id>/rows/<slug:code>/", RowsView.as_view(), name="rows"),
    path("<int:round_id>/send/", SendView.as_view(), name="send"),
    path("<int:round_id>/revisions/<int:revision>/", RevisionView.as_view(), name="revision"),
]
