"""Template roadmaps: stages with recommended documents, activities with deadlines as words. Schema `public`.

A template belongs to a municipality; its schools see those that are offered. Row security sees to both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import now

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class MunicipalRow(models.Model):
    """A row of a municipality; its number is repeated in every row, so that row security needs no join to write."""

    wagtail_reference_index_ignore = True

    municipality = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="+")
    if TYPE_CHECKING:
        municipality_id: int

    class Meta:
        """Only inherited."""

        abstract = True


class RoadmapTemplateQuerySet(models.QuerySet["RoadmapTemplate"]):
    """Template roadmaps."""

    def of(self, municipality: Any) -> RoadmapTemplateQuerySet:
        """Return the municipality's."""
        return self.filter(municipality=municipality)

    def offered_by(self, municipality_id: int) -> RoadmapTemplateQuerySet:
        """Return those that a municipality's schools may start from."""
        return self.filter(municipality_id=municipality_id, is_offered=True)

    def with_numbers(self) -> RoadmapTemplateQuerySet:
        """Add how many stages and activities there are."""
        stages, items = Count("sections", distinct=True), Count("sections__items", distinct=True)
        return self.annotate(stage_number=stages, item_number=items)

    def whole(self) -> RoadmapTemplateQuerySet:
        """Return templates with all their stages and activities, in three statements."""
        items = TemplateItem.objects.order_by("sort_order", "pk")
        sections = TemplateSection.objects.prefetch_related(Prefetch("items", queryset=items))
        return self.prefetch_related(Prefetch("sections", queryset=sections))


class RoadmapTemplate(MunicipalRow):
    """A plan without a year. Each change makes the version one higher; what schools have started stays as it is."""

    title = models.CharField(_("title"), max_length=500)
    description = models.TextField(
        _("description"), blank=True, help_text=_("For whom the template is, and what a school should change in it.")
    )
    code = models.CharField(max_length=50, blank=True, editable=False)  # of a built-in template, "" for others
    is_offered = models.BooleanField(_("offered to schools"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    updated_at = models.DateTimeField(_("changed at"), default=now)
    updated_by = models.CharField(_("changed by"), max_length=200, blank=True)

    objects = RoadmapTemplateQuerySet.as_manager()
    if TYPE_CHECKING:
        sections: RelatedManager[TemplateSection]

    class Meta:
        """By title; a built-in one once a municipality."""

        ordering: ClassVar = ["title", "pk"]
        verbose_name = _("template roadmap")
        verbose_name_plural = _("template roadmaps")
        default_permissions = ("change", "view")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "code"], name="roadmap_template_built_in_once", condition=~Q(code="")
            )
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class TemplateSection(MunicipalRow):
    """A stage, with the documents that it should leave behind."""

    template = models.ForeignKey(RoadmapTemplate, models.CASCADE, related_name="sections", verbose_name=_("template"))
    number = models.CharField(_("number"), max_length=40, blank=True, help_text=_("As in the document: 1, I, 2.1."))
    title = models.CharField(_("title"), max_length=500)
    documents = models.TextField(_("recommended documents"), blank=True, help_text=_("One on each line."))
    sort_order = models.PositiveIntegerField(default=0)

    if TYPE_CHECKING:
        template_id: int
        items: RelatedManager[TemplateItem]

    class Meta:
        """In the template's order."""

        ordering: ClassVar = ["sort_order", "pk"]
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        """Return the number and the title."""
        return f"{self.number} {self.title}".strip()


class TemplateItem(MunicipalRow):
    """An activity; its deadline is words: «в течение первого месяца», «октябрь», «1 раз в квартал»."""

    section = models.ForeignKey(TemplateSection, models.CASCADE, related_name="items", verbose_name=_("stage"))
    number = models.CharField(_("number"), max_length=40, blank=True)
    activity = models.TextField(_("activity"))
    deadline_text = models.CharField(_("deadline"), max_length=1000, blank=True)
    expected_result = models.TextField(_("expected result"), blank=True)
    indicator_text = models.TextField(_("indicator"), blank=True)
    responsible = models.CharField(_("responsible"), max_length=1000, blank=True)
    documents = models.TextField(_("documents"), blank=True)
    sort_order = models.PositiveIntegerField(_("place"), default=0)

    if TYPE_CHECKING:
        section_id: int

    class Meta:
        """In the template's order."""

        ordering: ClassVar = ["sort_order", "pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        """Return the number and the activity, shortened."""
        return f"{self.number} {self.activity}".strip()[:120]
