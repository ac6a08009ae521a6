"""The rounds of a school year at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from mentoring_reports.clock import today
from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.queries import rates_by_round
from mentoring_reports.tenancy import current_organisation

from .pages import RoundMixin
from .year import SchoolYear

if TYPE_CHECKING:
    from django.db.models import QuerySet


class CalendarView(RoundMixin, WagtailAdminTemplateMixin, TemplateView):
    """A school year: what each round is about, when it opens, is due and closes; all of it in a table."""

    template_name = "mentoring_review/rounds/calendar.html"
    page_title = gettext_lazy("Calendar of rounds")
    header_icon = "calendar-alt"

    @cached_property
    def year(self) -> SchoolYear:
        """Return the year asked for."""
        return SchoolYear.asked(self.request.GET.get("year", ""), today())

    @cached_property
    def own(self) -> QuerySet[Round]:
        """Return the municipality's rounds."""
        return Round.objects.filter(municipality=current_organisation())

    def get_page_subtitle(self) -> str:
        """Return the year."""
        return _("School year %(years)s") % {"years": self.year.name}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the rounds."""
        return [*self.way_here(), {"url": "", "label": self.page_title}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the list."""
        return [HeaderButton(_("List of rounds"), url=reverse("rounds:index"), icon_name="list-ul")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the year's rounds: a fixed number of statements."""
        forms = dict(self.own.order_by("form__code", "form__version").values_list("form__code", "form__title"))
        form = self.request.GET.get("form", "")
        rounds = list(self._rounds_of(form if form in forms else ""))
        return {
            **super().get_context_data(**kwargs),
            "year": self.year,
            "rows": self.year.rows(rounds, rates_by_round(rounds)),
            "today": self.year.place(today()),
            "forms": forms,
            "form_code": form if form in forms else "",
        }

    def _rounds_of(self, form: str) -> QuerySet[Round]:
        start, end = self.year.start, self.year.end
        about = Q(period_start__lte=end, period_end__gte=start)
        collected = Q(opens__lte=end, closes__gte=start)
        rounds = self.own.filter(about | collected).select_related("form")
        return rounds.filter(form__code=form) if form else rounds
