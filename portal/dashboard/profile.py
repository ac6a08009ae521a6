"""A school's profile for the municipality: the very screen that the school has, with the way to its reports."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from django_tenants.utils import get_tenant_model
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.review.access import MunicipalMixin
from mentoring_reports.submissions.profile import Profile
from mentoring_reports.tenancy import current_organisation

from .selection import ROUNDS_OF_HISTORY, started_rounds
from .values import submission_link


class SchoolProfileView(MunicipalMixin, WagtailAdminTemplateMixin, TemplateView):
    """One school over its last rounds."""

    permission = "mentoring_submissions.view_dashboard"
    template_name = "dashboard/profile.html"
    page_title = gettext_lazy("Figures of the school")
    header_icon = "table"

    @cached_property
    def school(self) -> Any:
        """Return the municipality's school, or 404."""
        schools = get_tenant_model().objects.schools().filter(municipality=current_organisation())
        return get_object_or_404(schools.select_related("organisation_type", "territory"), pk=self.kwargs["school_id"])

    def get_page_subtitle(self) -> str:
        """Return the school's name."""
        return str(self.school.short_name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        index = {"url": reverse("dashboard:index"), "label": _("Indicators at a glance")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.school.short_name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the profile, each round with the address of the revision that counts or came last."""
        profile = Profile.of(self.school, started_rounds()[:ROUNDS_OF_HISTORY])
        rounds = [(one, _link(one.participation)) for one in reversed(profile.standings)]
        return super().get_context_data(profile=profile, rounds=rounds, school=self.school, **kwargs)


def _link(participation: Any) -> str:
    if participation is None:
        return ""
    return submission_link(participation.accepted_id or participation.latest_id)
