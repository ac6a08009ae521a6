"""Addresses of the versions of report forms, below Wagtail's admin."""

from __future__ import annotations

from django.urls import URLPattern, path

from .differences import DifferencesView
from .lifecycle import DiscardView, NextVersionView, ReleaseView, TitleView
from .parts import MovePartView, PartView, RemovePartView
from .reading import IndexView, VersionView
from .trying import TrialView
from .wording import MODELS


def _part_urls(kind: str) -> list[URLPattern]:
    one = f"<int:pk>/{kind}/<int:part_pk>/"
    extra = {"kind": kind}
    return [
        path(f"<int:pk>/{kind}/add/", PartView.as_view(), extra, name="add_part"),
        path(one, PartView.as_view(), extra, name="part"),
        path(f"{one}move/", MovePartView.as_view(), extra, name="move_part"),
        path(f"{one}remove/", RemovePartView.as_view(), extra, name="remove_part"),
    ]


app_name = "report_forms"
urlpatterns = [
    path("", IndexView.as_view(), name="index"),
    path("<int:pk>/", VersionView.as_view(), name="version"),
    path("<int:pk>/differences/", DifferencesView.as_view(), name="differences"),
    path("<int:pk>/trial/", TrialView.as_view(), name="trial"),
    path("<int:pk>/title/", TitleView.as_view(), name="title"),
    path("<int:pk>/next/", NextVersionView.as_view(), name="next"),
    path("<int:pk>/release/", ReleaseView.as_view(), name="release"),
    path("<int:pk>/discard/", DiscardView.as_view(), name="discard"),
    *(url for kind in MODELS for url in _part_urls(kind)),
]
