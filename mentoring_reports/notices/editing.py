"""Editing what goes out by mail: the text of a kind of notice, and the days of reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages

from mentoring_reports.tenancy import current_organisation

from .choices import keep_plan, keep_text
from .enums import NoticeKind
from .example import example
from .forms import PlanForm, TextForm
from .models import NoticeTemplate, ReminderPlan
from .placeholders import MEANINGS, NAMES, fill, known_in, one_line, values_of
from .texts import Text
from .views import MailView

if TYPE_CHECKING:
    from django.forms import ModelForm

UNPROCESSABLE = 422


class TextView(MailView):
    """The text of one kind of notice in one language: edited, looked at with an example, or put back."""

    template_name = "mentoring_notices/text.html"
    kwargs: dict[str, Any]

    @cached_property
    def text(self) -> NoticeTemplate:
        """Return the municipality's own text, or a new one; 404 for a kind or language that there is not."""
        kind, language = self.kwargs["kind"], self.kwargs["language"]
        if kind not in NoticeKind.values or language not in dict(settings.LANGUAGES):
            raise Http404(_("There is no such page here."))
        place = {"municipality": current_organisation(), "kind": kind, "language": language}
        return NoticeTemplate.objects.filter(**place).first() or NoticeTemplate(**place)

    def get(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        """Show the form, and what the text becomes."""
        return self._show(TextForm(instance=self.text))

    def post(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        """Save, show what the text would become, or put the built-in one back."""
        if "reset" in request.POST:
            return self._put_back()
        form = TextForm(request.POST, instance=self.text)
        if not form.is_valid():
            return self._show(form, status=UNPROCESSABLE)
        if "preview" in request.POST:
            return self._show(form)
        keep_text(municipality=current_organisation(), kind=kind, language=language, **form.cleaned_data)
        messages.success(request, _("The text is saved."))
        return redirect("mentoring_notices:index")

    def _put_back(self) -> HttpResponse:
        if self.text.pk:
            self.text.delete()
        messages.success(self.request, _("The built-in text is back."))
        return redirect(self.request.path)

    def _show(self, form: TextForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_page_subtitle(self) -> str:
        """Return the kind."""
        return capfirst(self.text.get_kind_display())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to all texts."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the placeholders and the example, in the language of the text."""
        form, kind = kwargs["form"], NoticeKind(self.text.kind)
        with translation.override(self.text.language):
            values = values_of(example(kind), _("School No. 1"))
            shown = _shown(form)
            preview = {"subject": one_line(fill(shown.subject, values)), "body": fill(shown.body, values)}
            placeholders = [(f"{{{NAMES[name]}}}", MEANINGS[name], values[name]) for name in known_in(kind)]
        return {
            **super().get_context_data(**kwargs),
            "text": self.text,
            "placeholders": placeholders,
            "preview": preview,
            "is_own": bool(self.text.pk),
        }


class PlanView(MailView):
    """The days of reminders."""

    template_name = "mentoring_notices/plan.html"

    @cached_property
    def plan(self) -> ReminderPlan:
        """Return what the municipality has chosen, or the usual days."""
        place = {"municipality": current_organisation()}
        return ReminderPlan.objects.filter(**place).first() or ReminderPlan(**place)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self._show(PlanForm(instance=self.plan))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save the days."""
        form = PlanForm(request.POST, instance=self.plan)
        if not form.is_valid():
            return self._show(form, status=UNPROCESSABLE)
        keep_plan(municipality=current_organisation(), **form.cleaned_data)
        messages.success(request, _("The days of reminders are saved."))
        return redirect("mentoring_notices:index")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Days of reminders")}]

    def _show(self, form: ModelForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


def _shown(form: TextForm) -> Text:
    """Return the text that stands in the form; a field with an error is shown as it was typed."""
    return Text(str(form["subject"].value() or ""), str(form["body"].value() or ""))
