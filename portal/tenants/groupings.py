"""Territories and types of organisation in the municipality's admin: what a school is grouped by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from mentoring_reports.tenancy import current_organisation

from .models import OrganisationType, Territory
from .policies import organisation_types, territories


class TerritoryForm(forms.ModelForm):
    """A territory of the current municipality."""

    class Meta:
        """Name and place in lists."""

        model = Territory
        fields = ("name", "order")

    def _post_clean(self) -> None:
        """Belong to the current municipality, so that a name used twice is refused at the field."""
        self.instance.municipality = current_organisation()
        super()._post_clean()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"municipality"}  # type: ignore[misc]


class TerritoryIndexView(generic.IndexView):
    """Own territories, with how many schools each has."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return the current municipality's."""
        return Territory.objects.filter(municipality=current_organisation()).annotate(school_count=Count("schools"))


class OrganisationTypeIndexView(generic.IndexView):
    """Types, with how many organisations each has."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return all: types are the same for every municipality."""
        return OrganisationType.objects.annotate(school_count=Count("organisation"))


class GroupingViewSet(ModelViewSet):
    """What both have in common. A grouping that schools use cannot be deleted: the database refuses it too."""

    icon = "folder-open-inverse"
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ("name",)
    list_display = ("name", Column("school_count", label=_("schools")), "order")


class TerritoryViewSet(GroupingViewSet):
    """Parts of the municipality."""

    model = Territory
    name = "tenants_territories"
    url_prefix = "territories"
    menu_label = _("Territories")
    permission_policy = territories
    index_view_class = TerritoryIndexView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form that knows the municipality."""
        return TerritoryForm


class OrganisationTypeViewSet(GroupingViewSet):
    """Types of organisation."""

    model = OrganisationType
    name = "tenants_types"
    url_prefix = "organisation-types"
    menu_label = _("Types")
    permission_policy = organisation_types
    index_view_class = OrganisationTypeIndexView
    form_fields = ("name", "code", "order")
