"""A school's roadmap: sections and activities with deadlines as written and as read. Tenant schema."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from mentoring_reports.roadmaps.deadline_entry.readings import DeadlineReading
from mentoring_reports.roadmaps.enums import DeadlineKind, Status
from mentoring_reports.roadmaps.progress import Progress
from mentoring_reports.roadmaps.querysets import RoadmapItemQuerySet, RoadmapQuerySet
from mentoring_reports.roadmaps.recurrence import Recurrence
from mentoring_reports.roadmaps.year.times import Time

from .evidence import Evidence

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from .occurrence import Occurrence


LONGEST_PLAN = 10 * 366  # days; a longer one is a slip in a year: every activity that comes back has its times in it


class Roadmap(ClusterableModel):
    """A plan of activities for one period."""

    title = models.CharField(_("title"), max_length=500)
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(
        _("period to"), help_text=_("Activities without a last day of their own are due on this day.")
    )
    is_draft = models.BooleanField(
        _("draft"),
        default=False,
        help_text=_("A draft is neither counted nor reminded of, and not published."),
    )
    is_published = models.BooleanField(
        _("published on the website"),
        default=False,
        help_text=_("Shown on the school's website. It holds no personal data."),
    )

    objects = RoadmapQuerySet.as_manager()
    if TYPE_CHECKING:
        sections: RelatedManager[RoadmapSection]

    class Meta:
        """The latest first; the period is in order."""

        ordering: ClassVar = ["-period_start", "-pk"]
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="roadmap_period_in_order",
                condition=Q(period_start__lte=F("period_end")),
                violation_error_message=_("The period ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def items(self) -> RoadmapItemQuerySet:
        """Return all activities, section by section."""
        return RoadmapItem.objects.filter(section__roadmap=self).select_related("section__roadmap")

    def progress(self, day: dt.date) -> Progress:
        """Return how far the roadmap has come by the day; one statement."""
        return RoadmapItem.objects.filter(section__roadmap=self).progress(day)

    @property
    def is_public(self) -> bool:
        """Say whether the website shows it."""
        return self.is_published and not self.is_draft

    def clean(self) -> None:
        """Refuse a period out of order with a message at the field."""
        super().clean()
        if self.period_start and self.period_end and self.period_end < self.period_start:
            raise ValidationError({"period_end": _("The period ends before it starts.")})
        if self.period_start and self.period_end and (self.period_end - self.period_start).days > LONGEST_PLAN:
            raise ValidationError({"period_end": _("A roadmap lasts ten years at most: look at the years.")})


class RoadmapSection(Orderable):
    """A section or stage of a roadmap."""

    roadmap = ParentalKey(Roadmap, on_delete=models.CASCADE, related_name="sections", verbose_name=_("roadmap"))
    number = models.CharField(_("number"), max_length=40, blank=True, help_text=_("As in the document: 1, I, 2.1."))
    title = models.CharField(_("title"), max_length=500)

    if TYPE_CHECKING:
        roadmap_id: int
        items: RelatedManager[RoadmapItem]

    class Meta(Orderable.Meta):
        """In the document's order."""

        ordering: ClassVar = ["sort_order", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        """Return the number and the title."""
        return f"{self.number} {self.title}".strip()


class RoadmapItem(Evidence, Orderable):
    """One activity. Its status is changed through `actions`, which keep the history."""

    section = models.ForeignKey(RoadmapSection, models.CASCADE, related_name="items", verbose_name=_("section"))
    number = models.CharField(_("number"), max_length=40, blank=True, help_text=_("As in the document."))
    activity = models.TextField(_("activity"))
    deadline_text = models.CharField(
        _("deadline as written"), max_length=1000, blank=True, help_text=_("Kept word for word: «До 10.09.2022».")
    )
    deadline_kind = models.CharField(
        _("kind of deadline"), max_length=20, choices=DeadlineKind, default=DeadlineKind.BY_DATE
    )
    starts_on = models.DateField(_("beginning"), null=True, blank=True)
    ends_on = models.DateField(
        _("end"), null=True, blank=True, help_text=_("The last day to be on time; empty: the roadmap's last day.")
    )
    recurrence = models.JSONField(_("recurrence"), null=True, blank=True, editable=False)
    expected_result = models.TextField(_("expected result"), blank=True, help_text=_("As a rule a document."))
    indicator_text = models.TextField(_("indicator"), blank=True, help_text=_("As written: not less than 90 %."))
    participants = models.TextField(_("participants"), blank=True, help_text=_("For whom, or with whom."))
    documents = models.TextField(_("documents"), blank=True, help_text=_("What it rests on, as written."))
    responsible = models.CharField(
        _("responsible"), max_length=1000, blank=True, help_text=_("A post rather than a name: it may be published.")
    )
    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.PLANNED)
    done_on = models.DateField(
        _("done on"), null=True, blank=True, help_text=_("Of an activity that comes back: when the last time was done.")
    )
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True, editable=False)

    objects = RoadmapItemQuerySet.as_manager()
    if TYPE_CHECKING:
        section_id: int
        occurrences: RelatedManager[Occurrence]

    class Meta(Orderable.Meta):
        """In the document's order; done is what has a date."""

        ordering: ClassVar = ["section__sort_order", "section_id", "sort_order", "pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="roadmap_item_ends_not_before_starts",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first one."),
            ),
            models.CheckConstraint(
                name="roadmap_item_done_has_date",
                condition=(Q(status=Status.DONE) & Q(done_on__isnull=False))
                | (~Q(status=Status.DONE) & Q(done_on__isnull=True)),
                violation_error_message=_("An activity that is done has a date, and only such a one."),
            ),
            models.CheckConstraint(
                name="roadmap_item_cancelled_has_date",
                condition=(Q(status=Status.CANCELLED) & Q(cancelled_on__isnull=False))
                | (~Q(status=Status.CANCELLED) & Q(cancelled_on__isnull=True)),
                violation_error_message=_("An activity that is cancelled has a date, and only such a one."),
            ),
        ]

    def __str__(self) -> str:
        """Return the number and the activity, shortened."""
        return f"{self.number} {self.activity}".strip()[:120]

    @property
    def due_on(self) -> dt.date:
        """Return the last day to be on time: its own, or else the roadmap's."""
        return self.ends_on or self.section.roadmap.period_end

    @property
    def deadline(self) -> DeadlineReading:
        """Return the deadline as written and as read."""
        kind = DeadlineKind(self.deadline_kind)
        return DeadlineReading(self.deadline_text, kind, self.starts_on, self.ends_on, self.recurs)

    @property
    def recurs(self) -> Recurrence | None:
        """Return how often the activity comes back, if it does."""
        return Recurrence.from_json(self.recurrence)

    @property
    def was_late(self) -> bool:
        """Say whether the activity was done after its last day."""
        return self.done_on is not None and self.done_on > self.due_on

    @property
    def is_done(self) -> bool:
        """Say whether the activity is done."""
        return self.status == Status.DONE

    @property
    def is_cancelled(self) -> bool:
        """Say whether the activity was dropped."""
        return self.status == Status.CANCELLED

    def times(self) -> list[Time]:
        """Return the times of the activity as figures count them, in order; reads its occurrences unless prefetched."""
        found = [Time(row.starts_on, row.ends_on, row.done_on, row) for row in self.occurrences.all()]
        return found or [Time(self.starts_on, self.due_on, self.done_on)]

    def counts_on(self, day: dt.date) -> bool:
        """Say whether it is not cancelled as of the day."""
        return self.cancelled_on is None or self.cancelled_on > day

    def is_overdue(self, day: dt.date) -> bool:
        """Say whether one of its times was to be done before the day and is not; as `overdue_on` of the queryset."""
        return self.counts_on(day) and any(time.is_overdue(day) for time in self.times())

    def clean(self) -> None:
        """Refuse dates out of order with a message at the field."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first one.")})
