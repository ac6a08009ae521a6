"""The form of central entry: all numbers typed, what the checks say at their fields, why and from which paper."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from mentoring_reports import clock
from mentoring_reports.indicators.checking import Severity
from mentoring_reports.indicators.numbers import NotANumber, read_number, write_number
from mentoring_reports.submissions.actions import Evidence, HandedValue

if TYPE_CHECKING:
    import datetime as dt

    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.indicators.models import DataElement

    from .paper import Paper

VALUE, EXPLAIN = "value-", "explain-"
LONGEST_TEXT = 2000


class NumberField(forms.CharField):
    """A number as Russians type it, or nothing."""

    def __init__(self, element: DataElement) -> None:
        mode = "numeric" if element.whole else "decimal"
        widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
        super().__init__(label=element.name, help_text=element.help_text, required=False, widget=widget)

    def clean(self, value: Any) -> Decimal | None:
        """Return the number; text that is none is refused at the field."""
        text = super().clean(value)
        try:
            return read_number(text)
        except NotANumber:
            raise forms.ValidationError(_("“%(text)s” is not a number.") % {"text": text}) from None


class CentralEntryForm(forms.Form):
    """Numbers from paper. Errors stop it, warnings need an explanation, as in the school's own form."""

    reason = forms.CharField(
        label=gettext_lazy("Why the municipality files it"),
        help_text=gettext_lazy("For instance: the school has no internet. The school sees it. No names of pupils."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = forms.CharField(
        label=gettext_lazy("From which paper"),
        help_text=gettext_lazy("For instance: letter No. 12, signed by the head of the school."),
        max_length=255,
    )
    received_on = forms.DateField(label=gettext_lazy("When it was received"), widget=AdminDateInput)
    evidence_title = forms.CharField(
        label=gettext_lazy("Title of a document that backs it"), max_length=255, required=False
    )
    evidence_url = forms.URLField(
        label=gettext_lazy("Its address"), max_length=1000, required=False, assume_scheme="https"
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, paper: Paper, *args: Any, **kwargs: Any) -> None:
        """Build a field for every element; a revision that came back is what one starts from."""
        super().__init__(*args, **kwargs)
        self.paper = paper
        self.findings: list[Finding] = []
        self.initial.setdefault("seen", paper.seen)
        for element in paper.form.elements:
            before = paper.before.get(element.code)
            self.fields[VALUE + element.code] = NumberField(element)
            self.initial[VALUE + element.code] = write_number(before.value if before else None)

    def clean_received_on(self) -> dt.date:
        """Refuse a paper from the future."""
        day: dt.date = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come: it is %(today)s."), params=_today())
        return day

    def clean(self) -> dict[str, Any]:
        """Run the form's own checks over what could be read."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(data.get("evidence_title")) != bool(data.get("evidence_url")) and "evidence_url" not in self.errors:
            self.add_error("evidence_url", _("A document needs both a title and an address; or leave both empty."))
        unread = {code for code in self._codes() if VALUE + code in self.errors}
        self.findings = [
            finding for finding in self.paper.find(self.numbers()) if not unread.intersection(finding.element_codes)
        ]
        for finding in self.findings:
            self._tell(finding)
        return data

    def numbers(self) -> dict[str, Decimal | None]:
        """Return what was typed; what could not be read counts as missing."""
        return {code: self.cleaned_data.get(VALUE + code) for code in self._codes()}

    def handed(self) -> dict[str, HandedValue]:
        """Return the numbers to hand over."""
        return {code: HandedValue(number) for code, number in self.numbers().items()}

    def explanations(self) -> dict[str, str]:
        """Return the explanations of warnings, by the key of their finding."""
        warnings = [finding.key for finding in self.findings if finding.severity == Severity.WARNING]
        return {key: self.cleaned_data[EXPLAIN + key] for key in warnings}

    def evidence(self) -> list[Evidence]:
        """Return the document, if one was given."""
        url = self.cleaned_data["evidence_url"]
        return [Evidence(self.cleaned_data["evidence_title"], url)] if url else []

    def behalf_reason(self) -> str:
        """Return why and from which paper, as one text that is sealed with the revision."""
        data = self.cleaned_data
        day = date_format(data["received_on"], "SHORT_DATE_FORMAT")
        text = _("%(reason)s Source: %(source)s, received on %(day)s.")
        reason = data["reason"] if data["reason"].endswith((".", "!", "?")) else f"{data['reason']}."
        return text % {"reason": reason, "source": data["source"], "day": day}

    def kept(self) -> Iterator[tuple[str, str]]:
        """Yield every field as it was typed, to be carried through the confirmation."""
        for bound in self:
            yield bound.html_name, str(bound.value() or "")

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong, as it stands on the page: the field's place, what it is about, what to do."""
        warnings = {EXPLAIN + finding.key: finding.message for finding in self.findings}
        for bound in self:
            for error in bound.errors:
                yield bound.id_for_label, warnings.get(bound.html_name, str(bound.label)), str(error)

    def _codes(self) -> list[str]:
        return [element.code for element in self.paper.form.elements]

    def _tell(self, finding: Finding) -> None:
        """Put a finding at its field; a warning opens a field for its explanation, which must not be empty."""
        if finding.severity == Severity.ERROR:
            self.add_error(VALUE + finding.element_codes[0], finding.message)
            return
        name = EXPLAIN + finding.key
        field = forms.CharField(
            label=_("Explanation"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2}), required=False
        )
        self.fields[name] = field
        text = str(self.data.get(name, "")).replace("\0", "").strip()[:LONGEST_TEXT]
        self.cleaned_data[name] = text
        if not text:
            self.add_error(name, _("Explain it, from the paper or by a call to the school."))


def _today() -> dict[str, str]:
    return {"today": date_format(clock.today(), "SHORT_DATE_FORMAT")}
