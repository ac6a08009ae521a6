"""Schools in the municipality's admin: a listing, a form that creates one, and its dates and state."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from mentoring_reports.tenancy import current_organisation

from .actions import CHANGEABLE, change_school, resume, suspend
from .addresses import address_of
from .errors import ProvisioningError
from .forms import NewSchoolForm, SchoolForm
from .groupings import OrganisationTypeViewSet, TerritoryViewSet
from .models import Domain, Organisation, OrganisationState, OrganisationType, Territory
from .policies import own_schools
from .provisioning import create_school


def _territories(request: HttpRequest) -> QuerySet[Territory]:
    return Territory.objects.filter(municipality=current_organisation())


class SchoolFilterSet(WagtailFilterSet):
    """Schools by type, territory and state."""

    organisation_type = django_filters.ModelChoiceFilter(
        queryset=OrganisationType.objects.all(), label=gettext_lazy("type of organisation")
    )
    territory = django_filters.ModelChoiceFilter(queryset=_territories, label=gettext_lazy("territory"))
    state = django_filters.ChoiceFilter(choices=OrganisationState.choices, label=gettext_lazy("state"))

    class Meta:
        """Three filters."""

        model = Organisation
        fields = ("organisation_type", "territory", "state")


class DayColumn(Column):
    """A day as the other lists write it: 30.01.2026."""

    def get_value(self, instance: Organisation) -> str:
        """Return the day, or a dash."""
        day = super().get_value(instance)
        return date_format(day, "SHORT_DATE_FORMAT") if day else "—"


class HostColumn(Column):
    """The school's address, as a link."""

    def get_value(self, instance: Organisation) -> str:
        """Return the link to the primary host, from prefetched rows."""
        hosts = [domain.domain for domain in instance.domains.all() if domain.is_primary]
        return format_html('<a href="{}">{}</a>', address_of(hosts[0]), hosts[0]) if hosts else "—"


class SchoolIndexView(generic.IndexView):
    """The municipality's schools."""

    add_item_label = gettext_lazy("Add an organisation")

    def get_base_queryset(self) -> QuerySet[Organisation]:
        """Return own schools with what the columns show."""
        schools = Organisation.objects.schools().filter(municipality=current_organisation())
        return schools.select_related("organisation_type", "territory").prefetch_related("domains")


class SchoolCreateView(generic.CreateView):
    """A new school: provisioning replays the template, which takes less than a second."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose territories to offer."""
        return {**super().get_form_kwargs(), "municipality": current_organisation()}

    def save_instance(self) -> Organisation:
        """Create the school; what goes wrong is said on the form, and trying again heals."""
        data = dict(self.form.cleaned_data)
        return create_school(
            name=data["name"],
            short_name=data["short_name"],
            host=data["host"],
            organisation_type=data["organisation_type"],
            territory=data["territory"],
            opened_on=data["opened_on"],
            closed_on=data["closed_on"],
            editor=data["editor"],
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Turn an error of provisioning into an error of the form."""
        try:
            return super().form_valid(form)
        except ProvisioningError as error:
            form.add_error("host", str(error))
            return self.form_invalid(form)


class SchoolEditView(generic.EditView):
    """A school's names, grouping, dates and state."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose territories to offer."""
        return {**super().get_form_kwargs(), "municipality": current_organisation()}

    def save_instance(self) -> Organisation:
        """Write the row in `public`."""
        return change_school(school=self.form.instance, **{name: self.form.cleaned_data[name] for name in CHANGEABLE})

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the school's site."""
        domain = Domain.objects.filter(tenant=self.object, is_primary=True).first()
        if not domain:
            return []
        return [HeaderButton(_("Open the site"), url=address_of(domain.domain), icon_name="link-external")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the state and what may be done about it."""
        context = super().get_context_data(**kwargs)
        context["state_url"] = reverse("tenants_schools:state", args=[self.object.pk])
        return context


@require_POST
def change_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend or resume a school, or try again to set it up."""
    if not own_schools.user_has_permission(request.user, "change"):
        raise PermissionDenied
    school = get_object_or_404(Organisation, pk=pk)
    if not own_schools.user_has_permission_for_instance(request.user, "change", school):
        raise PermissionDenied
    try:
        _apply_state(school, request.POST.get("action", ""), request.POST.get("reason", "").strip())
    except ProvisioningError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done: “%(name)s”.") % {"name": school.short_name})
    return redirect("tenants_schools:edit", pk)


def _apply_state(school: Organisation, action: str, reason: str) -> None:
    if action == "suspend":
        if not reason:
            raise ProvisioningError(_("Say why: the municipality's staff will see it."))
        suspend(school=school, reason=reason)
    elif action == "resume":
        resume(school=school)
    elif action == "heal" and school.organisation_type and school.territory:
        create_school(
            name=school.name,
            host=school.domains.get(is_primary=True).domain,
            organisation_type=school.organisation_type,
            territory=school.territory,
        )


class SchoolViewSet(ModelViewSet):
    """The municipality's schools."""

    model = Organisation
    name = "tenants_schools"
    url_prefix = "schools"
    icon = "home"
    menu_label = gettext_lazy("Schools")
    add_to_reference_index = False
    copy_view_enabled = False
    permission_policy = own_schools
    index_view_class = SchoolIndexView
    add_view_class = SchoolCreateView
    edit_view_class = SchoolEditView
    edit_template_name = "tenants/school_edit.html"
    filterset_class = SchoolFilterSet
    search_fields = ("name", "short_name")
    search_backend_name = None
    list_export = ("name", "short_name", "organisation_type", "territory", "opened_on", "closed_on", "state")
    list_display = (
        "short_name",
        Column(
            "organisation_type",
            label=capfirst(gettext_lazy("type of organisation")),
            sort_key="organisation_type__order",
        ),
        Column("territory", label=capfirst(gettext_lazy("territory")), sort_key="territory__order"),
        HostColumn("host", label=capfirst(gettext_lazy("host"))),
        StatusTagColumn(
            "state",
            accessor="status",
            label=capfirst(gettext_lazy("state")),
            primary=lambda school: school.is_active,
        ),
        DayColumn("opened_on", label=capfirst(gettext_lazy("opened on")), sort_key="opened_on"),
        DayColumn("closed_on", label=capfirst(gettext_lazy("closed on")), sort_key="closed_on"),
    )

    def get_form_class(self, for_update: bool = False) -> type[SchoolForm]:
        """Return the form for a new school or for one that there is."""
        return SchoolForm if for_update else NewSchoolForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the action on a school's state."""
        return [*super().get_urlpatterns(), path("<int:pk>/state/", change_state, name="state")]


class OrganisationsGroup(ViewSetGroup):
    """Schools and what they are grouped by."""

    menu_label = gettext_lazy("Organisations")
    menu_icon = "home"
    menu_order = 300
    items = (SchoolViewSet, TerritoryViewSet, OrganisationTypeViewSet)
