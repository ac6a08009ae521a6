"""A version of a report form. Schema `public`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring_reports.indicators.querysets import ReportFormQuerySet

from .enums import FormState

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from .checks import Check
    from .indicators import Indicator
    from .parts import DataElement, ElementGroup


class ReportForm(models.Model):
    """A version of a municipality's report form: drafted, released, then never changed (the database refuses it)."""

    wagtail_reference_index_ignore = True

    municipality = models.ForeignKey(
        settings.TENANT_MODEL, models.PROTECT, related_name="report_forms", verbose_name=_("municipality")
    )
    code = models.SlugField(_("code"), max_length=50)
    version = models.PositiveSmallIntegerField(_("version"), default=1, validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=200)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    note = models.TextField(_("what is new in this version"), blank=True)
    drafted_by = models.CharField(_("drafted by"), max_length=255, blank=True, editable=False)
    released_by = models.CharField(_("released by"), max_length=255, blank=True, editable=False)
    edits = models.PositiveIntegerField(_("number of edits"), default=0, editable=False)

    objects = ReportFormQuerySet.as_manager()
    if TYPE_CHECKING:
        groups: RelatedManager[ElementGroup]
        elements: RelatedManager[DataElement]
        indicators: RelatedManager[Indicator]
        checks: RelatedManager[Check]
        municipality_id: int

    class Meta:
        """The newest version comes first; of each form one draft at a time."""

        ordering: ClassVar = ["code", "-version"]
        verbose_name = _("report form")
        verbose_name_plural = _("report forms")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "code", "version"], name="report_form_version_once"),
            models.UniqueConstraint(
                fields=["municipality", "code"],
                condition=Q(released_at__isnull=True),
                name="report_form_one_draft_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        """Return title and version."""
        return _("%(title)s, version %(version)s") % {"title": self.title, "version": self.version}

    @property
    def state(self) -> FormState:
        """Return where the version stands."""
        return FormState.DRAFT if self.released_at is None else FormState.RELEASED

    @property
    def is_draft(self) -> bool:
        """Say whether it can still be changed."""
        return self.state is FormState.DRAFT
