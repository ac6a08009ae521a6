"""Addresses of the screens about mail, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from .editing import PlanView, TextView
from .views import IndexView

app_name = "mentoring_notices"
urlpatterns = [
    path("", IndexView.as_view(), name="index"),
    path("days/", PlanView.as_view(), name="plan"),
    path("texts/<slug:kind>/<str:language>/", TextView.as_view(), name="text"),
]
