"""Claiming a letter before it is sent, and saying afterwards what became of it. Each is a transaction of its own.

The row (user, day) is the claim: only who wrote or locked it sends. A process that dies between claiming and marking
leaves `sending`; after a quarter of an hour such a letter is sent once more under the same Message-ID, never a third
time. So a letter is lost only if the process dies twice over it, and comes twice only if it died after the mail server
had taken the letter; most mailboxes show the second one, with the same Message-ID, as the same letter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from mentoring_reports import clock

from .enums import DeliveryState
from .models import Delivered, Delivery

FORGOTTEN_AFTER = dt.timedelta(minutes=15)
KEPT_FOR = dt.timedelta(days=400)
MOST_INTERRUPTIONS = 2


def claim(user: Any, keys: Iterable[str], day: dt.date) -> Delivery | None:
    """Return the user's letter of the day, to be sent now by nobody else; None when that is not ours to do.

    All keys are claimed with it: a notice that another process told meanwhile leaves the whole letter to the next run.
    """
    try:
        with transaction.atomic():
            delivery = _waiting(user, day) or _new(user, day)
            Delivered.objects.bulk_create(Delivered(delivery=delivery, user=user, key=key) for key in keys)
            return delivery
    except (IntegrityError, Delivery.DoesNotExist):
        return None


def recover(day: dt.date) -> None:
    """Let letters wait again whose process died, once; put away those that died twice, and very old ones."""
    forgotten = Delivery.objects.filter(
        state=DeliveryState.SENDING, claimed_at__lt=clock.now() - FORGOTTEN_AFTER
    ).values_list("pk", flat=True)
    for pk in forgotten:
        _recover(pk, day)
    Delivery.objects.filter(day__lt=day - KEPT_FOR).delete()


def mark_sent(delivery: Delivery, subject: str) -> None:
    """Say that the mail server has taken the letter; a bounce that was faster stays."""
    written = {"state": DeliveryState.SENT, "subject": subject, "error": "", "sent_at": clock.now()}
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING).update(**written)


@transaction.atomic
def release(delivery: Delivery, state: DeliveryState, error: str) -> None:
    """Say why the letter was certainly not delivered; its notices are told again, today if it is queued."""
    Delivered.objects.filter(delivery=delivery).delete()
    Delivery.objects.filter(pk=delivery.pk).update(state=state, error=error)


def _waiting(user: Any, day: dt.date) -> Delivery | None:
    """Return today's letter if it waits for this run, now ours; raise `DoesNotExist` when it is another's or done."""
    rows = Delivery.objects.filter(user=user, day=day)
    if not rows.exists():
        return None
    delivery = rows.select_for_update(skip_locked=True).get(state=DeliveryState.QUEUED)
    delivery.state, delivery.claimed_at = DeliveryState.SENDING, clock.now()
    delivery.address, delivery.error = user.email, ""
    delivery.save(update_fields=["state", "claimed_at", "address", "error"])
    return delivery


def _new(user: Any, day: dt.date) -> Delivery:
    return Delivery.objects.create(
        user=user, day=day, address=user.email, state=DeliveryState.SENDING, claimed_at=clock.now()
    )


def _recover(pk: int, day: dt.date) -> None:
    """Queue one forgotten letter for today, or put it away; one that another process holds is left to it."""
    try:
        with transaction.atomic():
            rows = Delivery.objects.select_for_update(skip_locked=True).filter(pk=pk, state=DeliveryState.SENDING)
            delivery = rows.first()
            if delivery is None:
                return
            delivery.interrupted += 1
            delivery.error = "interrupted"
            if delivery.interrupted < MOST_INTERRUPTIONS:
                delivery.told.all().delete()
                delivery.state, delivery.day = DeliveryState.QUEUED, day
            else:
                delivery.state = DeliveryState.FAILED
            delivery.save(update_fields=["interrupted", "error", "state", "day"])
    except IntegrityError:  # today's letter to this user exists already: its notices wait for tomorrow
        Delivery.objects.filter(pk=pk).update(state=DeliveryState.FAILED, error="interrupted")
        Delivered.objects.filter(delivery_id=pk).delete()
