"""Choosing a template, seeing what its deadlines come to, and starting: three addresses, no scripts needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from mentoring_reports.roadmap_templates.forms import PeriodForm
from mentoring_reports.roadmap_templates.models import RoadmapTemplate, RoadmapTemplateQuerySet
from mentoring_reports.roadmap_templates.views import dated_sections, period_form
from mentoring_reports.roadmaps.models import Roadmap
from mentoring_reports.tenancy import current_organisation

from .actions import start_roadmap, started_before
from .errors import AlreadyStarted

UNPROCESSABLE, CONFLICT = 422, 409


class _StartView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """A screen for those who may add roadmaps."""

    model = Roadmap
    permission_required = "add"
    header_icon = "calendar-check"
    page_title = gettext_lazy("Start from a template")

    @staticmethod
    def offered() -> RoadmapTemplateQuerySet:
        """Return what the school's municipality offers."""
        return RoadmapTemplate.objects.offered_by(current_organisation().municipality_id)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of roadmaps."""
        index = {"url": reverse("roadmaps:index"), "label": capfirst(_("roadmaps"))}
        return [*self.breadcrumbs_items, index, {"url": reverse("roadmaps:start"), "label": self.get_page_title()}]


class ChooseView(_StartView):
    """The templates that the municipality offers."""

    template_name = "mentoring_roadmaps/start.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self.render_to_response(self.get_context_data(templates=list(self.offered().with_numbers())))


class StartFromView(_StartView):
    """The days, the activities with their dates, and the button."""

    template_name = "mentoring_roadmaps/start_from.html"
    kwargs: dict[str, Any]

    @cached_property
    def template(self) -> RoadmapTemplate:
        """Return the template of the address, or 404 for one that is not offered here."""
        return get_object_or_404(self.offered().whole(), pk=self.kwargs["template_pk"])

    def get(self, request: HttpRequest, template_pk: int) -> HttpResponse:
        """Show what comes of it."""
        form = period_form(request.GET)
        return self._show(form, status=200 if form.is_valid() else UNPROCESSABLE)

    def post(self, request: HttpRequest, template_pk: int) -> HttpResponse:
        """Make the draft and show its board; ask, where there is one for the same days."""
        form = PeriodForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=UNPROCESSABLE)
        start, end = form.days
        again = request.POST.get("again") == "yes"
        try:
            roadmap = start_roadmap(template=self.template, start=start, end=end, by=request.user, again=again)
        except AlreadyStarted as error:
            messages.warning(request, str(error))
            return self._show(form, status=CONFLICT)
        messages.success(request, _("The draft is made. Look it through, change what is different at your school."))
        return redirect("roadmaps:board", roadmap.pk)

    def _show(self, form: PeriodForm, status: int) -> HttpResponse:
        valid, template = form.is_valid(), self.template
        before = started_before(template=template, start=form.days[0], end=form.days[1]) if valid else None
        sections = dated_sections(template, form) if valid else []
        context = self.get_context_data(form=form, template=template, sections=sections, before=before, is_valid=valid)
        return self.render_to_response(context, status=status)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the template."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.template)[:80]}]


def start_urls(construct_view: Callable[..., Any]) -> list[URLPattern]:
    """Return the addresses below those of roadmaps."""
    return [
        path("start/", construct_view(ChooseView), name="start"),
        path("start/<int:template_pk>/", construct_view(StartFromView), name="start_from"),
    ]
