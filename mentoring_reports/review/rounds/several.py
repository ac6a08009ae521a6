"""The same agreement with several schools of a round at once: those ticked in its list, or all that were found."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mentoring_reports.review.access import EXEMPT, EXTEND
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.agreements import exempt_many, extend_many
from mentoring_reports.submissions.enums import RoundPhase
from mentoring_reports.submissions.queries import standings

from .forms import ExtensionForm, ReasonForm
from .listing import found_schools
from .pages import Act, ActingView

LONGEST_NUMBER = 18  # digits; more fit into no primary key


class SeveralView(ActingView):
    """Extend or exempt the chosen schools, with one reason: all of them, or none."""

    template_name = "mentoring_review/rounds/several.html"
    header_icon = "group"

    def acts(self) -> dict[str, Act]:
        """Return extending and exempting."""
        schools = [stands.school for stands in self.chosen]
        together: dict[str, Any] = {"round_": self.round, "schools": schools, "by": Author.of(self.request.user)}
        number = {"count": len(schools)}
        extended = _("Schools whose due date is extended: %(count)d.") % number
        exempted = _("Schools that are exempt from this round: %(count)d.") % number
        return {
            "extend": Act(EXTEND, ExtensionForm, partial(extend_many, **together), extended),
            "exempt": Act(EXEMPT, ReasonForm, partial(exempt_many, **together), exempted),
        }

    @cached_property
    def chosen(self) -> list[Any]:
        """Return the standings of the schools that were ticked, or of all that the list's filters find."""
        listed = standings(self.round)
        if self.request.method == "GET" and "all" in self.request.GET:
            return found_schools(listed, self.request)
        given = (self.request.POST if self.request.method == "POST" else self.request.GET).getlist("school")
        ticked = {int(pk) for pk in given if pk.isdecimal() and len(pk) <= LONGEST_NUMBER}
        return [stands for stands in listed if stands.school.pk in ticked]

    def way_back(self) -> str:
        """Go back to the round."""
        return reverse("rounds:round", args=[self.round.pk])

    def get_page_title(self) -> str:
        """Say what is done here."""
        return _("Several schools at once")

    def get_page_subtitle(self) -> str:
        """Return the round."""
        return self.round.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the round."""
        here = {"url": self.way_back(), "label": self.round.title}
        return [*self.way_here(), here, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the chosen schools, each with why it was refused, and the forms."""
        user = self.request.user
        takes = self.round.phase() is not RoundPhase.CLOSED and bool(self.chosen)
        refused = {school.pk: str(error) for school, error in kwargs.get("refused", ())}
        forms = {
            "extend_form": ExtensionForm(prefix="extend") if takes and user.has_perm(EXTEND) else None,
            "exempt_form": ReasonForm(prefix="exempt") if takes and user.has_perm(EXEMPT) else None,
        }
        return {
            **super().get_context_data(**kwargs),
            "round": self.round,
            "chosen": [(stands, refused.get(stands.school.pk, "")) for stands in self.chosen],
            "is_over": self.round.phase() is RoundPhase.CLOSED,
            **{name: kwargs.get(name, form) for name, form in forms.items()},
        }
