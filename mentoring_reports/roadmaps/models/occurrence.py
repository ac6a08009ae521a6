"""One time of an activity that comes back: a quarterly diagnosis of a school year has four."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .evidence import Evidence
from .roadmap import RoadmapItem


class Occurrence(Evidence):
    """The days in which the activity is to be done this time, and when it was. Written by `actions` only."""

    item = models.ForeignKey(RoadmapItem, models.CASCADE, related_name="occurrences", verbose_name=_("activity"))
    starts_on = models.DateField(_("beginning"))
    ends_on = models.DateField(_("last day"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    if TYPE_CHECKING:
        item_id: int

    class Meta:
        """In time; each stretch of days once."""

        ordering: ClassVar = ["ends_on", "starts_on", "pk"]
        verbose_name = _("time of an activity")
        verbose_name_plural = _("times of an activity")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "starts_on", "ends_on"], name="roadmap_occurrence_once"),
            models.CheckConstraint(
                name="roadmap_occurrence_ends_not_before_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        """Return the last day."""
        return date_format(self.ends_on, "SHORT_DATE_FORMAT")
