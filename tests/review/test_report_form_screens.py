"""Versions of the report form in the admin: read by staff, changed by the department, nothing lost on a refusal."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.indicators.actions import add_part, change_part, draft_next_version
from mentoring_reports.indicators.copying import fingerprint
from mentoring_reports.indicators.models import ReportForm, Target
from portal.tenants.provisioning import create_municipality
from tests.factories import CURATOR, DEPARTMENT, METHODIST, SUPERUSER, login, make_round
from tests.indicators.versions import BY, builtin, element

FORMS = "/admin/report-forms/"


@pytest.fixture
def form(municipality):
    with tenant_context(municipality):
        return builtin()


@pytest.fixture
def draft(municipality, form):
    with tenant_context(municipality):
        return draft_next_version(form=form, by=BY)


@pytest.fixture
def department(municipality):
    return login(municipality, DEPARTMENT)


def page(form, rest=""):
    return f"{FORMS}{form.pk}/{rest}"


def stored(municipality, form, kind, code):
    with tenant_context(municipality):
        return getattr(form, kind).filter(code=code).first()


def part_page(municipality, form, kind, code, rest=""):
    return page(form, f"{kind}/{stored(municipality, form, kind, code).pk}/{rest}")


def typed(response, **changes):
    """Return what a browser would send back from the page's form, with some fields changed."""
    form, form_set = response.context["form"], response.context["form_set"]
    data = {field.html_name: field.value() for field in form if not field.field.disabled}
    data["seen"] = response.context["seen"]
    if form_set is not None:
        bound = [field for one in (form_set.management_form, *form_set.forms) for field in one]
        data |= {field.html_name: field.value() for field in bound}
    data |= changes
    return {name: value for name, value in data.items() if value is not None and value is not False}


class TestReading:
    @pytest.mark.parametrize("role", [METHODIST, DEPARTMENT])
    def test_staff_read_every_version_and_the_rounds_that_use_it(self, municipality, form, draft, role):
        round_ = make_round(municipality, form=form)
        client = login(municipality, role)

        response = client.get(FORMS)

        assert [row.version for row in response.context["forms"]] == [2, 1]
        assert round_.title in response.content.decode()
        assert client.get(page(draft)).status_code == 200

    def test_a_version_says_its_formulas_and_checks_in_words(self, department, form):
        text = department.get(page(form)).content.decode()

        assert "«Наставники из числа педагогических работников» / «Педагогические работники» × 100" in text
        assert "«Наставники из числа педагогических работников» ≤ «Педагогические работники»" in text

    def test_who_may_only_read_is_offered_no_change(self, municipality, form, draft):
        client = login(municipality, METHODIST)

        for one in (form, draft):
            response = client.get(page(one))
            assert not response.context["is_editable"]
            assert b"/next/" not in response.content
            assert b"/discard/" not in response.content

    @pytest.mark.parametrize("role", [CURATOR, SUPERUSER])
    def test_a_school_has_no_such_screens(self, alpha, form, role):
        client = login(alpha, role)

        assert client.get(FORMS).status_code == 404
        assert client.get(page(form)).status_code == 404

    def test_another_municipalitys_form_is_not_found(self, municipality, department):
        other = create_municipality(name="Другой город", host="other.test")
        with tenant_context(other):
            theirs = ReportForm.objects.create(municipality=other, code="theirs", title="Чужая форма")

        assert department.get(page(theirs)).status_code == 404
        assert department.post(page(theirs, "discard/")).status_code == 404
        assert "Чужая форма" not in department.get(FORMS).content.decode()

    def test_a_version_takes_as_many_statements_with_many_parts_as_with_few(self, municipality, department, draft):
        department.get(page(draft))
        counted = []
        for kept in (1000, 3):
            with tenant_context(municipality):
                for kind in ("checks", "indicators", "elements"):
                    few = getattr(draft, kind).values("pk")[:kept]
                    getattr(draft, kind).exclude(pk__in=few).delete()
            with CaptureQueriesContext(connection) as queries:
                department.get(page(draft))
            counted.append(len(queries))

        assert counted[0] == counted[1]


class TestChanging:
    def test_the_department_makes_the_next_version(self, municipality, department, form):
        response = department.post(page(form, "next/"))

        with tenant_context(municipality):
            made = ReportForm.objects.drafts().get()
        assert response.url == page(made)
        assert (made.version, made.drafted_by) == (2, "department")

    def test_a_second_draft_is_refused_with_the_reason(self, municipality, department, form, draft):
        response = department.post(page(form, "next/"), follow=True)

        assert response.redirect_chain[-1][0] == page(form)
        with tenant_context(municipality):
            assert ReportForm.objects.drafts().count() == 1

    @pytest.mark.parametrize("action", ["next/", "release/", "discard/"])
    def test_a_methodist_changes_nothing(self, municipality, form, draft, action):
        one = form if action == "next/" else draft

        assert login(municipality, METHODIST).post(page(one, action)).status_code == 302

        with tenant_context(municipality):
            assert [row.version for row in ReportForm.objects.drafts()] == [2]

    @pytest.mark.parametrize(
        ("kind", "code", "changes"),
        [
            ("groups", "people", {"name": "Люди"}),
            ("elements", "mentors", {"name": "Все наставники", "maximum": "500"}),
            (
                "indicators",
                "mentor_share",
                {"name": "Доля всех наставников", "denominator": "teaching_staff + mentors"},
            ),
            ("checks", "jump", {"right": "50", "message": "Изменение больше {right} %."}),
        ],
    )
    def test_a_part_is_changed(self, municipality, department, draft, kind, code, changes):  # noqa: PLR0913, PLR0917
        address = part_page(municipality, draft, kind, code)

        response = department.post(address, typed(department.get(address), **changes))

        assert response.status_code == 302, response.context["form"].errors
        part = stored(municipality, draft, kind, code)
        assert all(str(getattr(part, name)).startswith(value) for name, value in changes.items())

    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            ("groups", {"code": "clubs", "name": "Клубы"}),
            ("elements", {"code": "clubs", "name": "Клубы", "kind": "typed"}),
            ("indicators", {"code": "clubs", "name": "Клубы", "numerator": "mentors + experts", "aggregation": "sum"}),
            (
                "checks",
                {"code": "few", "rule": "compare", "left": "mentors", "operator": ">=", "right": "1",
                 "severity": "warning", "message": "Наставников нет."},
            ),
        ],
    )  # fmt: skip
    def test_a_part_is_added(self, municipality, department, draft, kind, fields):
        address = page(draft, f"{kind}/add/")
        blank = department.get(address)
        with tenant_context(municipality):
            group = draft.groups.first().pk

        response = department.post(address, typed(blank, group=group, **fields))

        assert response.status_code == 302, response.context["form"].errors
        assert stored(municipality, draft, kind, fields["code"]) is not None

    @pytest.mark.parametrize(
        ("kind", "code", "field", "value"),
        [
            ("elements", "mentors", "name", ""),
            ("elements", "mentors", "maximum", "-5"),
            ("elements", "mentors", "minimum", "ноль"),
            ("indicators", "mentor_share", "numerator", "nobody"),
            ("indicators", "mentor_share", "denominator", "mentors experts"),
            ("indicators", "mentor_share", "factor", "0"),
            ("indicators", "mentor_share", "close_share", "2"),
            ("checks", "mentors_within_staff", "operator", ""),
            ("checks", "mentors_within_staff", "left", "nobody"),
            ("checks", "mentors_within_staff", "right", ""),
            ("checks", "jump", "left", "nobody"),
            ("checks", "jump", "right", "много"),
            ("checks", "share_over_100", "left", "mentors"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_stays_there(  # noqa: PLR0913, PLR0917
        self, municipality, department, draft, kind, code, field, value
    ):
        address = part_page(municipality, draft, kind, code)
        before = fingerprint(stored(municipality, draft, kind, code))

        response = department.post(address, typed(department.get(address), **{field: value}))

        assert response.status_code == 422
        assert set(response.context["form"].errors) == {field}
        assert response.context["form"][field].value() == value
        assert fingerprint(stored(municipality, draft, kind, code)) == before

    @pytest.mark.parametrize("code", ["mentors", "Наставники", "1st"])
    def test_a_code_that_is_taken_or_no_code_is_refused(self, municipality, department, draft, code):
        address = page(draft, "elements/add/")
        with tenant_context(municipality):
            group = draft.groups.first().pk

        data = typed(department.get(address), code=code, name="Клубы", kind="typed", group=group)
        response = department.post(address, data)

        assert set(response.context["form"].errors) == {"code"}

    def test_the_code_of_an_earlier_version_stays(self, municipality, department, draft):
        address = part_page(municipality, draft, "elements", "mentors")

        department.post(address, {**typed(department.get(address)), "code": "tutors"})

        assert stored(municipality, draft, "elements", "mentors") is not None
        assert stored(municipality, draft, "elements", "tutors") is None

    def test_a_part_of_another_version_is_not_reached_through_the_draft(self, municipality, department, form, draft):
        theirs = stored(municipality, form, "elements", "mentors")

        assert department.get(page(draft, f"elements/{theirs.pk}/")).status_code == 404
        assert department.post(page(draft, f"elements/{theirs.pk}/remove/")).status_code == 404

    def test_a_group_of_another_version_cannot_be_chosen(self, municipality, department, form, draft):
        address = part_page(municipality, draft, "elements", "mentors")
        with tenant_context(municipality):
            group = form.groups.first().pk

        response = department.post(address, typed(department.get(address), group=group))

        assert set(response.context["form"].errors) == {"group"}

    def test_who_comes_second_sees_both_and_may_save_again(self, municipality, department, draft):
        address = part_page(municipality, draft, "elements", "mentors")
        mine = typed(department.get(address), name="Моё имя")
        department.post(address, typed(department.get(address), name="Имя коллеги"))

        response = department.post(address, mine)

        assert response.status_code == 409
        text = response.content.decode()
        assert "Моё имя" in text
        assert "Имя коллеги" in text
        assert stored(municipality, draft, "elements", "mentors").name == "Имя коллеги"
        department.post(address, {**mine, "seen": response.context["seen"]})
        assert stored(municipality, draft, "elements", "mentors").name == "Моё имя"

    def test_a_formula_is_read_out_without_being_saved(self, municipality, department, draft):
        address = part_page(municipality, draft, "indicators", "mentor_share")

        data = typed(department.get(address), numerator="mentors + experts", read="1")
        response = department.post(address, data)

        assert "+ «Привлечённые эксперты»" in response.context["reading"]
        assert stored(municipality, draft, "indicators", "mentor_share").numerator == "mentors"

    def test_a_released_version_is_never_changed(self, municipality, department, form):
        address = part_page(municipality, form, "elements", "mentors")

        assert department.get(address).url == page(form)
        for rest in ("", "move/", "remove/"):
            assert department.post(f"{address}{rest}", {"name": "Иначе"}).url == page(form)
        for rest in ("title/", "release/", "discard/", "elements/add/"):
            assert department.post(page(form, rest)).url == page(form)

    def test_parts_move_and_go(self, municipality, department, draft):
        address = part_page(municipality, draft, "checks", "pairs_within_mentees")

        department.post(f"{address}move/", {"to": "up"})

        with tenant_context(municipality):
            codes = list(draft.checks.values_list("code", flat=True))
        assert codes.index("pairs_within_mentees") == 2
        assert department.get(f"{address}remove/").status_code == 200
        department.post(f"{address}remove/")
        assert stored(municipality, draft, "checks", "pairs_within_mentees") is None

    def test_title_and_note_are_changed(self, municipality, department, draft):
        address = page(draft, "title/")
        seen = department.get(address).context["seen"]

        refused = department.post(address, {"title": "", "note": "Клубы", "seen": seen})
        stale = department.post(address, {"title": "Имя", "note": "Клубы", "seen": 99})
        department.post(address, {"title": "Имя", "note": "Клубы", "seen": seen})

        assert (refused.status_code, stale.status_code) == (422, 409)
        assert "Клубы" in refused.content.decode()
        with tenant_context(municipality):
            assert ReportForm.objects.get(pk=draft.pk).note == "Клубы"


class TestTargets:
    def rows(self, *rows):
        data = {"targets-TOTAL_FORMS": str(len(rows)), "targets-INITIAL_FORMS": "0"}
        for number, (year, type_, value) in enumerate(rows):
            data |= {
                f"targets-{number}-year": year,
                f"targets-{number}-school_type": type_,
                f"targets-{number}-value": value,
            }
        return data

    def test_targets_by_year_and_type_are_stored_and_cleared(self, municipality, department, draft):
        address = part_page(municipality, draft, "indicators", "mentor_share")
        rows = self.rows(("2027", "", "6"), ("2027", "Гимназия", "7.5"), ("", "Школа", "4"), ("", "", ""))

        department.post(address, typed(department.get(address), **rows))
        with tenant_context(municipality):
            made = {(row.year, row.school_type): float(row.value) for row in Target.objects.all()}
        response = department.get(address)
        cleared = {name: "" for name in typed(response) if name.startswith("targets-0-")}
        department.post(address, typed(response, **cleared))

        assert made == {(2027, ""): 6, (2027, "Гимназия"): 7.5, (None, "Школа"): 4}
        with tenant_context(municipality):
            assert Target.objects.count() == 2
        assert "2027, Гимназия: 7,5" in department.get(page(draft)).content.decode()

    @pytest.mark.parametrize(
        ("rows", "number", "field"),
        [
            ([("2027", "", "")], 0, "value"),
            ([("", "", "6")], 0, "year"),
            ([("2027", "", "6"), ("2027", "", "7")], 1, "year"),
            ([("27", "", "6")], 0, "year"),
            ([("", "Академия", "6")], 0, "school_type"),
        ],
        ids=["no target", "about nothing", "twice", "no year", "no such type"],
    )
    def test_a_wrong_row_says_so_and_nothing_is_stored(  # noqa: PLR0913, PLR0917
        self, municipality, department, draft, rows, number, field
    ):
        address = part_page(municipality, draft, "indicators", "mentor_share")

        response = department.post(address, typed(department.get(address), **self.rows(*rows)))

        assert response.status_code == 422
        assert field in response.context["form_set"].forms[number].errors
        with tenant_context(municipality):
            assert not Target.objects.exists()

    def test_a_type_that_no_school_has_any_more_stays(self, municipality, department, draft):
        share = stored(municipality, draft, "indicators", "mentor_share")
        with tenant_context(municipality):
            change_part(part=share, seen=fingerprint(share), targets=[Target(school_type="Лицей", value=9)])
        address = part_page(municipality, draft, "indicators", "mentor_share")

        assert department.post(address, typed(department.get(address), name="Иначе")).status_code == 302

        with tenant_context(municipality):
            assert Target.objects.get().school_type == "Лицей"


class TestReleasing:
    def test_the_department_releases_and_rounds_can_choose_it(self, municipality, department, draft):
        assert draft.pk not in self.offered(department)

        department.post(
            page(draft, "release/"), {"seen": department.get(page(draft, "release/")).context["report_form"].edits}
        )

        with tenant_context(municipality):
            assert ReportForm.objects.get(pk=draft.pk).released_by == "department"
        assert draft.pk in self.offered(department)

    def offered(self, department):
        return set(
            department.get("/admin/rounds/new/").context["form"].fields["form"].queryset.values_list("pk", flat=True)
        )

    def test_a_broken_draft_says_what_is_wrong_and_where(self, municipality, department, draft):
        with tenant_context(municipality):
            draft.elements.filter(code="mentors").delete()

        response = department.post(page(draft, "release/"), {"seen": draft.edits}, follow=True)

        problems = response.context["problems"]
        assert {problem.part.code for problem in problems} >= {"mentor_share", "mentors_within_staff"}
        assert b'href="#indicators-mentor_share"' in response.content
        with tenant_context(municipality):
            assert ReportForm.objects.get(pk=draft.pk).is_draft

    def test_what_changed_since_is_not_released(self, municipality, department, draft):
        with tenant_context(municipality):
            add_part(part=element(draft))

        department.post(page(draft, "release/"), {"seen": draft.edits})

        with tenant_context(municipality):
            assert ReportForm.objects.get(pk=draft.pk).is_draft

    def test_a_draft_is_discarded_after_one_question(self, municipality, department, draft):
        assert department.get(page(draft, "discard/")).status_code == 200

        assert department.post(page(draft, "discard/")).url == FORMS

        with tenant_context(municipality):
            assert not ReportForm.objects.drafts().exists()
        assert department.post(page(draft, "discard/")).status_code == 404


class TestDifferences:
    def test_a_version_is_shown_beside_the_one_before(self, municipality, department, draft):
        with tenant_context(municipality):
            draft.indicators.filter(code="plan_approval").update(numerator="plans_completed")
            draft.checks.filter(code="jump").delete()

        response = department.get(page(draft, "differences/"))

        assert (response.context["old"].version, response.context["new"].version) == (1, 2)
        changed = [part for section in response.context["sections"] for part in section.changed]
        assert [(part.code, part.is_broken) for part in changed] == [("plan_approval", True)]
        assert [part.code for section in response.context["sections"] for part in section.removed] == ["jump"]

    def test_the_first_version_alone_has_nothing_to_compare_with(self, department, form):
        assert department.get(page(form, "differences/")).context["sections"] == []

    @pytest.mark.parametrize("asked", ["987654", "x", "1;drop"])
    def test_a_version_that_is_not_there_is_not_found(self, department, draft, asked):
        assert department.get(page(draft, "differences/"), {"with": asked}).status_code == 404
