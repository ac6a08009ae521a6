"""The dashboard's views, their tables as files, and the workbook: for staff of the municipality, by permission."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.review.access import MunicipalMixin
from mentoring_reports.submissions.models import Round
from mentoring_reports.workbooks.writing.tables import tables_workbook

from .exporting import as_csv
from .keeping import kept
from .screen import Screen
from .selection import Selection, select, started_rounds
from .tabs import BY_CODE, TABS

VIEW = "mentoring_submissions.view_dashboard"
EXPORT = "mentoring_submissions.export_workbook"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DashboardView(MunicipalMixin, WagtailAdminTemplateMixin, TemplateView):
    """One view of a round; without a round it says what to do."""

    permission = VIEW
    template_name = "dashboard/page.html"
    screen_class: type[Screen] = Screen
    page_title = gettext_lazy("Indicators at a glance")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return where this page is."""
        return [*self.breadcrumbs_items, {"url": reverse_lazy("dashboard:index"), "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the view as it was kept, or as it is made now."""
        return super().get_context_data(body=self._body(started_rounds()), **kwargs)

    def _body(self, rounds: list[Round]) -> str:
        may_export = self.request.user.has_perm(EXPORT)
        if not rounds:
            return self._made(None, may_export=may_export)
        selection = select(rounds, self.request.GET.dict())
        make = partial(self._made, selection, may_export=may_export)
        shown = self.screen_class.rounds(selection)
        return mark_safe(kept(selection, shown, make, self.screen_class.code, may_export))  # noqa: S308  (our own HTML)

    def _made(self, selection: Selection | None, *, may_export: bool) -> str:
        """Return the view as HTML; without a round there is no screen."""
        screen = self.screen_class(selection) if selection else None
        tabs = [(tab.code, tab.title(), screen.selection.address(tab.code)) for tab in TABS] if screen else []
        rounds = selection.rounds if selection else []
        context = {"screen": screen, "rounds": rounds, "tabs": tabs, "may_export": may_export}
        return render_to_string(self.screen_class.template if screen else "dashboard/dashboard.html", context)


class WorkbookView(MunicipalMixin, View):
    """The consolidated workbook is made elsewhere: an address kept from before leads there, with its selection."""

    permission = EXPORT

    def get(self, request: HttpRequest) -> HttpResponseRedirect:
        """Lead to the form."""
        return HttpResponseRedirect(f"{reverse('mentoring_workbooks:new')}?{request.GET.urlencode()}")


class CsvView(MunicipalMixin, View):
    """A view's table as CSV: the first one, or the one that `table` names."""

    permission = VIEW

    def get(self, request: HttpRequest, view: str) -> FileResponse:
        """Write the rows in the order of the screen."""
        screen = _screen(request, view)
        exports = {export.code: export for export in screen.exports}
        export = exports.get(request.GET.get("table", "")) or next(iter(screen.exports), None)
        if export is None:
            raise Http404(_("This view has no table."))
        content = as_csv(export.table).encode()
        name = f"{view}-{export.code}-{screen.round.code}.csv"
        return FileResponse(
            io.BytesIO(content), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8"
        )


class XlsxView(MunicipalMixin, View):
    """A view's tables as a workbook, a sheet a table."""

    permission = VIEW

    def get(self, request: HttpRequest, view: str) -> FileResponse:
        """Write the sheets in the order of the screen."""
        screen = _screen(request, view)
        if not screen.exports:
            raise Http404(_("This view has no table."))
        content = tables_workbook(
            title=screen.round.title,
            author=screen.round.municipality.name,
            made=timezone.localtime(),
            facts=screen.facts,
            tables=[(export.title, export.table) for export in screen.exports],
        )
        name = f"{view}-{screen.round.code}.xlsx"
        return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=XLSX)


def _screen(request: HttpRequest, view: str) -> Screen:
    if view not in BY_CODE:
        raise Http404(_("There is no such view."))
    return BY_CODE[view](_selection(request))


def _selection(request: HttpRequest) -> Selection:
    rounds = started_rounds()
    if not rounds:
        raise Http404(_("No round has opened yet."))
    return select(rounds, request.GET.dict())


def file_address(kind: str, screen: Screen, table: str = "") -> str:
    """Return the address of a view's file, `csv` or `xlsx`, for its selection."""
    changes = {"table": table} if table else {}
    return reverse(f"dashboard:{kind}", args=[screen.code]) + screen.selection.query(**changes)
