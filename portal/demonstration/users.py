"""The demonstration's users: one of each role, with one printed password. Tenant schema."""

from __future__ import annotations

from functools import cache
from random import Random

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractUser, Group

from portal.website.provisioning import DEPARTMENT, METHODISTS
from schools.groups import CURATORS, EDITORS

from .people import Names

PASSWORD = "nastavnik-2026"  # noqa: S105  (printed on every start; the demonstration listens on this machine only)
SCHOOL_ROLES = {"curator": CURATORS, "editor": EDITORS}
MUNICIPAL_ROLES = {"methodist": METHODISTS, "department": DEPARTMENT}


@cache
def _hash() -> str:
    """Return the password's hash: made once, hashing for hundreds of users would take minutes."""
    return make_password(PASSWORD)


def create_users(roles: dict[str, str], *, host: str, random: Random) -> None:
    """Create the users that are not there yet, each in its group of the current schema."""
    names = Names(random)
    for username, group in roles.items():
        name = names.next("adult")
        user, created = get_user_model().objects.get_or_create(
            username=username,
            defaults={
                "email": f"{username}@{host}",
                "password": _hash(),
                "first_name": f"{name['first_name']} {name['patronymic']}",
                "last_name": name["last_name"],
            },
        )
        if created:
            user.groups.add(Group.objects.get(name=group))


def user(username: str) -> AbstractUser:
    """Return a user of the current schema."""
    found: AbstractUser = get_user_model().objects.get(username=username)
    return found
