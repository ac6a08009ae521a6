"""The paper of a roadmap in the admin: a page to print, and the same table as a file, for whoever may see roadmaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from mentoring_reports.roadmaps.models import Roadmap
from mentoring_reports.school_admin.policies import ANY
from mentoring_reports.tenancy import current_organisation

from . import docx, xlsx
from .drawing import Layout, paper_of
from .sheet import Paper


class _PaperView(PermissionCheckedMixin, View):
    """A paper of the roadmap of the address; `?layout=report` is the report on it, anything else the plan."""

    model = Roadmap
    any_permission_required = ANY

    @property
    def layout(self) -> Layout:
        """Return what is asked for."""
        return Layout.REPORT if self.request.GET.get("layout") == Layout.REPORT else Layout.PLAN

    def paper(self, pk: int) -> Paper:
        """Return the paper, or 404."""
        roadmap = get_object_or_404(Roadmap, pk=pk)
        return paper_of(roadmap, school=current_organisation().name, layout=self.layout)


class PrintView(_PaperView):
    """The page to print."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the paper."""
        context = {"paper": self.paper(pk), "pk": pk, "layout": self.layout, "is_report": self.layout == Layout.REPORT}
        return render(request, "mentoring_roadmaps/paper.html", context)


class FileView(_PaperView):
    """The paper as a file."""

    ending = ""
    content_type = ""
    write: Callable[[Paper], bytes]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the file, under a readable name."""
        paper = self.paper(pk)
        disposition = content_disposition_header(as_attachment=True, filename=f"{paper.file_name}.{self.ending}")
        headers = {"Content-Disposition": disposition or "attachment", "Cache-Control": "private, no-store"}
        return HttpResponse(type(self).write(paper), content_type=self.content_type, headers=headers)


class DocxView(FileView):
    """The paper for Word."""

    ending, content_type, write = "docx", docx.CONTENT_TYPE, staticmethod(docx.as_docx)


class XlsxView(FileView):
    """The paper for Excel."""

    ending, content_type, write = "xlsx", xlsx.CONTENT_TYPE, staticmethod(xlsx.as_xlsx)


def paper_urls(construct_view: Callable[..., Any]) -> list[URLPattern]:
    """Return the addresses below those of roadmaps."""
    return [
        path("<int:pk>/paper/", construct_view(PrintView), name="paper"),
        path("<int:pk>/paper/docx/", construct_view(DocxView), name="paper_docx"),
        path("<int:pk>/paper/xlsx/", construct_view(XlsxView), name="paper_xlsx"),
    ]
