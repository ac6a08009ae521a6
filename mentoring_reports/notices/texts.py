"""What each notice says: the built-in text in the recipient's language, or the municipality's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .enums import NoticeKind

if TYPE_CHECKING:
    from .models import NoticeTemplate

BUILT_IN: dict[NoticeKind, tuple[Any, Any]] = {
    NoticeKind.OPENS: (
        _("The round “{round}” has opened"),
        _("Reports for the round “{round}” are taken since {opens}. Due: {due} inclusive.\nTaken until {closes}."),
    ),
    NoticeKind.BEFORE: (
        _("“{round}”: {days} left until the due date"),
        _("The report for the round “{round}” is due on {due}, that day included.\nThe report now: {state}."),
    ),
    NoticeKind.ON_DAY: (
        _("“{round}”: the report is due today"),
        _("Today the report for the round “{round}” is still on time.\nThe report now: {state}."),
    ),
    NoticeKind.AFTER: (
        _("“{round}”: the due date has passed"),
        _(
            "The report for the round “{round}” was due on {due}. Days passed: {days}.\n"
            "It is still taken until {closes}, marked as late."
        ),
    ),
    NoticeKind.CORRECT: (
        _("“{round}”: the report waits for your correction"),
        _(
            "The report for the round “{round}” was sent back and has not come again yet.\n"
            "It is taken until {closes}. That it was sent back does not make it late."
        ),
    ),
    NoticeKind.RETURNED: (
        _("“{round}”: the report is returned for revision"),
        _(
            "Revision {revision} of the report is returned by {author}.\nReason: {reason}\n\n"
            "Correct the report and send it again, by {closes} at the latest. "
            "That it was returned does not make it late."
        ),
    ),
    NoticeKind.ACCEPTED: (
        _("“{round}”: the report is accepted"),
        _("Revision {revision} of the report is accepted by {author}.\nComment: {reason}"),
    ),
    NoticeKind.REOPENED: (
        _("“{round}”: the report is reopened for correction"),
        _(
            "The accepted report is reopened by {author}.\nReason: {reason}\n\n"
            "The accepted revision counts until the corrected one is accepted."
        ),
    ),
    NoticeKind.EXTENDED: (
        _("“{round}”: the due date is extended to {due}"),
        _("For {school} the report is due on {due}, that day included.\nReason: {reason}"),
    ),
    NoticeKind.EXEMPTED: (
        _("“{round}”: no report is expected"),
        _("{school} is exempt from the round “{round}”: there is nothing to hand in.\nReason: {reason}"),
    ),
    NoticeKind.EXPECTED_AGAIN: (
        _("“{round}”: a report is expected again"),
        _("The exemption of {school} is withdrawn. The report is due on {due}; taken until {closes}."),
    ),
    NoticeKind.WAITING: (
        _("“{round}”: reports wait for review"),
        _("Waiting for review: {total}, of these new: {count}."),
    ),
    NoticeKind.ROUND_OPENS: (
        _("The round “{round}” has opened for schools"),
        _("Organisations expected: {total}. Due: {due}. Taken until {closes}."),
    ),
    NoticeKind.ROUND_DUE: (
        _("“{round}”: the due date for schools has passed"),
        _("Not handed in: {count} of {total}. Reports are taken until {closes}."),
    ),
    NoticeKind.ROUND_CLOSED: (
        _("The round “{round}” is closed"),
        _("Not handed in: {count} of {total}. Nothing is taken any more."),
    ),
}


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body of a notice, with placeholders; a kind that is switched off is not sent."""

    subject: str
    body: str
    enabled: bool = True


def built_in(kind: NoticeKind, language: str) -> Text:
    """Return the text that comes with the programme."""
    with translation.override(language):
        subject, body = BUILT_IN[kind]
        return Text(str(subject), str(body))


class Texts:
    """The texts of one municipality, in every language."""

    def __init__(self, templates: Iterable[NoticeTemplate]) -> None:
        """Keep the municipality's own by kind and language."""
        self._own: Mapping[tuple[str, str], NoticeTemplate] = {
            (template.kind, template.language): template for template in templates
        }

    def of(self, kind: NoticeKind, language: str) -> Text:
        """Return the municipality's text; what it left as it came stays the built-in one."""
        ours, own = built_in(kind, language), self._own.get((kind, language))
        if own is None:
            return ours
        return Text(own.subject or ours.subject, own.body or ours.body, own.enabled)
