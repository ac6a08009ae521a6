"""What a letter may be about, who it is for, and which group of letters a person can do without."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """One kind of news in a digest; each has a text of its own that the municipality may edit."""

    OPENS = "opens", _("a round opens")
    BEFORE = "before", _("reminder: days before the due date")
    ON_DAY = "on_day", _("reminder: on the due date")
    AFTER = "after", _("reminder: the due date has passed")
    CORRECT = "correct", _("reminder: a report sent back waits")
    RETURNED = "returned", _("a report is returned for revision")
    ACCEPTED = "accepted", _("a report is accepted")
    REOPENED = "reopened", _("an accepted report is reopened")
    EXTENDED = "extended", _("an extension is granted")
    EXEMPTED = "exempted", _("a school is exempt")
    EXPECTED_AGAIN = "expected_again", _("an exemption is withdrawn")
    WAITING = "waiting", _("for methodists: reports wait for review")
    ROUND_OPENS = "round_opens", _("for methodists: a round opens")
    ROUND_DUE = "round_due", _("for methodists: the due date has passed")
    ROUND_CLOSED = "round_closed", _("for methodists: a round has closed")


REMINDERS = frozenset({NoticeKind.OPENS, NoticeKind.BEFORE, NoticeKind.ON_DAY, NoticeKind.AFTER, NoticeKind.CORRECT})
DECISIONS = frozenset(
    {
        NoticeKind.RETURNED,
        NoticeKind.ACCEPTED,
        NoticeKind.REOPENED,
        NoticeKind.EXTENDED,
        NoticeKind.EXEMPTED,
        NoticeKind.EXPECTED_AGAIN,
    }
)
OVERVIEW = frozenset({NoticeKind.WAITING, NoticeKind.ROUND_OPENS, NoticeKind.ROUND_DUE, NoticeKind.ROUND_CLOSED})
