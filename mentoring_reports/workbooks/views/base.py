"""What the screens of workbooks share."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.workbooks.access import WorkbookMixin

UNPROCESSABLE = 422
CONFLICT = 409


class Screen(WorkbookMixin, WagtailAdminTemplateMixin, View):
    """A screen below the list of workbooks."""

    page_title = gettext_lazy("Workbooks")
    header_icon = "doc-full"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead home, and to the list."""
        items = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("mentoring_workbooks:index"), "label": _("Workbooks")},
        ]
        here = self.get_page_subtitle()
        return [*items, {"url": "", "label": here}] if here else items

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        """Render the screen."""
        return self.render_to_response(self.get_context_data(**context), status=status)
