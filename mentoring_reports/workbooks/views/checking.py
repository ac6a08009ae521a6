"""A file that came back: whether it is ours, unchanged, still current."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mentoring_reports.workbooks.forms import FileForm
from mentoring_reports.workbooks.verifying import verify

from .base import UNPROCESSABLE, Screen
from .workbook import SHOWN


class CheckView(Screen):
    """Takes a file, looks at it, keeps nothing of it."""

    template_name = "mentoring_workbooks/check.html"

    def get_page_subtitle(self) -> str:
        """Return what is done here."""
        return _("Check a file")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(form=FileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Say what the file is."""
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form=form, status=UNPROCESSABLE)
        verdict = verify(form.cleaned_data["file"].read())
        return self.show(
            form=FileForm(),
            name=form.cleaned_data["file"].name,
            verdict=verdict,
            changes=verdict.changes[:SHOWN],
            more_changes=max(0, len(verdict.changes) - SHOWN),
        )
