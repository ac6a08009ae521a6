"""An invented notice of each kind, to show what a text becomes."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from mentoring_reports.clock import today

from .due import Notice
from .enums import NoticeKind


def example(kind: NoticeKind) -> Notice:
    """Return a notice with everything that a text may name."""
    day = today()
    return Notice(
        kind=kind,
        key="example",
        on=day,
        round_id=0,
        title=_("Mentoring, first half-year"),
        opens=day - dt.timedelta(days=7),
        due=day + dt.timedelta(days=7),
        closes=day + dt.timedelta(days=14),
        days=7,
        state=_("not handed in"),
        reason=_("Compare the number of pairs with the order."),
        author=_("A. Methodist"),
        revision=2,
        count=3,
        total=12,
    )
