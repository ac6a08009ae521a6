"""Rounds in the municipality's admin: a listing with numbers, a form prefilled from the last round, a round's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import register_permission_policy

from mentoring_reports.review.access import own_rounds
from mentoring_reports.review.templatetags.review_figures import phase_class, share
from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.queries import rates_by_round
from mentoring_reports.tenancy import current_organisation

from .calendar_page import CalendarView
from .editing import RoundCreateView, RoundDeleteView, RoundEditView
from .forms import RoundForm
from .round_page import RoundCsvView, RoundView
from .school_page import SchoolView
from .several import SeveralView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def _dates(round_: Round) -> str:
    opens, due, closes = (date_format(day, "SHORT_DATE_FORMAT") for day in (round_.opens, round_.due, round_.closes))
    return f"{opens} – {due} ({closes})"


def _handed_in(round_: Any) -> str:
    numbers = round_.numbers
    return _("%(submitted)s of %(expected)s (%(rate)s)") % {
        "submitted": numbers.submitted,
        "expected": numbers.expected,
        "rate": share(numbers.reporting_rate),
    }


class PhaseColumn(Column):
    """What today is for the round."""

    def get_value(self, instance: Round) -> str:
        """Return a tag."""
        phase = instance.phase()
        return format_html('<span class="w-status {}">{}</span>', phase_class(phase), phase.label)


class RoundIndexView(generic.IndexView):
    """The municipality's rounds, the latest first."""

    def get_base_queryset(self) -> QuerySet[Round]:
        """Return own rounds."""
        return Round.objects.filter(municipality=current_organisation()).select_related("form")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the year's calendar too."""
        calendar = HeaderButton(_("Calendar of rounds"), url=reverse("rounds:calendar"), icon_name="calendar-alt")
        return [*super().header_buttons, calendar]

    def get_table(self, object_list: Iterable[Round]) -> Any:
        """Give every row of the page its numbers, in a fixed number of statements."""
        rounds = list(object_list)
        numbers = rates_by_round(rounds)
        for round_ in rounds:
            round_.numbers = numbers[round_.pk]  # type: ignore[attr-defined]
        return super().get_table(rounds)

    def get_edit_url(self, instance: Round) -> str | None:
        """Lead from the list to the round's page."""
        return reverse("rounds:round", args=[instance.pk])


class RoundViewSet(ModelViewSet):
    """The municipality's rounds."""

    model = Round
    name = "rounds"
    url_prefix = "rounds"
    icon = "calendar-check"
    menu_label = gettext_lazy("Rounds")
    menu_order = 120
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    permission_policy = own_rounds
    index_view_class = RoundIndexView
    add_view_class = RoundCreateView
    edit_view_class = RoundEditView
    delete_view_class = RoundDeleteView
    index_template_name = "mentoring_review/rounds/index.html"
    create_template_name = "mentoring_review/rounds/create.html"
    search_fields = ("title", "code")
    search_backend_name = None
    list_display = (
        TitleColumn(
            "title",
            label=gettext_lazy("Round"),
            get_url=lambda row: reverse("rounds:round", args=[row.pk]),
            width="26%",
        ),
        PhaseColumn("phase", label=gettext_lazy("Phase")),
        Column("dates", label=gettext_lazy("Opens – due (closes)"), accessor=_dates, sort_key="due"),
        Column("form", label=gettext_lazy("Report form"), width="16%"),
        Column("submitted", label=gettext_lazy("Handed in"), accessor=_handed_in),
        Column("on_time", label=gettext_lazy("On time"), accessor=lambda row: share(row.numbers.on_time_rate)),
        Column("accepted", label=gettext_lazy("Accepted"), accessor=lambda row: share(row.numbers.acceptance_rate)),
    )

    def get_form_class(self, for_update: bool = False) -> type[RoundForm]:
        """Return the form of a round, new or not."""
        return RoundForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the year's calendar and the pages of a round: its schools, several of them at once, one of them."""
        return [
            *super().get_urlpatterns(),
            path("calendar/", CalendarView.as_view(), name="calendar"),
            path("<int:pk>/", RoundView.as_view(), name="round"),
            path("<int:pk>/results/", RoundView.as_view(results_only=True), name="round_results"),
            path("<int:pk>/csv/", RoundCsvView.as_view(), name="round_csv"),
            path("<int:pk>/several/", SeveralView.as_view(), name="several"),
            path("<int:pk>/schools/<int:school_pk>/", SchoolView.as_view(), name="school"),
        ]


round_viewset = RoundViewSet()
register_permission_policy(Round, own_rounds, exact_class=True)
