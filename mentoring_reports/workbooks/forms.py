"""Forms: what a workbook is made of, a saved choice with its schedule, a file to check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .choices import Choices
from .export import previous_round
from .models import WorkbookTemplate
from .words import group_options, sheet_options, started_rounds

BEFORE, NONE = "before", "none"
MOST_DAYS = 60
MOST_ADDRESSES = 20
LARGEST_FILE = 100 * 1024 * 1024


class Parts(forms.Form):
    """Sheets, schools, names or codes."""

    sheets = forms.MultipleChoiceField(
        label=gettext_lazy("Sheets"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one sheet.")},
    )
    territory = forms.ChoiceField(label=gettext_lazy("Territory"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Type of organisation"), required=False)
    codes_for_names = forms.BooleanField(
        label=gettext_lazy("Codes in place of names"),
        help_text=gettext_lazy("Organisations stand in the file by number: for a file that is passed on."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("sheets", sheet_options())
        self._offer("territory", group_options("territory"))
        self._offer("type", group_options("school_type"))
        self.initial.setdefault("sheets", [code for code, _title in sheet_options()])

    def clean_sheets(self) -> list[str]:
        """Return no codes for all sheets: a sheet that comes later then belongs to them."""
        chosen: list[str] = self.cleaned_data["sheets"]
        return [] if len(chosen) == len(sheet_options()) else chosen

    def _offer(self, name: str, options: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = options


class ChoicesForm(Parts):
    """Everything about one workbook."""

    round = forms.ChoiceField(label=gettext_lazy("Round"))
    compare = forms.ChoiceField(label=gettext_lazy("Compare with"))
    save_as = forms.CharField(
        label=gettext_lazy("Save this choice as"),
        help_text=gettext_lazy(
            "A name under which it can be run again for later rounds, or sent by mail. May be empty."
        ),
        max_length=100,
        required=False,
    )
    field_order = ("round", "compare", "sheets", "territory", "type", "codes_for_names", "save_as")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {one.code: one for one in started_rounds()}
        options = [(code, one.title) for code, one in self.rounds.items()]
        self._offer("round", options)
        self._offer("compare", [(BEFORE, _("the round before it")), (NONE, _("without comparison")), *options])

    def clean_save_as(self) -> str:
        """Refuse a name that is taken: somebody may rely on what it stands for."""
        name = str(self.cleaned_data["save_as"]).strip()
        if name and WorkbookTemplate.objects.filter(name=name).exists():
            raise ValidationError(_("There is a saved choice with this name. Take another name, or change that one."))
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse a round beside itself."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("round") and cleaned.get("compare") == cleaned["round"]:
            self.add_error("compare", _("Choose another round than the one of the workbook."))
        return cleaned

    @property
    def choices(self) -> Choices:
        """Return what was chosen, once the form is valid."""
        chosen = self.cleaned_data
        round_ = self.rounds[chosen["round"]]
        before = previous_round(round_) if chosen["compare"] == BEFORE else self.rounds.get(chosen["compare"])
        return Choices(
            round_id=round_.pk,
            compared_id=before.pk if before else None,
            sheets=tuple(chosen["sheets"]),
            territory=chosen["territory"],
            type_=chosen["type"],
            codes_for_names=chosen["codes_for_names"],
        )


class SavedForm(Parts, forms.ModelForm):
    """A saved choice and its schedule."""

    days_after_due = forms.IntegerField(
        label=gettext_lazy("Send by mail so many days after the due date"),
        help_text=gettext_lazy("0 is the day after which a report is late. Empty: it is not sent."),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
    )
    addresses = forms.CharField(
        label=gettext_lazy("Addresses"),
        help_text=gettext_lazy("One a line. The letter leads to the file; to open it one has to log in."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    attaches = forms.BooleanField(
        label=gettext_lazy("Attach the file"),
        help_text=gettext_lazy("For those who cannot log in. A file that is too large for a letter is left out."),
        required=False,
    )
    field_order = (
        "name", "compares", "sheets", "territory", "type", "codes_for_names", "days_after_due", "addresses", "attaches",
    )  # fmt: skip

    class Meta:
        """All that a person chooses."""

        model = WorkbookTemplate
        fields = (
            "name", "compares", "sheets", "territory", "type", "codes_for_names",
            "days_after_due", "addresses", "attaches",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["sheets"] = self.initial.get("sheets") or [code for code, _title in sheet_options()]

    def clean_addresses(self) -> str:
        """Return addresses one a line; refuse what is none, by name."""
        found = list(dict.fromkeys(str(self.cleaned_data["addresses"]).replace(",", " ").replace(";", " ").split()))
        wrong = [address for address in found if not _is_address(address)]
        if wrong:
            raise ValidationError(_("These are no addresses: %(names)s.") % {"names": ", ".join(wrong)})
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(_("At most %(most)d addresses.") % {"most": MOST_ADDRESSES})
        return "\n".join(found)

    def clean(self) -> dict[str, Any]:
        """Demand addresses where there is a day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            cleaned.get("days_after_due") is not None
            and not cleaned.get("addresses")
            and "addresses" not in self.errors
        ):
            self.add_error("addresses", _("Name at least one address, or leave the day empty."))
        return cleaned


class FileForm(forms.Form):
    """A file that came back."""

    file = forms.FileField(
        label=gettext_lazy("Workbook (XLSX)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )

    def clean_file(self) -> Any:
        """Refuse what is too large to be one."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is too large to be a workbook of the portal."))
        return file


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
