"""What the screens that change a draft have in common: the permission, the author, and how a refusal is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from mentoring_reports.indicators.errors import AlreadyReleased, ReportFormError
from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions.actions import Author

from .access import EDIT_FORM, FormView

if TYPE_CHECKING:
    from django.http import HttpRequest


class EditingView(FormView):
    """A screen that changes a draft; a released version sends back to its page with the reason."""

    permission = EDIT_FORM

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Tell what was refused by the version's state, on the version's page."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except ReportFormError as error:
            messages.error(request, str(error))
            exists = ReportForm.objects.filter(pk=kwargs["pk"]).exists()
            return redirect(self.address if exists else reverse("report_forms:index"))

    @property
    def by(self) -> str:
        """Return the name of the user, as shared rows hold it."""
        return Author.of(self.request.user).name

    def ensure_draft(self) -> None:
        """Raise `AlreadyReleased` for a released version."""
        if not self.report_form.is_draft:
            raise AlreadyReleased(self.report_form)


def number_seen(text: str | None) -> int:
    """Return the number of edits that a page showed; -1, which none has, for anything else."""
    return int(text) if text and text.isdecimal() else -1
