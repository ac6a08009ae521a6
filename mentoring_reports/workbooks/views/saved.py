"""Saved choices: edited, run for the latest round, sent by mail, deleted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from mentoring_reports.clock import today
from mentoring_reports.submissions.handover import Author
from mentoring_reports.tenancy import current_organisation
from mentoring_reports.workbooks.access import WorkbookMixin
from mentoring_reports.workbooks.asking import ask
from mentoring_reports.workbooks.forms import SavedForm
from mentoring_reports.workbooks.models import WorkbookTemplate
from mentoring_reports.workbooks.saved_choices import choices_for, latest_round

from .asking import lead_to
from .base import UNPROCESSABLE, Screen

LETTERS = 20


class OneSaved:
    """A view of one saved choice of the municipality, or 404."""

    kwargs: dict[str, Any]

    @cached_property
    def saved(self) -> WorkbookTemplate:
        """Return it."""
        return get_object_or_404(WorkbookTemplate, pk=self.kwargs["pk"])


class EditView(OneSaved, Screen):
    """The choice, its schedule, and its last letters."""

    template_name = "mentoring_workbooks/saved.html"

    def get_page_subtitle(self) -> str:
        """Return the name."""
        return self.saved.name

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        return self.show(form=SavedForm(instance=self.saved))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save it; a schedule holds for rounds that are due from now on."""
        form = SavedForm(request.POST, instance=self.saved)
        if not form.is_valid():
            return self.show(form=form, status=UNPROCESSABLE)
        saved = form.save(commit=False)
        is_scheduled = saved.days_after_due is not None
        saved.scheduled_from = (saved.scheduled_from or today()) if is_scheduled else None
        saved.save()
        messages.success(request, _("The choice “%(name)s” is saved.") % {"name": saved.name})
        return redirect("mentoring_workbooks:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the letters."""
        letters = self.saved.letters.select_related("workbook").defer("workbook__manifest")[:LETTERS]
        return super().get_context_data(saved=self.saved, letters=letters, **kwargs)


class RunView(OneSaved, WorkbookMixin, View):
    """The same again, for the latest round."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the workbook, and lead to it."""
        saved, round_ = self.saved, latest_round(current_organisation())
        if round_ is None:
            messages.error(request, _("No round has opened yet."))
            return redirect("mentoring_workbooks:index")
        return lead_to(request, ask(choices=choices_for(saved, round_), by=Author.of(request.user)))


class DeleteView(OneSaved, WorkbookMixin, View):
    """Not needed any more; workbooks made with it stay."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete it."""
        self.saved.delete()
        messages.success(request, _("The choice “%(name)s” is deleted.") % {"name": self.saved.name})
        return redirect("mentoring_workbooks:index")
