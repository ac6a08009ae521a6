"""What the wizard refuses, each with a message that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mentoring_reports.roadmaps.errors import RoadmapError


class NotReady(RoadmapError):
    """A plan is to be saved that cannot be a roadmap yet."""

    message = _("The plan cannot be saved yet: correct what is marked as an error, and set the title and the period.")


class AlreadySaved(RoadmapError):
    """A plan is to be saved a second time."""

    message = _("A roadmap was made of this plan already. To bring it up to date, compare the two.")


class DraftChanged(RoadmapError):
    """The draft is not what the page showed."""

    message = _("The plan was changed in another window in the meantime. Look through it and press the button again.")


class RoadmapChanged(RoadmapError):
    """The roadmap is not what the comparison showed."""

    message = _("The roadmap was changed in the meantime. Look through the differences and choose again.")


class NoActivities(RoadmapError):
    """A reading with these columns leaves nothing."""

    message = _("With these columns no activity is found: say which column holds the activities.")
