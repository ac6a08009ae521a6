"""Asking for a workbook, cancelling it, trying again. The request and its job are written in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import IntegrityError, transaction

from mentoring_reports.jobs.queue import defer, withdraw
from mentoring_reports.submissions.models import Round

from .enums import REPEATABLE, MadeState
from .errors import MadeElsewhere, NotRepeatable, RoundIsGone
from .models import MadeWorkbook
from .standing import is_same_now

if TYPE_CHECKING:
    from mentoring_reports.submissions.handover import Author

    from .choices import Choices


class Asked(NamedTuple):
    """What was asked for; `is_new` is false where it was there, or under way, already."""

    workbook: MadeWorkbook
    is_new: bool


@transaction.atomic
def ask(*, choices: Choices, by: Author, anew: bool = False) -> Asked:
    """Ask for a workbook: the one under way, the one made from the same data, or (`anew`, or none) a new one.

    Raises `RoundIsGone`.
    """
    there = _under_way(choices) or (None if anew else made_from_the_same(choices))
    if there:
        return Asked(there, is_new=False)
    try:
        with transaction.atomic():
            workbook = request(choices, by)
    except IntegrityError:  # somebody asked for the same at this moment
        return Asked(MadeWorkbook.objects.unfinished().asked(choices).get(), is_new=False)
    _queue(workbook)
    return Asked(workbook, is_new=True)


@transaction.atomic
def cancel(workbook_id: int) -> MadeWorkbook:
    """Cancel what waits at once; what is being made stops at its next sign of life. Anything else stays as it is."""
    workbook = MadeWorkbook.objects.light().select_for_update().get(pk=workbook_id)
    if not workbook.is_unfinished:
        return workbook
    waits = workbook.state == MadeState.QUEUED
    if waits and workbook.job_id:
        withdraw(workbook.job_id)
    workbook.state = MadeState.CANCELLED if waits else workbook.state
    workbook.cancel_requested = True
    workbook.save(update_fields=["state", "cancel_requested"])
    return workbook


@transaction.atomic
def try_again(workbook_id: int) -> MadeWorkbook:
    """Queue again what failed or was cancelled. Raises `NotRepeatable`, or `MadeElsewhere` where it is under way."""
    workbook = MadeWorkbook.objects.light().select_for_update().get(pk=workbook_id)
    if workbook.state not in REPEATABLE:
        raise NotRepeatable
    workbook.state, workbook.error, workbook.cancel_requested = MadeState.QUEUED, "", False
    workbook.attempt = workbook.rows_done = workbook.rows_total = 0
    try:
        with transaction.atomic():
            workbook.save(update_fields=["state", "error", "cancel_requested", "attempt", "rows_done", "rows_total"])
    except IntegrityError as error:
        raise MadeElsewhere from error
    _queue(workbook)
    return workbook


def made_from_the_same(choices: Choices) -> MadeWorkbook | None:
    """Return the file that was made of these choices, if making it again would give nothing else."""
    newest = MadeWorkbook.objects.kept().asked(choices).first()
    return newest if newest and is_same_now(newest) else None


def request(choices: Choices, by: Author) -> MadeWorkbook:
    """Write a request down. Raises `RoundIsGone`, and `IntegrityError` where the same is under way."""
    round_ = Round.objects.filter(pk=choices.round_id).first()
    if round_ is None:
        raise RoundIsGone
    return MadeWorkbook.objects.create(
        choices=choices.as_json(),
        key=choices.key(),
        round_id=round_.pk,
        round_title=round_.title,
        territory=choices.territory,
        type=choices.type_,
        **by.fields(),
    )


def _under_way(choices: Choices) -> MadeWorkbook | None:
    return MadeWorkbook.objects.light().unfinished().asked(choices).first()


def _queue(workbook: MadeWorkbook) -> None:
    from .tasks import make  # noqa: PLC0415  (the task makes, and making asks)

    if workbook.job_id:
        withdraw(workbook.job_id)
    # The number of the request is in the lock: two jobs never make one file at the same time.
    workbook.job_id = defer(make, lock=f"workbook-{workbook.pk}", workbook=workbook.pk)
    workbook.save(update_fields=["job_id"])
