"""The thresholds of plausibility: set by the department, tried on the latest round before they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.review.access import MunicipalMixin

from .form import ThresholdsForm
from .thresholds import own_settings, set_thresholds, thresholds
from .trial import Trial, try_out
from .wording import OddityCode

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SET_THRESHOLDS = "mentoring_review.change_plausibilitysettings"
UNPROCESSABLE = 422
TRY = "try"
KINDS = {
    OddityCode.CHANGE: gettext_lazy("jumps against the school's own past"),
    OddityCode.DISTANCE: gettext_lazy("numbers far from similar schools"),
    OddityCode.SUM: gettext_lazy("sums that do not fit"),
    OddityCode.COPY: gettext_lazy("copies of the last report"),
}


class ThresholdsView(MunicipalMixin, WagtailAdminTemplateMixin, View):
    """Edit the thresholds, or try them."""

    permission = SET_THRESHOLDS
    template_name = "mentoring_review/plausibility.html"
    header_icon = "sliders"
    page_title = gettext_lazy("Plausibility of reports")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what holds now."""
        return self._show(ThresholdsForm(instance=own_settings()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try or save; what is refused stays as it was typed."""
        form = ThresholdsForm(request.POST, instance=own_settings())
        if not form.is_valid():
            return self._show(form, status=UNPROCESSABLE)
        if request.POST.get("step") == TRY:
            return self._show(form, tried=True, trial=try_out(thresholds(form.instance)))
        set_thresholds(**form.cleaned_data)
        messages.success(request, _("The thresholds are saved and hold from now on, for reports in the queue too."))
        return redirect(request.path)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead home."""
        home = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": str(self.page_title)}]

    def _show(
        self, form: ThresholdsForm, *, status: int = 200, tried: bool = False, trial: Trial | None = None
    ) -> HttpResponse:
        kinds = [(KINDS[code], count) for code, count in trial.by_code.items()] if trial else []
        context = self.get_context_data(form=form, tried=tried, trial=trial, kinds=kinds)
        return self.render_to_response(context, status=status)
