"""Typing a template: its title, and a stage with all its activities on one page."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from mentoring_reports.tenancy import current_organisation

from .access import EDIT
from .actions import touch
from .errors import TemplateChanged
from .forms import ItemFormSet, SectionForm, TitleForm
from .models import RoadmapTemplate, TemplateSection
from .views import TemplatesView

UNPROCESSABLE, CONFLICT = 422, 409


def version_seen(text: str | None) -> int:
    """Return the version that a page showed; -1, which none has, for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1  # noqa: PLR2004


class EditingView(TemplatesView):
    """A screen on which people type."""

    permission = EDIT

    def show(self, status: int = 200, **kwargs: Any) -> HttpResponse:
        """Keep the version that the page is about."""
        version = RoadmapTemplate.objects.get(pk=self.template.pk).version if self.template else 0
        return super().show(status=status, seen=version, **kwargs)


class TitleView(EditingView):
    """The title of a template, new or not."""

    template_name = "mentoring_roadmap_templates/title.html"

    def _form(self, data: Any = None) -> TitleForm:
        blank = RoadmapTemplate(municipality=current_organisation())
        return TitleForm(data, instance=self.template or blank)

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show the form."""
        return self.show(form=self._form())

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Save, and go to the template's page."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self.show(form=form, status=UNPROCESSABLE)
        try:
            template = self._save(form)
        except TemplateChanged as error:
            form.add_error(None, str(error))
            return self.show(form=form, status=CONFLICT)
        messages.success(request, _("The template is saved."))
        return redirect("roadmap_templates:template", template.pk)

    @transaction.atomic
    def _save(self, form: ModelForm) -> RoadmapTemplate:
        template = form.instance
        if template.pk:
            touch(template=template, by=self.by, seen=version_seen(self.request.POST.get("seen")))
            template.save(update_fields=["title", "description"])
        else:
            template.updated_by = self.by
            template.save()
        return template


class SectionView(EditingView):
    """A stage with its activities in one form; what is typed is kept whatever is refused."""

    template_name = "mentoring_roadmap_templates/section.html"

    @cached_property
    def section(self) -> TemplateSection:
        """Return the stage of the address, or a new one at the end of the template."""
        template = self.template
        if template is None:
            raise Http404
        own = list(template.sections.all())
        if "section_pk" not in self.kwargs:
            place = max((section.sort_order for section in own), default=-1) + 1
            number = str(len(own) + 1)
            return TemplateSection(
                municipality=current_organisation(), template=template, sort_order=place, number=number
            )
        found = next((section for section in own if section.pk == self.kwargs["section_pk"]), None)
        if found is None:
            raise Http404(_("There is no such stage of the template."))
        return found

    def get(self, request: HttpRequest, pk: int, section_pk: int | None = None) -> HttpResponse:
        """Show the stage and its activities, and some empty rows."""
        return self._show(SectionForm(instance=self.section), ItemFormSet(instance=self.section))

    def post(self, request: HttpRequest, pk: int, section_pk: int | None = None) -> HttpResponse:
        """Save all together, or nothing."""
        form = SectionForm(request.POST, instance=self.section)
        rows = ItemFormSet(request.POST, instance=self.section)
        if not (form.is_valid() & rows.is_valid()):
            return self._show(form, rows, status=UNPROCESSABLE)
        try:
            section = self._save(form, rows)
        except TemplateChanged as error:
            form.add_error(None, str(error))
            return self._show(form, rows, status=CONFLICT)
        messages.success(request, _("The stage is saved."))
        if "more" in request.POST:
            return redirect(f"{reverse('roadmap_templates:section', args=[pk, section.pk])}#new")
        return redirect(f"{self.address}#stage-{section.pk}")

    @transaction.atomic
    def _save(self, form: ModelForm, rows: Any) -> TemplateSection:
        touch(template=form.instance.template, by=self.by, seen=version_seen(self.request.POST.get("seen")))
        section: TemplateSection = form.save()
        rows.instance = section
        for item in rows.save(commit=False):
            item.municipality_id, item.sort_order = section.municipality_id, item.sort_order or 0
            item.save()
        for item in rows.deleted_objects:
            item.delete()
        _put_in_order(section, rows)
        return section

    def _show(self, form: ModelForm, rows: Any, status: int = 200) -> HttpResponse:
        return self.show(form=form, rows=rows, section=self.section, status=status)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Say which stage."""
        label = str(self.section) if self.section.pk else _("New stage")
        return [*super().get_breadcrumbs_items(), {"url": "", "label": label[:80]}]


def _put_in_order(section: TemplateSection, rows: Any) -> None:
    """Put the activities in the order of the places that were typed; those without one come last."""
    typed = [form for form in rows.forms if form.instance.pk and form not in rows.deleted_forms]
    last = len(typed) + 10_000
    order = sorted(typed, key=lambda form: form.cleaned_data.get("sort_order") or last)
    for place, form in enumerate(order, start=1):
        type(form.instance).objects.filter(pk=form.instance.pk).update(sort_order=place)
