"""Handing a report over: all of it or nothing, checked, and without a person's name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django_tenants.utils import tenant_context

from mentoring_reports.reports.actions import submit
from mentoring_reports.reports.basis import Basis
from mentoring_reports.reports.errors import FiguresChanged, StaleDraft, SubmissionRefused
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.models import Draft
from mentoring_reports.submissions.errors import SubmissionError
from mentoring_reports.submissions.models import Participation, Round, Submission, SubmittedValue
from portal.tenants.models import Organisation
from tests.factories import CURATOR, make_user

from .drafts import TYPED, day, open_round, ready_draft, save
from .records import END, mentor, pair, plan, teacher, training


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return open_round(municipality)


@pytest.fixture
def curator(alpha: Organisation) -> object:
    return make_user(alpha, CURATOR)


def submitted(submission: Submission) -> dict[str, SubmittedValue]:
    """Return a submission's values by element."""
    return {row.element_code: row for row in submission.values.all()}


def refusal(draft: Draft, by: object) -> dict[str, str]:
    """Return what stops a draft, by the key of the finding."""
    with pytest.raises(SubmissionRefused) as refused:
        submit(draft=draft, by=by)
    return {finding.key: finding.message for finding in refused.value.findings}


def test_a_submission_holds_typed_counted_and_missing_values(
    round_: Round, in_alpha: Organisation, curator: object
) -> None:
    mentor()
    submission = submit(draft=ready_draft(round_, in_alpha), by=curator)
    values = submitted(submission)
    assert submission.revision == 1
    assert (values["mentors"].value, values["mentors"].counted) == (Decimal(1), Decimal(1))
    assert (values["external_events"].value, values["external_events"].counted) == (Decimal(4), None)
    assert values["closing_event_present"].value is None
    assert len(values) == round_.form.elements.count()


def test_counts_are_taken_at_the_moment_of_submitting(round_: Round, in_alpha: Organisation, curator: object) -> None:
    teacher()
    draft = ready_draft(round_, in_alpha)
    teacher()
    assert submitted(submit(draft=draft, by=curator))["teaching_staff"].value == Decimal(2)


def test_an_overruled_count_travels_with_its_reason(round_: Round, in_alpha: Organisation, curator: object) -> None:
    draft = ready_draft(
        round_,
        in_alpha,
        values={**TYPED, "teaching_staff": Decimal(40)},
        reasons={"teaching_staff": "Совместители не внесены"},
    )
    submission = submit(draft=draft, by=curator)
    row = submitted(submission)["teaching_staff"]
    assert (row.value, row.counted, row.reason) == (Decimal(40), Decimal(0), "Совместители не внесены")
    assert submission.explanations["overruled:teaching_staff"] == "Совместители не внесены"


def test_overruling_a_count_without_a_reason_is_refused(round_: Round, in_alpha: Organisation, curator: object) -> None:
    draft = ready_draft(round_, in_alpha, values={**TYPED, "teaching_staff": Decimal(40)})
    assert set(refusal(draft, curator)) == {"overruled:teaching_staff"}


def test_a_required_number_that_is_missing_is_refused(round_: Round, in_alpha: Organisation, curator: object) -> None:
    draft = ready_draft(round_, in_alpha, values={**TYPED, "external_events": None})
    assert set(refusal(draft, curator)) == {"missing:external_events"}


def test_text_that_is_no_number_is_refused(round_: Round, in_alpha: Organisation, curator: object) -> None:
    draft = ready_draft(round_, in_alpha, values={**TYPED, "external_events": "1e999"})
    assert set(refusal(draft, curator)) == {"not_a_number:external_events"}


def test_a_comparison_that_does_not_hold_is_refused(round_: Round, in_alpha: Organisation, curator: object) -> None:
    values = {**TYPED, "mentees_answered": Decimal(2), "mentees_satisfied": Decimal(3)}
    draft = ready_draft(round_, in_alpha, values=values)
    assert set(refusal(draft, curator)) == {"satisfied_mentees_within_answered"}


def test_a_warning_without_an_explanation_is_refused(round_: Round, in_alpha: Organisation, curator: object) -> None:
    keys = set(refusal(save(round_), curator))
    assert "target_missed_by_half:experts" in keys


def test_only_explanations_of_warnings_that_stand_are_sent(
    round_: Round, in_alpha: Organisation, curator: object
) -> None:
    draft = ready_draft(round_, in_alpha)
    draft.explanations.create(key="jump:mentors", text="Больше не нужно")
    submission = submit(draft=draft, by=curator)
    assert "jump:mentors" not in submission.explanations
    assert submission.explanations["target_missed_by_half:experts"] == "Пояснение: target_missed_by_half:experts"


def test_a_refusal_writes_nothing_and_keeps_the_draft(round_: Round, in_alpha: Organisation, curator: object) -> None:
    draft = save(round_, note="Черновик")
    refusal(draft, curator)
    assert Submission.objects.count() == 0
    assert Draft.objects.get().note == "Черновик"


def test_a_failure_in_the_middle_writes_nothing(
    round_: Round, in_alpha: Organisation, curator: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = ready_draft(round_, in_alpha)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(Participation.objects.__class__, "create", fail)
    monkeypatch.setattr(Participation, "save", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        submit(draft=draft, by=curator)
    assert (Submission.objects.count(), SubmittedValue.objects.count()) == (0, 0)
    assert Draft.objects.get().version == draft.version


def test_the_draft_stays_after_submitting(round_: Round, in_alpha: Organisation, curator: object) -> None:
    draft = ready_draft(round_, in_alpha)
    submit(draft=draft, by=curator)
    assert Draft.objects.get().values.get(element_code="external_events").value == Decimal(4)


def test_a_draft_that_somebody_saved_meanwhile_is_not_sent(
    round_: Round, in_alpha: Organisation, curator: object
) -> None:
    draft = ready_draft(round_, in_alpha)
    save(round_, version=1)
    with pytest.raises(StaleDraft):
        submit(draft=draft, by=curator)
    assert Submission.objects.count() == 0


def test_what_was_confirmed_is_what_is_sent(round_: Round, in_alpha: Organisation, curator: object) -> None:
    draft = ready_draft(round_, in_alpha)
    confirmed = Filling.of_draft(Basis.of(round_, in_alpha), draft).fingerprint()
    teacher()
    with pytest.raises(FiguresChanged):
        submit(draft=draft, by=curator, confirmed=confirmed)
    assert Submission.objects.count() == 0


def test_a_closed_round_takes_nothing(municipality: Organisation, in_alpha: Organisation, curator: object) -> None:
    round_ = open_round(municipality)
    draft = ready_draft(round_, in_alpha)
    with tenant_context(municipality):
        Round.objects.update(opens=day(-9), due=day(-5), closes=day(-1))
    with pytest.raises(SubmissionError):
        submit(draft=draft, by=curator)
    assert Submission.objects.count() == 0


def test_a_second_submission_before_a_decision_is_refused(
    round_: Round, in_alpha: Organisation, curator: object
) -> None:
    draft = ready_draft(round_, in_alpha)
    submit(draft=draft, by=curator)
    with pytest.raises(SubmissionError):
        submit(draft=draft, by=curator)
    assert Submission.objects.count() == 1


def test_no_persons_name_crosses_into_a_shared_table(
    round_: Round, municipality: Organisation, in_alpha: Organisation, curator: object
) -> None:
    person = {"last_name": "Неповторимова", "first_name": "Евстолия", "patronymic": "Пафнутьевна"}
    leader = mentor(**person)
    plan(pair(leader, teacher(**{**person, "last_name": "Единственнов"})))
    training(END, leader, experts=5)
    submit(draft=ready_draft(round_, in_alpha), by=curator)
    with tenant_context(municipality):
        texts = {model._meta.db_table: _all_text(model._meta.db_table) for model in _shared_models()}
    assert texts["mentoring_submissions_submittedvalue"] != ""
    for table, text in texts.items():
        for name in ("Неповторимова", "Единственнов", "Евстолия", "Пафнутьевна"):
            assert name not in text, table


def _shared_models() -> list[type]:
    labels = {name.rsplit(".", 1)[-1] for name in settings.SHARED_APPS}
    found = [model for model in apps.get_models() if model.__module__.split(".")[1] in labels]
    return [model for model in found if model._meta.managed]


def _all_text(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM public.\"{table}\" t")
        return str(cursor.fetchone()[0])
