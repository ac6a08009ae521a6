"""What is done to a template with one press: offering, copying, deleting, moving and removing a stage."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from . import actions
from .access import EDIT
from .errors import TemplateError
from .models import TemplateSection
from .views import TemplatesView


class ChangeView(TemplatesView):
    """Offers, withdraws or copies the template; the button that was pressed says which."""

    permission = EDIT
    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or say why not."""
        try:
            return self._do(request.POST.get("do", ""))
        except TemplateError as error:
            messages.error(request, str(error))
            return redirect(self.address)

    def _do(self, action: str) -> HttpResponse:
        template: Any = self.template
        if action == "copy":
            title = _("%(title)s (copy)") % {"title": template.title[:480]}
            made = actions.copy(template=template, title=title, by=self.by)
            messages.success(self.request, _("The copy is made. It is not offered yet."))
            return redirect("roadmap_templates:title", made.pk)
        if action == "offer":
            actions.offer(template=template, by=self.by)
            messages.success(self.request, _("Schools can start from this template now."))
        if action == "withdraw":
            actions.withdraw(template=template, by=self.by)
            messages.success(self.request, _("Schools see this template no longer. What they have started stays."))
        return redirect(self.address)


class DeleteView(TemplatesView):
    """Asks once, and deletes a template; roadmaps that were started from it stay."""

    permission = EDIT
    template_name = "mentoring_roadmap_templates/delete.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        return self.show()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete."""
        template: Any = self.template
        template.delete()
        messages.success(request, _("The template “%(title)s” is deleted.") % {"title": template.title})
        return redirect("roadmap_templates:index")


class ChangeSectionView(TemplatesView):
    """Moves a stage up or down, or removes it after having asked."""

    permission = EDIT
    template_name = "mentoring_roadmap_templates/remove_section.html"

    def _section(self, section_pk: int) -> TemplateSection:
        template: Any = self.template
        found = next((section for section in template.sections.all() if section.pk == section_pk), None)
        if found is None:
            raise Http404(_("There is no such stage of the template."))
        return found

    def get(self, request: HttpRequest, pk: int, section_pk: int) -> HttpResponse:
        """Ask whether the stage is to be removed."""
        return self.show(section=self._section(section_pk))

    def post(self, request: HttpRequest, pk: int, section_pk: int) -> HttpResponse:
        """Move or remove it."""
        section, action = self._section(section_pk), request.POST.get("do", "")
        if action in {"up", "down"}:
            actions.move_section(section=section, up=action == "up", by=self.by)
            return redirect(f"{self.address}#stage-{section_pk}")
        if action == "remove":
            actions.remove_section(section=section, by=self.by)
            messages.success(request, _("The stage is removed."))
        return redirect(self.address)
