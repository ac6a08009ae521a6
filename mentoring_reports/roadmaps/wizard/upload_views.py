"""The way in: the list of imports, the upload, the file as it came, and the reading of a text while one types it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models.fields.json import KeyTransform
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from mentoring_reports.roadmaps.deadline_entry.views import as_json
from mentoring_reports.roadmaps.deadlines import read_deadline
from mentoring_reports.roadmaps.models import Roadmap, RoadmapImport
from mentoring_reports.roadmaps.views import may

from .draft import day_of
from .forms import UploadForm
from .pages import WizardPage, address, number_in

_IMPORTS_ON_PAGE = 50
_LONGEST_DEADLINE = 1000


class ImportsView(WizardPage):
    """Every document that was uploaded: who, when, what became of it."""

    template_name = "mentoring_roadmaps/wizard_imports.html"

    def get_page_title(self) -> str:
        """Return the title."""
        return _("Imports of roadmaps")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer a new one."""
        return [HeaderButton(_("Import a document"), url=reverse("roadmap_imports:new"), icon_name="upload")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of them, without their bytes and drafts."""
        found = RoadmapImport.objects.defer("content", "draft").select_related("made_by")
        found = found.annotate(saved=KeyTransform("saved", "draft"))
        page: Any = Paginator(found, _IMPORTS_ON_PAGE).get_page(self.request.GET.get("p"))
        rows = [(imported, list(imported.saved.values())) for imported in page]
        roadmaps = Roadmap.objects.in_bulk([pk for _imported, pks in rows for pk in pks])
        made = [(imported, [roadmaps[pk] for pk in pks if pk in roadmaps]) for imported, pks in rows]
        return {
            **super().get_context_data(**kwargs),
            "page_obj": page,
            "made": made,
            "may_delete": may(self.request, "delete", Roadmap),
        }


class UploadView(WizardPage):
    """A file or a pasted text; `?roadmap=` names the one to be brought up to date."""

    template_name = "mentoring_roadmaps/wizard_upload.html"

    def get_page_title(self) -> str:
        """Return the title."""
        return _("Import a document")

    @cached_property
    def into(self) -> Roadmap | None:
        """Return the roadmap that is to be brought up to date."""
        return Roadmap.objects.filter(pk=number_in(self.request.GET.get("roadmap", ""), 0)).first()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read and keep the document, then show what was read."""
        form = UploadForm(request.POST, request.FILES)
        imported = form.keep(request.user, self.into) if form.is_valid() else None
        if imported is None:
            return self.render_to_response(self.get_context_data(form=form))
        return redirect(address("preview", imported.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        initial = {"start": self.into.period_start, "end": self.into.period_end} if self.into else None
        context = super().get_context_data(**{"form": UploadForm(initial=initial), **kwargs})
        return {**context, "into": self.into, "media": context["form"].media}


class FileView(PermissionCheckedMixin, View):
    """The document as it came; a browser saves it and never shows it."""

    model = Roadmap
    permission_required = "add"
    http_method_names = ("get",)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the bytes."""
        imported = get_object_or_404(RoadmapImport.objects.defer("draft"), pk=pk)
        name = imported.name or _("pasted text.txt")
        disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
        headers |= {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return HttpResponse(bytes(imported.content), content_type="application/octet-stream", headers=headers)


class ReadingView(PermissionCheckedMixin, View):
    """What a deadline means in a period that stands in the address. Reads and writes nothing."""

    model = Roadmap
    permission_required = "add"
    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> JsonResponse:
        """Return the reading in words and codes."""
        first, last = (day_of(request.GET.get(name, "")) for name in ("start", "end"))
        period = (first, last) if first and last and first <= last else None
        return JsonResponse(as_json(read_deadline(request.GET.get("text", "")[:_LONGEST_DEADLINE], period)))
