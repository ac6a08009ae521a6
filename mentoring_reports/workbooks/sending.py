"""Workbooks sent by mail some days after a round's due date, to the addresses of a saved choice: once each.

The letter leads to the file at the municipality's own host, behind login and right; the file itself goes along only
where the saved choice says so and it is small enough.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url

from mentoring_reports.clock import now, today
from mentoring_reports.submissions.handover import Author
from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation

from .enums import LetterState
from .errors import MadeElsewhere
from .kept import content
from .making import make_now
from .models import MadeWorkbook, WorkbookLetter, WorkbookTemplate
from .saved_choices import choices_for

LOOKS_BACK = dt.timedelta(days=30)  # a round whose day is longer past is not sent any more
MOST_ATTEMPTS = 3
USUAL_LIMIT = 5 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
logger = logging.getLogger(__name__)


def send_due() -> list[str]:
    """Send what is due in the current municipality; return what went wrong. Safe to run twice, and at once."""
    wrong = []
    for template in WorkbookTemplate.objects.exclude(days_after_due=None):
        for round_ in due_rounds(template, today()):
            try:
                wrong += _send(template, round_)
            except MadeElsewhere:
                continue  # the next run finds it done
            except Exception as error:
                logger.exception("The saved choice %s could not be sent.", template.pk)
                wrong.append(f"{template.name}: {error}")
    return wrong


def due_rounds(template: WorkbookTemplate, day: dt.date) -> list[Round]:
    """Return the rounds whose workbook goes out by this day: not those from before the schedule, nor long past."""
    after = dt.timedelta(days=template.days_after_due or 0)
    since = max(template.scheduled_from or day, day - LOOKS_BACK)
    rounds = Round.objects.filter(due__gte=since - after, due__lte=day - after)
    return list(rounds.order_by("due", "pk"))


def _send(template: WorkbookTemplate, round_: Round) -> list[str]:
    untold = _untold(template, round_)
    if not untold:
        return []
    post = get_connection()
    post.open()  # a server that does not answer is told before anything is claimed
    try:
        by = Author(_("Schedule: %(name)s") % {"name": template.name})
        workbook = make_now(choices=choices_for(template, round_), by=by)
        return [error for address in untold if (error := _send_one(template, round_, address, workbook, post))]
    finally:
        post.close()


def _untold(template: WorkbookTemplate, round_: Round) -> list[str]:
    """Return the addresses that still are to be written to; a letter whose fate nobody knows is not sent again."""
    letters = WorkbookLetter.objects.filter(template=template, round_id=round_.pk)
    told = {
        letter.address for letter in letters if letter.state != LetterState.FAILED or letter.attempts >= MOST_ATTEMPTS
    }
    return [address for address in template.address_list if address not in told]


def _send_one(template: WorkbookTemplate, round_: Round, address: str, workbook: MadeWorkbook, post: Any) -> str:
    """Claim, send, mark; return what went wrong."""
    letter = _claim(template, round_, address, workbook)
    if letter is None:
        return ""
    try:
        message(template, round_, address, workbook, post).send()
    except Exception as error:  # noqa: BLE001  (written down, and tried again by the next run)
        letter.state, letter.error = LetterState.FAILED, str(error) or type(error).__name__
        letter.save(update_fields=["state", "error"])
        return f"{address}: {letter.error}"
    letter.state, letter.error, letter.sent_at = LetterState.SENT, "", now()
    letter.save(update_fields=["state", "error", "sent_at"])
    return ""


@transaction.atomic
def _claim(template: WorkbookTemplate, round_: Round, address: str, workbook: MadeWorkbook) -> WorkbookLetter | None:
    """Return the letter to send; None where another run has it."""
    place = {"template": template, "round_id": round_.pk, "address": address}
    letter, is_new = WorkbookLetter.objects.select_for_update().get_or_create(**place, defaults={"workbook": workbook})
    if is_new:
        return letter
    if letter.state != LetterState.FAILED:
        return None
    letter.state, letter.workbook, letter.claimed_at = LetterState.SENDING, workbook, now()
    letter.attempts += 1
    letter.save()
    return letter


def message(template: WorkbookTemplate, round_: Round, address: str, workbook: MadeWorkbook, post: Any) -> EmailMessage:
    """Return the letter."""
    place = {"round": round_.title, "municipality": current_organisation().name}
    attached = template.attaches and workbook.size <= limit()
    lines = [
        _("The consolidated workbook is ready: %(round)s, %(municipality)s.") % place,
        _("Reports in it: %(count)d.") % {"count": workbook.revisions},
        _("Organisations that could not be read: %(count)d.") % {"count": workbook.unreadable}
        if workbook.unreadable
        else "",
        _("Download (log in first): %(address)s") % {"address": address_of(workbook)},
        "" if attached or not template.attaches else _("The file is too large for a letter."),
        _("SHA-256 of the file: %(sum)s") % {"sum": workbook.sha256},
    ]
    letter = EmailMessage(
        subject=_("Consolidated workbook: %(round)s") % place,
        body="\n\n".join(line for line in lines if line),
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
        connection=post,
    )
    if attached:
        letter.attach(workbook.name, content(workbook), XLSX)
    return letter


def address_of(workbook: MadeWorkbook) -> str:
    """Return the address of a workbook's screen at the municipality's own host."""
    urlconf = settings.TENANT_TYPES[current_organisation().kind]["URLCONF"]
    return f"{get_admin_base_url()}{reverse('mentoring_workbooks:workbook', urlconf=urlconf, args=[workbook.pk])}"


def limit() -> int:
    """Return how large a file may be to go along with a letter, in bytes."""
    return int(getattr(settings, "MENTORING_WORKBOOK_ATTACHMENT_LIMIT", USUAL_LIMIT))
