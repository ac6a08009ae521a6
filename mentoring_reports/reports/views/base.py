"""What every screen of a school's reports shares: who may open it, which round it is about, its way home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.reports.access import Access
from mentoring_reports.reports.basis import Basis
from mentoring_reports.reports.models import Draft
from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation, is_school

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

PERMISSION = "mentoring_submissions.submit_report"


class SchoolReportView(WagtailAdminTemplateMixin, View):
    """A screen of the school's reports: 404 outside of a school, refused without the permission."""

    page_title = gettext_lazy("Rounds and reports")
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in the staff who submit reports, in a school only."""
        if not is_school():
            raise Http404(_("There is no such page here."))
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def school(self) -> Any:
        """Return the school whose admin this is."""
        return current_organisation()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return home and the list of rounds."""
        index = {"url": reverse("mentoring_reports:index"), "label": _("Rounds and reports")}
        return [*super().get_breadcrumbs_items(), index]


class RoundView(SchoolReportView):
    """A screen about one round; another municipality's round does not exist here."""

    @cached_property
    def round(self) -> Round:
        """Return the round, or 404: row security shows this municipality's rounds only."""
        found = Round.objects.select_related("form").filter(pk=self.kwargs["round_id"]).first()
        if found is None:
            raise Http404(_("There is no such round."))
        return found

    @cached_property
    def access(self) -> Access:
        """Return where the school stands in the round."""
        return Access.of(self.round, self.school)

    @cached_property
    def basis(self) -> Basis:
        """Return the form's rows, counts and last accepted figures."""
        return Basis.of(self.round, self.school)

    @cached_property
    def draft(self) -> Draft | None:
        """Return the school's draft, if it has one."""
        return Draft.objects.select_related("updated_by").filter(round_id=self.round.pk).first()

    def get_page_subtitle(self) -> str:
        """Return the round's title."""
        return str(self.round)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return home, the list of rounds, and this round."""
        here = {"url": self.address("report"), "label": str(self.round)}
        return [*super().get_breadcrumbs_items(), here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the round and where the school stands in it."""
        context = super().get_context_data(**kwargs)
        return {**context, "round": self.round, "access": self.access, "draft": self.draft}

    def address(self, name: str, *args: Any) -> str:
        """Return the address of another screen of this round."""
        return reverse(f"mentoring_reports:{name}", args=[self.round.pk, *args])
