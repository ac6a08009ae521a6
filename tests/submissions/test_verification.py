"""The seal of a revision, computed anew from its rows: by the receipt, by a command, by anybody."""

from __future__ import annotations

import hashlib
import io

import pytest
from django.core.management import CommandError, call_command
from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.row_security import every_school
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Evidence
from mentoring_reports.submissions.models import Round, Submission
from mentoring_reports.submissions.receipts import Receipt
from mentoring_reports.submissions.verification import is_intact, receipt_number, sealed
from portal.tenants.models import Organisation
from tests.workbooks.reporting import hand_in_accepted

from .acting import CURATOR, DAY, DUE, FIGURES, METHODIST, OPENS, hand_over, handed, make_dated_round, return_

LINKS = [Evidence("Приказ", "https://example.org/1", "mentors"), Evidence("План", "https://example.org/2")]


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return make_dated_round(municipality)


def read(submission: Submission) -> Submission:
    """Return the revision as a receipt reads it."""
    return Submission.objects.select_related("round", "form").get(pk=submission.pk)


def verify() -> str:
    out = io.StringIO()
    call_command("verify_submissions", stdout=out, stderr=out)
    return out.getvalue()


def test_every_kind_of_revision_is_intact(round_: Round, alpha: Organisation, beta: Organisation) -> None:
    with tenant_context(alpha), pretend(OPENS):
        with_links = actions.hand_over(
            round_=round_, school=alpha, values=handed(FIGURES), explanations={}, note="", by=CURATOR, evidence=LINKS
        )
        assert is_intact(read(with_links))
    with tenant_context(round_.municipality), pretend(OPENS):
        on_behalf = actions.hand_over(
            round_=round_,
            school=beta,
            values=handed(FIGURES),
            explanations={},
            note="",
            by=METHODIST,
            behalf_reason="Нет связи",
        )
        assert is_intact(read(on_behalf))
        assert is_intact(read(with_links))


def test_anybody_can_compute_the_checksum_from_the_sealed_text(round_: Round, alpha: Organisation) -> None:
    submission = hand_over(round_, alpha)
    with tenant_context(alpha):
        text = sealed(read(submission))
    assert hashlib.sha256(text.encode()).hexdigest() == submission.checksum
    assert '"mentors":"6.0000"' in text


def test_the_number_names_round_school_and_revision(round_: Round, alpha: Organisation) -> None:
    return_(hand_over(round_, alpha))
    second = hand_over(round_, alpha)
    assert receipt_number(second) == f"2026-1-{alpha.pk}-2"


def test_the_command_finds_nothing_where_all_is_well(round_: Round, alpha: Organisation) -> None:
    hand_over(round_, alpha)
    assert f"{round_.municipality.schema_name}:" in verify()


def test_the_command_names_a_revision_that_is_not_what_was_handed_over(round_: Round, alpha: Organisation) -> None:
    damaged = hand_in_accepted(round_, alpha, FIGURES, seal="0" * 64)
    with pytest.raises(CommandError, match="1"):
        verify()
    with tenant_context(alpha):
        assert not Receipt(read(damaged)).is_intact


def test_the_command_names_revisions_that_are_gone(round_: Round, alpha: Organisation) -> None:
    hand_over(round_, alpha)
    with tenant_context(round_.municipality):
        first = Submission.objects.get()
    with every_school():
        first.pk, first.revision = None, 4
        first.save(force_insert=True)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("verify_submissions", stdout=out, stderr=out)
    assert f"2026-1-{alpha.pk}-4" in out.getvalue()


def test_the_receipt_judges_a_school_by_its_first_revision(
    round_: Round, alpha: Organisation, beta: Organisation
) -> None:
    return_(hand_over(round_, alpha, on=DUE), on=DUE + DAY)
    corrected = hand_over(round_, alpha, on=DUE + 2 * DAY)
    late = hand_over(round_, beta, on=DUE + DAY)
    with tenant_context(round_.municipality):
        assert Receipt(read(corrected)).was_on_time
        assert not Receipt(read(late)).was_on_time


def test_the_receipt_shows_everything_that_was_handed_over(round_: Round, alpha: Organisation) -> None:
    with tenant_context(alpha), pretend(OPENS):
        submission = actions.hand_over(
            round_=round_,
            school=alpha,
            values=handed(FIGURES),
            explanations={"target_missed_by_half:experts": "Осенью", "completed_within_due": "Проверено"},
            note="",
            by=CURATOR,
            evidence=LINKS,
        )
        receipt = Receipt(read(submission))
        lines = {line.element.code: line for _name, lines in receipt.groups for line in lines}
        assert len(lines) == round_.form.elements.count()
        assert lines["mentors"].value == 6
        assert [link.title for link in lines["mentors"].evidence] == ["Приказ"]
        assert [link.title for link in receipt.evidence] == ["План"]
        assert [explained.text for explained in receipt.explanations] == ["Проверено", "Осенью"]
        assert all("{" not in explained.about and ":" not in explained.about for explained in receipt.explanations)
