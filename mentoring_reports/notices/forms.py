"""Forms of the municipality: the text of a kind of notice, and the days of reminders."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from .enums import NoticeKind
from .models import NoticeTemplate, ReminderPlan
from .placeholders import unknown
from .texts import built_in

MOST_DAYS = 5
LONGEST = 60
NUMBER = re.compile(r"[0-9]{1,2}")


class TextForm(forms.ModelForm):
    """A text, filled with what is sent now; what equals the built-in text is kept as such and follows it."""

    class Meta:
        """Kind and language come with the address."""

        model = NoticeTemplate
        fields = ("subject", "body", "enabled")
        widgets: ClassVar = {"body": AdminAutoHeightTextInput(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.built_in = built_in(NoticeKind(self.instance.kind), self.instance.language)
        for name, text in (("subject", self.built_in.subject), ("body", self.built_in.body)):
            self.fields[name].required = True
            self.initial[name] = getattr(self.instance, name) or text

    def clean_subject(self) -> str:
        """Refuse placeholders that would reach the reader as they are."""
        return self._known("subject", self.built_in.subject)

    def clean_body(self) -> str:
        """Refuse placeholders that would reach the reader as they are."""
        return self._known("body", self.built_in.body)

    def _known(self, name: str, own: str) -> str:
        text = str(self.cleaned_data[name]).replace("\r\n", "\n").strip()
        with translation.override(self.instance.language):  # placeholders have names in the language of the text
            strange = unknown(text, NoticeKind(self.instance.kind))
        if strange:
            raise forms.ValidationError(
                _("These placeholders are unknown here: %(names)s. Choose from the list beside the form.")
                % {"names": ", ".join(strange)}
            )
        return "" if text == own else text


class DaysField(forms.CharField):
    """Whole numbers of days, as people write them: «7, 3, 1»."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show the numbers with commas."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        """Return different days, the greatest first. An empty field means no reminder."""
        words = str(value or "").replace(";", ",").replace(",", " ").split()
        if not all(NUMBER.fullmatch(word) and 1 <= int(word) <= LONGEST for word in words):
            raise forms.ValidationError(
                _("Write whole days from 1 to %(most)d with commas between them, for instance 7, 1.")
                % {"most": LONGEST}
            )
        days = sorted({int(word) for word in words}, reverse=True)
        if len(days) > MOST_DAYS:
            raise forms.ValidationError(_("At most %(most)d days: more letters are not read.") % {"most": MOST_DAYS})
        return days


class PlanForm(forms.ModelForm):
    """When schools are reminded."""

    days_before = DaysField(
        label=gettext_lazy("Days before the due date"),
        help_text=gettext_lazy("With commas. Only schools that have nothing handed in, or whose report was sent back."),
    )
    days_after = DaysField(
        label=gettext_lazy("Days after the due date"),
        help_text=gettext_lazy("With commas. Until the round closes; for a report sent back, counted from that day."),
    )

    class Meta:
        """The municipality is the current one."""

        model = ReminderPlan
        fields = ("days_before", "days_after")
