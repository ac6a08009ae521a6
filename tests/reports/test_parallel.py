"""Two transactions at once on a real database: one draft, one revision."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from django_tenants.utils import tenant_context

from mentoring_reports.reports.actions import submit
from mentoring_reports.reports.errors import StaleDraft
from mentoring_reports.reports.models import Draft
from mentoring_reports.submissions.errors import SubmissionError
from mentoring_reports.submissions.models import Submission
from tests.factories import CURATOR, make_user

from .drafts import open_round, ready_draft, save

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.tenants.models import Organisation

pytestmark = pytest.mark.committed
Tenants = tuple["Organisation", "Organisation", "Organisation"]


def at_once(school: Organisation, action: Callable[[], object]) -> list[str]:
    """Run an action in two threads at the same moment, inside the school; return how each went."""
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def run() -> None:
        try:
            with tenant_context(school):
                start.wait(timeout=10)
                action()
            outcomes.append("done")
        except (SubmissionError, StaleDraft) as error:
            outcomes.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


def test_a_report_sent_twice_at_once_is_one_revision(committed_tenants: Tenants) -> None:
    municipality, alpha, _beta = committed_tenants
    curator = make_user(alpha, CURATOR)
    round_ = open_round(municipality)
    with tenant_context(alpha):
        draft = ready_draft(round_, alpha)
    outcomes = at_once(alpha, lambda: submit(draft=draft, by=curator))
    with tenant_context(alpha):
        assert Submission.objects.count() == 1
    assert outcomes == ["AwaitingReview", "done"]


def test_a_first_draft_saved_twice_at_once_is_one_draft(committed_tenants: Tenants) -> None:
    municipality, alpha, _beta = committed_tenants
    round_ = open_round(municipality)
    outcomes = at_once(alpha, lambda: save(round_))
    with tenant_context(alpha):
        assert [draft.version for draft in Draft.objects.all()] == [1]
    assert outcomes == ["StaleDraft", "done"]
    assert connection.in_atomic_block is False
