"""Reports on their way to a methodist, for the tests of the review."""

from __future__ import annotations

from typing import Any

from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Author, Evidence
from mentoring_reports.submissions.models import Round, Submission
from tests.factories import make_round
from tests.submissions.acting import CURATOR, DAY, hand_over, handed, return_
from tests.workbooks.reporting import USUAL

YEAR = 365 * DAY

# Every element filled with numbers that neither the checks nor plausibility have anything against.
PLAIN = {
    "teaching_staff": 40, "mentors": 6, "mentors_trained": 6, "mentees": 10, "mentees_teachers": 8,
    "mentees_in_pairs": 10, "young_teachers": 4, "young_teachers_with_mentor": 4, "plans": 10, "plans_approved": 10,
    "plans_due": 8, "plans_completed": 8, "roadmap_due": 20, "roadmap_done": 20, "roadmap_done_on_time": 20,
    "participants": 16, "participants_diagnosed": 16, "experts": 5, "sessions_per_group": 3, "publications": 2,
    "rubrics": 2, "external_events": 1, "practices_shared": 1, "mentees_answered": 10, "mentees_satisfied": 10,
    "mentors_answered": 6, "mentors_satisfied": 6, "mentees_measured": 10, "mentees_improved": 10,
    "closing_event_participants": 16, "closing_event_present": 16, "council_present": 40,
}  # fmt: skip


def address(submission: Submission) -> str:
    """Return the screen of a revision."""
    return f"/admin/review/{submission.pk}/"


def submit(round_: Round, school: Any, values: Any = None, **more: Any) -> Submission:
    """Hand a report in on the round's first day, or `on` another one."""
    return hand_over(round_, school, USUAL if values is None else values, on=more.pop("on", round_.opens), **more)


def submit_with_evidence(round_: Round, school: Any, *links: Evidence, note: str = "") -> Submission:
    """Hand a usual report in with links."""
    with tenant_context(school), pretend(round_.opens):
        return actions.hand_over(
            round_=round_, school=school, values=handed(USUAL), explanations={}, note=note, by=CURATOR, evidence=links
        )  # fmt: skip


def file_for(round_: Round, school: Any, by: Author) -> Submission:
    """File a report for a school, as the municipality."""
    with tenant_context(round_.municipality), pretend(round_.opens):
        return actions.hand_over(
            round_=round_, school=school, values=handed(plain_values(round_)), explanations={}, note="",
            by=by, behalf_reason="В школе нет связи, сведения с бумажного отчёта.",
        )  # fmt: skip


def plain_values(round_: Round) -> dict[str, int]:
    """Return `PLAIN` for every element of the round's form, 0 for what it does not name."""
    with tenant_context(round_.municipality):
        return {code: PLAIN.get(code, 0) for code in round_.form.elements.values_list("code", flat=True)}


def returned(round_: Round, school: Any, values: Any = None, **more: Any) -> Submission:
    """Return a revision that was sent back."""
    submission = submit(round_, school, values, **more)
    return_(submission, on=round_.opens)
    return submission


def make_earlier_round(round_: Round) -> Round:
    """Return a round a year before."""
    return make_round(
        round_.municipality, "earlier", period_start=round_.period_start - YEAR, period_end=round_.period_end - YEAR,
        opens=round_.opens - YEAR, due=round_.due - YEAR, closes=round_.closes - YEAR,
    )  # fmt: skip
