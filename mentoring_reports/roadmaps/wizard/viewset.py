"""The wizard's addresses and its place in the menu."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from mentoring_reports.roadmaps.models import Roadmap

from .compare_views import CompareView
from .delete_views import DeleteImportView
from .preview_views import PreviewView, PutToWorkView
from .upload_views import FileView, ImportsView, ReadingView, UploadView


class RoadmapImportViewSet(ViewSet):
    """Documents that become roadmaps."""

    name = "roadmap_imports"
    url_prefix = "roadmap-imports"
    icon = "upload"
    menu_label = _("Import")

    @property
    def menu_item_class(self) -> type[MenuItem]:
        """Show the item to those who may add roadmaps, in a school."""

        class ImportMenuItem(MenuItem):
            """The item of the menu."""

            def is_shown(self, request: Any) -> bool:
                """Ask the policy."""
                return bool(policy_registry.get_by_type(Roadmap).user_has_permission(request.user, "add"))

        return ImportMenuItem

    def get_urlpatterns(self) -> list[Any]:
        """Return the screens in the order of the way through them."""
        return [
            path("", self.construct_view(ImportsView), name="index"),
            path("new/", self.construct_view(UploadView), name="new"),
            path("reading/", self.construct_view(ReadingView), name="reading"),
            path("<int:pk>/", self.construct_view(PreviewView), name="preview"),
            path("<int:pk>/compare/", self.construct_view(CompareView), name="compare"),
            path("<int:pk>/file/", self.construct_view(FileView), name="file"),
            path("<int:pk>/delete/", self.construct_view(DeleteImportView), name="delete"),
            path("put-to-work/<int:pk>/", self.construct_view(PutToWorkView), name="put_to_work"),
        ]
