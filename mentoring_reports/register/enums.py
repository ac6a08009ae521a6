"""The register's lists of words that code relies on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonKind(models.TextChoices):
    """Who a person is at the school."""

    STAFF = "staff", _("staff member")
    PUPIL = "pupil", _("pupil")
    PARTNER = "partner", _("partner's representative")


class RoleKind(models.TextChoices):
    """Which base a person stands in."""

    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


class RoleModel(models.TextChoices):
    """What the two bring to each other; the role models of the national target model."""

    EXPERIENCED_NOVICE = "experienced_novice", _("experienced – novice")
    LEADER_STRUGGLING = "leader_struggling", _("leader – one who struggles")
    INNOVATOR_CONSERVATIVE = "innovator_conservative", _("innovator – conservative")
    SUBJECT_EXPERT_NOVICE = "subject_expert_novice", _("subject expert – new to the subject")
    ACHIEVER_UNDERACHIEVER = "achiever_underachiever", _("achiever – underachiever")
    LEADER_PASSIVE = "leader_passive", _("leader – passive")
    EQUALS = "equals", _("equal – equal")
    PROFESSIONAL_NEWCOMER = "professional_newcomer", _("professional – future professional")
    OTHER = "other", _("another role model")


class MeetingKind(models.TextChoices):
    """What a meeting is for, in the order of a mentorship."""

    ACQUAINTANCE = "acquaintance", _("acquaintance")
    TRIAL = "trial", _("trial meeting")
    PLANNING = "planning", _("planning")
    WORK = "work", _("joint work")
    FINAL = "final", _("final meeting")


class ConsentKind(models.TextChoices):
    """What a person, or a parent, agrees to."""

    DATA = "data", _("processing of personal data")
    MENTOR_DUTIES = "mentor_duties", _("additional duties of a mentor")
    PUBLICATION = "publication", _("publication")
    LEGAL_REPRESENTATIVE = "legal_representative", _("legal representative's consent")
