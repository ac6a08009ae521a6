"""Addresses of the workbooks, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from .views.asking import NewView
from .views.checking import CheckView
from .views.listing import IndexView
from .views.saved import DeleteView, EditView, RunView
from .views.sheet import SheetView
from .views.workbook import AgainView, AnewView, CancelView, FileView, ManifestView, ProgressView, WorkbookView

app_name = "mentoring_workbooks"
urlpatterns = [
    path("", IndexView.as_view(), name="index"),
    path("new/", NewView.as_view(), name="new"),
    path("check/", CheckView.as_view(), name="check"),
    path("saved/<int:pk>/", EditView.as_view(), name="saved"),
    path("saved/<int:pk>/run/", RunView.as_view(), name="run"),
    path("saved/<int:pk>/delete/", DeleteView.as_view(), name="delete_saved"),
    path("<int:pk>/", WorkbookView.as_view(), name="workbook"),
    path("<int:pk>/progress/", ProgressView.as_view(), name="progress"),
    path("<int:pk>/cancel/", CancelView.as_view(), name="cancel"),
    path("<int:pk>/again/", AgainView.as_view(), name="again"),
    path("<int:pk>/anew/", AnewView.as_view(), name="anew"),
    path("<int:pk>/file/", FileView.as_view(), name="file"),
    path("<int:pk>/sheet/", SheetView.as_view(), name="sheet"),
    path("<int:pk>/manifest/", ManifestView.as_view(), name="manifest"),
]
