"""The list of workbooks: who asked for them, when, what they were made of, and whether that still holds."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from mentoring_reports.workbooks.enums import MadeState
from mentoring_reports.workbooks.models import MadeWorkbook, WorkbookTemplate
from mentoring_reports.workbooks.standing import currency
from mentoring_reports.workbooks.words import filters, started_rounds

from .base import Screen

A_PAGE = 25


class Row(NamedTuple):
    """A workbook in the list, whether it is current, and what was left out, in words."""

    workbook: MadeWorkbook
    is_current: bool
    filters: str


class IndexView(Screen):
    """Saved choices and all workbooks, those of one round where it is chosen."""

    template_name = "mentoring_workbooks/index.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        return self.show()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read it in a fixed number of statements."""
        rounds = started_rounds()
        chosen = next((one for one in rounds if one.code == self.request.GET.get("round")), None)
        found = MadeWorkbook.objects.light()
        found = found.filter(round_id=chosen.pk) if chosen else found
        page = Paginator(found, A_PAGE).get_page(self.request.GET.get("p"))
        current = currency([one for one in page.object_list if one.state == MadeState.DONE])
        rows = [Row(one, current.get(one.pk, False), filters(one.choices)) for one in page.object_list]
        saved = list(WorkbookTemplate.objects.all())
        return super().get_context_data(page=page, rows=rows, rounds=rounds, chosen=chosen, saved=saved, **kwargs)
