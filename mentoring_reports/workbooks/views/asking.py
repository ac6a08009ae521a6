"""Choosing what a workbook is made of, and asking for it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from mentoring_reports.submissions.handover import Author
from mentoring_reports.workbooks.asking import Asked, ask
from mentoring_reports.workbooks.errors import WorkbookError
from mentoring_reports.workbooks.forms import BEFORE, NONE, ChoicesForm
from mentoring_reports.workbooks.saved_choices import save_choices

from .base import UNPROCESSABLE, Screen


class NewView(Screen):
    """The form; the address may choose beforehand what the dashboard shows."""

    template_name = "mentoring_workbooks/new.html"

    def get_page_subtitle(self) -> str:
        """Return what is done here."""
        return _("New workbook")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        form = ChoicesForm()
        form.initial.update(_from_address(request, form))
        return self.show(form=form)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask for the workbook, and lead to it."""
        form = ChoicesForm(request.POST)
        if not form.is_valid():
            return self.show(form=form, status=UNPROCESSABLE)
        by = Author.of(request.user)
        try:
            with transaction.atomic():
                if form.cleaned_data["save_as"]:
                    save_choices(name=form.cleaned_data["save_as"], choices=form.choices, by=by)
                asked = ask(choices=form.choices, by=by)
        except WorkbookError as error:
            form.add_error(None, str(error))
            return self.show(form=form, status=UNPROCESSABLE)
        return lead_to(request, asked)


def lead_to(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Lead to a workbook, and say so where nothing new is made."""
    if not asked.is_new and asked.workbook.is_unfinished:
        messages.info(request, _("The same workbook is being made already: here it is."))
    elif not asked.is_new:
        messages.info(request, _("Nothing has changed since this workbook was made: here it is."))
    return redirect("mentoring_workbooks:workbook", pk=asked.workbook.pk)


def _from_address(request: HttpRequest, form: ChoicesForm) -> dict[str, Any]:
    """Return what the address chooses, as the dashboard's addresses do; what there is not is left out."""
    asked = request.GET
    wanted = {
        "round": asked.get("round", ""),
        "compare": asked.get("compare", ""),
        "territory": asked.get("territory", ""),
        "type": asked.get("type", ""),
    }
    known: dict[str, Any] = {name: dict(form.fields[name].choices) for name in wanted}  # type: ignore[attr-defined]
    found = {name: value for name, value in wanted.items() if value and value in known[name]}
    return {"compare": NONE if asked.get("compare") == NONE else BEFORE} | found
