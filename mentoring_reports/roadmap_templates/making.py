"""Templates that are not typed: the built-in one, and one that is read out of a document."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from mentoring_reports.tenancy import current_organisation

from .access import EDIT
from .actions import write_plan
from .builtin import install_builtin_template
from .editing import UNPROCESSABLE
from .errors import TemplateError
from .forms import DocumentForm
from .models import RoadmapTemplate
from .reading import reader
from .views import TemplatesView


class BuiltInView(TemplatesView):
    """Installs the built-in template; pressed twice, it leads to the one that is there."""

    permission = EDIT
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Install it and show it."""
        template = install_builtin_template(current_organisation(), by=self.by)
        messages.success(request, _("The built-in template is there. Change what is different in your municipality."))
        return redirect("roadmap_templates:template", template.pk)


class DocumentView(TemplatesView):
    """Makes a template of a document or of a pasted text."""

    permission = EDIT
    template_name = "mentoring_roadmap_templates/document.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(form=DocumentForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read the document; what cannot be read is said at the form, and the text stays in it."""
        form = DocumentForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form=form, status=UNPROCESSABLE)
        try:
            template = self._make(form)
        except TemplateError as error:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(error))
            return self.show(form=form, status=UNPROCESSABLE)
        messages.success(request, _("The template is made. Look it through: years in the deadlines should go."))
        return redirect("roadmap_templates:template", template.pk)

    def _make(self, form: DocumentForm) -> RoadmapTemplate:
        file, text = form.cleaned_data["file"], form.cleaned_data["text"]
        content, name = (file.read(), file.name) if file else (text.encode(errors="replace"), "pasted.txt")
        plan = reader().plan(content, name)
        return write_plan(municipality=current_organisation(), plan=plan, by=self.by, documents={})
