"""Which methodist looks after which territories. Tenant schema of the municipality."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Q
from django_tenants.utils import get_tenant_model

from mentoring_reports.tenancy import current_organisation

from .access import REVIEW
from .models import Assignment

if TYPE_CHECKING:
    from django.db.models import QuerySet

BACKEND = "django.contrib.auth.backends.ModelBackend"
Pair = tuple[int, int]  # a methodist and a territory, by their ids


@dataclass(frozen=True, slots=True)
class Shares:
    """How the territories are shared out, as one methodist sees it: ids of their own, and of all that anybody has."""

    mine: frozenset[int]
    taken: frozenset[int]

    @classmethod
    def of(cls, user: Any) -> Shares:
        """Read the assignments, in one statement."""
        pairs = list(Assignment.objects.filter(user__is_active=True).values_list("user_id", "territory_id"))
        return cls(
            mine=frozenset(territory for owner, territory in pairs if owner == user.pk),
            taken=frozenset(territory for _owner, territory in pairs),
        )


def own_territories() -> QuerySet[Any]:
    """Return the municipality's territories, whatever model the portal keeps them in, each with its `school_count`."""
    territory = get_tenant_model()._meta.get_field("territory").related_model
    rows = territory._default_manager.filter(municipality=current_organisation())
    return rows.annotate(school_count=Count("schools"))


def methodists() -> QuerySet[Any]:
    """Return who may review here: by group or by name, and the superusers, in the order of their names."""
    users = get_user_model()._default_manager.with_perm(REVIEW, backend=BACKEND)
    return users.filter(is_active=True).order_by("last_name", "first_name", "username")


def assigned() -> set[Pair]:
    """Return who looks after what."""
    return set(Assignment.objects.values_list("user_id", "territory_id"))


@transaction.atomic
def assign(*, added: Collection[Pair], removed: Collection[Pair]) -> None:
    """Give territories to methodists and take others away; what names nobody or nothing here is passed over.

    Only what is named changes, so that two who share out the work at once do not undo each other's.
    """
    users, territories = _ids(methodists()), _ids(own_territories())
    Assignment.objects.bulk_create(
        [
            Assignment(user_id=user, territory_id=place)
            for user, place in added
            if user in users and place in territories
        ],
        ignore_conflicts=True,
    )
    gone = Q(pk__in=[])
    for user, place in removed:
        gone |= Q(user_id=user, territory_id=place)
    Assignment.objects.filter(gone).delete()


def _ids(rows: Iterable[Any]) -> set[int]:
    return {row.pk for row in rows}
