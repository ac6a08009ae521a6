"""Random lives of a round: several actors, transactions at once, any order. What must never happen never does.

Everything is committed. Beside the database stands a plain account of what was asked for and what was answered; the
rates and states are counted from it by hand.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from contextlib import contextmanager

import pytest
from django.db import connection
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mentoring_reports.clock import pretend
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.closing import freeze_closed_rounds, unfreeze
from mentoring_reports.submissions.enums import DecisionKind, State
from mentoring_reports.submissions.errors import SubmissionError
from mentoring_reports.submissions.handover import checksum
from mentoring_reports.submissions.models import (
    AcceptedFigure,
    Decision,
    Participation,
    Round,
    Submission,
    SubmittedValue,
)
from mentoring_reports.submissions.queries import rates, standings
from portal.tenants.models import Organisation
from tests.submissions import acting
from tests.submissions.acting import DAY, DUE, FIGURES, METHODIST, OPENS, hand_over, make_dated_round
from tests.submissions.test_parallel import at_once
from tests.workbooks.reporting import make_schools

END_OF_PERIOD = dt.date(2026, 5, 31)
WAITING = {State.SUBMITTED, State.RESUBMITTED}
places = st.integers(0, 1)
mentors = st.integers(0, 40)


class Account:
    """What one school did in the round, as anybody could have noted it on paper."""

    def __init__(self):
        self.due = DUE
        self.exempt = False
        self.closed_early = False
        self.first_on = self.first_due = None
        self.revisions = 0
        self.decided = []  # (revision, kind) in the order of the answers

    @property
    def waits(self):
        return self.revisions > 0 and not self.last_decisions

    @property
    def last_decisions(self):
        return [kind for revision, kind in self.decided if revision == self.revisions]

    @property
    def accepted(self):
        return max((revision for revision, kind in self.decided if kind == DecisionKind.ACCEPT), default=None)

    @property
    def state(self):
        if not self.revisions:
            return None
        if self.last_decisions:
            kinds = {DecisionKind.ACCEPT: State.ACCEPTED, DecisionKind.RETURN: State.RETURNED}
            return kinds.get(self.last_decisions[-1], State.REOPENED)
        return State.SUBMITTED if self.revisions == 1 else State.RESUBMITTED


class LifeOfARound(RuleBasedStateMachine):
    """One round, two schools at work, three that only are there."""

    world: tuple = ()
    number = 0
    bystanders: tuple = ()

    @initialize()
    def begin(self):
        type(self).number += 1
        self.municipality, *self.schools = self.world
        self.round = make_dated_round(self.municipality, f"r-{self.number}")
        self.day = OPENS
        self.accounts = {school.pk: Account() for school in [*self.schools, *self.bystanders]}
        self.frozen = None
        self.seen = {}
        for school in self.schools:
            self._close_school_on(school, None)

    # --- What people do ----------------------------------------------------------------------------------------------
    @rule(place=places, number=mentors)
    def submit(self, place, number):
        school = self.schools[place]
        with self.answered() as answer:
            answer.value = hand_over(self.round, school, FIGURES | {"mentors": number}, on=self.day)
        self._note_submission(school, answer.value)

    @rule(place=places)
    def accept(self, place):
        self._decide(place, acting.accept, DecisionKind.ACCEPT)

    @rule(place=places)
    def return_it(self, place):
        self._decide(place, acting.return_, DecisionKind.RETURN)

    @rule(place=places)
    def reopen(self, place):
        self._decide(place, acting.reopen, DecisionKind.REOPEN)

    @rule(place=places, kind=st.sampled_from([acting.accept, acting.return_, acting.reopen]))
    def judge_an_old_revision(self, place, kind):
        """Somebody holds a page from before: nothing may come of it."""
        revisions = self._submissions(self.schools[place])
        if len(revisions) > 1:
            with pytest.raises(SubmissionError):
                kind(revisions[-2], on=self.day)

    @rule(place=st.integers(0, 4), days=st.integers(-2, 20))
    def extend(self, place, days):
        school = [*self.schools, *self.bystanders][place]
        with self.answered() as answer:
            answer.value = acting.extend(self.round, school, DUE + days * DAY, on=self.day)
        if answer.value:
            assert self.accounts[school.pk].due <= answer.value.due == DUE + days * DAY
            self.accounts[school.pk].due = answer.value.due

    @rule(place=st.integers(0, 4))
    def exempt(self, place):
        school = [*self.schools, *self.bystanders][place]
        with self.answered() as answer:
            answer.value = acting.exempt(self.round, school, on=self.day)
        if answer.value:
            assert not self.accounts[school.pk].revisions
            self.accounts[school.pk].exempt = True

    @rule(place=st.integers(0, 4))
    def withdraw_an_exemption(self, place):
        school = [*self.schools, *self.bystanders][place]
        was = self.accounts[school.pk].exempt
        with self.answered() as answer, tenant_context(self.municipality), pretend(self.day):
            actions.withdraw_exemption(round_=self.round, school=school, by=METHODIST)
            answer.value = True
        if answer.value:
            assert was
            self.accounts[school.pk].exempt = False

    @rule(days=st.integers(1, 20))
    def wait(self, days):
        self.day += days * DAY

    @rule()
    def nightly_freezing(self):
        with tenant_context(self.municipality), pretend(self.day):
            freeze_closed_rounds(self.municipality.pk)
        if self.day > self.round.closes and self.frozen is None:
            self.frozen = {pk for pk, account in self.accounts.items() if self._is_expected(account)}
        self._read_round()

    @precondition(lambda self: self.frozen is None)
    @rule()
    def let_it_close(self):
        self.day = max(self.day, self.round.closes + DAY)
        self.nightly_freezing()

    @precondition(lambda self: self.frozen is not None)
    @rule()
    def move_the_closing_date(self):
        """Take reports again: who is expected is computed anew."""
        with tenant_context(self.municipality):
            Round.objects.filter(pk=self.round.pk).update(closes=self.day + 5 * DAY)
            unfreeze(self.round)
        self.frozen = None
        self._read_round()

    @rule(place=places, early=st.booleans())
    def close_a_school(self, place, early):
        """The school closes before the period's end, or it turns out that it did not."""
        self._close_school_on(self.schools[place], END_OF_PERIOD - DAY if early else None)
        self.accounts[self.schools[place].pk].closed_early = early

    @rule(
        place=places, number=mentors, pair=st.sampled_from(["submit twice", "accept and return", "accept and submit"])
    )
    def two_at_once(self, place, number, pair):
        """Two transactions at the same moment: they come out as one after the other, in some order."""
        school = self.schools[place]
        revisions = self._submissions(school)
        latest = revisions[-1] if revisions else None
        submit = lambda: hand_over(self.round, school, FIGURES | {"mentors": number}, on=self.day)  # noqa: E731
        accept = lambda: acting.accept(latest, on=self.day)  # noqa: E731
        if pair != "submit twice" and latest is None:
            return
        acts = {
            "submit twice": (submit, submit),
            "accept and return": (accept, lambda: acting.return_(latest, on=self.day)),
            "accept and submit": (accept, submit),
        }[pair]
        outcomes = at_once(*acts)
        for outcome in outcomes:
            assert isinstance(outcome, Submission | Decision | SubmissionError), outcome
        made = sorted((one for one in outcomes if not isinstance(one, SubmissionError)), key=lambda one: one.created_at)
        assert len(made) <= 1 or {type(one) for one in made} == {Decision, Submission}
        for one in sorted(made, key=lambda one: isinstance(one, Submission)):
            if isinstance(one, Submission):
                self._note_submission(school, one)
            else:
                self.accounts[school.pk].decided.append((one.submission.revision, one.kind))

    # --- What must hold at any time ----------------------------------------------------------------------------------
    @invariant()
    def nothing_that_was_written_is_lost_or_changed(self):
        if not hasattr(self, "round"):
            return
        with tenant_context(self.municipality):
            rows = {}
            for model in (Submission, SubmittedValue, Decision):
                for row in model.objects.filter(round=self.round).values():
                    rows[model, row["id"]] = row
        assert self.seen.items() <= rows.items()
        self.seen = rows

    @invariant()
    def there_is_one_accepted_revision_at_most_and_its_figures_count(self):
        if not hasattr(self, "round"):
            return
        with tenant_context(self.municipality):
            for school in self.schools:
                account = self.accounts[school.pk]
                taken = Participation.objects.filter(round=self.round, school=school).select_related("accepted").first()
                figures = AcceptedFigure.objects.filter(round=self.round, school=school)
                assert (taken and taken.accepted and taken.accepted.revision) == account.accepted
                assert set(figures.values_list("submission_id", flat=True)) == (
                    {taken.accepted_id} if account.accepted else set()
                )
                if account.accepted:
                    written = dict(taken.accepted.values.values_list("element_code", "value"))
                    assert dict(figures.values_list("element_code", "value")) == written

    @invariant()
    def revisions_are_numbered_without_holes_and_sealed(self):
        if not hasattr(self, "round"):
            return
        with tenant_context(self.municipality):
            values = defaultdict(dict)
            rows = SubmittedValue.objects.filter(round=self.round)
            for submission, code, value in rows.values_list("submission_id", "element_code", "value"):
                values[submission][code] = value
            for school in self.schools:
                revisions = self._submissions(school)
                assert [one.revision for one in revisions] == list(range(1, self.accounts[school.pk].revisions + 1))
                for one in revisions:
                    assert one.checksum == checksum(one, values[one.pk])

    @invariant()
    def rates_and_states_are_those_counted_by_hand(self):
        if not hasattr(self, "round"):
            return
        with tenant_context(self.municipality), pretend(self.day):
            found, shown = rates(self.round), {one.school.pk: one for one in standings(self.round)}
        expected = {pk: self.accounts[pk] for pk in self._expected()}
        states = Counter(account.state for account in expected.values())
        assert found.expected == len(expected)
        assert found.submitted == sum(account.revisions > 0 for account in expected.values())
        assert found.on_time == sum(self._on_time(account) for account in expected.values())
        assert found.accepted == sum(account.accepted is not None for account in expected.values())
        assert found.returned == states[State.RETURNED]
        assert found.waiting == sum(states[state] for state in WAITING)
        for pk, account in self.accounts.items():
            if account.revisions:
                assert shown[pk].state == account.state
                assert shown[pk].on_time == self._on_time(account)
            elif pk in expected:
                due = max(account.due, self.round.due)
                assert shown[pk].state == (State.MISSING if self.day > due else State.NOT_STARTED)

    # --- Notes -------------------------------------------------------------------------------------------------------
    def _decide(self, place, act, kind):
        school = self.schools[place]
        revisions = self._submissions(school)
        if not revisions:
            return
        account = self.accounts[school.pk]
        allowed = account.state == State.ACCEPTED if kind == DecisionKind.REOPEN else account.state in WAITING
        with self.answered() as answer:
            answer.value = act(revisions[-1], on=self.day)
        assert bool(answer.value) == allowed
        if answer.value:
            account.decided.append((account.revisions, kind))

    def _note_submission(self, school, submission):
        account = self.accounts[school.pk]
        if submission is None:
            return
        assert OPENS <= self.day <= self.round.closes
        account.revisions += 1
        assert submission.revision == account.revisions
        if account.revisions == 1:
            assert self._is_expected(account)
            account.first_on, account.first_due = self.day, max(self.round.due, account.due)

    def _on_time(self, account):
        return account.revisions > 0 and account.first_on <= account.first_due

    def _is_expected(self, account):
        return not account.exempt and not account.closed_early

    def _expected(self):
        if self.frozen is not None:
            return self.frozen
        return {pk for pk, account in self.accounts.items() if self._is_expected(account)}

    def _submissions(self, school):
        with tenant_context(self.municipality):
            found = Submission.objects.filter(round=self.round, school=school).select_related(
                "round", "form", "municipality"
            )
            return list(found.order_by("revision"))

    def _read_round(self):
        with tenant_context(self.municipality):
            self.round = Round.objects.select_related("form", "municipality").get(pk=self.round.pk)

    def _close_school_on(self, school, day):
        with schema_context(get_public_schema_name()):
            Organisation.objects.filter(pk=school.pk).update(closed_on=day)

    @contextmanager
    def answered(self):
        """Take a refusal with a typed error for an answer; anything else is a defect."""

        class Answer:
            value = None

        try:
            yield Answer
        except SubmissionError:
            Answer.value = None


@pytest.mark.slow
@pytest.mark.committed
def test_whatever_people_do_nothing_is_lost_and_the_rates_are_right(committed_tenants):
    municipality = committed_tenants[0]
    connection.set_schema_to_public()
    LifeOfARound.world = committed_tenants
    LifeOfARound.bystanders = tuple(make_schools(municipality, 3))

    run_state_machine_as_test(
        LifeOfARound,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # each step commits: shrinking would take minutes and the steps are printed anyway
            suppress_health_check=list(HealthCheck),
        ),
    )
