"""What many tests need: users by role, clients at a host, schools as mere rows, rounds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.db import connection
from django.test import Client
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Domain, Organisation, OrganisationState, OrganisationType, Territory

PASSWORD = "a-long-password-of-the-tests"
CURATOR, EDITOR = "Кураторы", "Редакторы"
METHODIST, DEPARTMENT = "Методисты", "Управление образования"
SUPERUSER = "superuser"


def make_user(organisation: Organisation, role: str | None, username: str = "") -> AbstractUser:
    """Return a user of the organisation, in the group named by `role`; None gives a user without any group."""
    with tenant_context(organisation):
        name = username or {CURATOR: "curator", EDITOR: "editor", METHODIST: "methodist", DEPARTMENT: "department"}.get(
            role or "", role or "nobody"
        )
        user = get_user_model().objects.create_user(
            username=name, email=f"{name}@{organisation.schema_name.replace('_', '-')}.test", password=PASSWORD
        )
        if role == SUPERUSER:
            user.is_superuser = True
            user.save()
        elif role:
            user.groups.add(Group.objects.get(name=role))
    return user


def client_at(organisation: Organisation, **headers: Any) -> Client:
    """Return an anonymous client whose requests go to the organisation's host."""
    host = Domain.objects.get(tenant=organisation, is_primary=True).domain
    return Client(headers={"host": host, **headers}, SERVER_NAME=host)


def login(organisation: Organisation, role: str | None, username: str = "") -> Client:
    """Return a client at the organisation's host, logged in as a new user in the role."""
    user = make_user(organisation, role, username)
    client = client_at(organisation)
    with tenant_context(organisation):
        client.force_login(user)
    return client


def make_school_row(municipality: Organisation, number: int, **fields: Any) -> Organisation:
    """Return an active school that is only a row, without a schema: enough where schools are counted."""
    defaults: dict[str, Any] = {
        "schema_name": f"school_row_{number}",
        "kind": "school",
        "state": OrganisationState.ACTIVE,
        "name": f"Школа-строка № {number}",
        "short_name": f"Строка {number}",
        "municipality": municipality,
        "organisation_type": OrganisationType.objects.order_by("order").first(),
        "territory": Territory.objects.filter(municipality=municipality).order_by("order").first(),
    }
    with schema_context(get_public_schema_name()):
        return Organisation.objects.create(**{**defaults, **fields})


def make_round(municipality: Organisation, code: str = "2026-1", **fields: Any) -> Round:
    """Return a round of the municipality that is open today by default, with the built-in form."""
    today = dt.date.today()
    defaults: dict[str, Any] = {
        "title": f"Сбор {code}",
        "period_start": today - dt.timedelta(days=120),
        "period_end": today - dt.timedelta(days=10),
        "opens": today - dt.timedelta(days=9),
        "due": today + dt.timedelta(days=10),
        "closes": today + dt.timedelta(days=20),
    }
    with tenant_context(municipality):
        form = ReportForm.objects.order_by("pk").first()
        return Round.objects.create(municipality=municipality, code=code, **{"form": form, **defaults, **fields})


def search_path() -> str:
    """Return the connection's search path as PostgreSQL has it."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        return str(cursor.fetchone()[0])
