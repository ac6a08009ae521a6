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
