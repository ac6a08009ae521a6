"""Addresses of the review, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from .views.queue import AcceptManyView, QueueView
from .views.submission import SubmissionView

app_name = "mentoring_review"
urlpatterns = [
    path("", QueueView.as_view(), name="index"),
    path("results/", QueueView.as_view(results_only=True), name="results"),
    path("accept/", AcceptManyView.as_view(), name="accept_many"),
    path("<int:pk>/", SubmissionView.as_view(), name="submission"),
]
