"""What pages of one round have in common, and how something is agreed with schools from a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.review.access import VIEW_ROUND, MunicipalMixin
from mentoring_reports.submissions.errors import RefusedForSome, SubmissionError
from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422


class RoundMixin(MunicipalMixin):
    """A view of one of the municipality's rounds."""

    permission = VIEW_ROUND
    kwargs: dict[str, Any]

    @cached_property
    def round(self) -> Round:
        """Return the round, or 404."""
        rounds = Round.objects.filter(municipality=current_organisation()).select_related("form")
        return get_object_or_404(rounds, pk=self.kwargs["pk"])

    def way_here(self) -> list[dict[str, Any]]:
        """Return the breadcrumbs up to the rounds."""
        return [
            {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse_lazy("rounds:index"), "label": _("Rounds")},
        ]


@dataclass(frozen=True)
class Act:
    """What may be agreed: who may, what is asked, what runs, what is said afterwards."""

    permission: str
    form_class: type[Form]
    run: Callable[..., Any]
    done: str


class ActingView(RoundMixin, WagtailAdminTemplateMixin, View):
    """A page from which something is agreed with one school, or with several."""

    def acts(self) -> Mapping[str, Act]:
        """Return what may be done here, by the names of the buttons."""
        raise NotImplementedError

    def way_back(self) -> str:
        """Return where to go when it is done."""
        return self.request.path

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Agree; what is refused is said at the form, with what was typed."""
        name = request.POST.get("act", "")
        act = self.acts().get(name)
        if act is None:
            raise Http404(_("There is no such action."))
        if not request.user.has_perm(act.permission):
            raise PermissionDenied
        form = act.form_class(request.POST, prefix=name)
        try:
            if not form.is_valid():
                return self._refused(name, form)
            act.run(**form.cleaned_data)
        except RefusedForSome as error:
            messages.error(request, str(error))
            return self._refused(name, form, refused=error.refused)
        except SubmissionError as error:
            if not form.fields:
                messages.error(request, str(error))
                return redirect(request.get_full_path())
            form.add_error("due" if "due" in form.fields else "reason", str(error))
            return self._refused(name, form)
        messages.success(request, act.done)
        return redirect(self.way_back())

    def _refused(self, name: str, form: Form, **more: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**{f"{name}_form": form}, **more), status=UNPROCESSABLE)
