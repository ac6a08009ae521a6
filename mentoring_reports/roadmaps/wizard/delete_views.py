"""An upload is deleted: it may hold names, and nobody keeps those for longer than they are needed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from mentoring_reports.roadmaps.models import Roadmap

from .pages import ImportPage


class DeleteImportView(ImportPage):
    """Asks first. The file and its draft go; roadmaps that were made of it stay."""

    template_name = "mentoring_roadmaps/wizard_delete.html"
    permission_required = "delete"
    header_icon = "bin"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete the document; the roadmaps' history says so."""
        name = str(self.imported)
        with transaction.atomic():
            for roadmap in self.roadmaps:
                log(
                    instance=roadmap,
                    action="wagtail.edit",
                    user=request.user,
                    data={"deleted_import": self.imported.pk},
                )
            self.imported.delete()
        messages.success(request, _("The document “%(name)s” is deleted.") % {"name": name})
        return redirect("roadmap_imports:index")

    @property
    def roadmaps(self) -> list[Roadmap]:
        """Return the roadmaps that were made of the document."""
        return list(Roadmap.objects.filter(pk__in=self.past.saved.values()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what stays."""
        return {**super().get_context_data(**kwargs), "imported": self.imported, "roadmaps": self.roadmaps}
