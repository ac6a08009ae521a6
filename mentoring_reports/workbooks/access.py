"""Who may make workbooks and take them: the municipality's staff with the right; in a school they do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem

from mentoring_reports.tenancy import is_municipality

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

EXPORT = "mentoring_submissions.export_workbook"


class WorkbookMixin:
    """A screen of the municipality's admin for those who may export."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 404 in a school, refuse without the right."""
        if not is_municipality():
            raise Http404(_("There is no such page here."))
        if not request.user.has_perm(EXPORT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class WorkbookMenuItem(MenuItem):
    """«Своды»: in a municipality, for those who may export."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the user may open it here."""
        return is_municipality() and request.user.has_perm(EXPORT)
