"""One municipality and two schools, committed to the test database: see `tests.databases`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django_tenants.utils import tenant_context

from mentoring_reports.indicators.builtin import install_builtin_form
from portal.tenants.models import Organisation, OrganisationType, Territory
from portal.tenants.provisioning import create_municipality, create_school


@dataclass(frozen=True)
class Place:
    """A tenant of the tests."""

    name: str
    host: str
    schema_name: str


MUNICIPALITY = Place("Город Примеров", "portal.test", "municipality_portal")
ALPHA = Place("Школа № 1", "alpha.portal.test", "school_alpha")
BETA = Place("Гимназия № 2", "beta.portal.test", "school_beta")


def create() -> None:
    """Create the municipality with its lists and built-in form, and the two schools."""
    connection.set_schema_to_public()
    school = OrganisationType.objects.create(code="school", name="Школа", order=1)
    gymnasium = OrganisationType.objects.create(code="gymnasium", name="Гимназия", order=2)
    municipality = create_municipality(name=MUNICIPALITY.name, host=MUNICIPALITY.host)
    centre = Territory.objects.create(municipality=municipality, name="Центр", order=1)
    river = Territory.objects.create(municipality=municipality, name="Заречье", order=2)
    with tenant_context(municipality):
        install_builtin_form(municipality)
    create_school(name=ALPHA.name, host=ALPHA.host, organisation_type=school, territory=centre)
    create_school(name=BETA.name, host=BETA.host, organisation_type=gymnasium, territory=river)
    connection.set_schema_to_public()


def organisations() -> tuple[Organisation, Organisation, Organisation]:
    """Return municipality, alpha and beta."""
    connection.set_schema_to_public()
    found = {o.schema_name: o for o in Organisation.objects.all()}
    return found[MUNICIPALITY.schema_name], found[ALPHA.schema_name], found[BETA.schema_name]
