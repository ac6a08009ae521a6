"""Addresses of the review, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from .central_entry.views import CentralEntryView
from .plausibility.views import ThresholdsView
from .views.assignments import AssignmentsView
from .views.history import HistoryView, ReceiptView, SealedView
from .views.presence import PresenceView
from .views.queue import AcceptManyView, QueueTableView, QueueView
from .views.submission import SubmissionView

app_name = "mentoring_review"
urlpatterns = [
    path("", QueueView.as_view(), name="index"),
    path("results/", QueueView.as_view(results_only=True), name="results"),
    path("accept/", AcceptManyView.as_view(), name="accept_many"),
    path("table.csv", QueueTableView.as_view(), name="table"),
    path("assignments/", AssignmentsView.as_view(), name="assignments"),
    path("plausibility/", ThresholdsView.as_view(), name="plausibility"),
    path("rounds/<int:pk>/schools/<int:school_pk>/file/", CentralEntryView.as_view(), name="central_entry"),
    path("<int:pk>/presence/", PresenceView.as_view(), name="presence"),
    path("history/<int:round_pk>/<int:school_pk>/", HistoryView.as_view(), name="history"),
    path("<int:pk>/receipt/", ReceiptView.as_view(), name="receipt"),
    path("<int:pk>/sealed.json", SealedView.as_view(), name="receipt_sealed"),
    path("<int:pk>/", SubmissionView.as_view(), name="submission"),
]
