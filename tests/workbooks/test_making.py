"""Asking for a workbook, making it, keeping it: one request, one file, whole or not there."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.exceptions import JobAborted

from mentoring_reports.clock import now, pretend, today
from mentoring_reports.submissions.handover import Author
from mentoring_reports.submissions.models import Participation, Round
from mentoring_reports.workbooks import making, source
from mentoring_reports.workbooks.asking import ask, cancel, try_again
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.enums import MadeState
from mentoring_reports.workbooks.errors import Cancelled, MadeElsewhere, NotRepeatable, RoundIsGone, TakenOver
from mentoring_reports.workbooks.kept import content, keep, remove_old
from mentoring_reports.workbooks.looking_after import fail_abandoned
from mentoring_reports.workbooks.making import make_now, run
from mentoring_reports.workbooks.manifest import digest
from mentoring_reports.workbooks.models import MadeWorkbook, WorkbookPart
from mentoring_reports.workbooks.standing import currency, differences, superseded
from tests.factories import make_round
from tests.workbooks.reporting import USUAL, hand_in, hand_in_accepted

BY = Author("Методист", 7, "municipality_portal")


@pytest.fixture
def choices(in_municipality, alpha):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL)
    return Choices(round_id=round_.pk, sheets=("data",))  # one sheet: it is the making that is tested


def made(choices: Choices, **options: bool) -> MadeWorkbook:
    workbook = ask(choices=choices, by=BY, **options).workbook
    run(workbook.pk, job_id=workbook.job_id)
    return MadeWorkbook.objects.get(pk=workbook.pk)


def taken(choices: Choices) -> MadeWorkbook:
    """Return a workbook that a worker has taken and that it will never hear of again."""
    workbook = ask(choices=choices, by=BY).workbook
    MadeWorkbook.objects.filter(pk=workbook.pk).update(state=MadeState.RUNNING, attempt=1, seen_at=now())
    return MadeWorkbook.objects.get(pk=workbook.pk)


def test_a_request_becomes_a_file_that_is_kept_whole(choices):
    workbook = made(choices)

    assert workbook.state == MadeState.DONE
    assert (workbook.revisions, workbook.author_name) == (1, BY.name)
    assert workbook.name.startswith("Свод")
    assert workbook.name.endswith(".xlsx")
    assert hashlib.sha256(content(workbook)).hexdigest() == workbook.sha256
    assert content(workbook) == content(workbook)
    assert len(content(workbook)) == workbook.size


def test_a_large_file_is_kept_in_pieces_and_comes_back_byte_for_byte(choices, monkeypatch):
    monkeypatch.setattr("mentoring_reports.workbooks.kept.PIECE", 1000)

    workbook = made(choices)

    assert WorkbookPart.objects.filter(workbook=workbook).count() > 3
    assert hashlib.sha256(content(workbook)).hexdigest() == workbook.sha256


def test_the_same_request_is_never_under_way_twice(choices):
    first = ask(choices=choices, by=BY)
    second = ask(choices=choices, by=BY, anew=True)

    assert (first.is_new, second.is_new) == (True, False)
    assert second.workbook == first.workbook
    assert ProcrastinateJob.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        MadeWorkbook.objects.create(choices={}, key=choices.key(), round_id=1, author_name="—")


def test_what_was_made_from_the_same_data_is_offered_until_something_changes(choices, in_municipality, beta):
    workbook = made(choices)

    offered = ask(choices=choices, by=BY)
    hand_in_accepted(workbook_round(workbook), beta, USUAL)
    asked = ask(choices=choices, by=BY)

    assert (offered.workbook, offered.is_new) == (workbook, False)
    assert asked.is_new
    assert asked.workbook != workbook


def test_a_report_handed_in_on_the_same_day_is_a_change(choices, beta):
    workbook = made(choices)

    hand_in(workbook_round(workbook), beta, USUAL)
    asked = ask(choices=choices, by=BY)

    assert source.as_of(workbook_round(workbook)).isoformat() == workbook.manifest["as_of"]
    assert asked.is_new


def test_a_round_with_another_title_is_a_change(choices):
    made(choices)

    Round.objects.filter(pk=choices.round_id).update(title="Сбор под другим названием")

    assert ask(choices=choices, by=BY).is_new


def test_filters_and_codes_do_not_make_a_workbook_look_old(choices, alpha):
    chosen = replace(choices, territory=alpha.territory.name, type_=alpha.organisation_type.name)
    coded = replace(choices, codes_for_names=True)
    workbooks = [made(chosen), made(coded)]

    assert [ask(choices=one, by=BY).workbook for one in (chosen, coded)] == workbooks


def test_anew_makes_it_in_spite_of_that(choices):
    workbook = made(choices)

    again = made(choices, anew=True)

    assert again.pk != workbook.pk
    assert again.previous == workbook
    assert again.manifest == workbook.manifest | {"previous": digest(workbook.manifest)}


def test_other_choices_are_another_request(choices):
    first = ask(choices=choices, by=BY)

    other = replace(choices, sheets=("summary",))

    assert ask(choices=other, by=BY).workbook != first.workbook
    assert Choices(round_id=1, sheets=("a", "b")).key() == Choices(round_id=1, sheets=("b", "a")).key()
    assert Choices.from_json(other.as_json()) == other


def test_a_round_that_is_gone_is_told(in_municipality):
    with pytest.raises(RoundIsGone):
        ask(choices=Choices(round_id=987), by=BY)


def test_what_waits_is_cancelled_at_once_and_leaves_the_queue(choices):
    workbook = ask(choices=choices, by=BY).workbook

    cancel(workbook.pk)
    run(workbook.pk, job_id=workbook.job_id)

    workbook.refresh_from_db()
    assert workbook.state == MadeState.CANCELLED
    assert not ProcrastinateJob.objects.exists()
    assert not WorkbookPart.objects.exists()


def test_a_cancelled_workbook_is_made_when_it_is_tried_again(choices):
    workbook = ask(choices=choices, by=BY).workbook
    cancel(workbook.pk)

    again = try_again(workbook.pk)
    run(again.pk, job_id=again.job_id)

    again.refresh_from_db()
    assert again.state == MadeState.DONE


def test_what_is_done_is_neither_cancelled_nor_tried_again(choices):
    workbook = made(choices)

    assert cancel(workbook.pk).state == MadeState.DONE
    with pytest.raises(NotRepeatable):
        try_again(workbook.pk)


def test_trying_again_what_is_under_way_elsewhere_is_refused(choices):
    workbook = ask(choices=choices, by=BY).workbook
    cancel(workbook.pk)
    ask(choices=choices, by=BY)

    with pytest.raises(MadeElsewhere):
        try_again(workbook.pk)


def test_a_failure_is_written_down_in_words_and_can_be_tried_again(choices, monkeypatch):
    def broken(*args: object, **options: object) -> None:
        raise ZeroDivisionError("secret")

    with monkeypatch.context() as patched:
        patched.setattr(making, "make_workbook", broken)
        workbook = made(choices)
    assert workbook.state == MadeState.FAILED
    assert "ZeroDivisionError" in workbook.error
    assert "secret" not in workbook.error

    again = try_again(workbook.pk)
    run(again.pk, job_id=again.job_id)

    again.refresh_from_db()
    assert (again.state, again.error) == (MadeState.DONE, "")


def test_a_job_that_is_not_the_requests_own_makes_nothing(choices):
    workbook = ask(choices=choices, by=BY).workbook

    run(workbook.pk, job_id=workbook.job_id + 1)

    workbook.refresh_from_db()
    assert (workbook.state, workbook.attempt) == (MadeState.QUEUED, 0)


def test_the_last_of_two_makers_wins_and_the_other_writes_nothing(choices):
    left = taken(choices)
    run(left.pk, job_id=left.job_id)
    done = MadeWorkbook.objects.get(pk=left.pk)
    file = making.make_workbook(choices)

    with pytest.raises(TakenOver):
        keep(left, file)

    assert (done.state, done.attempt) == (MadeState.DONE, 2)
    assert WorkbookPart.objects.filter(workbook=left).count() == 1


def test_a_file_that_nobody_wants_any_more_is_not_kept(choices):
    workbook = taken(choices)
    cancel(workbook.pk)

    with pytest.raises(Cancelled):
        keep(workbook, making.make_workbook(choices))

    assert not WorkbookPart.objects.exists()


def test_a_file_that_kills_every_worker_is_given_up(choices):
    workbook = taken(choices)
    MadeWorkbook.objects.filter(pk=workbook.pk).update(attempt=making.MOST_ATTEMPTS)

    run(workbook.pk, job_id=workbook.job_id)

    workbook.refresh_from_db()
    assert workbook.state == MadeState.FAILED
    assert workbook.error


def test_a_worker_that_is_told_to_stop_gives_its_work_back(choices):
    workbook = ask(choices=choices, by=BY).workbook

    with pytest.raises(JobAborted):
        run(workbook.pk, job_id=workbook.job_id, should_stop=lambda: True)

    workbook.refresh_from_db()
    assert workbook.state == MadeState.QUEUED
    run(workbook.pk, job_id=workbook.job_id)
    workbook.refresh_from_db()
    assert workbook.state == MadeState.DONE


def test_what_nobody_makes_any_more_is_said_to_have_failed(choices):
    waits, lost = ask(choices=choices, by=BY).workbook, taken(replace(choices, sheets=("summary",)))
    with schema_context(get_public_schema_name()):
        delete_job(lost.job_id)

    with pretend(today() + dt.timedelta(days=1)):
        failed = fail_abandoned()

    waits.refresh_from_db()
    lost.refresh_from_db()
    assert (failed, waits.state, lost.state) == (1, MadeState.QUEUED, MadeState.FAILED)


def test_made_now_needs_no_worker_and_is_kept_like_every_other(choices):
    workbook = make_now(choices=choices, by=BY)

    assert workbook.has_file
    assert not ProcrastinateJob.objects.exists()
    assert make_now(choices=choices, by=BY) == workbook


def test_files_older_than_the_setting_are_removed_and_their_manifest_stays(choices, settings):
    settings.MENTORING_WORKBOOKS_KEPT_DAYS = 30
    workbook = made(choices)

    removed_early = remove_old()
    with pretend(today() + dt.timedelta(days=31)):
        removed = remove_old()

    workbook.refresh_from_db()
    assert (removed_early, removed) == (0, 1)
    assert not workbook.has_file
    assert not WorkbookPart.objects.exists()
    assert workbook.manifest["revisions"]


def test_a_later_acceptance_makes_a_workbook_old_and_is_named(choices, in_municipality, alpha, beta):
    workbook = made(choices)
    was_current = currency([workbook])
    hand_in_accepted(workbook_round(workbook), beta, USUAL)

    changes = superseded(workbook.manifest)

    assert was_current == {workbook.pk: True}
    assert currency([workbook]) == {workbook.pk: False}
    assert [(one.school, one.before, one.now) for one in changes] == [(beta.name, 0, 1)]


def test_a_revision_that_does_not_count_any_more_is_named(choices, in_municipality, alpha):
    workbook = made(choices)
    Participation.objects.filter(school=alpha).update(accepted=None, accepted_at=None, state="reopened")

    assert [(one.school, one.before, one.now) for one in superseded(workbook.manifest)] == [(alpha.name, 1, 0)]


def test_another_territorys_acceptance_does_not_make_a_filtered_workbook_old(choices, alpha, beta):
    workbook = made(replace(choices, territory=alpha.territory.name))
    hand_in_accepted(workbook_round(workbook), beta, USUAL)

    assert currency([workbook]) == {workbook.pk: True}
    assert superseded(workbook.manifest) == []


def test_two_files_differ_by_the_revisions_between_them(choices, beta):
    first = made(choices)
    hand_in_accepted(workbook_round(first), beta, USUAL)
    second = made(choices)

    found = differences(second.manifest, first.manifest)

    assert second.previous == first
    assert [(one.school, one.before, one.now) for one in found] == [(beta.name, 0, 1)]


def test_the_list_asks_once_however_many_workbooks_there_are(choices, django_assert_num_queries):
    several = [made(choices, anew=True) for _ in range(3)]

    with django_assert_num_queries(1):
        assert set(currency(several).values()) == {True}


def test_a_school_has_no_workbooks_and_sees_no_job_of_others(choices, alpha):
    ask(choices=choices, by=BY)

    with tenant_context(alpha):
        seen = (MadeWorkbook.objects.count(), ProcrastinateJob.objects.count(), ProcrastinateEvent.objects.count())

    assert seen == (0, 0, 0)
    assert (ProcrastinateJob.objects.count(), ProcrastinateEvent.objects.count()) == (1, 1)


def test_a_job_holds_a_schema_and_a_number_only(choices, in_municipality):
    workbook = ask(choices=choices, by=BY).workbook

    job = ProcrastinateJob.objects.get()

    assert job.args == {"schema": in_municipality.schema_name, "workbook": workbook.pk}


def test_a_school_cannot_queue_a_job_that_works_in_another_schema(choices, in_municipality, alpha):
    with tenant_context(alpha), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        queue_by_hand(in_municipality.schema_name)

    with tenant_context(alpha):
        queue_by_hand(alpha.schema_name)
        assert ProcrastinateJob.objects.count() == 1


def queue_by_hand(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', 'workbooks.make', %s)",
            [json.dumps({"schema": schema, "workbook": 1})],
        )


def workbook_round(workbook: MadeWorkbook):
    from mentoring_reports.submissions.models import Round

    return Round.objects.get(pk=workbook.round_id)


def delete_job(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
