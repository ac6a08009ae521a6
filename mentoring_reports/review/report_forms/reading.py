"""The list of versions, and one version for reading: groups, data elements, indicators in words, checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.indicators.models import Direction, ReportForm
from mentoring_reports.indicators.releasing import problems_of
from mentoring_reports.review.access import MunicipalMixin
from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation
from mentoring_reports.workbooks.wording import target_rows

from .access import EDIT_FORM, VIEW_FORM, FormView
from .wording import check_reading, formula_reading, names_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mentoring_reports.indicators.models import Check, DataElement, ElementGroup, Indicator


@dataclass(frozen=True, slots=True)
class ReadIndicator:
    """An indicator with its formula and its targets in words."""

    row: Indicator
    formula: str
    targets: Sequence[str]

    @property
    def sign(self) -> str:
        """Return which side of the target is the good one."""
        return "≥" if self.row.direction == Direction.UP else "≤"


@dataclass(frozen=True, slots=True)
class ReadGroup:
    """A group with what stands below it."""

    group: ElementGroup
    elements: Sequence[DataElement]
    indicators: Sequence[ReadIndicator]


@dataclass(frozen=True, slots=True)
class ReadCheck:
    """A check with what it looks at in words."""

    row: Check
    reading: str


class IndexView(MunicipalMixin, WagtailAdminTemplateMixin, TemplateView):
    """All versions of the municipality's forms, the newest first, with the rounds that use them."""

    permission = VIEW_FORM
    header_icon = "form"
    page_title = gettext_lazy("Report forms")
    template_name = "mentoring_review/report_forms/index.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back home."""
        home = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": _("Report forms")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the versions."""
        forms = ReportForm.objects.of(current_organisation()).annotate(
            element_count=Count("elements", distinct=True), indicator_count=Count("indicators", distinct=True)
        )
        return {
            **super().get_context_data(**kwargs),
            "forms": forms.order_by("code", "-version").prefetch_related("rounds"),
            "may_edit": self.request.user.has_perm(EDIT_FORM),
        }


class VersionView(FormView):
    """One version, for reading and printing; a draft with the ways to change it and what keeps it from release."""

    template_name = "mentoring_review/report_forms/version.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the version."""
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the parts in reading order, the problems of a draft, the rounds and the neighbouring versions."""
        form = self.report_form
        versions = list(ReportForm.objects.versions_of(form))
        return {
            **super().get_context_data(**kwargs),
            "groups": read_groups(form),
            "checks": read_checks(form),
            "problems": problems_of(form) if form.is_draft else [],
            "rounds": Round.objects.filter(form=form),
            "previous": next((row for row in versions if row.version < form.version), None),
            "draft": next((row for row in versions if row.is_draft), None),
        }


def read_groups(form: ReportForm) -> list[ReadGroup]:
    """Return the form's groups with their parts; no statement where the parts were prefetched."""
    names = names_of(form)
    indicators = [ReadIndicator(row, formula_reading(row, names), target_rows(row)) for row in form.indicators.all()]
    return [
        ReadGroup(
            group=group,
            elements=[row for row in form.elements.all() if row.group_id == group.pk],
            indicators=[read for read in indicators if read.row.group_id == group.pk],
        )
        for group in form.groups.all()
    ]


def read_checks(form: ReportForm) -> list[ReadCheck]:
    """Return the form's checks, in words."""
    names = {row.code: row.name for row in form.indicators.all()} | names_of(form)
    return [ReadCheck(row, check_reading(row, names)) for row in form.checks.all()]
