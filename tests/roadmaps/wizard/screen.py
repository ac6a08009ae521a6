"""The preview as a browser without scripts uses it: the form is read from the page and sent back with one button."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django_tenants.utils import tenant_context
from lxml import html

from mentoring_reports.roadmaps.models import RoadmapImport
from mentoring_reports.roadmaps.wizard.draft import Plan
from mentoring_reports.roadmaps.wizard.keeping import past_of
from mentoring_reports.roadmaps.wizard.past import Past
from portal.tenants.models import Organisation


class Preview:
    """One import's preview."""

    def __init__(self, client: Client, school: Organisation, pk: int) -> None:
        self.client, self.school, self.pk = client, school, pk
        self.path = f"/admin/roadmap-imports/{pk}/"

    def page(self, query: str = "") -> Any:
        """Open the page; returns its parsed markup."""
        response = self.client.get(f"{self.path}{query}")
        assert response.status_code == 200
        return html.fromstring(response.content.decode())

    def fields(self, page: Any) -> dict[str, Any]:
        """Return what the form holds."""
        [form] = page.xpath("//form[@id='wizard']")
        fields: dict[str, Any] = {key: value or "" for key, value in form.form_values()}
        return {name: value.removeprefix("\n") for name, value in fields.items() if name != "csrfmiddlewaretoken"}

    def press(self, operation: str, *, of: Any = None, query: str = "", **typed: Any) -> Any:
        """Send the form (of a page opened before) with one button and typed texts; returns the response."""
        page = self.page(query) if of is None else of
        names = {name.replace("__", "-"): value for name, value in typed.items()}
        return self.client.post(f"{self.path}{query}", {**self.fields(page), **names, "operation": operation})

    @property
    def past(self) -> Past:
        with tenant_context(self.school):
            return past_of(RoadmapImport.objects.get(pk=self.pk))

    @property
    def plan(self) -> Plan:
        return self.past.draft.plans[0]

    def key(self, words: str) -> int:
        """Return the key of the activity that holds the words."""
        return next(item.key for item in self.plan.items if words in item.activity)
