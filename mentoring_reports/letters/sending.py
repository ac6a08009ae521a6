"""A day's letters of the current school or municipality: derive, claim, send, mark. Safe to run twice and at once."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mentoring_reports import clock
from mentoring_reports.notices.choices import plan_of, texts_of
from mentoring_reports.notices.due import Notice, expected_again, school_notices
from mentoring_reports.notices.facts import municipal_facts, school_facts
from mentoring_reports.notices.overview import municipal_notices
from mentoring_reports.tenancy import current_organisation

from . import deliveries
from .digest import compose
from .enums import DeliveryState
from .post import NotDelivered, Post
from .recipients import Recipient, recipients_in
from .roadmap import roadmap_reminders
from .standing import write_standing

if TYPE_CHECKING:
    from mentoring_reports.notices.texts import Texts
    from mentoring_reports.roadmaps.year.reminders import Reminder

    from .models import Delivery

logger = logging.getLogger(__name__)
DueFor = Callable[[Recipient], list[Notice]]


@dataclass
class Outcome:
    """What became of the letters, by state; `errors` are those that need somebody's attention."""

    states: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """Return how many letters the mail server took."""
        return self.states[DeliveryState.SENT]


@dataclass(frozen=True)
class News:
    """What one recipient is told today."""

    notices: list[Notice]
    reminders: list[Reminder]

    @property
    def keys(self) -> list[str]:
        """Return the keys by which each is told once."""
        return [*(notice.key for notice in self.notices), *(reminder.key for reminder in self.reminders)]


def send_letters(post: Post) -> Outcome:
    """Send what is due today in the current organisation. Raises `MailServerDown` before anything is claimed."""
    organisation, day = current_organisation(), clock.today()
    deliveries.recover(day)
    recipients = recipients_in(organisation.kind)
    outcome = Outcome()
    if recipients:
        texts = texts_of(organisation.municipality_id or organisation.pk)
        due_for = _due_for(organisation, recipients, day)
        roadmap = roadmap_reminders(organisation, day)
        for recipient in recipients:
            news = News(_untold(recipient, due_for(recipient), texts), roadmap.for_recipient(recipient))
            _tell(recipient, news, texts, post, outcome)
    write_standing(organisation, recipients)
    return outcome


def _due_for(organisation: Any, recipients: list[Recipient], day: dt.date) -> DueFor:
    """Return the function that says what is due for a recipient; the facts are read once for all."""
    if organisation.kind == "municipality":
        numbers = municipal_facts(organisation, day)
        return lambda recipient: municipal_notices(numbers, recipient.told, day)
    told = {key for recipient in recipients for key in recipient.told}
    facts = school_facts(organisation, day, told)
    due = school_notices(facts, plan_of(organisation.municipality_id), day)
    return lambda recipient: [*expected_again(facts, recipient.told, day), *due]


def _untold(recipient: Recipient, notices: list[Notice], texts: Texts) -> list[Notice]:
    """Return what the recipient has not been told, wants to be told, and the municipality sends."""
    return [
        notice
        for notice in notices
        if notice.key not in recipient.told
        and recipient.wants(notice.kind)
        and texts.of(notice.kind, recipient.language).enabled
    ]


def _tell(recipient: Recipient, news: News, texts: Texts, post: Post, outcome: Outcome) -> None:
    """Send one letter, unless there is nothing to say or nobody to read it."""
    if not news.keys or recipient.is_stopped:
        return
    post.open()
    delivery = deliveries.claim(recipient.user, news.keys, clock.today())
    if delivery is None:
        return
    try:
        digest = compose(news.notices, recipient, texts, news.reminders)
        post.send(delivery, digest)
    except NotDelivered as error:
        deliveries.release(delivery, error.state, str(error))
        _note(outcome, error.state, delivery, error, is_ours=error.state != DeliveryState.BOUNCED)
    except Exception as error:
        logger.exception("A letter of %s could not be sent.", current_organisation().schema_name)
        _note(outcome, DeliveryState.SENDING, delivery, error, is_ours=True)
    else:
        deliveries.mark_sent(delivery, digest.subject)
        outcome.states[DeliveryState.SENT] += 1


def _note(outcome: Outcome, state: str, delivery: Delivery, error: Exception, *, is_ours: bool) -> None:
    """Count the letter; a recipient's own wrong address is no failure of the run."""
    outcome.states[state] += 1
    if is_ours:
        outcome.errors.append(f"{delivery.pk}: {type(error).__name__}: {error}")
