"""Organisations (tenants), the lists that group them, their hosts and the schema template. Schema `public`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models.functions import Collate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from mentoring_reports.clock import today

from .querysets import OrganisationQuerySet

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class OrganisationKind(models.TextChoices):
    """The two kinds of tenant; also the keys of `TENANT_TYPES`."""

    MUNICIPALITY = "municipality", _("municipality")
    SCHOOL = "school", _("school")


class OrganisationState(models.TextChoices):
    """Whether a tenant answers: everything but `active` is answered with 503."""

    PROVISIONING = "provisioning", _("being set up")
    ACTIVE = "active", _("at work")
    SUSPENDED = "suspended", _("suspended")
    FAILED = "failed", _("set-up failed")


class OrganisationType(models.Model):
    """A type of organisation: groups rows in summaries."""

    wagtail_reference_index_ignore = True

    if TYPE_CHECKING:
        organisation_set: RelatedManager[Organisation]

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        """Types are listed in the order that the municipality gave them."""

        ordering: ClassVar = ["order", "name"]
        verbose_name = _("type of organisation")
        verbose_name_plural = _("types of organisation")

    def __str__(self) -> str:
        """Return the name as schools know it."""
        return self.name


class Organisation(TenantMixin):
    """A tenant: a municipality, or a school that belongs to one. Owns one schema and one or more hosts."""

    auto_create_schema = False  # `provisioning` replays the template instead
    auto_drop_schema = False
    wagtail_reference_index_ignore = True

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    state = models.CharField(
        _("state"), max_length=20, choices=OrganisationState, default=OrganisationState.PROVISIONING
    )
    state_note = models.TextField(_("note on the state"), blank=True)
    name = models.CharField(_("official name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=100)
    municipality = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="schools", verbose_name=_("municipality")
    )
    organisation_type = models.ForeignKey(
        OrganisationType, models.PROTECT, null=True, blank=True, verbose_name=_("type of organisation")
    )
    territory = models.ForeignKey(
        "Territory", models.PROTECT, null=True, blank=True, related_name="schools", verbose_name=_("territory")
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, help_text=_("The last day of work."))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()
    if TYPE_CHECKING:
        domains: RelatedManager[Domain]
        schools: RelatedManager[Organisation]
        municipality_id: int | None

    class Meta:
        """A school belongs to a municipality and has a type; a municipality has neither."""

        # The plugin's keys lead to `settings.TENANT_MODEL`: so its new migrations name the setting and not this app.
        swappable = "TENANT_MODEL"
        ordering: ClassVar = ["short_name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes: ClassVar = [
            # Row security compares with current_schema(), a `name`: that compares in collation "C", which an index of
            # the column's own collation does not serve. Without this one every statement reads all organisations.
            models.Index(Collate("schema_name", "C"), name="organisation_of_current_schema"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="organisation_school_is_complete",
                condition=models.Q(
                    kind=OrganisationKind.MUNICIPALITY,
                    municipality__isnull=True,
                    organisation_type__isnull=True,
                    territory__isnull=True,
                )
                | models.Q(
                    kind=OrganisationKind.SCHOOL,
                    municipality__isnull=False,
                    organisation_type__isnull=False,
                    territory__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="organisation_closes_after_it_opens",
                condition=models.Q(opened_on__isnull=True)
                | models.Q(closed_on__isnull=True)
                | models.Q(closed_on__gte=models.F("opened_on")),
                violation_error_message=_("The closing date is before the opening date."),
            ),
        ]

    def __str__(self) -> str:
        """Return the short name, as in lists."""
        return self.short_name

    @property
    def is_school(self) -> bool:
        """Say whether this is a school."""
        return self.kind == OrganisationKind.SCHOOL

    @property
    def status(self) -> str:
        """Return the state in words; an active organisation past its last day is closed."""
        if self.is_active and self.closed_on and self.closed_on < today():
            return gettext("closed")
        return self.get_state_display()

    @property
    def is_active(self) -> bool:
        """Say whether the organisation's hosts answer."""
        return self.state == OrganisationState.ACTIVE


class Territory(models.Model):
    """A part of a municipality; groups schools."""

    wagtail_reference_index_ignore = True

    municipality = models.ForeignKey(
        Organisation, models.PROTECT, related_name="territories", verbose_name=_("municipality")
    )
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    if TYPE_CHECKING:
        schools: RelatedManager[Organisation]

    class Meta:
        """Names do not repeat within a municipality."""

        ordering: ClassVar = ["order", "name"]
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "name"], name="territory_name_once_a_municipality")
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Domain(DomainMixin):
    """A host name of an organisation: lower case, no port, no trailing dot."""

    wagtail_reference_index_ignore = True

    class Meta:
        """One host leads to one organisation (the mixin makes it unique)."""

        verbose_name = _("host")
        verbose_name_plural = _("hosts")


class SchemaTemplate(models.Model):
    """The DDL and seed rows of a finished tenant schema, one per set of migrations."""

    wagtail_reference_index_ignore = True

    fingerprint = models.CharField(max_length=64, unique=True)
    sql = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The newest comes first."""

        ordering: ClassVar = ["-created_at"]
        verbose_name = _("schema template")
        verbose_name_plural = _("schema templates")

    def __str__(self) -> str:
        """Return the start of the fingerprint."""
        return self.fingerprint[:12]
