"""Versions of a report form: copied whole, edited as a draft, released once, never changed again."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.indicators import actions
from mentoring_reports.indicators.comparing import compare_forms, contents
from mentoring_reports.indicators.copying import fingerprint
from mentoring_reports.indicators.errors import (
    AlreadyReleased,
    CannotRelease,
    ChangedMeanwhile,
    DraftChanged,
    DraftExists,
    DraftGone,
    FormInUse,
    GroupInUse,
    NotReleased,
)
from mentoring_reports.indicators.models import Check, DataElement, ElementGroup, Indicator, ReportForm, Target
from mentoring_reports.indicators.releasing import problems_of, retired_codes
from tests.factories import make_round
from tests.indicators.versions import BY, builtin, draft, element, indicator, released

pytestmark = pytest.mark.usefixtures("in_municipality")


class TestDrafting:
    def test_the_built_in_form_is_released(self):
        assert not builtin().is_draft

    def test_a_draft_says_what_the_released_version_says(self):
        old, new = builtin(), draft()

        assert contents(new) == contents(old)
        assert not compare_forms(old, new)
        assert (new.version, new.drafted_by, new.is_draft) == (old.version + 1, BY, True)

    def test_a_copy_keeps_targets_and_order(self):
        first = draft()
        share = first.indicators.get(code="mentor_share")
        actions.change_part(part=share, seen=fingerprint(share), targets=[Target(year=2027, value=7)])
        second = actions.draft_next_version(form=released(first), by=BY)

        copied = second.indicators.get(code="mentor_share")

        assert [(row.year, row.value) for row in copied.targets.all()] == [(2027, 7)]
        assert list(second.elements.values_list("code", flat=True)) == list(
            first.elements.values_list("code", flat=True)
        )

    def test_a_copy_takes_as_many_statements_for_many_parts_as_for_few(self):
        small = ReportForm.objects.create(municipality=builtin().municipality, code="small", title="Малая")
        group = ElementGroup.objects.create(form=small, code="one", name="Одна")
        DataElement.objects.create(form=small, group=group, code="mentors", name="Наставники", kind="typed")
        actions.add_part(
            part=indicator(small, group=group, denominator="", aggregation="sum"), targets=[Target(year=2027, value=1)]
        )
        small = released(small)

        counted = []
        for form in (builtin(), small):
            with CaptureQueriesContext(connection) as queries:
                actions.draft_next_version(form=form, by=BY)
            counted.append(len(queries))

        assert counted[0] <= counted[1]

    def test_there_is_one_draft_at_a_time(self):
        first = draft()

        with pytest.raises(DraftExists) as refused:
            actions.draft_next_version(form=builtin(), by=BY)

        assert refused.value.draft == first

    def test_a_draft_is_not_copied(self):
        with pytest.raises(NotReleased):
            actions.draft_next_version(form=draft(), by=BY)

    def test_the_database_holds_one_draft_only(self):
        first = draft()

        with pytest.raises(DatabaseError, match="one_draft_at_a_time"), transaction.atomic():
            ReportForm.objects.create(municipality=first.municipality, code=first.code, version=9, title="Второй")

    def test_a_discarded_draft_leaves_nothing(self):
        form = draft()

        actions.discard_draft(form=form)

        assert not ReportForm.objects.drafts().exists()
        assert not DataElement.objects.filter(form_id=form.pk).exists()
        with pytest.raises(DraftGone):
            actions.discard_draft(form=form)

    def test_a_draft_that_a_round_uses_is_not_discarded(self):
        form = draft()
        make_round(form.municipality, form=form)

        with pytest.raises(FormInUse):
            actions.discard_draft(form=form)

        assert form.elements.exists()


class TestEditing:
    def test_a_new_part_comes_last(self):
        form = draft()

        added = actions.add_part(part=element(form))

        assert list(form.elements.all())[-1] == added

    def test_every_edit_is_counted(self):
        form = draft()
        actions.rename(form=form, title="Новое имя", note="Добавлены клубы", seen=0)

        added = actions.add_part(part=element(form))
        actions.move_part(part=added, up=True)
        actions.remove_part(part=added)

        form.refresh_from_db()
        assert (form.title, form.note, form.edits) == ("Новое имя", "Добавлены клубы", 4)

    def test_who_comes_second_is_told_and_nothing_is_lost(self):
        form = draft()
        mine, theirs = (form.elements.get(code="mentors") for _ in range(2))
        seen = fingerprint(mine)
        theirs.name = "Наставники всех видов"
        actions.change_part(part=theirs, seen=seen)
        mine.name = "Моё имя"

        with pytest.raises(ChangedMeanwhile):
            actions.change_part(part=mine, seen=seen)

        assert form.elements.get(code="mentors").name == "Наставники всех видов"

    def test_changed_targets_are_noticed_too(self):
        share = draft().indicators.get(code="mentor_share")
        seen = fingerprint(share)
        actions.change_part(part=share, seen=seen, targets=[Target(year=2027, value=7)])

        with pytest.raises(ChangedMeanwhile):
            actions.change_part(part=share, seen=seen)

    def test_a_part_that_is_gone_is_not_brought_back(self):
        form = draft()
        added = actions.add_part(part=element(form))
        seen = fingerprint(added)
        actions.remove_part(part=added)
        added.pk = DataElement(pk=10**9).pk

        with pytest.raises(DraftGone):
            actions.change_part(part=added, seen=seen)

    def test_a_part_moves_past_its_neighbour_in_the_group(self):
        form = draft()
        people = [row.code for row in form.elements.filter(group__code="people")]

        actions.move_part(part=form.elements.get(code=people[1]), up=True)
        actions.move_part(part=form.elements.get(code=people[1]), up=True)

        moved = [row.code for row in form.elements.filter(group__code="people")]
        assert moved == [people[1], people[0], *people[2:]]

    def test_a_group_that_holds_something_stays(self):
        form = draft()

        with pytest.raises(GroupInUse):
            actions.remove_part(part=form.groups.get(code="people"))

        assert form.groups.filter(code="people").exists()

    def test_a_part_lies_in_a_group_of_its_own_form(self):
        old, new = builtin(), draft()

        with pytest.raises(DatabaseError, match="group_is_of_its_form"), transaction.atomic():
            DataElement.objects.create(
                form=new, group=old.groups.first(), code="stray", name="Чужая группа", kind="typed"
            )
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestReleasing:
    def test_a_copy_can_be_released_and_used_by_a_round(self):
        form = released(draft())

        assert (form.is_draft, form.released_by) == (False, BY)
        assert make_round(form.municipality, form=form).form == form

    @pytest.mark.parametrize(
        ("change", "about"),
        [
            (lambda form: form.elements.filter(code="mentors").delete(), "indicators"),
            (lambda form: form.elements.filter(code="plans").update(minimum=5, maximum=1), "elements"),
            (lambda form: form.indicators.filter(code="experts").update(numerator="nobody"), "indicators"),
            (lambda form: form.indicators.filter(code="experts").update(numerator="a b"), "indicators"),
            (lambda form: form.indicators.filter(code="experts").update(factor=0), "indicators"),
            (lambda form: form.indicators.filter(code="mentor_share").update(aggregation="sum"), "indicators"),
            (lambda form: form.indicators.filter(code="experts").update(aggregation="ratio"), "indicators"),
            (lambda form: form.elements.filter(code="mentors").update(aggregation="median"), "indicators"),
            (lambda form: form.checks.filter(code="jump").update(right="много"), "checks"),
            (lambda form: form.checks.filter(code="jump").update(left="nobody"), "checks"),
            (lambda form: form.checks.filter(code="jump").update(rule="unheard"), "checks"),
            (lambda form: form.checks.filter(code="share_over_100").update(left="mentors"), "checks"),
            (lambda form: form.checks.filter(code="mentors_within_staff").update(right="nobody"), "checks"),
            (lambda form: form.checks.filter(code="mentors_within_staff").update(operator=""), "checks"),
            (lambda form: form.checks.filter(code="mentors_within_staff").update(left="1", right="2"), "checks"),
        ],
    )
    def test_what_does_not_hold_together_is_not_released(self, change, about):
        form = draft()
        change(form)

        with pytest.raises(CannotRelease) as refused:
            released(form)

        assert about in {problem.kind for problem in refused.value.problems}
        assert ReportForm.objects.get(pk=form.pk).is_draft

    def test_a_form_without_data_elements_is_not_released(self):
        empty = ReportForm.objects.create(municipality=builtin().municipality, code="empty", title="Пустая")

        with pytest.raises(CannotRelease):
            released(empty)

    def test_what_was_edited_after_one_looked_is_not_released(self):
        form = draft()
        actions.add_part(part=element(form))

        with pytest.raises(DraftChanged):
            actions.release(form=form, by=BY, seen=0)

    def test_it_is_released_once(self):
        form = released(draft())

        with pytest.raises(AlreadyReleased):
            actions.release(form=form, by=BY, seen=form.edits)

    def test_a_retired_code_is_never_used_again(self):
        first = draft()
        actions.add_part(part=element(first, "clubs"))
        released(first)
        second = draft()
        actions.remove_part(part=second.elements.get(code="clubs"))
        released(second)
        third = draft()

        actions.add_part(part=element(third, "clubs"))

        assert retired_codes(third)["elements"] == {"clubs"}
        assert [problem.part.code for problem in problems_of(third)] == ["clubs"]

    def test_a_code_that_was_only_in_a_draft_is_not_retired(self):
        first = draft()
        actions.add_part(part=element(first, "clubs"))
        actions.discard_draft(form=first)

        second = draft()
        actions.add_part(part=element(second, "clubs"))

        assert released(second).elements.filter(code="clubs").exists()


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "change",
        [
            lambda form: ReportForm.objects.filter(pk=form.pk).update(title="Иначе"),
            lambda form: ReportForm.objects.filter(pk=form.pk).update(released_at=None),
            lambda form: ReportForm.objects.filter(pk=form.pk)._raw_delete("default"),
            lambda form: form.groups.update(name="Иначе"),
            lambda form: form.elements.filter(code="mentors").update(name="Иначе"),
            lambda form: form.elements.filter(code="mentors").delete(),
            lambda form: element(form).save(),
            lambda form: form.indicators.filter(code="experts").update(target=1),
            lambda form: indicator(form).save(),
            lambda form: form.checks.all().delete(),
            lambda form: form.checks.update(message="Иначе"),
            lambda form: Check.objects.create(form=form, code="late", rule="change", right="1", severity="warning"),
            lambda form: Target.objects.create(indicator=form.indicators.first(), year=2027, value=1),
            lambda form: DataElement.objects.filter(form__version=form.version + 1).update(form=form),
        ],
    )
    def test_any_change_of_a_released_form(self, change):
        draft()

        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            change(builtin())

    def test_a_change_of_a_released_target(self):
        form = draft()
        share = form.indicators.get(code="mentor_share")
        actions.change_part(part=share, seen=fingerprint(share), targets=[Target(year=2027, value=7)])
        released(form)

        for change in (lambda rows: rows.update(value=1), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
                change(Target.objects.all())


def test_a_school_reads_released_targets_and_writes_nothing(alpha):
    form = draft()
    share = form.indicators.get(code="mentor_share")
    actions.change_part(part=share, seen=fingerprint(share), targets=[Target(year=2027, value=7)])

    with tenant_context(alpha):
        assert [row.value for row in Target.objects.all()] == [7]
        assert Target.objects.update(value=1) == 0
        assert Indicator.objects.update(target=1) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Target.objects.create(indicator=share, year=2028, value=1)
        with pytest.raises(DraftGone):
            actions.discard_draft(form=form)
