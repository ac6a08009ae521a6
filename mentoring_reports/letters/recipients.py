"""Who gets letters in the current schema: by permission, by what they want, unless their address refuses letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, F, Q

from mentoring_reports import clock
from mentoring_reports.notices.enums import DECISIONS, OVERVIEW, REMINDERS, NoticeKind

from .enums import DeliveryState
from .models import Delivered, Delivery, Preference

BACKEND = "django.contrib.auth.backends.ModelBackend"
PERMISSIONS = {
    "school": "mentoring_submissions.submit_report",
    "municipality": "mentoring_submissions.review_submission",
}
MANY_BOUNCES = 3
BOUNCES_COUNT_FOR = dt.timedelta(days=30)  # after that an address is tried again by itself


@dataclass(frozen=True)
class Recipient:
    """A user who should be told, how, and what was told before."""

    user: Any
    preference: Preference
    bounces: int = 0
    told: frozenset[str] = field(default_factory=frozenset)

    @property
    def language(self) -> str:
        """Return the language chosen for the admin, or the portal's."""
        profile = getattr(self.user, "wagtail_userprofile", None)
        chosen = profile.preferred_language if profile else ""
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    @property
    def is_stopped(self) -> bool:
        """Say whether the address refused so many letters that none is sent any more."""
        return self.bounces >= MANY_BOUNCES

    def wants(self, kind: NoticeKind) -> bool:
        """Say whether this kind of notice may be sent."""
        wanted = self.preference
        return (
            (kind in REMINDERS and wanted.wants_reminders)
            or (kind in DECISIONS and wanted.wants_decisions)
            or (kind in OVERVIEW and wanted.wants_overview)
        )

    def wants_nothing(self, kinds: Iterable[NoticeKind]) -> bool:
        """Say whether the user has opted out of all of these."""
        return not any(self.wants(kind) for kind in kinds)


def recipients_in(kind: str) -> list[Recipient]:
    """Return who should be told in the current school or municipality: one for each address, in five statements."""
    people = list(users_in(kind))
    preferences = {row.user_id: row for row in Preference.objects.filter(user__in=people)}
    told: dict[int, set[str]] = {user.pk: set() for user in people}
    for user_id, key in Delivered.objects.filter(user__in=people).values_list("user_id", "key"):
        told[user_id].add(key)
    bounces = bounces_of(people)
    return [
        Recipient(
            user=user,
            preference=preferences.get(user.pk) or Preference(user=user),
            bounces=bounces.get(user.pk, 0),
            told=frozenset(told[user.pk]),
        )
        for user in people
    ]


def users_in(kind: str) -> list[Any]:
    """Return active users with the right and an address; of several with the same address the oldest account."""
    users = get_user_model().objects.with_perm(PERMISSIONS[kind], include_superusers=False, backend=BACKEND)
    found = users.exclude(email="").select_related("wagtail_userprofile").order_by("pk")
    by_address: dict[str, Any] = {}
    for user in found:
        by_address.setdefault(user.email.casefold(), user)
    return list(by_address.values())


def bounces_of(users: Iterable[Any]) -> dict[int, int]:
    """Return how many letters each user's present address refused lately."""
    since = clock.today() - BOUNCES_COUNT_FOR
    forgotten = F("user__mentoring_mail__bounces_forgotten_at")
    counted = (
        Delivery.objects.filter(user__in=[*users], state=DeliveryState.BOUNCED, day__gte=since)
        .filter(address__iexact=F("user__email"))
        .filter(Q(user__mentoring_mail__bounces_forgotten_at=None) | Q(claimed_at__gt=forgotten))
        .order_by()
        .values("user_id")
        .annotate(number=Count("pk"))
    )
    return dict(counted.values_list("user_id", "number"))
