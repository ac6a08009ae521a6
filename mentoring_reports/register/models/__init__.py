"""The school's register of mentoring. Tenant schema: personal data never leave it."""

from .activities import Meeting, MeetingAttendance, Training, TrainingAttendance
from .mentorships import Mentee, MentoringForm, Mentorship
from .people import Consent, Person, Role
from .plans import IndividualPlan, PlanTask

__all__ = [
    "Consent",
    "IndividualPlan",
    "Meeting",
    "MeetingAttendance",
    "Mentee",
    "MentoringForm",
    "Mentorship",
    "Person",
    "PlanTask",
    "Role",
    "Training",
    "TrainingAttendance",
]
