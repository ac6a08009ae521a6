"""Extensions and exemptions: with a reason, within the round, for schools that are expected."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.errors import (
    AlreadyExempt,
    AlreadyHandedOver,
    ExtensionOutOfRange,
    NotExempt,
    NotExpected,
    ReasonMissing,
)
from mentoring_reports.submissions.models import Exemption, Extension
from mentoring_reports.submissions.queries import due_date
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
        actions.withdraw_exemption(round_=round_, school=alpha)

    assert hand_over(round_, alpha, on=OPENS).revision == 1


def test_there_must_be_an_exemption_to_withdraw(round_, alpha):
    with tenant_context(round_.municipality), pretend(OPENS), pytest.raises(NotExempt):
        actions.withdraw_exemption(round_=round_, school=alpha)


def test_a_school_can_neither_extend_nor_exempt_itself(round_, alpha):
    for act, arguments in ((actions.grant_extension, {"due": CLOSES}), (actions.exempt, {})):
        refused = pytest.raises(DatabaseError, match="row-level security")
        with tenant_context(alpha), pretend(OPENS), refused, transaction.atomic():
            act(round_=round_, school=alpha, reason="Хочется", by=METHODIST, **arguments)

    with tenant_context(round_.municipality):
        assert not Extension.objects.exists()
        assert not Exemption.objects.exists()
