"""A version's life: the next one drafted, its title, its release, or the draft discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from mentoring_reports.indicators import actions
from mentoring_reports.indicators.errors import CannotRelease, ChangedMeanwhile
from mentoring_reports.indicators.models import ReportForm

from .access import CONFLICT, UNPROCESSABLE
from .editing import EditingView, number_seen
from .forms import TitleForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class TitleView(EditingView):
    """Title of a draft and what is new in it."""

    template_name = "mentoring_review/report_forms/title.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        self.ensure_draft()
        form = TitleForm(instance=self.report_form)
        return self.render_to_response(self.get_context_data(form=form, seen=self.report_form.edits))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it; what is refused stays in the fields."""
        self.ensure_draft()
        form = TitleForm(request.POST, instance=ReportForm.objects.get(pk=self.report_form.pk))
        seen = self.report_form.edits
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, seen=seen), status=UNPROCESSABLE)
        try:
            actions.rename(form=self.report_form, seen=number_seen(request.POST.get("seen")), **form.cleaned_data)
        except ChangedMeanwhile as error:
            context = self.get_context_data(form=form, seen=seen, conflict=str(error))
            return self.render_to_response(context, status=CONFLICT)
        messages.success(request, _("Title and note are saved."))
        return redirect(self.address)

    def get_page_title(self) -> str:
        """Return what is edited."""
        return _("Title and note")


class NextVersionView(EditingView):
    """The next version, copied from this one."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Draft it and go there."""
        draft = actions.draft_next_version(form=self.report_form, by=self.by)
        messages.success(request, _("The draft is made: change it, try it on a past round, then release it."))
        return redirect(reverse("report_forms:version", args=[draft.pk]))


class ReleaseView(EditingView):
    """A draft released, after one question; what keeps it from that is listed."""

    template_name = "mentoring_review/report_forms/release.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        self.ensure_draft()
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Release it."""
        try:
            actions.release(form=self.report_form, by=self.by, seen=number_seen(request.POST.get("seen")))
        except CannotRelease as error:
            messages.error(request, str(error))
            return redirect(f"{self.address}#problems")
        messages.success(request, _("The version is released: rounds can choose it now."))
        return redirect(self.address)

    def get_page_title(self) -> str:
        """Return what is asked."""
        return _("Release the version")


class DiscardView(EditingView):
    """A draft discarded, after one question."""

    template_name = "mentoring_review/report_forms/discard.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        self.ensure_draft()
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Discard it."""
        actions.discard_draft(form=self.report_form)
        messages.success(request, _("The draft is discarded."))
        return redirect(reverse("report_forms:index"))

    def get_page_title(self) -> str:
        """Return what is asked."""
        return _("Discard the draft")
