"""The one address of letters outside of the admin: it works without a login."""

from __future__ import annotations

from django.urls import path

from .views import OptOutView

app_name = "mentoring_letters"
urlpatterns = [path("opt-out/<str:token>/", OptOutView.as_view(), name="opt_out")]
