"""A document beside a roadmap that is there already: what it changes, with boxes to choose what is taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring_reports.roadmaps.errors import RoadmapError
from mentoring_reports.roadmaps.models import Roadmap
from mentoring_reports.roadmaps.views import may

from .differences import Comparison
from .pages import ImportPage, address, number_in
from .updating import Taken, comparison, update_roadmap


class CompareView(ImportPage):
    """Nothing is taken that is not ticked; what was done stays done."""

    template_name = "mentoring_roadmaps/wizard_compare.html"

    def get_page_title(self) -> str:
        """Return the title."""
        return _("What the document changes")

    @cached_property
    def roadmap(self) -> Roadmap | None:
        """Return the roadmap that was chosen, else the one that the plan belongs to."""
        known = self.past.saved.get(self.place) or self.past.suggested.get(self.place) or 0
        return Roadmap.objects.filter(pk=number_in(self.request.GET.get("roadmap", ""), known)).first()

    @cached_property
    def found(self) -> Comparison | None:
        """Return the comparison."""
        return comparison(self.past, self.place, self.roadmap) if self.roadmap else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take what was ticked."""
        if self.roadmap is None or not may(request, "change", Roadmap):
            messages.error(request, _("Choose the roadmap that is to be brought up to date."))
            return redirect(address("compare", self.imported.pk, plan=self.place))
        try:
            taken = self._take(request, self.roadmap)
        except RoadmapError as error:
            messages.error(request, str(error))
            return redirect(address("compare", self.imported.pk, plan=self.place, roadmap=self.roadmap.pk))
        messages.success(request, _told(taken))
        return redirect("roadmaps:board", self.roadmap.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the comparison and the roadmaps to choose from."""
        return {
            **super().get_context_data(**kwargs),
            "imported": self.imported,
            "place": self.place,
            "plan": self.past.draft.plans[self.place],
            "roadmap": self.roadmap,
            "roadmaps": Roadmap.objects.all(),
            "found": self.found,
            "back": address("preview", self.imported.pk, plan=self.place),
            "may_change": may(self.request, "change", Roadmap),
        }

    def _take(self, request: HttpRequest, roadmap: Roadmap) -> Taken:
        return update_roadmap(
            imported=self.imported.pk,
            place=self.place,
            roadmap=roadmap.pk,
            shown=request.POST.get("shown", ""),
            chosen=frozenset(request.POST.getlist("take")),
            by=request.user,
        )


def _told(taken: Taken) -> str:
    """Return in words how much was taken."""
    parts = [
        ngettext("%(number)d activity added", "%(number)d activities added", taken.added) % {"number": taken.added},
        ngettext("%(number)d changed", "%(number)d changed", taken.changed) % {"number": taken.changed},
        ngettext("%(number)d cancelled", "%(number)d cancelled", taken.cancelled) % {"number": taken.cancelled},
    ]
    return ", ".join(parts)
