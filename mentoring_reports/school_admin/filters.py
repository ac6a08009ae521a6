"""The filter set that the filters of register and roadmap are made of."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from wagtail.admin.filters import WagtailFilterSet


class SchoolFilterSet(WagtailFilterSet):
    """Filters whose labels are written like every other label: the first letter large."""

    @property
    def form(self) -> Any:
        """Return the form of the filters."""
        form = super().form
        for field in form.fields.values():
            field.label = capfirst(field.label)
        return form
