"""One workbook: its progress, then its file, manifest and standing; and what can be done about it."""

from __future__ import annotations

from typing import Any, Protocol, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from mentoring_reports.jobs.queue import has_worker
from mentoring_reports.submissions.handover import Author
from mentoring_reports.workbooks.access import WorkbookMixin
from mentoring_reports.workbooks.asking import ask, cancel, try_again
from mentoring_reports.workbooks.enums import MadeState
from mentoring_reports.workbooks.errors import WorkbookError
from mentoring_reports.workbooks.kept import pieces
from mentoring_reports.workbooks.manifest import canonical_json
from mentoring_reports.workbooks.models import MadeWorkbook
from mentoring_reports.workbooks.standing import differences, superseded
from mentoring_reports.workbooks.words import filters, sheet_options, titles

from .asking import lead_to
from .base import Screen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50  # changes, one by one


class HasKey(Protocol):
    """A view with the number of a workbook in its address."""

    kwargs: dict[str, Any]


class OneWorkbook:
    """A view of one workbook of the municipality, or 404."""

    @cached_property
    def workbook(self) -> MadeWorkbook:
        """Return it."""
        return get_object_or_404(MadeWorkbook, pk=cast(HasKey, self).kwargs["pk"])


class WorkbookView(OneWorkbook, Screen):
    """Where it stands."""

    template_name = "mentoring_workbooks/workbook.html"

    def get_page_subtitle(self) -> str:
        """Return the round."""
        return self.workbook.round_title

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the progress, or the file."""
        return self.show(workbook=self.workbook, filters=filters(self.workbook.choices), **self._about())

    def _about(self) -> dict[str, Any]:
        workbook = self.workbook
        if workbook.is_unfinished:
            return {"progress": progress_of(workbook), "nobody_works": _is_left_alone(workbook)}
        if workbook.state != MadeState.DONE:
            return {}
        changes = superseded(workbook.manifest)
        return {
            "manifest": workbook.manifest,
            "sheets": titles(workbook.choices["sheets"]),
            "single_sheets": sheet_options(),
            "changes": changes[:SHOWN],
            "more_changes": max(0, len(changes) - SHOWN),
            **_against_previous(workbook),
        }


class ProgressView(OneWorkbook, WorkbookMixin, View):
    """How far it is, for the script."""

    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Answer with numbers and words."""
        return JsonResponse(progress_of(self.workbook), headers={"Cache-Control": "no-store"})


class CancelView(OneWorkbook, WorkbookMixin, View):
    """Not wanted any more."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Cancel, and show it."""
        workbook = cancel(self.workbook.pk)
        if workbook.state == MadeState.DONE:
            messages.info(request, _("The workbook was made before it could be cancelled."))
        return redirect("mentoring_workbooks:workbook", pk=pk)


class AgainView(OneWorkbook, WorkbookMixin, View):
    """Once more."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Queue it again, and show it."""
        try:
            try_again(self.workbook.pk)
        except WorkbookError as error:
            messages.error(request, str(error))
        return redirect("mentoring_workbooks:workbook", pk=pk)


class AnewView(OneWorkbook, WorkbookMixin, View):
    """The same choices, from the data as they are now."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a new one, and lead to it."""
        try:
            asked = ask(choices=self.workbook.chosen, by=Author.of(request.user), anew=True)
        except WorkbookError as error:
            messages.error(request, str(error))
            return redirect("mentoring_workbooks:workbook", pk=pk)
        return lead_to(request, asked)


class FileView(OneWorkbook, WorkbookMixin, View):
    """The file, byte for byte as it was made."""

    def get(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """Send it piece by piece."""
        workbook = self.workbook
        if not workbook.has_file:
            raise Http404(_("There is no file here."))
        headers = file_headers(workbook.name) | {"Content-Length": str(workbook.size)}
        return StreamingHttpResponse(pieces(workbook), content_type=XLSX, headers=headers)


class ManifestView(OneWorkbook, WorkbookMixin, View):
    """What the file was made of, as the JSON whose digest it carries."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it."""
        if self.workbook.state != MadeState.DONE:
            raise Http404(_("There is no file here."))
        name = f"{self.workbook.name.removesuffix('.xlsx')}.json"
        content = canonical_json(self.workbook.manifest)
        return HttpResponse(content, content_type="application/json", headers=file_headers(name))


def progress_of(workbook: MadeWorkbook) -> dict[str, Any]:
    """Return how far a workbook is; the percentage is empty while the rows are not counted yet."""
    done, total = workbook.rows_done, workbook.rows_total
    return {
        "state": workbook.state,
        "finished": not workbook.is_unfinished,
        "done": done,
        "total": total,
        "percent": min(100, done * 100 // total) if total else None,
        "text": _in_words(workbook),
    }


def _in_words(workbook: MadeWorkbook) -> str:
    if workbook.cancel_requested and workbook.is_unfinished:
        return _("Cancelling…")
    if workbook.state == MadeState.QUEUED:
        return _("Waiting for its turn…")
    if not workbook.rows_total or not workbook.rows_done:
        return _("Reading the reports…")
    numbers = {"done": _number(workbook.rows_done), "total": _number(workbook.rows_total)}
    return _("%(done)s of %(total)s rows") % numbers


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def _is_left_alone(workbook: MadeWorkbook) -> bool:
    return workbook.state == MadeState.QUEUED and not has_worker()


def file_headers(name: str) -> dict[str, str]:
    """Return what makes an answer a file that nobody on the way keeps."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}


def _against_previous(workbook: MadeWorkbook) -> dict[str, Any]:
    """Return how it differs from the file before it."""
    previous = workbook.previous
    if previous is None or previous.state != MadeState.DONE:
        return {}
    found = differences(workbook.manifest, previous.manifest)
    return {
        "previous": previous,
        "differences": found[:SHOWN],
        "more_differences": max(0, len(found) - SHOWN),
        "same_data": workbook.manifest["data_sha256"] == previous.manifest["data_sha256"],
    }
