"""Evidence of a report: pages and documents of the school, or addresses, beside the number that they back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from mentoring_reports.reports.attaching import attach_evidence, remove_evidence
from mentoring_reports.reports.errors import DraftError
from mentoring_reports.reports.evidence import evidence_of
from mentoring_reports.reports.evidence_form import EvidenceForm

from .base import RoundView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class EvidenceView(RoundView):
    """What is attached already, and the form that attaches more."""

    template_name = "mentoring_reports/evidence.html"

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        """Show it; `?element=` names the number that one came from."""
        return self._show(
            EvidenceForm(self.elements, request.user, initial={"element": request.GET.get("element", "")})
        )

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        """Attach what was chosen; what was typed stays on the screen when it cannot be."""
        form = EvidenceForm(self.elements, request.user, data=request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            evidence = attach_evidence(round_=self.round, **form.parts())
        except DraftError as error:
            form.add_error(None, str(error))
            return self._show(form, status=409)
        messages.success(request, _("“%(title)s” is attached.") % {"title": evidence.title})
        self._warn(evidence.pk)
        return redirect(self.address("evidence"))

    @cached_property
    def elements(self) -> list[Any]:
        """Return the data elements of the round's form."""
        return list(self.round.form.elements.select_related("group"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return home, the list of rounds, the round, and this screen."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Evidence of the report")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is attached, with the names of the data elements."""
        names = {element.code: element.name for element in self.elements}
        attached = [(link, names.get(link.element_code, "")) for link in evidence_of(self.draft)]
        return {**super().get_context_data(**kwargs), "attached": attached}

    def _warn(self, evidence_id: int) -> None:
        """Say at once when the methodist will not be able to open what was attached."""
        self.__dict__.pop("draft", None)  # it may have been made just now
        doubts = [link.doubt for link in evidence_of(self.draft) if link.pk == evidence_id and link.doubt]
        for doubt in doubts:
            messages.warning(self.request, doubt)

    def _show(self, form: EvidenceForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


class RemoveEvidenceView(RoundView):
    """Takes one link away; by POST only."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, round_id: int, evidence_id: int) -> HttpResponse:
        """Take it away and come back to the list."""
        try:
            remove_evidence(round_=self.round, evidence_id=evidence_id)
        except DraftError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The evidence is removed. The page or document itself stays."))
        return redirect(self.address("evidence"))
