"""Acts out what schools, methodist and department did in the rounds: the ordinary actions, on the days of the plan."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from django.db import transaction
from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.reports.actions import save_draft, submit
from mentoring_reports.reports.basis import Basis
from mentoring_reports.reports.models import Draft
from mentoring_reports.submissions.actions import (
    Author,
    accept,
    exempt,
    grant_extension,
    reopen,
    return_for_revision,
)
from mentoring_reports.submissions.closing import freeze_closed_rounds, unfreeze
from mentoring_reports.submissions.enums import RoundKind
from mentoring_reports.submissions.models import Decision, Exemption, Extension, Round, Submission
from portal.tenants.models import Organisation

from .answers import answers
from .calendar import Calendar, RoundPlan
from .data import read
from .scripts import EXTENSION_DAYS, Act, Step
from .users import user

SECOND_HALF = 2
FIRST_HOUR, MINUTES_APART = 9, 7


def create_rounds(municipality: Organisation, form: ReportForm, calendar: Calendar) -> dict[str, Round]:
    """Return the three rounds by code, made if they are not there. Runs in the municipality's schema."""
    return {plan.half.code: _round(municipality, form, plan) for plan in calendar.rounds}


def take_schools_in(rounds: Iterable[Round]) -> None:
    """Let schools of a later load take part in rounds that are closed: who is expected is computed anew."""
    for round_ in rounds:
        if round_.frozen_at:
            unfreeze(round_)


def close_rounds(municipality: Organisation, calendar: Calendar) -> None:
    """Write down who was expected in the rounds that are closed on the base day."""
    with pretend(calendar.base), tenant_context(municipality):
        freeze_closed_rounds(municipality.pk)


def _round(municipality: Organisation, form: ReportForm, plan: RoundPlan) -> Round:
    found, _created = Round.objects.get_or_create(
        municipality=municipality,
        code=plan.half.code,
        defaults={
            "title": plan.half.title,
            "kind": RoundKind.HALF_YEAR,
            "form": form,
            "period_start": plan.half.start,
            "period_end": plan.half.end,
            "opens": plan.window.opens,
            "due": plan.window.due,
            "closes": plan.window.closes,
        },
    )
    return found


class History:
    """Takes steps; those that were taken before are passed over, so that an interrupted load can go on."""

    def __init__(self, municipality: Organisation, rounds: dict[str, Round]) -> None:
        self.municipality, self.rounds = municipality, rounds
        self.schools: dict[str, Organisation] = {}
        with tenant_context(municipality):
            self.methodist, self.department = Author.of(user("methodist")), Author.of(user("department"))
            self._traces = _traces()
        self._minutes = 0
        self._acts: dict[Act, Callable[[_Scene], None]] = {
            Act.EXEMPT: self._exempt,
            Act.EXTEND: self._extend,
            Act.RETURN: self._return,
            Act.ACCEPT: self._accept,
            Act.REOPEN: self._reopen,
        }

    def take(self, step: Step) -> None:
        """Take one step on its day, in the schema of whoever takes it; all of it or nothing."""
        scene = _Scene(step, self.rounds[step.round.half.code], self.schools[step.school.host_label])
        if step.leaves_a_trace and step.number < self._traces[scene.round.pk, scene.school.pk]:
            return
        with pretend(step.day, self._next_hour()), transaction.atomic():
            if step.act in {Act.SUBMIT, Act.SUBMIT_SLIP, Act.DRAFT}:
                with tenant_context(scene.school):
                    _report(scene)
            else:
                with tenant_context(self.municipality):
                    self._acts[step.act](scene)

    def _next_hour(self) -> dt.time:
        """Return an hour of the working day, later than the one before it on most days."""
        self._minutes = (self._minutes + MINUTES_APART) % (8 * 60)
        return dt.time(FIRST_HOUR + self._minutes // 60, self._minutes % 60)

    def _exempt(self, scene: _Scene) -> None:
        if not Exemption.objects.filter(round=scene.round, school=scene.school).exists():
            exempt(round_=scene.round, school=scene.school, reason=_letter("exemption_reason"), by=self.department)

    def _extend(self, scene: _Scene) -> None:
        if not Extension.objects.filter(round=scene.round, school=scene.school).exists():
            due = scene.round.due + dt.timedelta(days=EXTENSION_DAYS)
            reason = _letter("extension_reason")
            grant_extension(round_=scene.round, school=scene.school, due=due, reason=reason, by=self.methodist)

    def _return(self, scene: _Scene) -> None:
        reason = scene.random("reason").choice(read("pages")["letters"]["return_reasons"])
        return_for_revision(submission_id=scene.latest_id(), reason=reason, by=self.methodist)

    def _accept(self, scene: _Scene) -> None:
        comment = scene.random("comment").choice(read("pages")["letters"]["accept_comments"])
        accept(submission_id=scene.latest_id(), by=self.methodist, comment=comment)

    def _reopen(self, scene: _Scene) -> None:
        reopen(submission_id=scene.latest_id(), reason=_letter("reopen_reason"), by=self.department)


@dataclass(frozen=True)
class _Scene:
    """A step with the rows that it is about."""

    step: Step
    round: Round
    school: Organisation

    def latest_id(self) -> int:
        """Return the id of the school's newest revision."""
        newest = Submission.objects.filter(round=self.round, school=self.school).order_by("-revision")
        return newest.values_list("pk", flat=True)[0]

    def random(self, purpose: str) -> Random:
        """Return a generator for one purpose in this round."""
        return self.step.school.random(f"{purpose} {self.round.code}")


def _report(scene: _Scene) -> None:
    """Fill in the draft as the curator would and, unless the step ends there, hand it over."""
    curator = user("curator")
    draft = Draft.objects.filter(round_id=scene.round.pk).first()
    if draft and scene.step.act is Act.DRAFT:
        return
    said = answers(
        scene.step.school,
        Basis.of(scene.round, scene.school),
        revision=1 if draft is None else 2,
        slip=scene.step.act is Act.SUBMIT_SLIP,
        second_half=scene.step.round.half.number == SECOND_HALF,
    )
    draft = save_draft(
        round_=scene.round,
        values=said.values,
        reasons=said.reasons,
        explanations=said.explanations,
        note=said.note,
        version=draft.version if draft else 0,
        by=curator,
    )
    if scene.step.act is not Act.DRAFT:
        submit(draft=draft, by=curator)


def _traces() -> Counter[tuple[int, int]]:
    """Return how many revisions and decisions each (round, school) has."""
    found: Counter[tuple[int, int]] = Counter()
    for model in (Submission, Decision):
        found.update(model.objects.values_list("round_id", "school_id"))
    return found


def _letter(name: str) -> str:
    return str(read("pages")["letters"][name])
