"""What the rows of the shared tables have in common: an author as plain fields, a school and its municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import now


class Authored(models.Model):
    """Who did it and when, as text that stays true."""

    author_name = models.CharField(_("author"), max_length=200)
    author_id = models.BigIntegerField(_("author's id"), null=True, blank=True)
    author_schema = models.CharField(_("author's schema"), max_length=63, blank=True)
    created_at = models.DateTimeField(_("when"), default=now, editable=False)

    class Meta:
        """Only inherited."""

        abstract = True


class SchoolRow(models.Model):
    """A row of one school in one round; the municipality is repeated so that row security needs no join."""

    wagtail_reference_index_ignore = True

    round = models.ForeignKey("mentoring_submissions.Round", models.PROTECT, related_name="+", verbose_name=_("round"))
    school = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="+", verbose_name=_("school"))
    municipality = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="+")

    if TYPE_CHECKING:
        round_id: int
        school_id: int
        municipality_id: int

    class Meta:
        """Only inherited."""

        abstract = True
