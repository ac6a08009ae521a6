"""One sheet as a file of its own, for those who need a table and not the whole workbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import View

from mentoring_reports.submissions.models import Round
from mentoring_reports.workbooks.access import WorkbookMixin
from mentoring_reports.workbooks.single import Kind, NoSuchSheet, make_sheet

from .workbook import OneWorkbook, file_headers


class SheetView(OneWorkbook, WorkbookMixin, View):
    """A sheet with a workbook's choices, from the data as they are now, as CSV or ODS."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make it and send it; 404 for a sheet or a format that there is not."""
        code, kind = request.GET.get("sheet", ""), request.GET.get("kind", "")
        if kind not in set(Kind):
            raise Http404(_("There is no file here."))
        try:
            file = make_sheet(self.workbook.chosen, code, Kind(kind), previous=self._previous())
        except (NoSuchSheet, Round.DoesNotExist) as error:
            raise Http404(str(error)) from error
        return HttpResponse(file.content, content_type=file.content_type, headers=file_headers(file.name))

    def _previous(self) -> dict[str, object] | None:
        previous = self.workbook.previous
        return previous.manifest or None if previous else None
