"""An upload is deleted after a question; what was made of it stays; nobody else deletes it."""

from __future__ import annotations

from django.test import Client
from django_tenants.utils import tenant_context

from mentoring_reports.roadmaps.models import Roadmap, RoadmapImport
from portal.tenants.models import Organisation
from tests.factories import CURATOR, EDITOR, login

from .screen import Preview


def test_the_question_deletes_nothing_and_the_answer_does(
    alpha: Organisation, preview: Preview, curator: Client
) -> None:
    preview.press("save")

    asked = curator.get(f"{preview.path}delete/")
    with tenant_context(alpha):
        assert RoadmapImport.objects.exists()
    curator.post(f"{preview.path}delete/")

    assert "/board/" in asked.content.decode()
    with tenant_context(alpha):
        assert not RoadmapImport.objects.exists()
        assert Roadmap.objects.get().items().count() == 5
    assert curator.get(f"{preview.path}file/").status_code == 404


def test_the_list_leads_to_it(preview: Preview, curator: Client) -> None:
    assert f"{preview.path}delete/" in curator.get("/admin/roadmap-imports/").content.decode()


def test_nobody_else_deletes_it(alpha: Organisation, beta: Organisation, preview: Preview) -> None:
    for client in (login(alpha, EDITOR), login(beta, CURATOR)):
        assert client.post(f"{preview.path}delete/").status_code in (302, 403, 404)

    with tenant_context(alpha):
        assert RoadmapImport.objects.exists()
