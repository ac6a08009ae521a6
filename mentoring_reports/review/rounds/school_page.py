"""One school in a round: what came, what was agreed with it, and what may be."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_tenants.utils import get_tenant_model

from mentoring_reports.review.access import EXEMPT, EXTEND, WITHDRAW
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.enums import RoundPhase
from mentoring_reports.submissions.models import Exemption, Extension, Submission
from mentoring_reports.submissions.queries import standing
from mentoring_reports.tenancy import current_organisation

from .forms import ExtensionForm, ReasonForm
from .pages import Act, ActingView


class SchoolView(ActingView):
    """One school in a round."""

    template_name = "mentoring_review/rounds/school.html"
    header_icon = "home"

    def acts(self) -> dict[str, Act]:
        """Return extending, exempting and expecting again."""
        place = {"round_": self.round, "school": self.school, "by": Author.of(self.request.user)}
        school = {"school": self.school.short_name}
        extended, exempted, withdrawn = (
            _("%(school)s: the due date is extended."),
            _("%(school)s is exempt from this round."),
            _("%(school)s is expected again."),
        )
        return {
            "extend": Act(EXTEND, ExtensionForm, partial(actions.grant_extension, **place), extended % school),
            "exempt": Act(EXEMPT, ReasonForm, partial(actions.exempt, **place), exempted % school),
            "withdraw": Act(WITHDRAW, Form, partial(actions.withdraw_exemption, **place), withdrawn % school),
        }

    @cached_property
    def school(self) -> Any:
        """Return the municipality's school, or 404."""
        schools = get_tenant_model().objects.schools().filter(municipality=current_organisation())
        return get_object_or_404(schools.select_related("organisation_type", "territory"), pk=self.kwargs["school_pk"])

    def get_page_title(self) -> str:
        """Return the school."""
        return str(self.school.short_name)

    def get_page_subtitle(self) -> str:
        """Return the round."""
        return self.round.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the round."""
        here = {"url": reverse("rounds:round", args=[self.round.pk]), "label": self.round.title}
        return [*self.way_here(), here, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the standing, what came and was agreed, and the forms that make sense now."""
        stands = standing(self.round, self.school)
        place = {"round": self.round, "school": self.school}
        user, is_over = self.request.user, self.round.phase() is RoundPhase.CLOSED
        offered = {
            "extend_form": stands.is_expected and not is_over and user.has_perm(EXTEND),
            "exempt_form": stands.is_missing and not is_over and user.has_perm(EXEMPT),
        }
        forms = {"extend_form": ExtensionForm(prefix="extend"), "exempt_form": ReasonForm(prefix="exempt")}
        return {
            **super().get_context_data(**kwargs),
            "round": self.round,
            "school": self.school,
            "standing": stands,
            "is_over": is_over,
            "extensions": Extension.objects.filter(**place),
            "exemptions": Exemption.objects.filter(**place),
            "revisions": Submission.objects.filter(**place).prefetch_related("decisions"),
            "may_withdraw": bool(stands.exemption) and not is_over and user.has_perm(WITHDRAW),
            **{name: kwargs.get(name, forms[name]) if shown else None for name, shown in offered.items()},
        }
