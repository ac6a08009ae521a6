"""Rounds, what schools handed over, and what was decided about it. Schema `public`, under row-level security.

Shared rows never point at a user: they keep the author's name, id and schema as plain fields.
"""

from .revisions import Decision, Remark, Submission, SubmittedEvidence, SubmittedValue
from .rounds import Exemption, ExpectedSchool, Extension, Round
from .standing import AcceptedFigure, Participation, PeerFigure

__all__ = (
    "AcceptedFigure",
    "Decision",
    "Exemption",
    "ExpectedSchool",
    "Extension",
    "Participation",
    "PeerFigure",
    "Remark",
    "Round",
    "Submission",
    "SubmittedEvidence",
    "SubmittedValue",
)
