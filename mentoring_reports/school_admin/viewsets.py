"""The viewset that the viewsets of register and roadmap are made of."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from .policies import ANY
from .views import CopyView, CreateView, DeleteView, EditView, IndexView


class SchoolViewSet(ModelViewSet):
    """Rows of a school, kept by those who have the permission."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    copy_view_class = CopyView
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the page of usages where none are recorded: deleting asks the database itself."""
        usage = {} if self.add_to_reference_index else {"usage_url_name": None}
        return super().get_common_view_kwargs(**{**usage, **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        """Leave out the address of that page, too."""
        patterns = super().get_urlpatterns()
        return patterns if self.add_to_reference_index else [p for p in patterns if p.name != "usage"]


class _Guarded(PermissionCheckedMixin):
    """Wagtail shows a chooser to everybody who may enter the admin; ours shows names to those who keep the register."""

    any_permission_required = ANY


class SchoolChooserViewSet(ChooserViewSet):
    """A chooser of rows of a school; guarded like their listing."""

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """Guard every view of the chooser."""
        return super().construct_view(type(view_class.__name__, (_Guarded, view_class), {}), **kwargs)
