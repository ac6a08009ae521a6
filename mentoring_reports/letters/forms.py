"""What a user wants by mail, on the page of the own account."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import SwitchInput

from mentoring_reports import clock
from mentoring_reports.tenancy import current_organisation

from .models import Preference
from .recipients import bounces_of
from .standing import write_standing

OF_KIND = {"school": ("wants_reminders", "wants_decisions", "wants_roadmap"), "municipality": ("wants_overview",)}


class PreferenceForm(forms.ModelForm):
    """Kinds of letters; after refusals, that the address works again. Wagtail gives it the user."""

    try_again = forms.BooleanField(
        label=gettext_lazy("My address works again"),
        required=False,
        help_text=gettext_lazy("Letters to you came back. Correct the address above if need be, and tick here."),
    )

    class Meta:
        """What is sent in this kind of organisation."""

        model = Preference
        fields: ClassVar = ["wants_reminders", "wants_decisions", "wants_roadmap", "wants_overview"]
        widgets: ClassVar = dict.fromkeys(fields, SwitchInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        user = kwargs.pop("instance")
        preference = Preference.objects.filter(user=user).first() or Preference(user=user)
        super().__init__(*args, **(kwargs | {"instance": preference}))
        kept = {*OF_KIND[current_organisation().kind]}
        if bounces_of([user]):
            kept.add("try_again")
        self.fields = {name: field for name, field in self.fields.items() if name in kept}

    def save(self, commit: bool = True) -> Preference:
        """Keep what is wanted, and count refusals anew if asked to."""
        if self.cleaned_data.get("try_again"):
            self.instance.bounces_forgotten_at = clock.now()
        preference: Preference = super().save(commit)
        write_standing(current_organisation())
        return preference
