"""Tenants that have what the plugin asks for (docs/plugin.md) and are otherwise different from the portal's."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django_tenants.models import DomainMixin, TenantMixin


class Kind(models.Model):
    name = models.CharField(max_length=100)


class District(models.Model):
    municipality = models.ForeignKey("Body", models.PROTECT, related_name="districts")
    name = models.CharField(max_length=100)
    order = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Bodies(models.QuerySet["Body"]):
    def schools(self) -> Bodies:
        return self.filter(kind="school")

    def active(self) -> Bodies:
        return self.filter(answers=True)

    def open_on(self, day: dt.date) -> Bodies:
        return self.filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day), Q(closed_on__isnull=True) | Q(closed_on__gte=day)
        )


class Body(TenantMixin):
    auto_create_schema = False

    kind = models.CharField(max_length=20)
    answers = models.BooleanField(default=True)
    name = models.CharField(max_length=255)
    short_name = models.CharField(max_length=100)
    municipality = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    organisation_type = models.ForeignKey(Kind, models.PROTECT, null=True)
    territory = models.ForeignKey(District, models.PROTECT, null=True, related_name="schools")
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects = Bodies.as_manager()

    def __str__(self) -> str:
        return self.short_name


class Host(DomainMixin):
    pass
