"""Screens of one part of a draft: added, changed, moved, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from mentoring_reports.indicators import actions
from mentoring_reports.indicators.comparing import properties
from mentoring_reports.indicators.copying import fingerprint
from mentoring_reports.indicators.errors import ChangedMeanwhile, ReportFormError
from mentoring_reports.indicators.models import Check, FormPart, Indicator

from .access import CONFLICT, UNPROCESSABLE, PartMixin
from .editing import EditingView
from .forms import PART_FORMS
from .part_form import PartForm
from .targets import BaseTargetFormSet, target_form_set
from .wording import MODELS, check_reading, formula_reading, names_of, property_words, value_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class PartView(PartMixin, EditingView):
    """A part of a draft, new or not."""

    template_name = "mentoring_review/report_forms/part.html"
    form: PartForm
    form_set: BaseTargetFormSet | None = None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the part as it is stored."""
        self.ensure_draft()
        return self._show(None)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it, or show the reading of what was typed; what is refused stays in the fields."""
        self.ensure_draft()
        self._bind(request.POST)
        if not self._is_valid():
            return self.render_to_response(self.get_context_data(), status=UNPROCESSABLE)
        if "read" in request.POST:
            return self.render_to_response(self.get_context_data(is_preview=True))
        try:
            part = self._store()
        except ChangedMeanwhile as error:
            return self._conflict(error)
        messages.success(request, _("“%(part)s” is saved.") % {"part": part})
        return redirect(f"{self.address}#{self.kwargs['kind']}-{part.code}")

    @property
    def model(self) -> type[FormPart]:
        """Return the model of this kind of part."""
        return MODELS[self.kwargs["kind"]]

    @cached_property
    def stored(self) -> FormPart | None:
        """Return the part as it is stored; None for a new one."""
        return self.part if "part_pk" in self.kwargs else None

    def _bind(self, data: Any) -> None:
        instance = self.model._default_manager.get(pk=self.stored.pk) if self.stored else None
        self.form = PART_FORMS[self.kwargs["kind"]](data, instance=instance, report_form=self.report_form)
        if self.model is Indicator:
            stored = self.stored if isinstance(self.stored, Indicator) else None
            self.form_set = target_form_set(stored, data)

    def _show(self, data: Any) -> HttpResponse:
        self._bind(data)
        return self.render_to_response(self.get_context_data())

    def _is_valid(self) -> bool:
        return all([self.form.is_valid(), self.form_set is None or self.form_set.is_valid()])

    def _store(self) -> FormPart:
        targets = self.form_set.targets() if self.form_set else []
        if self.stored is None:
            return actions.add_part(part=self.form.instance, targets=targets)
        return actions.change_part(part=self.form.instance, seen=self.request.POST.get("seen", ""), targets=targets)

    def _conflict(self, error: ReportFormError) -> HttpResponse:
        """Show what is stored now beside what was typed; saving again replaces it."""
        stored = self.stored
        if stored is None:
            raise error
        kind = self.kwargs["kind"]
        groups = {group.pk: group.name for group in self.report_form.groups.all()}
        now = [
            (property_words(kind, name), value_words(kind, name, value))
            for name, value in properties(kind, stored, groups).items()
        ]
        return self.render_to_response(self.get_context_data(conflict=str(error), stored_now=now), status=CONFLICT)

    def _reading(self) -> str:
        part = self.form.instance
        if isinstance(part, Indicator):
            return formula_reading(part, names_of(self.report_form)) if part.numerator else ""
        if not isinstance(part, Check):
            return ""
        indicators = {row.code: row.name for row in self.report_form.indicators.all()}
        return check_reading(part, indicators | names_of(self.report_form))

    def get_page_title(self) -> str:
        """Return the part's name, or which kind of part is new."""
        return str(self.stored or _("New: %(kind)s") % {"kind": self.model._meta.verbose_name})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form, the table of targets, the reading in words and the codes that may be used."""
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "form_set": self.form_set,
            "kind": self.kwargs["kind"],
            "reading": self._reading(),
            "seen": fingerprint(self.stored) if self.stored else "",
            "shows_codes": self.model in {Indicator, Check},
            **kwargs,
        }


class MovePartView(PartMixin, EditingView):
    """A part one place up or down."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Move it and come back to it."""
        actions.move_part(part=self.part, up=request.POST.get("to") == "up")
        return redirect(f"{self.address}#{self.kwargs['kind']}-{self.part.code}")


class RemovePartView(PartMixin, EditingView):
    """A part removed, after one question."""

    template_name = "mentoring_review/report_forms/remove_part.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        self.ensure_draft()
        return self.render_to_response(self.get_context_data(part=self.part))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove it."""
        name = str(self.part)
        actions.remove_part(part=self.part)
        messages.success(request, _("“%(part)s” is removed from the draft.") % {"part": name})
        return redirect(f"{self.address}#{self.kwargs['kind']}")

    def get_page_title(self) -> str:
        """Return the part's name."""
        return str(self.part)
