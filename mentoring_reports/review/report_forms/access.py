"""Who may open the screens of report forms, and the version that a screen is about."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.indicators.models import FormPart, ReportForm
from mentoring_reports.review.access import MunicipalMixin
from mentoring_reports.tenancy import current_organisation

VIEW_FORM = "mentoring_indicators.view_reportform"
EDIT_FORM = "mentoring_indicators.change_reportform"
CONFLICT, UNPROCESSABLE = 409, 422


class FormView(MunicipalMixin, WagtailAdminTemplateMixin, View):
    """A screen about one version of the municipality's report form."""

    permission = VIEW_FORM
    header_icon = "form"
    kwargs: dict[str, Any]

    @cached_property
    def report_form(self) -> ReportForm:
        """Return the version with all its parts, or 404: a school never sees a draft, a municipality no other's."""
        forms = ReportForm.objects.of(current_organisation()).with_parts()
        return get_object_or_404(forms, pk=self.kwargs["pk"])

    @property
    def address(self) -> str:
        """Return the version's own page."""
        return reverse("report_forms:version", args=[self.kwargs["pk"]])

    def get_page_title(self) -> str:
        """Return the version's name."""
        return str(self.report_form)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the version and to the list."""
        here = str(self.report_form)
        items: list[dict[str, Any]] = [
            {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse_lazy("report_forms:index"), "label": _("Report forms")},
            {"url": self.address, "label": here},
        ]
        if (title := self.get_page_title()) != here:
            items.append({"url": "", "label": title})
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the version and what may be done with it."""
        may_edit = self.request.user.has_perm(EDIT_FORM)
        return {
            **super().get_context_data(**kwargs),
            "report_form": self.report_form,
            "may_edit": may_edit,
            "is_editable": may_edit and self.report_form.is_draft,
        }


class PartMixin:
    """A screen about one part of a version, named by its kind and number."""

    report_form: ReportForm
    kwargs: dict[str, Any]

    @cached_property
    def part(self) -> FormPart:
        """Return the part of this version, or 404."""
        found = getattr(self.report_form, self.kwargs["kind"]).filter(pk=self.kwargs["part_pk"]).first()
        if found is None:
            raise Http404(_("There is no such part of the form."))
        return found
