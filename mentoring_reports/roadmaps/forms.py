"""Forms of roadmaps and activities."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from mentoring_reports.clock import today

from .deadline_form import fill_in
from .enums import Status
from .errors import DoneInFuture
from .models import RoadmapSection
from .readings import DeadlineReading


class RoadmapForm(WagtailAdminModelForm):
    """A roadmap with its sections; a section that holds activities is not deleted in passing."""

    def is_valid(self) -> bool:
        """Check the form, then that no deleted section holds activities."""
        if not super().is_valid():
            return False
        for form in self.formsets["sections"].deleted_forms:
            number = form.instance.items.count() if form.instance.pk else 0
            if number:
                self.add_error(None, self._refuse(form.instance, number))
        return not self.errors

    @staticmethod
    def _refuse(section: RoadmapSection, number: int) -> str:
        message = ngettext(
            "The section “%(section)s” holds %(number)d activity: move or delete it first.",
            "The section “%(section)s” holds %(number)d activities: move or delete them first.",
            number,
        )
        return message % {"section": section, "number": number}


class ItemForm(WagtailAdminModelForm):
    """An activity; its state is written by the actions, so that the history stays whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer sections by roadmap, the latest roadmap first."""
        super().__init__(*args, **kwargs)
        self.reading: DeadlineReading | None = None  # what was read on saving, if it was
        sections = RoadmapSection.objects.select_related("roadmap").order_by("-roadmap__period_start", "sort_order")
        self.fields["section"].queryset = sections
        self.fields["section"].label_from_instance = lambda section: f"{section} ({section.roadmap})"

    def clean(self) -> dict[str, Any]:
        """Read the deadline; make the day agree with the state: only what is done has a day, today if none is given."""
        data: dict[str, Any] = super().clean()
        self.reading = fill_in(data, self.instance, set(self.changed_data))
        if data.get("status") != Status.DONE:
            data["done_on"] = None
        elif "done_on" in data:
            data["done_on"] = data["done_on"] or today()
            if data["done_on"] > today():
                self.add_error("done_on", ValidationError(str(DoneInFuture())))
        return data

    def clean_status(self) -> str:
        """Refuse to call a cancelled activity done in one step."""
        status: str = self.cleaned_data["status"]
        if self.instance.pk and self.instance.is_cancelled and status == Status.DONE:
            raise ValidationError(_("The activity is cancelled: reopen it first."))
        return status
