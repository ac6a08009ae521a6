"""The first screen about mail: what goes out, when, in which words, and which schools it does not reach."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.tenancy import current_organisation

from .access import EDIT, SEE, MailMixin
from .choices import plan_of
from .enums import NoticeKind
from .models import NoticeTemplate
from .schools import reached_and_all, reason, unreached_schools

SCHOOLS_ON_A_PAGE = 50


class MailView(MailMixin, WagtailAdminTemplateMixin, View):
    """What every screen about mail shares."""

    page_title = gettext_lazy("Mail")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead home, and to the first screen about mail."""
        return [*super().get_breadcrumbs_items(), {"url": reverse("mentoring_notices:index"), "label": _("Mail")}]


class IndexView(MailView):
    """Schools without a working recipient, the days of reminders, the texts."""

    template_name = "mentoring_notices/index.html"
    permission = SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the screen."""
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read it in a fixed number of statements."""
        municipality = current_organisation()
        page = Paginator(unreached_schools(municipality), SCHOOLS_ON_A_PAGE).get_page(self.request.GET.get("p"))
        for school in page.object_list:
            school.why = reason(school)
        reached, schools = reached_and_all(municipality)
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "reached": reached,
            "schools": schools,
            "plan": plan_of(municipality.pk),
            "kinds": self._kinds(municipality),
            "several_languages": len(settings.LANGUAGES) > 1,
            "may_edit": self.request.user.has_perm(EDIT),
        }

    @staticmethod
    def _kinds(municipality: Any) -> list[dict[str, Any]]:
        own = {(text.kind, text.language): text for text in NoticeTemplate.objects.filter(municipality=municipality)}
        return [
            {"kind": kind, "language": language, "name": name, "own": own.get((kind.value, language))}
            for kind in NoticeKind
            for language, name in settings.LANGUAGES
        ]
