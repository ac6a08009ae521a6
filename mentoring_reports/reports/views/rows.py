"""The rows behind a counted number, for the school alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mentoring_reports.reports.counts import Period, count, counted_codes

from .base import RoundView

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import DataElement

ROWS_A_PAGE = 100


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
