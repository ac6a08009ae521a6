"""Addresses of a school's reports, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from .views.autosave import AutosaveView, PreviewView
from .views.evidence import EvidenceView, RemoveEvidenceView
from .views.filling import FormView
from .views.handed import ReportView, RevisionView
from .views.history import HistoryView
from .views.listing import RoundListView
from .views.profile import ProfileView
from .views.receipt import ReceiptView, SealedView
from .views.rows import RowsView
from .views.sending import SendView
from .views.spreadsheet import SpreadsheetFileView, SpreadsheetPreviewView, SpreadsheetView

app_name = "mentoring_reports"
urlpatterns = [
    path("", RoundListView.as_view(), name="index"),
    path("figures/", ProfileView.as_view(), name="profile"),
    path("<int:round_id>/", ReportView.as_view(), name="report"),
    path("<int:round_id>/fill/", FormView.as_view(), name="fill"),
    path("<int:round_id>/fill/preview/", PreviewView.as_view(), name="preview"),
    path("<int:round_id>/fill/autosave/", AutosaveView.as_view(), name="autosave"),
    path("<int:round_id>/evidence/", EvidenceView.as_view(), name="evidence"),
    path("<int:round_id>/evidence/<int:evidence_id>/remove/", RemoveEvidenceView.as_view(), name="evidence_remove"),
    path("<int:round_id>/rows/<slug:code>/", RowsView.as_view(), name="rows"),
    path("<int:round_id>/spreadsheet/", SpreadsheetView.as_view(), name="spreadsheet"),
    path("<int:round_id>/spreadsheet/file/", SpreadsheetFileView.as_view(), name="spreadsheet_file"),
    path(
        "<int:round_id>/spreadsheet/preview/<str:token>/", SpreadsheetPreviewView.as_view(), name="spreadsheet_preview"
    ),
    path("<int:round_id>/send/", SendView.as_view(), name="send"),
    path("<int:round_id>/revisions/<int:revision>/", RevisionView.as_view(), name="revision"),
    path("<int:round_id>/revisions/<int:revision>/receipt/", ReceiptView.as_view(), name="receipt"),
    path("<int:round_id>/revisions/<int:revision>/sealed.json", SealedView.as_view(), name="receipt_sealed"),
    path("<int:round_id>/history/", HistoryView.as_view(), name="history"),
]
