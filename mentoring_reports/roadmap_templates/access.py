"""Who sees and who edits the municipality's templates: its staff, by permission; a school has no such screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem

from mentoring_reports.tenancy import is_municipality

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

VIEW = "mentoring_roadmap_templates.view_roadmaptemplate"
EDIT = "mentoring_roadmap_templates.change_roadmaptemplate"


class TemplateMixin:
    """A screen of the municipality's admin that needs `permission`."""

    permission = VIEW

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 404 in a school, refuse without the permission."""
        if not is_municipality():
            raise Http404(_("There is no such page here."))
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class TemplatesMenuItem(MenuItem):
    """«Типовые дорожные карты»: in a municipality, for those who may see them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the user may open it here."""
        return is_municipality() and request.user.has_perm(VIEW)
