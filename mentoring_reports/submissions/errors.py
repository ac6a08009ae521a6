"""Why an action on a submission was refused; each message tells a curator or a methodist what to do next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from .models import Decision, Round, Submission

LONGEST_REASON = 4000  # characters


class SubmissionError(Exception):
    """An action was refused and nothing was changed. Its text is meant for the person who acted."""


class RoundNotOpen(SubmissionError):
    """The round takes nothing yet."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        super().__init__(
            _("The round opens on %(day)s. Keep the draft and submit it then.") % {"day": date_format(round_.opens)}
        )


class RoundClosed(SubmissionError):
    """The round takes nothing any more."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        super().__init__(
            _("The round closed on %(day)s and takes nothing any more. The draft is kept; write to the methodist.")
            % {"day": date_format(round_.closes)}
        )


class NotExpected(SubmissionError):
    """The school does not take part in the round."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        super().__init__(
            _(
                "The school is not expected in the round “%(round)s”: it is exempt or was not at work during the "
                "whole period. If this is wrong, write to the methodist."
            )
            % {"round": round_}
        )


class AwaitingReview(SubmissionError):
    """The school's latest revision has not been decided yet."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        super().__init__(
            _(
                "Revision %(revision)s is already handed in and waits for the methodist. "
                "Another one can be sent once it is returned."
            )
            % {"revision": submission.revision}
        )


class AlreadyAccepted(SubmissionError):
    """The report is accepted and locked."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        super().__init__(
            _(
                "Revision %(revision)s is accepted and locked. To correct it, ask the education department "
                "to reopen the report."
            )
            % {"revision": submission.revision}
        )


class UnknownElements(SubmissionError):
    """Values were handed in that the round's form does not ask for."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        super().__init__(
            _("The form of the round has no data elements %(codes)s. Open the report again and check the numbers.")
            % {"codes": ", ".join(codes)}
        )


class WrongNumber(SubmissionError):
    """A number that the database would not keep unchanged."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            _("“%(code)s”: enter a number of at most 14 digits before and 4 after the point.") % {"code": code}
        )


class ReasonMissing(SubmissionError):
    """A decision that needs a reason came without one."""

    def __init__(self) -> None:
        super().__init__(_("Write the reason: the school will read it and act on it."))


class ReasonTooLong(SubmissionError):
    """A reason is a few sentences that somebody acts on; it goes into letters and histories whole."""

    def __init__(self, length: int) -> None:
        super().__init__(
            _("The reason has %(length)d characters, at most %(most)d are kept. Shorten it.")
            % {"length": length, "most": LONGEST_REASON}
        )


class StaleRevision(SubmissionError):
    """The decision was about a revision that is not the one to decide any more. `latest` is the newest one."""

    def __init__(self, latest: Submission, message: str = "") -> None:
        self.latest = latest
        super().__init__(
            message
            or _("The school has already sent revision %(revision)s. Nothing was changed: look at that one and decide.")
            % {"revision": latest.revision}
        )


class AlreadyDecided(StaleRevision):
    """Somebody decided about this very revision before: another methodist, or the same one by a double click."""

    def __init__(self, latest: Submission, decision: Decision) -> None:
        self.decision = decision
        text = _("Revision %(revision)s was decided already: %(decision)s, %(author)s, %(when)s. Nothing was changed.")
        when = date_format(timezone.localtime(decision.created_at), "SHORT_DATETIME_FORMAT")
        super().__init__(
            latest,
            text
            % {
                "revision": latest.revision,
                "decision": decision.get_kind_display(),
                "author": decision.author_name,
                "when": when,
            },
        )


class NotAccepted(SubmissionError):
    """Only an accepted report can be reopened."""

    def __init__(self) -> None:
        super().__init__(_("Only an accepted report can be reopened. This one still waits: return it instead."))


class ExtensionOutOfRange(SubmissionError):
    """The extended date is not between what holds anyway and the round's end."""

    def __init__(self, round_: Round, earliest: dt.date, asked: dt.date) -> None:
        self.round = round_
        if earliest > round_.closes or asked > round_.closes:
            text = _(
                "An extension moves the school's deadline, not the lock: after %(closes)s the round takes nothing "
                "from anybody. For a later date move the closing date of the round first."
            )
        else:
            text = _("Choose a date from %(earliest)s to %(closes)s: an earlier one would change nothing.")
        super().__init__(text % {"earliest": date_format(earliest), "closes": date_format(round_.closes)})


class ExtensionShortened(SubmissionError):
    """The school was promised a later date already."""

    def __init__(self, granted: dt.date) -> None:
        self.granted = granted
        text = _("The school has an extension to %(day)s already, which is not taken back: choose a day not before it.")
        super().__init__(text % {"day": date_format(granted)})


class NothingChosen(SubmissionError):
    """Several schools were to be changed, and none was chosen."""

    def __init__(self) -> None:
        super().__init__(_("No school is chosen. Tick at least one in the list of the round's schools."))


class RefusedForSome(SubmissionError):
    """What was asked for several schools at once was refused for some of them, so nothing was changed for any."""

    def __init__(self, refused: list[tuple[Any, SubmissionError]]) -> None:
        self.refused = refused
        super().__init__(
            ngettext(
                "Nothing was changed: it cannot be done for %(count)d school. Take it out of the choice or correct it.",
                "Nothing was changed: it cannot be done for %(count)d schools. Take them out of the choice or correct "
                "them.",
                len(refused),
            )
            % {"count": len(refused)}
        )


class AlreadyHandedOver(SubmissionError):
    """The school has handed its report in, so it cannot be exempt."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        super().__init__(
            _("The school has already handed in revision %(revision)s, so it cannot be exempt from this round.")
            % {"revision": submission.revision}
        )


class AlreadyExempt(SubmissionError):
    """The school is exempt from the round."""

    def __init__(self) -> None:
        super().__init__(_("The school is already exempt from this round. Withdraw the exemption first."))


class NotExempt(SubmissionError):
    """There is no exemption to withdraw."""

    def __init__(self) -> None:
        super().__init__(_("The school is not exempt from this round: there is nothing to withdraw."))
