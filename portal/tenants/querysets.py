"""Questions about organisations, in the domain's words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .models import Organisation  # noqa: F401


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations by kind, state and dates."""

    def schools(self) -> OrganisationQuerySet:
        """Return schools only."""
        return self.filter(kind="school")

    def municipalities(self) -> OrganisationQuerySet:
        """Return municipalities only."""
        return self.filter(kind="municipality")

    def active(self) -> OrganisationQuerySet:
        """Return organisations whose hosts answer."""
        return self.filter(state="active")

    def with_schema(self) -> OrganisationQuerySet:
        """Return organisations whose schema is complete: neither being set up nor failed."""
        return self.exclude(state__in=["provisioning", "failed"])

    def open_on(self, day: dt.date) -> OrganisationQuerySet:
        """Return organisations at work on `day`, the days of opening and closing included.

        One that was never set up has nobody to work in it: it is neither expected nor missing anywhere.
        """
        return self.with_schema().filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day), Q(closed_on__isnull=True) | Q(closed_on__gte=day)
        )
