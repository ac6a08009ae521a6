"""Making a workbook that was asked for: take it, make it, keep it. Whatever happens in between is written down."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from mentoring_reports.clock import now
from mentoring_reports.submissions.handover import Author
from mentoring_reports.submissions.models import Round

from .asking import made_from_the_same, request
from .choices import Choices
from .enums import MadeState
from .errors import LOST, Cancelled, KeepsFailing, MadeElsewhere, RoundIsGone, TakenOver, WorkbookError
from .export import make_workbook
from .kept import keep
from .models import MadeWorkbook
from .telling import Teller

MOST_ATTEMPTS = 5  # workers that may die, or be stopped, over one file
logger = logging.getLogger(__name__)


def never() -> bool:
    """Go on."""
    return False


def run(workbook_id: int, *, job_id: int | None, should_stop: Callable[[], bool] = never) -> None:
    """Make a workbook that waits, or that a dead worker has left. Raises `JobAborted`, and what `LOST` names."""
    workbook = _take(workbook_id, job_id)
    if workbook:
        _make(workbook, should_stop)


def make_now(*, choices: Choices, by: Author) -> MadeWorkbook:
    """Make a workbook at once, without the queue, or return the one made from the same data.

    Raises `WorkbookError` with what went wrong, `MadeElsewhere` where it is under way.
    """
    there = made_from_the_same(choices)
    if there:
        return there
    try:
        with transaction.atomic():
            workbook = request(choices, by)
    except IntegrityError as error:
        raise MadeElsewhere from error
    run(workbook.pk, job_id=None)
    workbook.refresh_from_db()
    if workbook.state != MadeState.DONE:
        raise WorkbookError(workbook.error)
    return workbook


@transaction.atomic
def _take(workbook_id: int, job_id: int | None) -> MadeWorkbook | None:
    """Take a workbook for this worker; None where it is not, or no more, this job's to make."""
    workbook = MadeWorkbook.objects.light().select_for_update().filter(pk=workbook_id).first()
    if workbook is None or not workbook.is_unfinished or workbook.job_id != job_id:
        return None
    if workbook.cancel_requested:
        workbook.state = MadeState.CANCELLED
    elif workbook.attempt >= MOST_ATTEMPTS:
        workbook.state, workbook.error = MadeState.FAILED, str(KeepsFailing())
    else:
        workbook.state = MadeState.RUNNING
        workbook.attempt += 1
        workbook.seen_at = now()
        workbook.previous_id = workbook.previous_id or _previous(workbook)
    workbook.save(update_fields=["state", "error", "attempt", "seen_at", "previous"])
    return workbook if workbook.state == MadeState.RUNNING else None


def _previous(workbook: MadeWorkbook) -> int | None:
    """Return the file that this one is held against: the last one of the same round and schools."""
    alike = MadeWorkbook.objects.done().alike(workbook.chosen)
    return alike.order_by("-made_at").values_list("pk", flat=True).first()


def _make(workbook: MadeWorkbook, should_stop: Callable[[], bool]) -> None:
    previous = MadeWorkbook.objects.get(pk=workbook.previous_id).manifest if workbook.previous_id else None
    try:
        with Teller(workbook, should_stop) as tell:
            keep(workbook, make_workbook(workbook.chosen, previous=previous, progress=tell))
    except TakenOver:
        logger.warning("Workbook %s is made by another worker.", workbook.pk)
    except Cancelled:
        _end(workbook, MadeState.CANCELLED)
    except JobAborted:
        _end(workbook, MadeState.QUEUED)
        raise
    except LOST as error:
        if workbook.attempt >= MOST_ATTEMPTS or workbook.job_id is None:
            _end(workbook, MadeState.FAILED, _said(error))
        raise
    except Exception as error:
        logger.exception("Workbook %s could not be made.", workbook.pk)
        _end(workbook, MadeState.FAILED, _said(error))


def _end(workbook: MadeWorkbook, state: MadeState, error: str = "") -> None:
    """Write how it ended, unless another worker has it."""
    mine = MadeWorkbook.objects.filter(pk=workbook.pk, attempt=workbook.attempt, state=MadeState.RUNNING)
    mine.update(state=state, error=error, seen_at=now())


def _said(error: Exception) -> str:
    """Return what a person should read."""
    if isinstance(error, Round.DoesNotExist):
        return str(RoundIsGone())
    if isinstance(error, WorkbookError):
        return str(error)
    return _("The program failed (%(kind)s). Try again; if that does not help, tell whoever runs the portal.") % {
        "kind": type(error).__name__
    }
