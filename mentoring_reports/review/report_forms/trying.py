"""The screen on which a version is tried on a past round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mentoring_reports.indicators.formulas import FormulaError
from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation

from .access import FormView
from .trial import missing_codes, try_flags
from .trial_figures import accepted_schools, try_figures

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class TrialView(FormView):
    """What the version would have flagged in a round that has opened, and how the figures would change."""

    template_name = "mentoring_review/report_forms/trial.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the trial."""
        return self.render_to_response(self.get_context_data())

    @cached_property
    def rounds(self) -> list[Round]:
        """Return the municipality's rounds that have opened, the latest first."""
        return list(Round.objects.filter(municipality=current_organisation()).started())

    @cached_property
    def round(self) -> Round | None:
        """Return the round asked for, or else the latest; None where no round has opened yet."""
        asked = self.request.GET.get("round", "")
        if not asked:
            return self.rounds[0] if self.rounds else None
        found = next((row for row in self.rounds if str(row.pk) == asked), None)
        if found is None:
            raise Http404(_("There is no such round."))
        return found

    def get_page_title(self) -> str:
        """Return what is shown."""
        return _("Trial on a past round")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rounds to choose from and the trial; a form that cannot be read says so instead."""
        context = {**super().get_context_data(**kwargs), "rounds": self.rounds, "round": self.round}
        try:
            return context | (self._trial(self.round) if self.round else {})
        except (FormulaError, ValueError):
            return context | {"is_unreadable": True}

    def _trial(self, round_: Round) -> dict[str, Any]:
        used = ReportForm.objects.with_parts().get(pk=round_.form_id)
        figures = try_figures(self.report_form, used, round_)
        return {
            "used": used,
            "flags": try_flags(self.report_form, used, round_),
            "figures": figures,
            "changed_figures": [line for line in figures if line.is_changed],
            "accepted": accepted_schools(figures),
            "missing": missing_codes(self.report_form, used),
        }
