"""What all screens of the wizard have in common: for those who may add roadmaps, in a school, about one import."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from mentoring_reports.roadmaps.models import Roadmap, RoadmapImport
from mentoring_reports.school_admin.views import LONGEST_NUMBER

from .keeping import past_of
from .past import Past


class WizardPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A screen of the wizard."""

    model = Roadmap
    permission_required = "add"
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the roadmaps and to the list of imports."""
        roadmaps = {"url": reverse("roadmaps:index"), "label": capfirst(_("roadmaps"))}
        imports = {"url": reverse("roadmap_imports:index"), "label": _("Imports")}
        return [*self.breadcrumbs_items, roadmaps, imports, {"url": "", "label": self.get_page_title()}]


class ImportPage(WizardPage):
    """A screen about one import and one of its plans."""

    @cached_property
    def imported(self) -> RoadmapImport:
        """Return the import of the address, its bytes left where they are."""
        return get_object_or_404(RoadmapImport.objects.defer("content"), pk=self.kwargs["pk"])

    @cached_property
    def past(self) -> Past:
        """Return its draft."""
        return past_of(self.imported)

    @property
    def place(self) -> int:
        """Return which plan of the document is meant; the first one, where the address names none."""
        return min(number_in(self.request.GET.get("plan", ""), 0), len(self.past.draft.plans) - 1)

    def get_page_title(self) -> str:
        """Return the document's name."""
        return str(self.imported)


def number_in(text: str, otherwise: int) -> int:
    """Return a whole number out of an address."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else otherwise


def address(name: str, pk: int, **query: object) -> str:
    """Return the address of a screen; what is empty is left out of the query."""
    given = {key: value for key, value in query.items() if value}
    path = reverse(f"roadmap_imports:{name}", args=[pk])
    return f"{path}?{urlencode(given)}" if given else path
