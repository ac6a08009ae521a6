"""The form of a round, built from the rows of its report form. Whatever is typed is kept, numbers or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from mentoring_reports.indicators.checking import Severity
from mentoring_reports.indicators.numbers import NotANumber, read_number, write_number

from .filling import Entered, Filling

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import DataElement

    from .basis import Basis

LONGEST_KEY = 120
VALUE, COUNT, REASON, EXPLAIN, CARRIED = "value-", "count-", "reason-", "explain-", "carried-"
LONGEST_TAB = 40
AUTOSIZE = {"rows": 2, "maxlength": 4000, "data-controller": "w-autosize"}


class KeptTextField(forms.CharField):
    """Text that is never refused; only what PostgreSQL cannot hold is dropped."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs=AUTOSIZE), **kwargs})
        self.validators = []

    def to_python(self, value: Any) -> str:
        """Return the text without NUL characters."""
        return (super().to_python(value) or "").replace("\x00", "")


class NumberField(KeptTextField):
    """A number as Russians type it; text that is none stays text, and the checks say so at the field."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.TextInput, **kwargs})

    def to_python(self, value: Any) -> Entered:  # type: ignore[override]
        """Return a number, None for nothing, or the text as typed."""
        text = super().to_python(value)
        try:
            return read_number(text)
        except NotANumber:
            return text


class ReportDataForm(forms.Form):
    """Numbers, reasons for overruling, explanations of warnings, and a note."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    tab = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_TAB)
    note = KeptTextField(
        label=_("Note to the methodist"),
        help_text=_("Goes with the report. Please write no names of people here."),
    )

    def __init__(self, basis: Basis, filling: Filling, *args: Any, locked: bool = False, **kwargs: Any) -> None:
        """Build the fields; `filling` is what the draft holds, `locked` shows it without letting anyone change it."""
        new_tab = get_random_string(16)  # names this open form: see `save_draft`
        kwargs["initial"] = {"note": filling.note, "tab": new_tab, **kwargs.get("initial", {})}
        super().__init__(*args, **{"auto_id": "id_%s", **kwargs})
        self.basis, self.kept = basis, filling
        self.warning_checks = {check.code for check in basis.checks if check.severity == Severity.WARNING}
        for element in basis.elements:
            self._add_element(element, filling)
        for key, text in filling.explanations.items():
            self.initial[EXPLAIN + key] = text
        self.locked = locked
        for field in self.fields.values():
            field.disabled = locked

    def _add_element(self, element: DataElement, filling: Filling) -> None:
        code = element.code
        self.fields[VALUE + code] = NumberField(label=element.name)
        self.initial[VALUE + code] = filling.unread.get(code) or write_number(filling.values.get(code))
        if code in self.basis.counts:
            self.fields[COUNT + code] = NumberField(widget=forms.HiddenInput)
            self.initial[COUNT + code] = write_number(self.basis.counts[code])
            self.fields[REASON + code] = KeptTextField(label=_("Why another number than the count?"))
            self.initial[REASON + code] = filling.reasons.get(code, "")

    def add_explanation(self, key: str) -> forms.BoundField:
        """Add the field in which a warning is explained, and return it."""
        name = EXPLAIN + key
        self.fields.setdefault(name, KeptTextField(label=_("Explanation"), disabled=self.locked))
        return self[name]

    def filling(self) -> Filling:
        """Return what was posted, laid over the counts."""
        return Filling.over(
            self.basis,
            self.entered(),
            reasons=self.reasons(),
            explanations=self.explanations(),
            note=self.note_text(),
            carried=self.carried(),
        )

    def entered(self) -> dict[str, Entered]:
        """Return typed elements, and counted ones where another number stands than the count that was shown.

        A field that was not posted at all keeps what the draft has.
        """
        found = {}
        for element in self.basis.elements:
            code = element.code
            given = self._read(VALUE + code) if VALUE + code in self.data else self._kept(code)
            if code not in self.basis.counts or given != self._shown_count(code):
                found[code] = given
        return found

    def reasons(self) -> dict[str, str]:
        """Return the reasons for overruling, by element."""
        names = {code: REASON + code for code in self.basis.counts}
        posted = {code: self._read(name) for code, name in names.items() if name in self.data}
        return {code: text for code, text in {**self.kept.reasons, **posted}.items() if text.strip()}

    def explanations(self) -> dict[str, str]:
        """Return the explanations by the key of their finding; those of warnings that were not on the screen stay."""
        keys = [name.removeprefix(EXPLAIN) for name in self.data if name.startswith(EXPLAIN)]
        posted = {key: KeptTextField().to_python(self.data[EXPLAIN + key]) for key in keys if self._is_key(key)}
        return {key: text for key, text in {**self.kept.explanations, **posted}.items() if text.strip()}

    def carried(self) -> set[str]:
        """Return the elements that still hold what was carried forward into them."""
        codes = [element.code for element in self.basis.elements if element.code not in self.basis.counts]
        return {code for code in codes if self._is_carried(code)}

    def tab_name(self) -> str:
        """Return the name of the open form that posts; nothing when it has none or too long a one."""
        return str(self.cleaned_data.get("tab", "")) if self.is_valid() else ""

    def note_text(self) -> str:
        """Return the note to the methodist."""
        return self._read("note") if "note" in self.data else self.kept.note

    def posted_version(self) -> int:
        """Return the version of the draft that was on the screen; -1, which is never current, for anything else."""
        version = self.cleaned_data.get("version") if self.is_valid() else None
        return -1 if version is None else version

    def rebase(self, version: int) -> None:
        """Make what was posted a change of this version, for whoever looks at both and saves again."""
        self.data = {**{name: self.data[name] for name in self.data}, "version": str(version)}

    def _is_key(self, key: str) -> bool:
        check, _colon, subject = key.partition(":")
        return check in self.warning_checks and (not subject or subject.isidentifier()) and len(key) <= LONGEST_KEY

    def _read(self, name: str) -> Any:
        field = self.fields[name]
        return field.to_python(field.widget.value_from_datadict(self.data, self.files, name))

    def _is_carried(self, code: str) -> bool:
        if VALUE + code not in self.data:
            return code in self.kept.carried
        given, carried = (NumberField().to_python(self.data.get(name + code, "")) for name in (VALUE, CARRIED))
        return carried is not None and given == carried

    def _kept(self, code: str) -> Entered:
        return self.kept.unread.get(code, self.kept.values.get(code))

    def _shown_count(self, code: str) -> Entered:
        return self._read(COUNT + code) if COUNT + code in self.data else self.basis.counts[code]


def texts_of(filling: Filling, basis: Basis) -> dict[str, str]:
    """Return the text of every field as the form would show it, by the field's name."""
    codes = [element.code for element in basis.elements]
    texts = {VALUE + code: filling.unread.get(code) or write_number(filling.values.get(code)) for code in codes}
    texts |= {REASON + code: filling.reasons.get(code, "") for code in basis.counts}
    texts |= {EXPLAIN + key: text for key, text in filling.explanations.items()}
    return {**texts, "note": filling.note}


def differing(theirs: Filling, ours: Filling, basis: Basis) -> dict[str, str]:
    """Return what another editor has where we have something else, by the field's name."""
    their_texts, our_texts = texts_of(theirs, basis), texts_of(ours, basis)
    names = dict.fromkeys([*their_texts, *our_texts])
    return {name: their_texts.get(name, "") for name in names if their_texts.get(name, "") != our_texts.get(name, "")}
