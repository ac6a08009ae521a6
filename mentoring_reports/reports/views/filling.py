"""The form of a round: fill in, save, see what it makes; and the rows behind a count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from mentoring_reports.reports.actions import save_draft
from mentoring_reports.reports.counts import Period, count, counted_codes
from mentoring_reports.reports.errors import NotEditable, StaleDraft
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.forms import ReportDataForm, texts_of
from mentoring_reports.reports.models import Draft
from mentoring_reports.reports.screen import Screen

from .base import RoundView

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import DataElement

ROWS_A_PAGE = 100
STRICT = "check"


class PostedView(RoundView):
    """A screen that takes the form."""

    @cached_property
    def posted_form(self) -> ReportDataForm:
        """Return the form with what was posted."""
        return ReportDataForm(self.basis, Filling.of_draft(self.basis, self.draft), data=self.request.POST)


class FormView(PostedView):
    """The form: a GET shows the draft over the counts, a POST saves it and comes back or goes on to the summary."""

    template_name = "mentoring_reports/report_form.html"

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Show the draft; read only when the round takes nothing now."""
        filling = Filling.of_draft(self.basis, self.draft)
        version = self.draft.version if self.draft else 0
        form = ReportDataForm(self.basis, filling, initial={"version": version}, locked=not self.access.may_edit)
        return self._show(Screen(self.basis, filling, form, strict=STRICT in request.GET))

    def post(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Save what was typed, numbers or not; whoever comes second is told and loses nothing."""
        form = self.posted_form
        try:
            draft = self._save(form)
        except StaleDraft as error:
            return self._show_conflict(form, error)
        except NotEditable as error:
            messages.error(request, str(error))
            return self._show(Screen(self.basis, form.filling(), form), status=409)
        return self._go_on(draft)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the addresses of the neighbours."""
        context = super().get_context_data(**kwargs)
        return {**context, "preview_url": self.address("preview"), "action_url": self.address("fill")}

    def _save(self, form: ReportDataForm) -> Draft:
        filling = form.filling()
        return save_draft(
            round_=self.round,
            values=form.entered(),
            reasons=filling.reasons,
            explanations=filling.explanations,
            note=filling.note,
            version=form.posted_version(),
            by=self.request.user,
        )

    def _go_on(self, draft: Draft) -> HttpResponse:
        if self.request.POST.get("action") != "send":
            messages.success(self.request, _("The draft is saved, the indicators are recalculated."))
            return redirect(self.address("fill"))
        if Screen(self.basis, Filling.of_draft(self.basis, draft)).obstacles:
            return redirect(f"{self.address('fill')}?{STRICT}=1")
        return redirect(self.address("send"))

    def _show_conflict(self, form: ReportDataForm, error: StaleDraft) -> HttpResponse:
        """Show what was typed, with what the other editor saved beside each number that differs."""
        theirs = texts_of(Filling.of_draft(self.basis, error.current), self.basis)
        filling = form.filling()
        ours = texts_of(filling, self.basis)
        form.rebase(error.current.version)
        differing = {code: text for code, text in theirs.items() if text != ours[code]}
        screen = Screen(self.basis, filling, form, theirs=differing)
        return self._show(screen, conflict=error, status=409)

    def _show(self, screen: Screen, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(screen=screen, form=screen.form, **context), status=status)


class PreviewView(PostedView):
    """What the form's numbers would make, as pieces of the page; writes nothing."""

    def post(self, request: HttpRequest, round_id: int) -> JsonResponse:
        """Return progress, indicators and findings of what was posted."""
        form = self.posted_form
        screen = Screen(self.basis, form.filling(), form)
        return JsonResponse(
            {
                "summary": self._piece("summary", screen=screen),
                "groups": {
                    shown.group.code: {
                        "progress": self._piece("progress", shown=shown),
                        "indicators": self._piece("indicators", shown=shown),
                    }
                    for shown in screen.groups
                },
                "rows": {
                    row.element.code: {
                        "findings": self._piece("findings", row=row),
                        "overruled": row.overruled,
                        "wrong": bool(row.errors),
                    }
                    for shown in screen.groups
                    for row in shown.rows
                },
            }
        )

    def _piece(self, name: str, **context: Any) -> str:
        return render_to_string(f"mentoring_reports/pieces/{name}.html", context, request=self.request)


class RowsView(RoundView):
    """The rows behind one count. They carry names, so they never leave the school."""

    template_name = "mentoring_reports/rows.html"

    def get(self, request: HttpRequest, round_id: int, code: str) -> HttpResponse:
        """Show a page of rows, or only their table for the form to show in place."""
        if "piece" in request.GET:
            return render(request, "mentoring_reports/rows_piece.html", self.get_context_data())
        return self.render_to_response(self.get_context_data())

    @cached_property
    def element(self) -> DataElement:
        """Return the counted element of the round's form, or 404."""
        found = self.round.form.elements.filter(code=self.kwargs["code"]).first()
        if found is None or found.code not in counted_codes():
            raise Http404(_("Nothing is counted under this name."))
        return found

    def get_page_subtitle(self) -> str:
        """Return the element's name."""
        return str(self.element)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the count and a page of its rows."""
        context = super().get_context_data(**kwargs)
        counted = count(self.element.code, Period.of(self.round))
        page = Paginator(counted.rows, ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        cells = [[column.read(row) for column in counted.columns] for row in page]
        return {**context, "element": self.element, "count": counted, "page": page, "cells": cells}
