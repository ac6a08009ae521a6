"""Addresses of template roadmaps, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from . import changing, editing, making, views

app_name = "roadmap_templates"
urlpatterns = [
    path("", views.IndexView.as_view(), name="index"),
    path("add/", editing.TitleView.as_view(), name="add"),
    path("document/", making.DocumentView.as_view(), name="document"),
    path("built-in/", making.BuiltInView.as_view(), name="built_in"),
    path("<int:pk>/", views.TemplateView.as_view(), name="template"),
    path("<int:pk>/preview/", views.PreviewView.as_view(), name="preview"),
    path("<int:pk>/title/", editing.TitleView.as_view(), name="title"),
    path("<int:pk>/change/", changing.ChangeView.as_view(), name="change"),
    path("<int:pk>/delete/", changing.DeleteView.as_view(), name="delete"),
    path("<int:pk>/stages/add/", editing.SectionView.as_view(), name="add_section"),
    path("<int:pk>/stages/<int:section_pk>/", editing.SectionView.as_view(), name="section"),
    path("<int:pk>/stages/<int:section_pk>/change/", changing.ChangeSectionView.as_view(), name="change_section"),
]
