"""Pages of a list by `?page=`: a wrong number leads to the nearest page, never to an error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(rows: QuerySet[Any] | Sequence[Any], request: HttpRequest, *, size: int) -> Page[Any]:
    """Return the page of `rows` that the address asks for."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
