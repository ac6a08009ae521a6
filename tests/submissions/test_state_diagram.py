"""The one diagram of states: drawn in the README, kept as data, and what the actions really do."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.reports.access import Access
from mentoring_reports.reports.errors import DraftError
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.enums import TRANSITIONS, State, Step, Transition
from mentoring_reports.submissions.errors import SubmissionError
from mentoring_reports.submissions.models import Round, Submission
from tests.reports.drafts import save
from tests.submissions.acting import (
    CLOSES,
    DAY,
    DUE,
    METHODIST,
    OPENS,
    accept,
    exempt,
    extend,
    hand_over,
    make_dated_round,
    reopen,
    return_,
)


class Undo(Exception):
    """Ends a trial: nothing of it stays."""


def drawn():
    """Return the transitions of every state diagram in the documents, as (before, after, words)."""
    texts = [path.read_text() for path in [settings.BASE_DIR / "README.md", *settings.BASE_DIR.glob("docs/**/*.md")]]
    diagrams = [found for text in texts for found in re.findall(r"stateDiagram-v2\n(.*?)```", text, re.DOTALL)]
    return [re.findall(r"^\s+(\w+) --> (\w+): (.+)$", diagram, re.MULTILINE) for diagram in diagrams]


def test_there_is_one_diagram_and_it_draws_the_transitions():
    with translation.override("en"):
        known = sorted((one.before.value, one.after.value, str(one.step.label)) for one in TRANSITIONS)

    assert [sorted(diagram) for diagram in drawn()] == [known]


def test_every_state_is_reached_and_none_is_a_dead_end():
    assert {one.after for one in TRANSITIONS} == set(State)
    assert {one.before for one in TRANSITIONS} == set(State)


class Trial:
    """One school in one round; each step is taken through the ordinary action."""

    def __init__(self, round_, school, day):
        self.round, self.school, self.day = round_, school, day

    def seen(self, day=None):
        with tenant_context(self.school), pretend(day or self.day):
            return Access.of(Round.objects.get(pk=self.round.pk), self.school).state

    def latest(self):
        with tenant_context(self.round.municipality):
            found = Submission.objects.filter(round=self.round, school=self.school).select_related("municipality")
            return found.order_by("-revision").first()

    def take(self, step):
        """Take the step; a refusal changes nothing."""
        decide = {Step.ACCEPT: accept, Step.RETURN: return_, Step.REOPEN: reopen}
        if step in decide:
            return self.latest() and decide[step](self.latest(), on=self.day)
        return {
            Step.SAVE: self._save,
            Step.HAND_OVER: lambda: hand_over(self.round, self.school, on=self.day),
            Step.EXEMPT: lambda: exempt(self.round, self.school, on=self.day),
            Step.WITHDRAW: self._withdraw,
            Step.EXTEND: lambda: extend(self.round, self.school, CLOSES, on=self.day),
            Step.PASS_DUE: lambda: None,
        }[step]()

    def _save(self):
        with tenant_context(self.school), pretend(self.day):
            save(self.round, values={})

    def _withdraw(self):
        with tenant_context(self.round.municipality), pretend(self.day):
            actions.withdraw_exemption(round_=self.round, school=self.school, by=METHODIST)


WAYS = [
    (),
    (Step.SAVE,),
    (Step.HAND_OVER,),
    (Step.HAND_OVER, Step.RETURN),
    (Step.HAND_OVER, Step.RETURN, Step.HAND_OVER),
    (Step.HAND_OVER, Step.ACCEPT),
    (Step.HAND_OVER, Step.ACCEPT, Step.REOPEN),
    (Step.EXEMPT,),
    (Step.SAVE, Step.EXEMPT),
]


def try_all_steps(trial, way):
    """Return what each step makes of the state that the way leads to; afterwards all is as before."""
    found = set()
    with suppress(Undo), transaction.atomic():
        for taken in way:
            trial.take(taken)
        before = trial.seen()
        for step in Step:
            if (after := try_step(trial, step)) != before:
                found.add(Transition(before, step, after))
        raise Undo
    return found


def try_step(trial, step):
    """Return the state that the step leads to; afterwards all is as before."""
    after = None
    with suppress(Undo), transaction.atomic():
        with suppress(SubmissionError, DraftError), transaction.atomic():
            trial.take(step)
        after = trial.seen(DUE + DAY if step is Step.PASS_DUE else None)
        raise Undo
    return after


@pytest.mark.parametrize("day", [OPENS, DUE + DAY], ids=["in time", "after the due day"])
def test_the_actions_do_what_the_diagram_says_and_nothing_else(municipality, alpha, day):
    trial = Trial(make_dated_round(municipality), alpha, day)

    done = {found for way in WAYS for found in try_all_steps(trial, way)}

    late = {one for one in TRANSITIONS if {one.before, one.after} & {State.MISSING} and one.step is not Step.PASS_DUE}
    of_the_due_day = {one for one in TRANSITIONS if one.step is Step.PASS_DUE}
    untouched = {State.NOT_STARTED, State.DRAFT}
    in_time = {one for one in TRANSITIONS if one not in late}
    after_due = {
        one
        for one in TRANSITIONS
        if one not in of_the_due_day
        and one.before not in untouched
        and (one.after not in untouched or one.before is State.MISSING)
    }
    assert done == (in_time if day == OPENS else after_due)
