"""Placeholders of a text, `{round}` for instance: replaced as plain text, once, never run as a template.

Each has a name in the language of the text, too; both are understood.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from .enums import OVERVIEW, NoticeKind

if TYPE_CHECKING:
    from .due import Notice

PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")
NAMES = {
    "round": pgettext_lazy("placeholder", "round"),
    "school": pgettext_lazy("placeholder", "school"),
    "opens": pgettext_lazy("placeholder", "opens"),
    "due": pgettext_lazy("placeholder", "due"),
    "closes": pgettext_lazy("placeholder", "closes"),
    "days": pgettext_lazy("placeholder", "days"),
    "state": pgettext_lazy("placeholder", "state"),
    "reason": pgettext_lazy("placeholder", "reason"),
    "author": pgettext_lazy("placeholder", "author"),
    "revision": pgettext_lazy("placeholder", "revision"),
    "count": pgettext_lazy("placeholder", "count"),
    "total": pgettext_lazy("placeholder", "total"),
}
MEANINGS = {
    "round": _("the round's title"),
    "school": _("the organisation's name"),
    "opens": _("the day when the round opens"),
    "due": _("the last day to be on time, with the organisation's extension"),
    "closes": _("the last day on which reports are taken"),
    "days": _("days left or passed, with the word “days”"),
    "state": _("where the report stands now"),
    "reason": _("the reason or comment, as the methodist wrote it"),
    "author": _("who decided"),
    "revision": _("the revision's number"),
    "count": _("how many are new, or not handed in"),
    "total": _("how many wait, or are expected"),
}
ROUND = ("round", "school", "opens", "due", "closes")
COUNTED = (*ROUND, "count", "total")
GRANTED = (*ROUND, "reason", "author")
DECIDED = (*GRANTED, "revision", "state")
REMINDED = (*ROUND, "days", "state")


def known_in(kind: NoticeKind) -> tuple[str, ...]:
    """Return the placeholders that a text of this kind may use."""
    if kind in OVERVIEW:
        return COUNTED
    if kind in (NoticeKind.RETURNED, NoticeKind.ACCEPTED, NoticeKind.REOPENED):
        return DECIDED
    if kind in (NoticeKind.EXTENDED, NoticeKind.EXEMPTED):
        return GRANTED
    return ROUND if kind is NoticeKind.EXPECTED_AGAIN else REMINDED


def values_of(notice: Notice, organisation: Any) -> dict[str, str]:
    """Return what the placeholders stand for, in the current language."""
    return {
        "round": one_line(notice.title),
        "school": one_line(str(organisation)),
        "opens": _day(notice.opens),
        "due": _day(notice.due),
        "closes": _day(notice.closes),
        "days": _days(notice.days),
        "state": str(notice.state),
        "reason": notice.reason.strip(),
        "author": one_line(notice.author),
        "revision": _number(notice.revision),
        "count": _number(notice.count),
        "total": _number(notice.total),
    }


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders replaced; a line that names only empty ones is left out."""
    names = _canonical()

    def value(found: re.Match[str]) -> str:
        return values.get(names.get(found[1], ""), found[0])

    lines = text.replace("\r\n", "\n").split("\n")
    kept = [line for line in lines if not _says_nothing(line, names, values)]
    return re.sub(r"\n{3,}", "\n\n", PLACEHOLDER.sub(value, "\n".join(kept))).strip()


def one_line(text: str) -> str:
    """Return the text without line breaks: a title with one must not become a header of a letter."""
    return " ".join(text.split())


def unknown(text: str, kind: NoticeKind) -> list[str]:
    """Return the placeholders that a text of this kind cannot fill, as they are written."""
    names = _canonical()
    return sorted({found[0] for found in PLACEHOLDER.finditer(text) if names.get(found[1]) not in known_in(kind)})


def _canonical() -> dict[str, str]:
    return {name: name for name in NAMES} | {str(local): name for name, local in NAMES.items()}


def _says_nothing(line: str, names: Mapping[str, str], values: Mapping[str, str]) -> bool:
    named = [names.get(found, found) for found in PLACEHOLDER.findall(line)]
    return bool(named) and not any(values.get(name, name) for name in named)


def _day(day: dt.date | None) -> str:
    return date_format(day, "j E Y") if day else ""  # a full stop may follow


def _days(days: int | None) -> str:
    return "" if days is None else ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
