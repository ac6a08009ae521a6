"""Two versions compared: the same backwards with added and removed exchanged, and which figures stay comparable."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring_reports.indicators.comparing import broken_indicators, compare_forms, contents
from mentoring_reports.indicators.models import ReportForm, Target
from tests.indicators.versions import builtin, draft, element, indicator

pytestmark = pytest.mark.usefixtures("in_municipality")

# What somebody may do to a draft; each step works whatever the others did before.
STEPS = {
    "add an element": lambda form: element(form).save() if not form.elements.filter(code="clubs").exists() else None,
    "remove an element": lambda form: form.elements.filter(code="experts").delete(),
    "rename": lambda form: form.elements.filter(code="mentors").update(name="Иначе"),
    "regroup": lambda form: form.elements.filter(code="mentors").update(group=form.groups.last()),
    "add an indicator": lambda form: (
        indicator(form).save() if not form.indicators.filter(code="club_share").exists() else None
    ),
    "another formula": lambda form: form.indicators.filter(code="plan_approval").update(numerator="plans_completed"),
    "another target": lambda form: Target.objects.get_or_create(
        indicator=form.indicators.get(code="mentor_share"), year=2027, defaults={"value": 7}
    ),
    "remove a check": lambda form: form.checks.filter(code="jump").delete(),
    "rename a group": lambda form: form.groups.filter(code="people").update(name="Люди"),
}


class Undo(Exception):
    pass


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=6))
def test_comparing_backwards_exchanges_added_and_removed(steps):
    with pytest.raises(Undo), transaction.atomic():
        old, new = builtin(), draft()
        for step in steps:
            STEPS[step](new)

        there, back = compare_forms(old, new), compare_forms(new, old)

        for kind, found in there.by_kind.items():
            assert (found.added, found.removed) == (back.by_kind[kind].removed, back.by_kind[kind].added)
            assert found.changed == back.by_kind[kind].changed
            for code, changes in found.changes.items():
                assert {(one.name, one.new) for one in changes} == {
                    (one.name, one.old) for one in back.by_kind[kind].changes[code]
                }
        assert bool(there) is (contents(old) != contents(new))
        assert bool(there) is bool(steps)
        raise Undo


def test_each_kind_of_difference_is_named():
    old, new = builtin(), draft()
    for step in STEPS.values():
        step(new)

    found = compare_forms(old, new)

    assert (found.elements.added, found.elements.removed, found.elements.changed) == (
        {"clubs"},
        {"experts"},
        {"mentors"},
    )
    assert (found.indicators.added, found.indicators.changed) == ({"club_share"}, {"plan_approval", "mentor_share"})
    assert found.checks.removed == {"jump"}
    assert found.groups.changed == {"people"}
    assert [(one.name, one.old, one.new) for one in found.indicators.changes["mentor_share"]] == [
        ("targets", (), ((2027, "", Decimal(7)),))
    ]


@pytest.mark.parametrize(
    ("change", "is_broken"),
    [
        ({"numerator": "plans_completed"}, True),
        ({"denominator": "plans_due"}, True),
        ({"factor": 1}, True),
        ({"unit": "ед."}, True),
        ({"aggregation": "median"}, True),
        ({"name": "Иначе"}, False),
        ({"target": 1}, False),
        ({"decimals": 0}, False),
        ({"direction": "down"}, False),
    ],
    ids=str,
)
def test_figures_are_compared_unless_the_number_is_another_one(change, is_broken):
    old, new = builtin(), draft()
    new.indicators.filter(code="plan_approval").update(**change)

    assert broken_indicators(old, new) == ({"plan_approval"} if is_broken else frozenset())


def test_the_order_of_a_sum_does_not_count():
    old, new = builtin(), draft()
    indicator(new, "sum", numerator="b-c + a").save()
    other = ReportForm.objects.create(municipality=old.municipality, code="other", title="Другая")
    group = other.groups.create(code="one", name="Одна")
    indicator(other, "sum", group=group, numerator="a + b - c").save()

    assert "sum" not in broken_indicators(other, new)
    assert "sum" in broken_indicators(old, new)


def test_a_new_indicator_cannot_be_compared_and_a_version_with_itself_can():
    old, new = builtin(), draft()
    indicator(new).save()

    assert broken_indicators(old, new) == {"club_share"}
    assert broken_indicators(new, new) == frozenset()


def test_prefetched_forms_are_compared_without_a_statement():
    draft()
    old, new = ReportForm.objects.with_parts().order_by("version")

    with CaptureQueriesContext(connection) as queries:
        compare_forms(old, new)
        broken_indicators(old, new)

    assert not queries.captured_queries
