"""The form of a round: fill in, carry forward, save, and go on to the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from mentoring_reports.reports.actions import save_draft
from mentoring_reports.reports.carrying import carried_to
from mentoring_reports.reports.errors import NotEditable, StaleDraft
from mentoring_reports.reports.evidence import evidence_of
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.forms import ReportDataForm, differing
from mentoring_reports.reports.screen import Beside, Screen
from mentoring_reports.submissions.queries import round_values

from .base import RoundView

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from mentoring_reports.reports.models import Draft

STRICT = "check"


class PostedView(RoundView):
    """A screen that takes the form."""

    @cached_property
    def posted_form(self) -> ReportDataForm:
        """Return the form with what was posted."""
        return ReportDataForm(self.basis, Filling.of_draft(self.basis, self.draft), data=self.request.POST)

    def save(self, form: ReportDataForm, carried: Mapping[str, Decimal] | None = None) -> Draft:
        """Save what was posted, and what is carried forward into empty fields."""
        filling = form.filling()
        return save_draft(
            round_=self.round,
            values={**form.entered(), **(carried or {})},
            reasons=filling.reasons,
            explanations=filling.explanations,
            note=filling.note,
            carried=filling.carried | set(carried or {}),
            saved_from=form.tab_name(),
            version=form.posted_version(),
            by=self.request.user,
        )

    def screen(self, filling: Filling, form: ReportDataForm, *, strict: bool = False, **theirs: Any) -> Screen:
        """Return the screen of a filling, with the reviewer's comments and the evidence beside the fields."""
        return Screen(self.basis, filling, form, strict=strict, beside=self.beside(**theirs))

    def beside(self, **theirs: Any) -> Beside:
        """Return what stands beside the fields."""
        sent_back = self.access.sent_back_by
        before = round_values(sent_back.submission) if sent_back else {}
        return Beside(
            remarks=self.access.remarks if sent_back else {},
            sent_back={code: row.value for code, row in before.items()} if sent_back else None,
            evidence=evidence_of(self.draft),
            **theirs,
        )


class FormView(PostedView):
    """The form: a GET shows the draft over the counts, a POST saves it and comes back or goes on to the summary."""

    template_name = "mentoring_reports/report_form.html"

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Show the draft; read only when the round takes nothing now."""
        filling = Filling.of_draft(self.basis, self.draft)
        version = self.draft.version if self.draft else 0
        form = ReportDataForm(self.basis, filling, initial={"version": version}, locked=not self.access.may_edit)
        return self._show(self.screen(filling, form, strict=STRICT in request.GET))

    def post(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Save what was typed, numbers or not; whoever comes second is told and loses nothing."""
        form = self.posted_form
        carried = carried_to(self.basis, form.filling(), request.POST.get("carry", ""))
        try:
            draft = self.save(form, carried)
        except StaleDraft as error:
            return self._show_conflict(form, error)
        except NotEditable as error:
            messages.error(request, str(error))
            return self._show(self.screen(form.filling(), form), status=409)
        return self._go_on(draft, carried)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the addresses of the neighbours."""
        context = super().get_context_data(**kwargs)
        addresses = {f"{name}_url": self.address(name) for name in ("preview", "autosave", "fill")}
        return {**context, **addresses, "peers": self.basis.peers}

    def _go_on(self, draft: Draft, carried: Mapping[str, Decimal]) -> HttpResponse:
        if "carry" in self.request.POST:
            messages.success(self.request, _told(len(carried)))
            return redirect(self.address("fill") + self._place(carried))
        if self.request.POST.get("action") != "send":
            messages.success(self.request, _("The draft is saved, the indicators are recalculated."))
            return redirect(self.address("fill"))
        if Screen(self.basis, Filling.of_draft(self.basis, draft)).obstacles:
            return redirect(f"{self.address('fill')}?{STRICT}=1")
        return redirect(self.address("send"))

    @staticmethod
    def _place(carried: Mapping[str, Decimal]) -> str:
        """Return the part of an address that leads to the first field that was filled."""
        return f"#row-{next(iter(carried))}" if carried else ""

    def _show_conflict(self, form: ReportDataForm, error: StaleDraft) -> HttpResponse:
        """Show what was typed, with what the other editor saved beside each field that differs."""
        theirs = differing(Filling.of_draft(self.basis, error.current), form.filling(), self.basis)
        form.rebase(error.current.version)
        screen = self.screen(form.filling(), form, theirs=theirs)
        return self._show(screen, conflict=error, status=409)

    def _show(self, screen: Screen, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(screen=screen, form=screen.form, **context), status=status)


def _told(number: int) -> str:
    if not number:
        return _("The draft is saved. There was nothing to take: no empty field has a last accepted number.")
    return ngettext(
        "%(count)d number was taken from the last accepted report. Check it: it is marked until you touch it.",
        "%(count)d numbers were taken from the last accepted report. Check them: they are marked until you touch them.",
        number,
    ) % {"count": number}
