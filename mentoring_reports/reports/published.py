"""Pages of the school's site that count, named by the setting `MENTORING_COUNTED_PAGES`: the plugin knows no page type.

For each data element it lists kinds of pages:
`"app.Model"`        pages of the type, by the day on which they were first published;
`"app.Model.field"`  pages of the type, by a date of their own (the day on which a practice was sent on);
`"app.Model/*"`      pages right below published pages of the type, by the day on which they were first published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from wagtail.models import Page

if TYPE_CHECKING:
    import datetime as dt

    from wagtail.query import PageQuerySet

SETTING = "MENTORING_COUNTED_PAGES"
CHILDREN = "/*"


class Source(NamedTuple):
    """One kind of pages. Raises `LookupError` or `ValueError` when there is no such page type or date."""

    model: type[Page]
    date_field: str
    children: bool

    @classmethod
    def read(cls, text: str) -> Source:
        """Read an entry of the setting."""
        name = text.removesuffix(CHILDREN)
        app_label, model_name, *rest = name.split(".")
        model = apps.get_model(app_label, model_name)
        if not issubclass(model, Page) or len(rest) > 1:
            raise ValueError(text)
        for field in rest:
            model._meta.get_field(field)
        return cls(model, rest[0] if rest else "", text.endswith(CHILDREN))

    def condition(self, since: dt.date | None, until: dt.date) -> Q:
        """Return which pages these are, by their day."""
        if self.date_field:
            own_day = _between(self.date_field, since, until)
            return Q(pk__in=self.model._default_manager.filter(own_day).values("pk"))
        kind = self._below() if self.children else _of_type(self.model)
        return kind & _between("first_published_at__date", since, until)

    def _below(self) -> Q:
        parents = Page.objects.live().filter(_of_type(self.model)).values_list("path", "depth")
        found = Q(pk__in=[])
        for path, depth in parents:
            found |= Q(path__startswith=path, depth=depth + 1)
        return found


def published_pages(element_code: str, *, until: dt.date, since: dt.date | None = None) -> PageQuerySet[Any]:
    """Return the live pages that count for a data element, from `since` (or ever) to `until`, both days included."""
    condition = Q(pk__in=[])
    for text in getattr(settings, SETTING, {}).get(element_code, ()):
        condition |= Source.read(text).condition(since, until)
    return Page.objects.live().filter(condition).order_by("first_published_at", "pk")


def _of_type(model: type[Page]) -> Q:
    # By name, never by id: ids of content types may differ between schemas, and Django caches them for the process.
    return Q(content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name)


def _between(lookup: str, since: dt.date | None, until: dt.date) -> Q:
    bounds = {f"{lookup}__lte": until}
    if since is not None:
        bounds[f"{lookup}__gte"] = since
    return Q(**bounds)
