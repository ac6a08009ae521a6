"""Workers: several share the queue, one that is killed loses nothing, one that is told to stop gives its work back."""

from __future__ import annotations

import io
import signal
import subprocess
import threading
from collections.abc import Iterator

import openpyxl
import pytest
from django.db import connection
from django_tenants.utils import tenant_context
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from mentoring_reports.indicators.builtin import install_builtin_form
from mentoring_reports.submissions.handover import Author
from mentoring_reports.workbooks.asking import ask, cancel, try_again
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.enums import MadeState
from mentoring_reports.workbooks.kept import content
from mentoring_reports.workbooks.making import run
from mentoring_reports.workbooks.models import MadeWorkbook, WorkbookPart
from portal.tenants.models import Organisation, Territory
from portal.tenants.provisioning import create_municipality
from tests.factories import make_round
from tests.workbooks.reporting import USUAL, hand_in_accepted, make_schools
from tests.workbooks.workers import held, start_worker, wait_until

pytestmark = pytest.mark.committed
BY = Author("Методист", 7, "municipality_portal")
Tenants = tuple[Organisation, Organisation, Organisation]


@pytest.fixture
def choices(committed_tenants: Tenants) -> Iterator[Choices]:
    municipality, alpha, beta = committed_tenants
    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)
    hand_in_accepted(round_, beta, USUAL)
    with tenant_context(municipality):
        yield Choices(round_id=round_.pk)


def state_of(workbook: MadeWorkbook) -> str:
    return MadeWorkbook.objects.values_list("state", flat=True).get(pk=workbook.pk)


def asked(choices: Choices, **changes: object) -> MadeWorkbook:
    return ask(choices=Choices.from_json(choices.as_json() | changes), by=BY).workbook


@pytest.fixture
def workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers that a test starts; none of them outlives it."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_workers_share_the_queue_and_what_a_killed_one_leaves_another_finishes(
    choices: Choices, workers: list[subprocess.Popen[bytes]]
) -> None:
    by_number = {started_as_number(workers): workers[-1] for _ in range(2)}

    several = [asked(choices, sheets=[code]) for code in ("summary", "schools", "territories", "data")]
    wait_until(lambda: not MadeWorkbook.objects.unfinished().exists())
    assert [row_of(one) for one in several] == [("done", 1)] * len(several)

    with held():
        left = asked(choices, sheets=["data"], codes_for_names=True)
        wait_until(lambda: row_of(left)[0] == MadeState.RUNNING)
        number = ProcrastinateJob.objects.get(id=left.job_id).worker_id
        by_number.pop(number).kill()
    wait_until(lambda: row_of(left) == ("done", 2))
    made = MadeWorkbook.objects.get(pk=left.pk)
    assert len(content(made)) == made.size

    (other,) = by_number.values()
    other.send_signal(signal.SIGTERM)
    assert other.wait(20) == 0


def started_as_number(workers: list[subprocess.Popen[bytes]]) -> int:
    """Start one more worker, and return the number under which it says that it lives."""
    before = set(ProcrastinateWorker.objects.values_list("id", flat=True))
    workers.append(start_worker())
    wait_until(lambda: ProcrastinateWorker.objects.count() > len(before))
    (number,) = set(ProcrastinateWorker.objects.values_list("id", flat=True)) - before
    return number


def row_of(workbook: MadeWorkbook) -> tuple[str, int]:
    """Return state and number of attempts as they are now."""
    return MadeWorkbook.objects.values_list("state", "attempt").get(pk=workbook.pk)


def test_what_is_being_made_is_cancelled_and_tried_again(choices: Choices) -> None:
    with held():
        workbook = asked(choices)
        maker = threading.Thread(target=make_in_thread, args=(workbook,))
        maker.start()
        wait_until(lambda: row_of(workbook)[0] == MadeState.RUNNING)
        cancel(workbook.pk)
        assert row_of(workbook)[0] == MadeState.RUNNING  # until the maker hears of it
    maker.join()
    assert row_of(workbook)[0] == MadeState.CANCELLED
    assert not WorkbookPart.objects.filter(workbook=workbook).exists()

    again = try_again(workbook.pk)
    run(again.pk, job_id=again.job_id)

    assert row_of(workbook)[0] == MadeState.DONE


def make_in_thread(workbook: MadeWorkbook) -> None:
    with tenant_context(Organisation.objects.get(kind="municipality")):
        run(workbook.pk, job_id=workbook.job_id)
    connection.close()


def test_two_workers_of_one_queue_keep_the_files_of_two_municipalities_apart(
    committed_tenants: Tenants, workers: list[subprocess.Popen[bytes]]
) -> None:
    municipality, alpha, beta = committed_tenants
    other, schools = another_municipality()
    for _ in range(2):
        started_as_number(workers)
    choices = {
        municipality: accepted_of(municipality, [(alpha, 6), (beta, 7)]),
        other: accepted_of(other, [(schools[0], 11), (schools[1], 12)]),
    }

    wanted = [(one, code) for code in ("schools", "data") for one in choices]
    for one, code in wanted:
        with tenant_context(one):
            asked(choices[one], sheets=[code])

    names = {municipality: {alpha.name, beta.name}, other: {school.name for school in schools}}
    for one, others in ((municipality, other), (other, municipality)):
        with tenant_context(one):
            wait_until(lambda: not MadeWorkbook.objects.unfinished().exists())
            made = list(MadeWorkbook.objects.order_by("pk"))
            assert [row_of(workbook) for workbook in made] == [("done", 1)] * 2
            assert [workbook.manifest["municipality"] for workbook in made] == [one.name] * 2
            for workbook in made:
                said = said_in(content(workbook))
                assert names[one] <= said
                assert not names[others] & said
                assert said_in(content(workbook), title=True) == {one.name}


def another_municipality() -> tuple[Organisation, list[Organisation]]:
    """Return a second municipality, and schools of its own."""
    connection.set_schema_to_public()
    other = create_municipality(name="Город Соседей", host="other.test")
    Territory.objects.create(municipality=other, name="Север", order=1)
    with tenant_context(other):
        install_builtin_form(other)
    return other, make_schools(other, 2, first=70)


def accepted_of(municipality: Organisation, reports: list[tuple[Organisation, int]]) -> Choices:
    """Return the choice of a round in which these schools have so many mentors."""
    with tenant_context(municipality):
        round_ = make_round(municipality, form=municipality.report_forms.get())
    for school, mentors in reports:
        hand_in_accepted(round_, school, USUAL | {"mentors": mentors})
    return Choices(round_id=round_.pk)


def said_in(file: bytes, *, title: bool = False) -> set[str]:
    """Return the texts of a workbook's cells, or who it says has made it."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    if title:
        return {str(book.properties.creator)}
    return {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}


def test_what_failed_is_kept_for_a_month_and_what_waits_for_as_long_as_it_takes(
    committed_tenants: Tenants, workers: list[subprocess.Popen[bytes]]
) -> None:
    old, cancelled, recent, waiting = (
        job_of(days, status) for days, status in ((31, "failed"), (31, "cancelled"), (29, "failed"), (31, "todo"))
    )

    workers.append(start_worker("--until-idle"))
    assert workers[-1].wait(60) == 0

    connection.set_schema_to_public()
    left = set(ProcrastinateJob.objects.values_list("id", flat=True))
    assert {recent, waiting} <= left
    assert not {old, cancelled} & left


def job_of(days: int, status: str) -> int:
    """Return a job that has been in this state for so many days, due tomorrow if it waits."""
    connection.set_schema_to_public()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at, status)"
            " VALUES ('default', 'workbooks.make', '{}', now() + interval '1 day', 'todo') RETURNING id"
        )
        (number,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, number])
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(days => %s) WHERE job_id = %s", [days, number]
        )
    return int(number)
