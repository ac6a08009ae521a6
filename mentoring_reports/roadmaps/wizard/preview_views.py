"""The preview of what was read: every button of its one form is a POST that first keeps the texts of the page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from mentoring_reports.roadmaps.enums import DeadlineKind
from mentoring_reports.roadmaps.errors import RoadmapError
from mentoring_reports.roadmaps.models import Roadmap

from . import words
from .doubting import can_be_saved
from .errors import AlreadySaved
from .pages import ImportPage, address, number_in
from .past import Past
from .posting import OF_CHOSEN, Posted
from .saving import put_to_work, save_as_draft, saved_roadmap
from .screen import Screen
from .steps import Step, take_step
from .suggesting import suggested_roadmap

# "save_anew" is the button where the plan looks like a roadmap that is there: nobody doubles one unawares.
_SAVING = {"save", "save_anew"}
_GOING_ON = {*_SAVING, "compare"}


class PreviewView(ImportPage):
    """One plan of the document by section, every cell a field, doubts where they are."""

    template_name = "mentoring_roadmaps/wizard_preview.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the texts and carry out the operation; what another window has changed meanwhile is shown."""
        posted = Posted.of(request.POST)
        step = take_step(imported=self.imported.pk, place=self.place, posted=posted)
        saved = saved_roadmap(step.past, self.place)
        if posted.operation in _SAVING and saved:
            messages.warning(request, str(AlreadySaved()))
            return redirect("roadmaps:board", saved.pk)
        if step.lags:
            return self._tell_of_other_window(step)
        if posted.operation in _GOING_ON:
            return self._go_on(posted.operation, step.past)
        self._tell(step, posted)
        return redirect(self._address_after(step, posted))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page of rows and what may be done with the plan."""
        past, place = kwargs.pop("past", self.past), self.place
        screen = self._screen(past.draft.plans[place], kwargs.get("beside", {}))
        saved = saved_roadmap(past, place)
        return {
            **super().get_context_data(**kwargs),
            "imported": self.imported,
            "past": past,
            "place": place,
            "plan": screen.plan,
            "screen": screen,
            "saved": saved,
            "suggested": None if saved else suggested_roadmap(past, place, self.imported.name),
            "can_be_saved": can_be_saved(screen.plan),
            "plan_doubts": [words.OF_PLANS[code] for code in screen.plan.warnings if code in words.OF_PLANS],
            "passed": [(number, row, words.REASONS[row.why]) for number, row in enumerate(past.draft.passed)],
            "roles": words.ROLES.items(),
            "kinds": DeadlineKind.choices,
            "page_numbers": range(1, screen.pages + 1),
            "here": self._address(),
            "without_row": kwargs.get("without_row", ()),
        }

    def _screen(self, plan: Any, beside: Any) -> Screen:
        query = self.request.GET
        screen = Screen(plan, 1, query.get("only") == "doubtful", query.get("all") == "1", beside)
        row = number_in(query.get("row", ""), 0)
        page = screen.page_of(row) if row else number_in(query.get("page", ""), 1)
        screen.page = min(max(1, page), screen.pages)
        return screen

    def _address(self, **more: object) -> str:
        query = {name: self.request.GET.get(name, "") for name in ("only", "all", "page")}
        return address("preview", self.imported.pk, **{"plan": self.place, **query, **more})

    def _address_after(self, step: Step, posted: Posted) -> str:
        """Return to the row that was worked on, on whichever page it is now."""
        plan = step.past.draft.plans[self.place]
        if posted.operation == "page":
            return self._address(page=posted.key)
        key = plan.last_key if posted.operation == "add_item" else posted.key
        if posted.operation in OF_CHOSEN and posted.chosen:
            key = min(posted.chosen)
        if plan.item(key) is None or posted.operation.startswith(("section_", "remove_section", "add_passed")):
            return self._address()
        screen = self._screen(plan, {})
        return f"{self._address(page=screen.page_of(key) if key in screen.keys else screen.page)}#row-{key}"

    def _tell_of_other_window(self, step: Step) -> HttpResponse:
        messages.warning(
            self.request,
            _("The plan was changed in another window in the meantime: your button was not carried out. "
              "What you typed is kept; where both windows wrote, both texts are shown."),
        )  # fmt: skip
        context = {"past": step.past, "beside": step.beside, "without_row": step.without_row}
        return self.render_to_response(self.get_context_data(**context))

    def _tell(self, step: Step, posted: Posted) -> None:
        if step.refusal:
            messages.error(self.request, step.refusal)
        elif posted.operation in OF_CHOSEN and not posted.chosen:
            messages.warning(self.request, _("Choose rows first: tick the boxes in front of them."))
        elif step.did_nothing and posted.operation == "split":
            words_ = _("Put a line break (Enter) where the second activity begins, then press “Split” again.")
            messages.warning(self.request, words_)
        elif posted.operation == "keep":
            messages.success(self.request, _("The corrections are kept."))

    def _go_on(self, operation: str, past: Past) -> HttpResponse:
        pk = self.imported.pk
        if operation == "compare":
            return redirect(address("compare", pk, plan=self.place, roadmap=self.request.POST.get("roadmap", "")))
        if operation == "save" and suggested_roadmap(past, self.place, self.imported.name):
            messages.warning(
                self.request,
                _("There is such a roadmap already: see what the document changes, or save it as another one."),
            )
            return redirect(self._address())
        try:
            roadmap = save_as_draft(imported=pk, place=self.place, version=past.version, by=self.request.user)
        except RoadmapError as error:
            messages.error(self.request, str(error))
            return redirect(self._address())
        messages.success(self.request, _("The roadmap is saved as a draft. Look through it and put it to work."))
        return redirect("roadmaps:board", roadmap.pk)


class PutToWorkView(PermissionCheckedMixin, View):
    """One click on the board of a draft."""

    model = Roadmap
    permission_required = "change"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put the roadmap to work and come back to its board."""
        roadmap = put_to_work(roadmap=get_object_or_404(Roadmap, pk=pk), by=request.user)
        messages.success(request, _("The roadmap is at work: it is counted, and you are reminded of its deadlines."))
        return redirect(reverse("roadmaps:board", args=[roadmap.pk]))
