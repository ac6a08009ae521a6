"""Looking at template roadmaps: the list, one with its stages, and what its deadlines come to for a school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.clock import today
from mentoring_reports.tenancy import current_organisation

from .access import EDIT, TemplateMixin
from .forms import PeriodForm, school_year
from .models import RoadmapTemplate, TemplateItem, TemplateSection
from .reading import Dated, reader


class TemplatesView(TemplateMixin, WagtailAdminTemplateMixin, View):
    """What every screen about templates shares."""

    header_icon = "calendar-alt"
    kwargs: dict[str, Any]

    @cached_property
    def template(self) -> RoadmapTemplate | None:
        """Return the municipality's template of the address, or 404; None where the address names none."""
        if "pk" not in self.kwargs:
            return None
        own = RoadmapTemplate.objects.of(current_organisation()).whole()
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Return the template's title."""
        return str(self.template or _("Template roadmaps"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list and to the template."""
        items: list[dict[str, Any]] = [
            {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse_lazy("roadmap_templates:index"), "label": _("Template roadmaps")},
        ]
        if self.template:
            items.append({"url": self.address, "label": str(self.template)[:80]})
        return items

    @property
    def address(self) -> str:
        """Return the template's own page, or the list."""
        pk = self.kwargs.get("pk")
        return reverse("roadmap_templates:template", args=[pk]) if pk else reverse("roadmap_templates:index")

    @property
    def by(self) -> str:
        """Return the name of the user, as shared rows hold it."""
        user: Any = self.request.user
        return str(user.get_full_name() or user.get_username())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the template and whether it may be edited."""
        may_edit = self.request.user.has_perm(EDIT)
        return {**super().get_context_data(**kwargs), "template": self.template, "may_edit": may_edit}

    def show(self, status: int = 200, **kwargs: Any) -> HttpResponse:
        """Answer with the page."""
        return self.render_to_response(self.get_context_data(**kwargs), status=status)


class IndexView(TemplatesView):
    """The municipality's templates."""

    template_name = "mentoring_roadmap_templates/index.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list; the built-in one is proposed while it is missing."""
        templates = list(RoadmapTemplate.objects.of(current_organisation()).with_numbers())
        return self.show(templates=templates, has_built_in=any(template.code for template in templates))


class TemplateView(TemplatesView):
    """A template with its stages and activities."""

    template_name = "mentoring_roadmap_templates/template.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.show()


@dataclass(frozen=True)
class DatedItem:
    """An activity and its deadline in a school's plan."""

    item: TemplateItem
    dated: Dated


@dataclass(frozen=True)
class DatedSection:
    """A stage and its activities."""

    section: TemplateSection
    items: list[DatedItem]


def dated_sections(template: RoadmapTemplate, form: PeriodForm) -> list[DatedSection]:
    """Return the stages of a whole template with the days that a school's plan gives them."""
    first, last = form.days
    read = reader().dated
    return [
        DatedSection(section, [DatedItem(item, read(item.deadline_text, first, last)) for item in section.items.all()])
        for section in template.sections.all()
    ]


def period_form(data: Any) -> PeriodForm:
    """Return the form of the days asked for; without any, those of the school year that is planned now."""
    if "start" in data or "end" in data:
        return PeriodForm(data)
    start, end = school_year(today())
    return PeriodForm({"start": start, "end": end})


class PreviewView(TemplatesView):
    """What a school gets that starts on a day."""

    template_name = "mentoring_roadmap_templates/preview.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form of the days, and the activities with their dates."""
        form = period_form(request.GET)
        template = self.template
        sections = dated_sections(template, form) if template and form.is_valid() else []
        return self.show(form=form, sections=sections, status=200 if form.is_valid() else 422)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Say what is shown."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Preview with dates")}]
