"""The directory of a municipality's schools: search, filters and order. Reads `public`.

Names are compared in Python: the database's collation knows neither that «ё» is «е» nor that № 10 comes after № 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, OuterRef, QuerySet, Subquery

from mentoring_reports.clock import today
from mentoring_reports.tenancy import current_organisation
from portal.tenants.addresses import address_of
from portal.tenants.models import Domain, Organisation, OrganisationType, Territory

SEARCH_LENGTH = 100


@dataclass(frozen=True)
class DirectoryFilter:
    """What the address asks for."""

    search: str = ""
    type_code: str = ""
    territory: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> DirectoryFilter:
        """Read the filter from the query of an address."""
        territory = query.get("territory", "")
        return cls(
            search=" ".join(query.get("q", "")[:SEARCH_LENGTH].replace("\0", "").split()),
            type_code=query.get("type", "").replace("\0", ""),
            territory=territory if re.fullmatch(r"[0-9]{1,9}", territory) else "",
        )

    @property
    def is_active(self) -> bool:
        """Say whether anything is asked for."""
        return bool(self.search or self.type_code or self.territory)


@dataclass(frozen=True)
class Entry:
    """A school in the list, with the address of its own site."""

    school: Organisation
    url: str


def normalised(name: str) -> str:
    """Return a name as it is compared: small letters, «е» for «ё», no quotes."""
    return re.sub(r"[«»\"“”„]", "", name.lower().replace("ё", "е"))


def sort_key(name: str) -> list[tuple[int, int, str]]:
    """Return the key by which names stand in order: numbers inside a name are numbers."""
    parts = re.findall(r"\d+|[^\d]+", normalised(name))
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.strip()) for part in parts]


def working_schools() -> QuerySet[Organisation]:
    """Return the current municipality's schools that are at work today and whose sites answer."""
    return Organisation.objects.schools().active().open_on(today()).filter(municipality=current_organisation())


@dataclass(frozen=True)
class TerritoryCount:
    """A territory and how many schools work there."""

    territory: Territory
    schools: int


def territory_counts() -> list[TerritoryCount]:
    """Return the territories that have working schools, in order: one statement."""
    territories = Territory.objects.filter(schools__in=working_schools()).annotate(number=Count("schools"))
    return [TerritoryCount(territory, territory.number) for territory in territories]


class Directory:
    """The schools that a filter finds, and the choices that the filter offers."""

    def __init__(self, chosen: DirectoryFilter) -> None:
        """Keep what is asked for; nothing is read yet."""
        self.chosen = chosen

    @cached_property
    def found(self) -> list[int]:
        """Return the ids of the schools found, in the order of their names."""
        schools = working_schools()
        if self.chosen.type_code:
            schools = schools.filter(organisation_type__code=self.chosen.type_code)
        if self.chosen.territory:
            schools = schools.filter(territory_id=int(self.chosen.territory))
        words = normalised(self.chosen.search).split()
        rows = [
            (sort_key(short_name), pk)
            for pk, short_name, name in schools.values_list("pk", "short_name", "name")
            if all(word in normalised(f"{short_name} {name}") for word in words)
        ]
        return [pk for _key, pk in sorted(rows)]

    def entries(self, numbers: Iterable[int]) -> list[Entry]:
        """Return the schools with these ids, in this order, each with its address: one statement."""
        numbers = list(numbers)
        host = Domain.objects.filter(tenant=OuterRef("pk"), is_primary=True).values("domain")[:1]
        schools = (
            Organisation.objects.filter(pk__in=numbers)
            .select_related("organisation_type", "territory")
            .annotate(host=Subquery(host))
            .in_bulk()
        )
        return [
            Entry(school, address_of(school.host) + "/" if school.host else "")
            for school in (schools[number] for number in numbers if number in schools)
        ]

    @cached_property
    def types(self) -> QuerySet[OrganisationType]:
        """Return the types that the municipality's schools have."""
        return OrganisationType.objects.filter(pk__in=working_schools().values("organisation_type"))

    @cached_property
    def territories(self) -> QuerySet[Territory]:
        """Return the municipality's territories that have schools."""
        return Territory.objects.filter(pk__in=working_schools().values("territory"))
