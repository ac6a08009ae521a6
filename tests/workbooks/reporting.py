"""Reports as rows: what a municipality has accepted, without walking every school through its own schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from mentoring_reports.row_security import every_school
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.handover import checksum
from mentoring_reports.submissions.models import AcceptedFigure, Participation, Round, Submission, SubmittedValue
from portal.tenants.models import Organisation
from tests.factories import make_school_row

Values = Mapping[str, Decimal | int | None]

USUAL: dict[str, int | None] = {
    "teaching_staff": 40,
    "mentors": 6,
    "mentors_trained": 3,
    "mentees": 10,
    "mentees_teachers": 8,
    "mentees_in_pairs": 9,
    "young_teachers": 4,
    "young_teachers_with_mentor": 3,
    "plans": 10,
    "plans_approved": 10,
    "plans_due": 8,
    "plans_completed": 7,
    "roadmap_due": 20,
    "roadmap_done": 18,
    "roadmap_done_on_time": 15,
    "participants": 16,
    "experts": 5,
    "sessions_per_group": 3,
}


def make_schools(municipality: Organisation, count: int, *, first: int = 1) -> list[Organisation]:
    """Return schools that are only rows, spread over types and territories; `first` is the number to start with."""
    from portal.tenants.models import OrganisationType, Territory

    types = list(OrganisationType.objects.order_by("order"))
    territories = list(Territory.objects.filter(municipality=municipality).order_by("order"))
    return [
        make_school_row(
            municipality,
            number,
            organisation_type=types[number % len(types)],
            territory=territories[number // 2 % len(territories)],
        )
        for number in range(first, first + count)
    ]


@transaction.atomic  # nothing is added to a revision by a later transaction
def hand_in(
    round_: Round, school: Organisation, values: Values, *, name: str = "", on: dt.date | None = None
) -> Submission:
    """Write one submitted revision of a school, waiting for review."""
    submission = _submission(round_, school, name or school.name, on or round_.opens, values)
    _participation(submission, State.SUBMITTED)
    _write(submission, SubmittedValue, values)
    return submission


@transaction.atomic
def hand_in_accepted(  # noqa: PLR0913
    round_: Round, school: Organisation, values: Values, *, name: str = "", on: dt.date | None = None, seal: str = ""
) -> Submission:
    """Write one accepted revision of a school, with its current figures; `seal` is another checksum than its own."""
    submission = _submission(round_, school, name or school.name, on or round_.opens, values, seal)
    _participation(submission, State.ACCEPTED)
    _write(submission, SubmittedValue, values)
    _write(submission, AcceptedFigure, values)
    return submission


def accept_usual(round_: Round, schools: Sequence[Organisation]) -> None:
    """Accept a slightly different report of every school."""
    for number, school in enumerate(schools):
        hand_in_accepted(round_, school, USUAL | {"mentors": 1 + number % 9, "young_teachers": number % 3 and 4})


def _submission(  # noqa: PLR0913, PLR0917
    round_: Round, school: Organisation, name: str, on: dt.date, values: Values, seal: str = ""
) -> Submission:
    """Return revision 1, or the next one where there is one, sealed as handing over seals it."""
    with every_school():  # these schools are rows without a schema to submit from
        submission = Submission(
            round=round_,
            school=school,
            municipality=round_.municipality,
            author_name="Автор отчёта",
            revision=Submission.objects.filter(round=round_, school=school).count() + 1,
            school_name=name,
            school_type=school.organisation_type.name,
            territory=school.territory.name,
            form=round_.form,
            submitted_on=on,
            due_then=round_.due,
        )
        submission.checksum = seal or checksum(submission, {code: exact(value) for code, value in values.items()})
        submission.save(force_insert=True)
        return submission


def exact(value: Decimal | int | None) -> Decimal | None:
    """Return a value as the database keeps it."""
    return None if value is None else Decimal(value).quantize(Decimal("0.0001"))


def _participation(submission: Submission, state: State) -> None:
    handed_in = timezone.make_aware(dt.datetime.combine(submission.submitted_on, dt.time(12)))
    accepted = state == State.ACCEPTED
    with tenant_context(submission.municipality):
        Participation.objects.create(
            round=submission.round,
            school=submission.school,
            municipality=submission.municipality,
            state=state,
            latest=submission,
            accepted=submission if accepted else None,
            first_submitted_at=handed_in,
            last_submitted_at=handed_in,
            accepted_at=handed_in + dt.timedelta(days=1) if accepted else None,
            on_time=submission.submitted_on <= submission.due_then,
        )


def _write(submission: Submission, model: type[SubmittedValue] | type[AcceptedFigure], values: Values) -> None:
    with tenant_context(submission.municipality):
        model.objects.bulk_create(
            model(
                submission=submission,
                round=submission.round,
                school=submission.school,
                municipality=submission.municipality,
                element_code=code,
                value=value,
            )
            for code, value in values.items()
        )


@transaction.atomic
def correct(participation: Participation, values: Values) -> Submission:
    """Write the next revision of an accepted report, accepted in its turn."""
    before = participation.latest
    submission = _submission(participation.round, participation.school, before.school_name, before.submitted_on, values)
    _write(submission, SubmittedValue, values)
    with tenant_context(submission.municipality):
        AcceptedFigure.objects.filter(submission=before).delete()
        participation.latest = participation.accepted = submission
        participation.save()
    _write(submission, AcceptedFigure, values)
    return submission
