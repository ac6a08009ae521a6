"""Letters that come back: reading a delivery status notification (RFC 3464), and noting it at the letter it is about.

What arrives is anybody's: whatever cannot be read as a bounce of one of our letters is left alone.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import Message
from typing import Any

from django_tenants.utils import get_public_schema_name, get_tenant_model, schema_context, tenant_context

from .enums import DeliveryState
from .models import Delivery
from .standing import write_standing

SENDER = re.compile(r"\+(\d{1,18})\.([0-9a-f]{8,40})@", re.IGNORECASE)
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter that did not arrive: which one, whether for good, and what the server said."""

    organisation_id: int
    token: str
    is_permanent: bool
    error: str


def read_bounce(content: bytes, recipient: str = "") -> Bounce | None:
    """Return what a message says about one of our letters; None for anything else, delays included.

    `recipient` is the address that it came to, where the mail server passes it on; otherwise its headers say so.
    """
    try:
        message = email.message_from_bytes(content, policy=policy.compat32)
        found = _addressee(message, recipient)
        failed = next(_failures(message), None)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        return None
    if found is None or failed is None:
        return None
    return Bounce(int(found[1]), found[2].lower(), _is_permanent(failed), _said(failed))


def record(bounce: Bounce) -> bool:
    """Note a bounce at its letter, in the organisation's own schema; say whether there is such a letter."""
    with schema_context(get_public_schema_name()):
        organisation = get_tenant_model().objects.active().filter(pk=bounce.organisation_id).first()
    if organisation is None:
        return False
    with tenant_context(organisation):
        if not _note(bounce):
            return False
        write_standing(organisation)
    return True


def _note(bounce: Bounce) -> bool:
    """Write it down. What was told stays told: the server had taken the letter, a second one would come back too."""
    state = DeliveryState.BOUNCED if bounce.is_permanent else DeliveryState.FAILED
    return bool(Delivery.objects.filter(token=bounce.token).update(state=state, error=bounce.error))


def _addressee(message: Message, recipient: str) -> re.Match[str] | None:
    headers = (str(value) for name in RECIPIENT_HEADERS for value in message.get_all(name, []))
    return next(filter(None, map(SENDER.search, (recipient, *headers))), None)


def _failures(message: Message) -> Iterator[dict[str, str]]:
    """Yield the fields about each recipient whom the letter did not reach."""
    if message.get_content_type() != "multipart/report":
        return
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            yield from (fields for fields in _blocks(part) if fields.get("action") == "failed")


def _blocks(part: Message) -> Iterable[dict[str, str]]:
    payload: Any = part.get_payload()
    for block in payload if isinstance(payload, list) else []:
        fields = {name.lower(): " ".join(str(value).split()) for name, value in block.items()}
        yield fields | {"action": fields.get("action", "").lower()}


def _is_permanent(fields: dict[str, str]) -> bool:
    found = STATUS.search(fields.get("status", "")) or STATUS.search(fields.get("diagnostic-code", ""))
    return bool(found and found[1] == "5")


def _said(fields: dict[str, str]) -> str:
    return f"{fields.get('status', '')} {fields.get('diagnostic-code', '')}".strip()[:LONGEST_ERROR]
