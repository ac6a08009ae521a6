"""Addresses of the publication, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from .views import PublishingView, PublishView

app_name = "publishing"
urlpatterns = [
    path("", PublishingView.as_view(), name="index"),
    path("<slug:code>/", PublishView.as_view(), name="round"),
]
