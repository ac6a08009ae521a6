"""Extensions and exemptions: with a reason, within the round, for schools that are expected."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.agreements import exempt_many, extend_many
from mentoring_reports.submissions.errors import (
    AlreadyExempt,
    AlreadyHandedOver,
    ExtensionOutOfRange,
    ExtensionShortened,
    NotExempt,
    NotExpected,
    NothingChosen,
    ReasonMissing,
    RefusedForSome,
    RoundClosed,
)
from mentoring_reports.submissions.models import Exemption, Extension, Round
from mentoring_reports.submissions.queries import due_date, expected_schools
from tests.factories import make_school_row
from tests.submissions.acting import CLOSES, DAY, DUE, METHODIST, OPENS, exempt, extend, hand_over, make_dated_round


@pytest.fixture
def round_(municipality):
    return make_dated_round(municipality)


@pytest.mark.parametrize("due", [DUE + DAY, CLOSES], ids=["the day after", "the closing day"])
def test_an_extension_reaches_from_the_day_after_due_to_the_closing_day(round_, alpha, due):
    extension = extend(round_, alpha, due)

    with tenant_context(alpha):
        assert due_date(round_, alpha) == due
    assert (extension.reason, extension.author_name) == ("Карантин.", METHODIST.name)


@pytest.mark.parametrize("due", [DUE, CLOSES + DAY], ids=["the due day", "after closing"])
def test_an_extension_outside_of_the_round_is_refused(round_, alpha, due):
    with pytest.raises(ExtensionOutOfRange):
        extend(round_, alpha, due)


def test_an_extension_to_a_day_that_has_passed_is_refused(round_, alpha):
    with pytest.raises(ExtensionOutOfRange):
        extend(round_, alpha, DUE + DAY, on=DUE + 2 * DAY)


def test_an_extension_of_one_school_leaves_the_others_date(round_, alpha, beta):
    extend(round_, alpha, CLOSES)

    with tenant_context(beta):
        assert due_date(round_, beta) == DUE


def test_an_extension_needs_a_reason(round_, alpha):
    with pytest.raises(ReasonMissing):
        extend(round_, alpha, CLOSES, reason=" ")


def test_an_exempt_school_gets_no_extension(round_, alpha):
    exempt(round_, alpha)

    with pytest.raises(NotExpected):
        extend(round_, alpha, CLOSES)


def test_an_exemption_needs_a_reason(round_, alpha):
    with pytest.raises(ReasonMissing):
        exempt(round_, alpha, reason="")


def test_a_school_that_handed_its_report_in_cannot_be_exempt(round_, alpha):
    hand_over(round_, alpha)

    with pytest.raises(AlreadyHandedOver):
        exempt(round_, alpha)


def test_a_school_is_exempt_once(round_, alpha):
    exempt(round_, alpha)

    with pytest.raises(AlreadyExempt):
        exempt(round_, alpha)


def test_a_withdrawn_exemption_lets_the_school_hand_in(round_, alpha):
    exempt(round_, alpha)
    with tenant_context(round_.municipality), pretend(OPENS):
        actions.withdraw_exemption(round_=round_, school=alpha, by=METHODIST)

    assert hand_over(round_, alpha, on=OPENS).revision == 1


def test_there_must_be_an_exemption_to_withdraw(round_, alpha):
    with tenant_context(round_.municipality), pretend(OPENS), pytest.raises(NotExempt):
        actions.withdraw_exemption(round_=round_, school=alpha, by=METHODIST)


def test_a_school_can_neither_extend_nor_exempt_itself(round_, alpha):
    for act, arguments in ((actions.grant_extension, {"due": CLOSES}), (actions.exempt, {})):
        refused = pytest.raises(DatabaseError, match="row-level security")
        with tenant_context(alpha), pretend(OPENS), refused, transaction.atomic():
            act(round_=round_, school=alpha, reason="Хочется", by=METHODIST, **arguments)

    with tenant_context(round_.municipality):
        assert not Extension.objects.exists()
        assert not Exemption.objects.exists()


def withdraw(round_, school, by=METHODIST):
    with tenant_context(round_.municipality), pretend(OPENS):
        return actions.withdraw_exemption(round_=round_, school=school, by=by)


def test_a_withdrawn_exemption_is_kept_with_who_withdrew_it(round_, alpha):
    exempt(round_, alpha, reason="Ремонт")

    withdraw(round_, alpha, Author("Начальник Примерный", 9, "municipality_portal"))

    with tenant_context(alpha):
        kept = Exemption.objects.get()
    assert (kept.reason, kept.author_name) == ("Ремонт", METHODIST.name)
    assert (kept.withdrawn_by_name, kept.withdrawn_by_id, kept.holds) == ("Начальник Примерный", 9, False)
    assert kept.withdrawn_at


def test_a_school_can_be_exempt_again_after_a_withdrawal(round_, alpha):
    exempt(round_, alpha)
    withdraw(round_, alpha)

    exempt(round_, alpha, reason="Снова ремонт")

    with tenant_context(round_.municipality):
        assert [one.holds for one in Exemption.objects.all()] == [True, False]
        assert not expected_schools(round_).filter(pk=alpha.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM {}",
        "UPDATE {} SET reason = 'x'",
        "UPDATE {} SET reason = 'x', withdrawn_at = now(), withdrawn_by_name = 'x'",
        "UPDATE {} SET school_id = school_id",
    ],
    ids=["delete", "change the reason", "change and withdraw", "touch"],
)
def test_the_database_lets_an_exemption_be_withdrawn_and_nothing_else(round_, alpha, change):
    exempt(round_, alpha)

    refused = pytest.raises(DatabaseError, match=r"never changed or deleted|only withdrawn, and once")
    with tenant_context(round_.municipality), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(Exemption._meta.db_table))


def test_an_exemption_is_withdrawn_once(round_, alpha):
    exempt(round_, alpha)
    withdraw(round_, alpha)

    with tenant_context(round_.municipality), pytest.raises(DatabaseError, match="and once"), transaction.atomic():
        Exemption.objects.update(withdrawn_by_name="Другой")


def test_a_school_cannot_withdraw_its_exemption(round_, alpha):
    exempt(round_, alpha)

    with tenant_context(alpha), pretend(OPENS), pytest.raises(NotExempt):
        actions.withdraw_exemption(round_=round_, school=alpha, by=METHODIST)

    with tenant_context(round_.municipality):
        assert Exemption.objects.get().holds


def test_after_the_closing_day_nobody_is_exempt_or_expected_again(round_, alpha, beta):
    exempt(round_, alpha)
    after = CLOSES + DAY

    with pytest.raises(RoundClosed):
        exempt(round_, beta, on=after)
    with tenant_context(round_.municipality), pretend(after), pytest.raises(RoundClosed):
        actions.withdraw_exemption(round_=round_, school=alpha, by=METHODIST)


def test_a_date_beyond_the_closing_day_is_refused_in_other_words_than_one_that_changes_nothing(round_, alpha):
    told = []
    for due in (CLOSES + DAY, DUE):
        with pytest.raises(ExtensionOutOfRange) as refused:
            extend(round_, alpha, due)
        told.append(str(refused.value))

    assert told[0] != told[1]
    assert "30 июня 2026" in told[0]
    assert "16 июня 2026" in told[1]


def test_every_extension_is_kept_and_the_latest_holds(round_, alpha):
    for days in (3, 5):
        extend(round_, alpha, DUE + days * DAY, reason=f"Причина {days}")

    with tenant_context(alpha):
        assert [one.reason for one in Extension.objects.all()] == ["Причина 5", "Причина 3"]
        assert due_date(round_, alpha) == DUE + 5 * DAY


def test_an_extension_that_was_granted_is_never_shortened(round_, alpha):
    extend(round_, alpha, DUE + 5 * DAY)

    with pytest.raises(ExtensionShortened, match="20 июня 2026"):
        extend(round_, alpha, DUE + 4 * DAY)

    with tenant_context(alpha):
        assert due_date(round_, alpha) == DUE + 5 * DAY


def test_a_territorys_extension_names_the_school_that_has_a_longer_one(round_, alpha, beta):
    extend(round_, beta, DUE + 5 * DAY)

    with pytest.raises(RefusedForSome) as refused:
        extend_several(round_, [alpha, beta], due=DUE + 2 * DAY)

    assert [school for school, _error in refused.value.refused] == [beta]
    with tenant_context(alpha):
        assert due_date(round_, alpha) == DUE


# --- Several schools at once -----------------------------------------------------------------------------------------
def extend_several(round_, schools, due=CLOSES, reason="Карантин"):
    with tenant_context(round_.municipality), pretend(OPENS):
        return extend_many(round_=round_, schools=schools, due=due, reason=reason, by=METHODIST)


def exempt_several(round_, schools):
    with tenant_context(round_.municipality), pretend(OPENS):
        return exempt_many(round_=round_, schools=schools, reason="Паводок", by=METHODIST)


def test_several_schools_get_the_same_date_and_reason(round_, alpha, beta):
    made = extend_several(round_, [alpha, beta])

    assert {(one.school_id, one.due, one.reason) for one in made} == {
        (school.pk, CLOSES, "Карантин") for school in (alpha, beta)
    }


def test_where_one_is_refused_none_is_changed_and_each_refusal_is_named(round_, alpha, beta, in_municipality):
    hand_over(round_, alpha)
    exempt(round_, beta)
    third = make_school_row(in_municipality, 1)

    with pytest.raises(RefusedForSome) as refused:
        exempt_several(round_, [alpha, third, beta])

    assert [(school.pk, type(error)) for school, error in refused.value.refused] == [
        (alpha.pk, AlreadyHandedOver),
        (beta.pk, AlreadyExempt),
    ]
    assert Exemption.objects.count() == 1


def test_several_means_at_least_one(round_):
    with pytest.raises(NothingChosen):
        extend_several(round_, [])


def test_the_form_of_a_round_with_submissions_cannot_be_exchanged_in_the_database(round_, alpha):
    hand_over(round_, alpha)
    with tenant_context(round_.municipality):
        other = ReportForm.objects.create(municipality=round_.municipality, code="other", title="Другая")

        with pytest.raises(DatabaseError, match="submission_form_is_the_rounds"), transaction.atomic():
            Round.objects.filter(pk=round_.pk).update(form=other)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
