"""A municipality that is older than template roadmaps gets the rights of its groups by migrating."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django_tenants.utils import tenant_context

from portal.tenants.models import Organisation
from tests.factories import CURATOR, DEPARTMENT, METHODIST

migration = import_module("portal.website.migrations.0003_rights_of_templates")


def rights(name: str) -> set[str]:
    found = Group.objects.get(name=name).permissions.filter(content_type__app_label="mentoring_roadmap_templates")
    return set(found.values_list("codename", flat=True))


@pytest.mark.parametrize("made", [True, False], ids=["permissions made", "permissions not made yet"])
def test_groups_of_an_older_municipality_may_change_templates(municipality: Organisation, made: bool) -> None:
    with tenant_context(municipality):
        theirs = Permission.objects.filter(content_type__app_label="mentoring_roadmap_templates")
        if not made:
            theirs.delete()
        for group in Group.objects.all():
            group.permissions.remove(*theirs.all())

        migration.give(apps, None)

        assert rights(METHODIST) == rights(DEPARTMENT) == set(migration.RIGHTS)


def test_a_school_is_left_alone(alpha: Organisation) -> None:
    with tenant_context(alpha):
        before = rights(CURATOR)
        migration.give(apps, None)
        assert rights(CURATOR) == before
