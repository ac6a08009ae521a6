"""The register's dated questions: each has one definition, used by screens, counting and reports alike."""

from .activities import MeetingQuerySet, TrainingQuerySet
from .mentorships import MenteeQuerySet, MentorshipQuerySet
from .people import ConsentQuerySet, PersonQuerySet, RoleQuerySet
from .plans import IndividualPlanQuerySet, PlanTaskQuerySet

__all__ = [
    "ConsentQuerySet",
    "IndividualPlanQuerySet",
    "MeetingQuerySet",
    "MenteeQuerySet",
    "MentorshipQuerySet",
    "PersonQuerySet",
    "PlanTaskQuerySet",
    "RoleQuerySet",
    "TrainingQuerySet",
]
