"""The form of an upload: a file or a pasted text, and what the document does not say itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from mentoring_reports.roadmaps.importing.importer import Days
from mentoring_reports.roadmaps.models import Roadmap, RoadmapImport
from mentoring_reports.roadmaps.models.roadmap import LONGEST_PLAN
from mentoring_reports.roadmaps.readers.errors import UnreadableDocument
from mentoring_reports.roadmaps.readers.reading import MOST_BYTES

from .keeping import keep_upload

if TYPE_CHECKING:
    from .keeping import User


class UploadForm(forms.Form):
    """A document; what the reader refuses is an error at the field it came from."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "DOCX, XLSX, PDF with a text layer, CSV, TSV or TXT; up to 20 MB (a text: 4 MB) and 2,000 rows."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.pdf,.csv,.tsv,.txt"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or the table as text"),
        required=False,
        strip=False,
        help_text=gettext_lazy("Select the table in Word, copy it and paste it here."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    start = forms.DateField(
        label=gettext_lazy("Period from"),
        required=False,
        help_text=gettext_lazy("Leave both days empty if the document names its period or school year."),
        widget=AdminDateInput,
    )
    end = forms.DateField(label=gettext_lazy("Period to"), required=False, widget=AdminDateInput)
    split_lists = forms.BooleanField(
        label=gettext_lazy("Make one activity of each entry of a list in a cell"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one document, and for both days or none."""
        data: dict[str, Any] = super().clean() or {}
        file, text = data.get("file"), (data.get("text") or "").strip()
        if not self.errors.get("file") and not (file or text):
            self.add_error("file", ValidationError(_("Choose a file, or paste the text of the table below.")))
        if file and text:
            self.add_error("text", ValidationError(_("Give one document: either the file or the text.")))
        self._clean_period(data)
        return data

    def _clean_period(self, data: dict[str, Any]) -> None:
        start, end = data.get("start"), data.get("end")
        if (start is None) != (end is None) and not {"start", "end"} & set(self.errors):
            self.add_error("end" if start else "start", ValidationError(_("Give both days of the period or none.")))
        if start and end and end < start:
            self.add_error("end", ValidationError(_("The period ends before it starts.")))
        elif start and end and (end - start).days > LONGEST_PLAN:
            self.add_error("end", ValidationError(_("A roadmap lasts ten years at most: look at the years.")))

    @property
    def period(self) -> Days | None:
        """Return the days that were given."""
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return (start, end) if start and end else None

    def keep(self, by: User, into: Roadmap | None) -> RoadmapImport | None:
        """Read and keep the document; None, with an error at its field, where it cannot be read."""
        file = self.cleaned_data["file"]
        try:
            return keep_upload(
                content=_content(file) if file else self.cleaned_data["text"].encode("utf-8", errors="replace"),
                name=file.name if file else "",
                by=by,
                period=self.period,
                split_lists=self.cleaned_data["split_lists"],
                into=into,
            )
        except UnreadableDocument as error:
            self.add_error("file" if file else "text", str(error))
            return None


def _content(file: Any) -> bytes:
    """Return a file's bytes; one that is too large is not read at all."""
    if file.size > MOST_BYTES:
        raise UnreadableDocument("too_large")
    content: bytes = file.read()
    return content
