"""Forms of roadmaps and activities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.documents.widgets import AdminDocumentChooser

from mentoring_reports.clock import today

from .deadline_entry.form import fill_in
from .deadline_entry.readings import DeadlineReading
from .enums import OPEN, Status
from .errors import ActivityDone, DoneInFuture, TimesDone
from .models import Occurrence, RoadmapItem, RoadmapSection
from .year.confirming import FIELDS, Confirmation


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

    @cached_property
    def has_times(self) -> bool:
        """Say whether the activity is ticked time by time."""
        return bool(self.instance.pk) and self.instance.occurrences.exists()

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
        """Refuse changes of state that skip one or would lose what was done."""
        status: str = self.cleaned_data["status"]
        if self.instance.is_cancelled and status == Status.DONE:
            raise ValidationError(_("The activity is cancelled: reopen it first."))
        if self.instance.is_done and status == Status.CANCELLED:
            raise ValidationError(str(ActivityDone()))
        if self.instance.is_done and status in OPEN and self.has_times:
            raise ValidationError(str(TimesDone()))
        return status


class DoneForm(forms.ModelForm):
    """When an activity, or one time of it, was done and what confirms it. Saved by an action, not by the form."""

    done_on = forms.DateField(widget=AdminDateInput)
    field_order = ("done_on",)

    class Meta:
        """What confirms it: the same of an activity and of a time."""

        model: type[Model] = RoadmapItem
        fields = FIELDS
        widgets = {  # noqa: RUF012 - as in Django
            "evidence_note": forms.Textarea(attrs={"rows": 3}),
            "evidence_page": AdminPageChooser,
            "evidence_document": AdminDocumentChooser,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Propose today."""
        super().__init__(*args, **kwargs)
        self.fields["done_on"].label = capfirst(_("done on"))
        self.initial.setdefault("done_on", self.instance.done_on or today())

    def clean_done_on(self) -> Any:
        """Refuse a day that has not come."""
        day = self.cleaned_data["done_on"]
        if day > today():
            raise ValidationError(str(DoneInFuture()))
        return day

    @property
    def confirmation(self) -> Confirmation:
        """Return what was given."""
        return Confirmation.from_form(self.cleaned_data)


class TimeDoneForm(DoneForm):
    """The same of one time of an activity."""

    class Meta(DoneForm.Meta):
        """The same fields, of another table."""

        model: type[Model] = Occurrence
