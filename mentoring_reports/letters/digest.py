"""A letter: all of a day's news for one user, in that user's language, as text and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring_reports.notices.placeholders import fill, one_line, values_of
from mentoring_reports.tenancy import current_organisation

from .items import Item
from .links import address, notice_address, opt_out_address
from .roadmap import roadmap_items

if TYPE_CHECKING:
    from mentoring_reports.notices.due import Notice
    from mentoring_reports.notices.texts import Texts
    from mentoring_reports.roadmaps.year.reminders import Reminder

    from .recipients import Recipient

LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Digest:
    """A finished letter."""

    subject: str
    text: str
    html: str
    opt_out: str


def compose(
    notices: Sequence[Notice], recipient: Recipient, texts: Texts, reminders: Sequence[Reminder] = ()
) -> Digest:
    """Return the letter: what is new about reports, then the roadmap; runs in the recipient's schema."""
    with translation.override(recipient.language):
        items = [_item(notice, texts, recipient.language) for notice in notices] + roadmap_items(reminders)
        organisation = current_organisation()
        context = {
            "items": items,
            "name": one_line(recipient.user.get_full_name()),
            "organisation": organisation,
            "account": address("wagtailadmin_account"),
            "opt_out": opt_out_address(recipient.user),
            "language": recipient.language,
            "subject": _subject(items),
        }
        return Digest(
            subject=_subject(items),
            text=render_to_string("mentoring_letters/digest.txt", context),
            html=render_to_string("mentoring_letters/digest.html", context),
            opt_out=context["opt_out"],
        )


def _item(notice: Notice, texts: Texts, language: str) -> Item:
    text, values = texts.of(notice.kind, language), values_of(notice, current_organisation())
    return Item(one_line(fill(text.subject, values)), fill(text.body, values), notice_address(notice))


def _subject(items: Sequence[Item]) -> str:
    first, more = items[0].heading, len(items) - 1
    if more:
        counted = ngettext("%(first)s, and %(count)d more notice", "%(first)s, and %(count)d more notices", more)
        first = counted % {"first": first, "count": more}
    return one_line(first or _("News of your reports"))[:LONGEST_SUBJECT]
