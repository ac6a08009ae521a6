"""What a municipality has chosen: its days and its texts. Readable in its own and in its schools' schemas."""

from __future__ import annotations

from typing import Any

from .due import Plan
from .models import NoticeTemplate, ReminderPlan
from .texts import Texts


def plan_of(municipality_id: int) -> Plan:
    """Return when schools are reminded."""
    chosen = ReminderPlan.objects.filter(municipality_id=municipality_id).first()
    return chosen.as_plan() if chosen else Plan()


def texts_of(municipality_id: int) -> Texts:
    """Return what notices say."""
    return Texts(NoticeTemplate.objects.filter(municipality_id=municipality_id))


def keep_text(*, municipality: Any, kind: str, language: str, subject: str, body: str, enabled: bool) -> None:  # noqa: PLR0913
    """Keep a text of the municipality's own; an empty part stays the built-in one."""
    NoticeTemplate.objects.update_or_create(
        municipality=municipality,
        kind=kind,
        language=language,
        defaults={"subject": subject, "body": body, "enabled": enabled},
    )


def keep_plan(*, municipality: Any, days_before: list[int], days_after: list[int]) -> None:
    """Keep the days on which the municipality's schools are reminded."""
    ReminderPlan.objects.update_or_create(
        municipality=municipality, defaults={"days_before": days_before, "days_after": days_after}
    )
