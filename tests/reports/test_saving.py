"""Saving a draft: kept in the school's schema, missing is not zero, nobody overwrites anybody unawares."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mentoring_reports.reports.basis import Basis
from mentoring_reports.reports.errors import NotEditable, StaleDraft
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.models import Draft, DraftValue
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation
from tests.factories import CURATOR, make_user

from .drafts import day, open_round, save
from .records import pupil, teacher


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return open_round(municipality)


def filling(round_: Round, school: Organisation) -> Filling:
    """Return what the draft amounts to now."""
    return Filling.of_draft(Basis.of(round_, school), Draft.objects.filter(round_id=round_.pk).first())


def test_without_a_draft_the_counts_stand_and_the_rest_is_missing(round_: Round, in_alpha: Organisation) -> None:
    teacher()
    found = filling(round_, in_alpha)
    assert found.values["teaching_staff"] == 1
    assert found.values["external_events"] is None
    assert Draft.objects.count() == 0


def test_a_saved_draft_comes_back_as_it_was(round_: Round, in_alpha: Organisation) -> None:
    user = make_user(in_alpha, CURATOR)
    save(round_, by=user, explanations={"jump:mentors": "Пришли новые"}, note="Спасибо")
    found = filling(round_, in_alpha)
    assert found.values["external_events"] == Decimal(4)
    assert (found.explanations, found.note) == ({"jump:mentors": "Пришли новые"}, "Спасибо")
    assert Draft.objects.get().updated_by == user


def test_zero_is_kept_as_zero_and_nothing_as_missing(round_: Round, in_alpha: Organisation) -> None:
    save(round_, values={"external_events": Decimal(0), "council_present": None})
    found = filling(round_, in_alpha)
    assert found.values["external_events"] == Decimal(0)
    assert found.values["council_present"] is None
    assert not DraftValue.objects.filter(element_code="council_present").exists()


def test_text_that_is_no_number_is_kept_as_typed_and_never_taken_for_one(round_: Round, in_alpha: Organisation) -> None:
    save(round_, values={"external_events": "около пяти"})
    found = filling(round_, in_alpha)
    assert found.unread == {"external_events": "около пяти"}
    assert found.values["external_events"] is None


def test_a_count_that_is_not_overruled_follows_the_register(round_: Round, in_alpha: Organisation) -> None:
    save(round_)
    teacher()
    assert filling(round_, in_alpha).values["teaching_staff"] == 1


def test_an_overruled_count_stays_when_the_register_changes(round_: Round, in_alpha: Organisation) -> None:
    save(round_, values={"teaching_staff": Decimal(40)}, reasons={"teaching_staff": "Совместители"})
    pupil()
    teacher()
    found = filling(round_, in_alpha)
    assert (found.values["teaching_staff"], found.overruled) == (Decimal(40), {"teaching_staff"})


def test_a_count_can_be_overruled_by_a_missing_number(round_: Round, in_alpha: Organisation) -> None:
    save(round_, values={"publications": None}, reasons={"publications": "Сайт переезжал"})
    found = filling(round_, in_alpha)
    assert (found.values["publications"], found.overruled) == (None, {"publications"})


def test_saving_again_replaces_what_was_there(round_: Round, in_alpha: Organisation) -> None:
    save(round_, explanations={"jump:mentors": "Было"})
    save(round_, version=1, values={"council_present": Decimal(5)})
    found = filling(round_, in_alpha)
    assert (found.values["council_present"], found.values["external_events"]) == (Decimal(5), None)
    assert found.explanations == {}


def test_the_later_save_of_an_older_version_changes_nothing(round_: Round, in_alpha: Organisation) -> None:
    save(round_, values={"external_events": Decimal(1)})
    save(round_, version=1, values={"external_events": Decimal(2)})
    with pytest.raises(StaleDraft) as stale:
        save(round_, version=1, values={"external_events": Decimal(3)})
    assert stale.value.current.version == 2
    assert filling(round_, in_alpha).values["external_events"] == Decimal(2)


def test_two_first_saves_are_told_apart_too(round_: Round, in_alpha: Organisation) -> None:
    save(round_)
    with pytest.raises(StaleDraft):
        save(round_, version=0)


@pytest.mark.parametrize(
    "dates",
    [
        {"opens": day(1), "due": day(5), "closes": day(9)},
        {"opens": day(-9), "due": day(-5), "closes": day(-1)},
    ],
)
def test_nothing_is_saved_before_a_round_opens_or_after_it_closes(
    dates: dict[str, object], municipality: Organisation, in_alpha: Organisation
) -> None:
    round_ = open_round(municipality, **dates)
    with pytest.raises(NotEditable):
        save(round_)
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("dates", [{"opens": day(0)}, {"due": day(-1), "closes": day(0)}])
def test_the_opening_and_the_closing_day_are_included(
    dates: dict[str, object], municipality: Organisation, in_alpha: Organisation
) -> None:
    assert save(open_round(municipality, **dates)).version == 1


def test_a_draft_is_the_schools_own(round_: Round, alpha: Organisation, in_beta: Organisation) -> None:
    from django_tenants.utils import tenant_context

    with tenant_context(alpha):
        save(round_, values={"external_events": Decimal(7)})
    assert Draft.objects.count() == 0
    assert filling(round_, in_beta).values["external_events"] is None
