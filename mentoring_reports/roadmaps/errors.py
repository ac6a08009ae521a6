"""What a curator may do wrong with a roadmap, each with a message that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class RoadmapError(Exception):
    """A change that is refused."""

    message = _("The change is refused.")

    def __str__(self) -> str:
        """Return the message in the reader's language."""
        return str(self.message)


class DoneInFuture(RoadmapError):
    """An activity is said to be done on a day that has not come."""

    message = _("An activity cannot be done in the future: choose today or an earlier day.")


class ActivityCancelled(RoadmapError):
    """A cancelled activity is said to be done."""

    message = _("The activity is cancelled: reopen it first.")


class TimeNotBegun(RoadmapError):
    """A whole activity is said to be done while each open time of it lies in the future."""

    message = _("No open time of this activity has begun by that day: mark the time in question by itself.")


class TimesDone(RoadmapError):
    """An activity that is done time by time is to be reopened as a whole."""

    message = _("The activity is done time by time: take back the mark of the time in question.")


class ActivityDone(RoadmapError):
    """An activity that is done is to be cancelled: what was done would be lost."""

    message = _("The activity is done: take the mark back before you cancel it.")
