"""The facts that notices are derived from, read in the school's or the municipality's schema. Nothing is written."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from mentoring_reports.submissions.enums import DecisionKind, State
from mentoring_reports.submissions.models import Decision, Exemption, Extension, Participation, Round
from mentoring_reports.submissions.queries import rates_by_round, standing

from .due import RECENT, Event, RoundFacts, told_rounds
from .enums import NoticeKind
from .overview import RoundNumbers

if TYPE_CHECKING:
    from mentoring_reports.submissions.queries import Standing

SENT_BACK = (State.RETURNED, State.REOPENED)
KINDS = {
    DecisionKind.ACCEPT: NoticeKind.ACCEPTED,
    DecisionKind.RETURN: NoticeKind.RETURNED,
    DecisionKind.REOPEN: NoticeKind.REOPENED,
}


def school_facts(school: Any, day: dt.date, told: Collection[str] = ()) -> list[RoundFacts]:
    """Return where the school stands in the rounds that are news on `day`, or that somebody was `told` about."""
    rounds = list(_rounds_with_news(school, day, told_rounds(told)))
    decisions: dict[int, list[Decision]] = defaultdict(list)
    made = Decision.objects.filter(school_id=school.pk, round__in=rounds).select_related("submission")
    for decision in made:  # the newest first
        decisions[decision.round_id].append(decision)
    return [_facts(standing(round_, school), decisions[round_.pk]) for round_ in rounds]


def municipal_facts(municipality: Any, day: dt.date) -> list[RoundNumbers]:
    """Return the numbers of the municipality's rounds of these days, and of all in which a report waits."""
    waiting: dict[int, list[int]] = defaultdict(list)
    rows = Participation.objects.filter(municipality_id=municipality.pk).awaiting_review()
    for round_id, latest_id in rows.values_list("round_id", "latest_id"):
        waiting[round_id].append(latest_id)
    around = Q(opens__lte=day, closes__gte=day - RECENT) | Q(pk__in=waiting)
    rounds = list(Round.objects.filter(around, municipality_id=municipality.pk))
    rates = rates_by_round(rounds)
    return [
        RoundNumbers(
            **_dates(round_),
            due=round_.due,
            expected=rates[round_.pk].expected,
            missing=rates[round_.pk].missing,
            waiting=tuple(waiting[round_.pk]),
        )
        for round_ in rounds
    ]


def _rounds_with_news(school: Any, day: dt.date, told: Iterable[int]) -> Iterable[Round]:
    since = day - RECENT
    recent = {"school_id": school.pk, "created_at__date__gte": since}
    news = Q(opens__lte=day, closes__gte=day)
    for model in (Decision, Extension, Exemption):
        news |= Q(pk__in=model._default_manager.filter(**recent).values("round_id"))
    return Round.objects.filter(news | Q(pk__in=told, closes__gte=day))


def _dates(round_: Round) -> dict[str, Any]:
    return {"round_id": round_.pk, "title": round_.title, "opens": round_.opens, "closes": round_.closes}


def _facts(stands: Standing, decisions: Sequence[Decision]) -> RoundFacts:
    sent_back = stands.state in SENT_BACK and decisions
    return RoundFacts(
        **_dates(stands.round),
        due=stands.due,
        is_expected=stands.is_expected or bool(stands.participation),
        state=stands.state.label,  # said in the language of each letter
        has_handed_in=bool(stands.participation),
        sent_back_on=timezone.localdate(decisions[0].created_at) if sent_back else None,
        exemption_id=stands.exemption.pk if stands.exemption else None,
        events=(*_decided(stands, decisions), *_agreed(stands)),
    )


def _decided(stands: Standing, decisions: Sequence[Decision]) -> Iterator[Event]:
    """Yield the last decision, unless the school has handed in another revision since: then it knows it."""
    if not (stands.participation and decisions):
        return
    last = decisions[0]
    if last.submission_id == stands.participation.latest_id:
        yield _event(KINDS[DecisionKind(last.kind)], last, revision=last.submission.revision)


def _agreed(stands: Standing) -> Iterator[Event]:
    """Yield an exemption, and an extension as long as it matters."""
    if stands.exemption:
        yield _event(NoticeKind.EXEMPTED, stands.exemption)
    extension = stands.extension
    waits = not stands.participation or stands.state in SENT_BACK
    if extension and waits and stands.is_expected and stands.today <= extension.due == stands.due:
        yield _event(NoticeKind.EXTENDED, extension)


def _event(kind: NoticeKind, row: Any, revision: int | None = None) -> Event:
    return Event(
        kind=kind,
        id=row.pk,
        on=timezone.localdate(row.created_at),
        reason=row.reason,
        author=row.author_name,
        revision=revision,
    )
