"""Who works with the wizard, and one document that was uploaded."""

from __future__ import annotations

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from mentoring_reports.roadmaps.models import RoadmapImport
from portal.tenants.models import Organisation
from tests.factories import CURATOR, login

from .plans import latest, upload
from .screen import Preview


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    """Return the first school's curator."""
    return login(alpha, CURATOR)


@pytest.fixture
def imported(alpha: Organisation, curator: Client) -> RoadmapImport:
    """Return the usual document, uploaded and read."""
    upload(curator)
    with tenant_context(alpha):
        return latest()


@pytest.fixture
def preview(alpha: Organisation, curator: Client, imported: RoadmapImport) -> Preview:
    """Return its preview."""
    return Preview(curator, alpha, imported.pk)
