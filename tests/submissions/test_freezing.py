"""Who was expected is written down when a round closes: what happens to schools later does not rewrite it."""

from __future__ import annotations

from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.submissions.closing import freeze_closed_rounds, keep_frozen_true
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import ExpectedSchool, Round
from mentoring_reports.submissions.queries import expected_schools, rates, rates_by_round, standing, standings
from portal.tenants.actions import change_school
from portal.tenants.models import Organisation, OrganisationType
from portal.tenants.provisioning import create_school
from tests.factories import make_school_row
from tests.submissions.acting import CLOSES, DAY, DUE, OPENS, exempt, hand_over, make_dated_round
from tests.submissions.test_parallel import at_once
from tests.submissions.test_rates import write_at_random
from tests.workbooks.reporting import make_schools

AFTER = CLOSES + DAY
LONG_CLOSED = OPENS.replace(year=2020)


@pytest.fixture
def round_(municipality):
    return make_dated_round(municipality)


def freeze(round_, day=AFTER):
    with tenant_context(round_.municipality), pretend(day):
        return freeze_closed_rounds(round_.municipality_id)


def read(round_):
    with tenant_context(round_.municipality):
        return Round.objects.select_related("form", "municipality").get(pk=round_.pk)


def expected(round_):
    with tenant_context(round_.municipality):
        return set(expected_schools(read(round_)).values_list("pk", flat=True))


def test_a_round_is_frozen_on_the_day_after_it_closes(round_, alpha, beta):
    assert freeze(round_, CLOSES) == []
    assert freeze(round_, AFTER) == [round_]
    assert freeze(round_, AFTER) == []

    with tenant_context(round_.municipality):
        rows = set(ExpectedSchool.objects.values_list("school_id", "school_name", "school_type", "territory"))
    assert rows == {
        (school.pk, school.name, school.organisation_type.name, school.territory.name) for school in (alpha, beta)
    }


def test_an_exempt_school_was_not_expected(round_, alpha, beta):
    exempt(round_, alpha)

    freeze(round_)

    assert expected(round_) == {beta.pk}


def test_neither_a_closure_nor_a_new_school_changes_a_closed_rounds_numbers(round_, alpha, in_municipality):
    hand_over(round_, alpha)
    freeze(round_)
    before = rates(read(round_))

    with schema_context(get_public_schema_name()):
        Organisation.objects.filter(pk=alpha.pk).update(closed_on=LONG_CLOSED)
    make_school_row(in_municipality, 1)

    assert rates(read(round_)) == before
    assert (before.expected, before.submitted) == (2, 1)
    assert [one.is_expected for one in standings(read(round_))] == [True, True]


def test_a_change_of_a_school_freezes_what_has_closed_first(round_, alpha, beta):
    change_school(school=alpha, closed_on=LONG_CLOSED, name="Школа нового имени")

    assert expected(round_) == {alpha.pk, beta.pk}
    with tenant_context(round_.municipality):
        assert not ExpectedSchool.objects.filter(school_name="Школа нового имени").exists()


def test_a_change_of_a_school_counts_in_a_round_that_is_open(municipality, alpha, beta):
    round_ = make_dated_round(municipality)

    with pretend(DUE):
        change_school(school=alpha, closed_on=LONG_CLOSED)

    assert expected(round_) == {beta.pk}


def test_a_new_school_is_not_expected_in_what_has_closed_before_it_came(round_, alpha, beta):
    create_school(
        name="Новая школа",
        host="new.portal.test",
        organisation_type=alpha.organisation_type,
        territory=alpha.territory,
    )

    assert expected(round_) == {alpha.pk, beta.pk}


def test_a_territory_and_a_type_keep_their_old_names_in_a_closed_round(round_, alpha):
    territory, type_ = alpha.territory.name, alpha.organisation_type.name
    with tenant_context(round_.municipality):
        alpha.territory.name = "Другая территория"
        alpha.territory.save()
    with schema_context(get_public_schema_name()):
        OrganisationType.objects.get(pk=alpha.organisation_type_id).save()

    with tenant_context(round_.municipality):
        names = standing(read(round_), Organisation.objects.get(pk=alpha.pk)).names
    assert (names.territory, names.type) == (territory, type_)


def test_renaming_a_type_freezes_the_rounds_of_every_municipality(round_, alpha):
    with schema_context(get_public_schema_name()):
        type_ = OrganisationType.objects.get(pk=alpha.organisation_type_id)
        type_.name = "Лицей искусств"
        type_.save()

    with tenant_context(round_.municipality):
        assert ExpectedSchool.objects.exists()
        assert not ExpectedSchool.objects.filter(school_type="Лицей искусств").exists()


@pytest.mark.parametrize("seed", range(3))
def test_the_numbers_of_the_closing_day_stay_whatever_happens_to_schools(round_, in_municipality, seed):
    random = Random(seed)  # noqa: S311
    schools = make_schools(in_municipality, 15)
    write_at_random(round_, schools, random)
    before = rates(round_)

    freeze(round_)
    with schema_context(get_public_schema_name()):
        for school in random.sample(schools, 8):
            Organisation.objects.filter(pk=school.pk).update(closed_on=LONG_CLOSED)

    assert rates(read(round_)) == before
    counted = [one for one in standings(read(round_)) if one.is_expected]
    assert (len(counted), sum(one.is_missing for one in counted)) == (before.expected, before.missing)


def test_a_round_that_takes_reports_again_is_computed_anew_and_frozen_when_it_closes_next(round_, alpha, beta):
    freeze(round_)
    with schema_context(get_public_schema_name()):
        Organisation.objects.filter(pk=alpha.pk).update(closed_on=LONG_CLOSED)

    with tenant_context(round_.municipality), pretend(AFTER):
        again = read(round_)
        Round.objects.filter(pk=round_.pk).update(closes=AFTER + DAY)
        again.closes = AFTER + DAY
        keep_frozen_true(again)

    assert expected(round_) == {beta.pk}
    assert freeze(round_, AFTER + DAY) == []
    assert freeze(round_, AFTER + 2 * DAY) == [round_]


def test_a_school_reads_that_it_was_expected_and_freezes_nothing(round_, alpha, beta):
    with tenant_context(alpha), pretend(AFTER):
        assert freeze_closed_rounds(round_.municipality_id) == []
    freeze(round_)

    with tenant_context(alpha), pretend(AFTER):
        stands = standing(Round.objects.get(pk=round_.pk), alpha)
        assert (stands.is_expected, stands.state) == (True, State.MISSING)
        assert set(ExpectedSchool.objects.values_list("school_id", flat=True)) == {alpha.pk}
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            ExpectedSchool.objects.create(
                round=round_, school=beta, municipality=round_.municipality, school_name="x", school_type="x",
                territory="x",
            )  # fmt: skip


def test_numbers_of_closed_and_open_rounds_need_as_many_statements_for_ten_as_for_two(in_municipality):
    rounds = [make_dated_round(in_municipality, f"r{number}") for number in range(5)]
    freeze(rounds[0])
    rounds = [read(round_) for round_ in rounds]
    rounds += [make_dated_round(in_municipality, f"s{number}", closes=AFTER + DAY) for number in range(5)]
    make_schools(in_municipality, 9)

    rates_by_round(rounds)  # so that the search path is set
    counted = []
    for some in ([rounds[0], rounds[-1]], rounds):
        with CaptureQueriesContext(connection) as queries:
            found = rates_by_round(some)
        counted.append(len(queries))

    assert counted == [4, 4]
    assert [found[round_.pk].expected for round_ in rounds] == [2] * 5 + [11] * 5


def test_the_command_freezes_every_municipality_and_one_that_fails_stops_no_other(round_, capsys):
    with schema_context(get_public_schema_name()):
        neighbour = Organisation.objects.create(
            schema_name="neighbour", kind="municipality", name="Соседи", short_name="Соседи", state="active"
        )
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA neighbour")
    make_school_row(neighbour, 5, territory_id=round_.municipality.territories.first().pk)
    theirs = make_dated_round(neighbour, form=round_.form)
    refuse_rows_of(round_.municipality)

    with pytest.raises(CommandError, match=round_.municipality.schema_name), pretend(AFTER):
        call_command("freeze_rounds")

    assert read(round_).frozen_at is None
    with tenant_context(neighbour):
        assert Round.objects.get(pk=theirs.pk).frozen_at is not None
    assert "neighbour: 2026-1" in capsys.readouterr().out


def refuse_rows_of(municipality):
    """Break one municipality for real: its rows cannot be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NEW.municipality_id = {municipality.pk} THEN RAISE EXCEPTION 'broken'; END IF; RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON mentoring_submissions_expectedschool "
            "FOR EACH ROW EXECUTE FUNCTION broken()"
        )


@pytest.mark.committed
def test_two_runs_at_once_freeze_once(committed_tenants):
    municipality, alpha, beta = committed_tenants
    round_ = make_dated_round(municipality)

    outcomes = at_once(*[lambda: freeze(round_)] * 3)

    assert sorted(len(outcome) for outcome in outcomes) == [0, 0, 1]
    with tenant_context(municipality):
        assert set(ExpectedSchool.objects.values_list("school_id", flat=True)) == {alpha.pk, beta.pk}
