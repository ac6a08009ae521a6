"""Views that the viewsets of register and roadmap are made of."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic

from .refusals import refusal

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
NAMES_SHOWN = 3
LONGEST_NUMBER = 18  # digits; more fit into no primary key


def neutral(value: Any) -> Any:
    """Return a value that a spreadsheet shows as people write it and never takes for a formula."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, models.Model):
        value = str(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value


class IndexView(generic.IndexView):
    """A listing that finds every word typed in any of its fields and exports only plain text."""

    title_sort_key = ""
    add_item_label: Any = ""
    empty_text: Any = ""

    @cached_property
    def no_results_message(self) -> str:
        """Say what this list is for while nothing is in it, with the way to the first row."""
        if self.is_searching or self.is_filtering:
            return str(super().no_results_message)
        if not self.add_url:
            return str(self.empty_text)
        return format_html('{} <a href="{}">{}</a>', self.empty_text, self.add_url, self.add_item_label)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Let our own words stand where nothing is in the list: Wagtail's do not agree in Russian."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context if context["object_list"] else {**context, "add_url": None}

    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        column = super()._get_title_column(field_name, *args, **kwargs)
        column.sort_key = self.title_sort_key or column.sort_key
        return column

    def get_heading(self, queryset: Any, field: str) -> str:
        """Return a heading of the export, with a large first letter."""
        return capfirst(super().get_heading(queryset, field))

    def search_queryset(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return rows that hold every word of the query; names are compared with «ё» as «е»."""
        for word in self.search_query.split():
            found = Q()
            for field in self.search_fields or ():
                plain = word.casefold().replace("ё", "е") if field.endswith("sort_name") else word
                found |= Q(**{f"{field}__icontains": plain})
            queryset = queryset.filter(found)
        return queryset.distinct() if self.is_searching else queryset

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Return a row of the export in which nothing typed becomes a formula."""
        return {name: neutral(value) for name, value in super().to_row_dict(item).items()}

    def stream_csv(self, queryset: Any) -> Any:
        """Read the rows now: the response is streamed when the request, and the school's schema with it, is over."""
        return iter(["\ufeff".encode(), *super().stream_csv(queryset)])


class RefusalMixin:
    """A form view that shows what the database refuses as an error of the form."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save; a rule that only the database could see broken, in a race, becomes a message."""
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]
        except IntegrityError as error:
            form.add_error(None, refusal(error))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class CreateView(RefusalMixin, generic.CreateView):
    """A new row; fields named in `initial_from_query` may be chosen by the link that led here."""

    initial_from_query: tuple[str, ...] = ()

    def get_initial(self) -> dict[str, Any]:
        """Take primary keys from the address; a form refuses what is not there."""
        initial = super().get_initial()
        given = {name: self.request.GET.get(name, "") for name in self.initial_from_query}
        numbers = {name: value for name, value in given.items() if value.isdecimal() and len(value) <= LONGEST_NUMBER}
        return initial | {name: int(value) for name, value in numbers.items()}


class EditView(RefusalMixin, generic.EditView):
    """A row that is changed."""


class CopyView(RefusalMixin, generic.CopyView):
    """A row made after another."""


class DeleteView(generic.DeleteView):
    """A row that is deleted, unless others rest on it: then the view says which."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete, or explain what keeps the row."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError as error:
            messages.error(self.request, self._explain(error))
            return HttpResponseRedirect(reverse(self.edit_url_name, args=(quote(self.object.pk),)))

    def _explain(self, error: ProtectedError) -> str:
        rows = [*error.protected_objects]
        named = "; ".join(f"{row._meta.verbose_name} “{row}”" for row in rows[:NAMES_SHOWN])
        more = _("and %(count)d more") % {"count": len(rows) - NAMES_SHOWN} if len(rows) > NAMES_SHOWN else ""
        message = _("“%(row)s” cannot be deleted. It is named in: %(rows)s %(more)s")
        return message % {"row": self.object, "rows": named, "more": more}
