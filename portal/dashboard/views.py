"""The dashboard, its workbook and its table as CSV: for staff of the municipality, by permission."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.review.access import MunicipalMixin
from mentoring_reports.workbooks.export import consolidated_workbook

from .screen import Screen
from .selection import Selection, select, started_rounds

if TYPE_CHECKING:
    pass

VIEW = "mentoring_submissions.view_dashboard"
EXPORT = "mentoring_submissions.export_workbook"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet would take a text that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class DashboardView(MunicipalMixin, WagtailAdminTemplateMixin, TemplateView):
    """A round at a glance and in depth."""

    permission = VIEW
    template_name = "dashboard/dashboard.html"
    page_title = gettext_lazy("Indicators at a glance")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return where this page is."""
        return [*self.breadcrumbs_items, {"url": reverse_lazy("dashboard:index"), "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the screen; without a round there is none."""
        rounds = started_rounds()
        screen = Screen(select(rounds, self.request.GET.dict())) if rounds else None
        may_export = self.request.user.has_perm(EXPORT)
        return super().get_context_data(screen=screen, rounds=rounds, may_export=may_export, **kwargs)


class WorkbookView(MunicipalMixin, View):
    """The consolidated workbook of the chosen round, for download."""

    permission = EXPORT

    def get(self, request: HttpRequest) -> FileResponse:
        """Make the file and send it."""
        selection = _selection(request)
        file = consolidated_workbook(selection.round, compared=selection.compared)
        return FileResponse(io.BytesIO(file.content), as_attachment=True, filename=file.name, content_type=XLSX)


class SchoolsCsvView(MunicipalMixin, View):
    """The table of schools as CSV: UTF-8 with a mark and semicolons, as Russian spreadsheets open it."""

    permission = VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        """Write the rows in the order of the screen."""
        screen = Screen(_selection(request))
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"schools-{screen.round.code}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response.write("\ufeff")
        writer = csv.writer(response, delimiter=";")
        writer.writerow(heading.title for heading in screen.school_headings)
        for row in screen.schools:
            texts = (row.name, row.type, row.territory, row.state)
            writer.writerow([*map(as_text, texts), *(value.text for value in row.values)])
        return response


def as_text(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _selection(request: HttpRequest) -> Selection:
    rounds = started_rounds()
    if not rounds:
        raise Http404(_("No round has opened yet."))
    return select(rounds, request.GET.dict())
