"""PostgreSQL, the form and a brute-force reading of the calendar agree on who may get a second mentor."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring_reports.register import rules
from mentoring_reports.register.models import Mentee, Mentorship, Person

from .factories import make_form, make_mentorship, make_person

START = dt.date(2024, 1, 1)
SPANS = st.tuples(st.integers(0, 6), st.none() | st.integers(0, 6)).map(
    lambda pair: (
        START + dt.timedelta(days=pair[0]),
        None if pair[1] is None else START + dt.timedelta(days=pair[0] + pair[1]),
    )
)
Span = tuple[dt.date, dt.date | None]


def days(span: Span) -> set[dt.date]:
    """Return every day of the span inside the two weeks that any span can reach, the open end cut there."""
    first, last = span
    return {day for n in range(14) if (day := START + dt.timedelta(days=n)) >= first and (last is None or day <= last)}


@pytest.mark.usefixtures("in_alpha")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=SPANS, second=SPANS, same_form=st.booleans())
def test_a_second_mentor_is_refused_exactly_when_a_day_is_shared(first: Span, second: Span, same_form: bool) -> None:
    shared = same_form and bool(days(first) & days(second))
    with transaction.atomic():
        person, form = make_person(), make_form()
        make_mentorship(person, form=form, started_on=first[0], ended_on=first[1])
        other = make_mentorship(form=form if same_form else make_form(), started_on=second[0], ended_on=second[1])

        told = rules.mentee_problem(Mentee(mentorship=other, person=person))
        refused = _refused(other, person)

        transaction.set_rollback(True)
    assert (bool(told), refused) == (shared, shared)


def _refused(mentorship: Mentorship, person: Person) -> bool:
    try:
        with transaction.atomic():
            Mentee.objects.create(mentorship=mentorship, person=person)
    except IntegrityError:
        return True
    return False
