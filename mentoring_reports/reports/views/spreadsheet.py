"""The round's form as a spreadsheet: download, upload, look at what would change, confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from mentoring_reports.reports.actions import save_draft
from mentoring_reports.reports.errors import DraftError, StaleDraft
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.spreadsheet.archive import MOST_BYTES
from mentoring_reports.reports.spreadsheet.belonging import ensure_belongs
from mentoring_reports.reports.spreadsheet.comparing import Plan
from mentoring_reports.reports.spreadsheet.errors import FileRefused, TooLarge
from mentoring_reports.reports.spreadsheet.keeping import forget, keep, kept
from mentoring_reports.reports.spreadsheet.outgoing import spreadsheet
from mentoring_reports.reports.spreadsheet.reading import read_form

from .base import RoundView

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from mentoring_reports.reports.spreadsheet.reading import FilledForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONFLICT, UNPROCESSABLE = 409, 422


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=gettext_lazy("The filled-in file"),
        help_text=gettext_lazy("XLSX, 2 MB at most: the form that was downloaded here, filled in."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )


class SpreadsheetView(RoundView):
    """Where the form is downloaded and uploaded again."""

    template_name = "mentoring_reports/spreadsheet.html"

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Offer both."""
        return self.render_to_response(self.get_context_data(form=UploadForm()))

    def post(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Read the file and show what it would change; a file that is refused changes nothing."""
        form = UploadForm(request.POST, request.FILES)
        try:
            if self.access.may_edit and form.is_valid():
                token = keep(request.session, self.round.pk, self._read(form.cleaned_data["file"]))
                return redirect(self.address("spreadsheet_preview", token))
        except FileRefused as error:
            form.add_error("file", str(error))
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def _read(self, file: UploadedFile) -> FilledForm:
        if file.size is None or file.size > MOST_BYTES:
            raise TooLarge
        filled = read_form(file.read())
        ensure_belongs(filled, round_=self.round, school=self.school)
        return filled


class SpreadsheetFileView(RoundView):
    """The file itself."""

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Return the form with the draft in it."""
        filling = Filling.of_draft(self.basis, self.draft)
        version = self.draft.version if self.draft else 0
        file = spreadsheet(self.basis, filling, school=self.school, due=self.access.due, version=version)
        disposition = content_disposition_header(as_attachment=True, filename=file.name)
        return HttpResponse(file.content, content_type=XLSX, headers={"Content-Disposition": disposition or ""})


class SpreadsheetPreviewView(RoundView):
    """What an uploaded file would change; one button changes the draft."""

    template_name = "mentoring_reports/spreadsheet_preview.html"

    def get(self, request: HttpRequest, round_id: int, token: str) -> HttpResponse:
        """Show it against the draft as it is now."""
        return self._show(self.filled) if self.filled else self._ask_again()

    def post(self, request: HttpRequest, round_id: int, token: str) -> HttpResponse:
        """Save; when the draft has changed since it was shown, show the comparison anew and save nothing."""
        if self.filled is None:
            return self._ask_again()
        if request.POST.get("version", "") != str(self._version):
            return self._show(self.filled, status=CONFLICT, conflict=True)
        try:
            self._save(self._plan(self.filled))
        except StaleDraft:
            del self.draft  # read anew what the other editor saved
            return self._show(self.filled, status=CONFLICT, conflict=True)
        except DraftError as error:
            messages.error(request, str(error))
            return redirect(self.address("spreadsheet"))
        forget(request.session, self.round.pk)
        return redirect(self.address("fill"))

    @cached_property
    def filled(self) -> FilledForm | None:
        """Return the upload that the address names; None when it is gone."""
        return kept(self.request.session, self.round.pk, self.kwargs["token"])

    @property
    def _version(self) -> int:
        return self.draft.version if self.draft else 0

    def _plan(self, filled: FilledForm) -> Plan:
        return Plan.of(self.basis, Filling.of_draft(self.basis, self.draft), filled)

    def _save(self, plan: Plan) -> None:
        save_draft(
            round_=self.round,
            values=plan.values,
            reasons=plan.reasons,
            explanations=plan.explanations,
            note=plan.note,
            carried=plan.carried,
            version=self._version,
            by=self.request.user,
        )
        count = len(plan.changes)
        done = ngettext("%(count)d change is taken from the file.", "%(count)d changes are taken from the file.", count)
        messages.success(self.request, done % {"count": count})

    def _show(self, filled: FilledForm, *, status: int = 200, conflict: bool = False) -> HttpResponse:
        context = self.get_context_data(
            plan=self._plan(filled),
            conflict=conflict,
            version=self._version,
            is_older=filled.draft_version < self._version,
        )
        return self.render_to_response(context, status=status)

    def _ask_again(self) -> HttpResponse:
        messages.warning(self.request, _("This upload is gone: it was taken already or replaced. Upload the file."))
        return redirect(self.address("spreadsheet"))
