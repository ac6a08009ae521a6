"""What the municipality may know about a school's mail: how many get letters, in the shared schema, without names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Max

from mentoring_reports import clock
from mentoring_reports.notices.enums import DECISIONS, REMINDERS
from mentoring_reports.notices.models import MailStanding

from .enums import DeliveryState
from .models import Delivery
from .recipients import Recipient, bounces_of, recipients_in

KINDS = REMINDERS | DECISIONS


def write_standing(organisation: Any, recipients: Sequence[Recipient] | None = None) -> None:
    """Write a school's numbers, counted anew; a municipality has none: its users are its own to see."""
    if organisation.kind != "school":
        return
    people = recipients_in(organisation.kind) if recipients is None else recipients
    bounces = bounces_of([recipient.user for recipient in people])
    refusing = {user_id for user_id, number in bounces.items() if number}
    numbers = {
        "recipients": len(people),
        "opted_out": sum(recipient.wants_nothing(KINDS) for recipient in people),
        "failing": len(refusing),
        "reachable": sum(
            recipient.user.pk not in refusing and not recipient.wants_nothing(KINDS) for recipient in people
        ),
        "last_sent_at": _last_sent(),
        "checked_at": clock.now(),
    }
    place = {"municipality_id": organisation.municipality_id}
    MailStanding.objects.update_or_create(school_id=organisation.pk, defaults=numbers | place)


def _last_sent() -> Any:
    return Delivery.objects.filter(state=DeliveryState.SENT).aggregate(last=Max("sent_at"))["last"]
