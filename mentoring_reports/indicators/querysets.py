"""Questions about versions of report forms, in the domain's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from .models import Indicator, ReportForm

PARTS = ("groups", "elements", "indicators", "checks")


class ReportFormQuerySet(models.QuerySet["ReportForm"]):
    """Versions of report forms."""

    def of(self, municipality: Any) -> ReportFormQuerySet:
        """Return a municipality's own forms."""
        return self.filter(municipality=municipality)

    def released(self) -> ReportFormQuerySet:
        """Return the versions that rounds may use."""
        return self.filter(released_at__isnull=False)

    def drafts(self) -> ReportFormQuerySet:
        """Return the versions that are still being edited."""
        return self.filter(released_at__isnull=True)

    def versions_of(self, form: ReportForm) -> ReportFormQuerySet:
        """Return all versions of the same form, the newest first."""
        return self.filter(municipality=form.municipality_id, code=form.code).order_by("-version")

    def with_parts(self) -> ReportFormQuerySet:
        """Read all parts along, each kind in one statement."""
        return self.prefetch_related(*PARTS)


class IndicatorManager(models.Manager["Indicator"]):
    """Reads the targets of all indicators along, in one statement."""

    def get_queryset(self) -> models.QuerySet[Indicator]:
        """Return indicators with their targets."""
        return super().get_queryset().prefetch_related("targets")
