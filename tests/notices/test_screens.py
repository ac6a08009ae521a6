"""The municipality's screens about mail: texts, days, and the schools that letters do not reach."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context

from mentoring_reports.notices.choices import plan_of, texts_of
from mentoring_reports.notices.due import Plan
from mentoring_reports.notices.enums import NoticeKind
from mentoring_reports.notices.models import MailStanding, NoticeTemplate, ReminderPlan
from mentoring_reports.notices.texts import built_in
from tests.factories import CURATOR, DEPARTMENT, METHODIST, login, make_school_row

INDEX = "/admin/mail/"
PLAN = "/admin/mail/days/"
TEXT = "/admin/mail/texts/opens/ru/"
TYPED = {"subject": "Начали: {round}", "body": "Ждём до {due}.", "enabled": "on"}


@pytest.fixture
def department(municipality):
    return login(municipality, DEPARTMENT)


def own_texts(municipality):
    with tenant_context(municipality):
        return list(NoticeTemplate.objects.values_list("kind", "subject", "body", "enabled"))


def test_the_department_writes_its_own_text_and_its_schools_read_it(municipality, alpha, department):
    assert department.post(TEXT, TYPED).status_code == 302

    with tenant_context(alpha):
        assert texts_of(municipality.pk).of(NoticeKind.OPENS, "ru").subject == "Начали: {round}"


def test_an_unknown_placeholder_is_refused_and_nothing_typed_is_lost(municipality, department):
    answer = department.post(TEXT, TYPED | {"body": "Ждём {nobody} до {due}."})

    assert answer.status_code == 422
    assert "{nobody}" in str(answer.context["form"].errors["body"])
    assert "Ждём {nobody} до {due}." in answer.content.decode()
    assert own_texts(municipality) == []


def test_the_preview_shows_the_typed_text_filled_and_saves_nothing(municipality, department):
    answer = department.post(TEXT, TYPED | {"preview": "1"})

    preview = answer.context["preview"]
    assert preview["subject"].startswith("Начали: ")
    assert "{" not in preview["subject"] + preview["body"]
    assert own_texts(municipality) == []


def test_a_text_is_shown_as_text_and_never_run(department):
    typed = TYPED | {"subject": "<script>alert(1)</script> {% now 'Y' %} {{ request }}"}

    answer = department.post(TEXT, typed | {"preview": "1"})

    page = answer.content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "{% now" in answer.context["preview"]["subject"]


def test_the_built_in_text_comes_back(municipality, department):
    department.post(TEXT, TYPED)

    department.post(TEXT, {"reset": "1"})

    assert own_texts(municipality) == []


def test_a_text_left_as_it_came_follows_the_built_in_one(municipality, department):
    text = built_in(NoticeKind.OPENS, "ru")

    department.post(TEXT, {"subject": text.subject, "body": text.body.replace("\n", "\r\n")})

    assert own_texts(municipality) == [("opens", "", "", False)]


@pytest.mark.parametrize("field", ["subject", "body"])
def test_an_empty_text_is_refused(municipality, department, field):
    assert department.post(TEXT, TYPED | {field: " "}).status_code == 422


@pytest.mark.parametrize("path", ["texts/nothing/ru/", "texts/opens/xx/"])
def test_there_is_no_text_of_an_unknown_kind_or_language(department, path):
    assert department.get(INDEX + path).status_code == 404


def test_the_days_of_reminders_are_chosen_as_people_write_them(municipality, alpha, department):
    assert department.post(PLAN, {"days_before": "3, 10; 3", "days_after": ""}).status_code == 302

    with tenant_context(alpha):
        assert plan_of(municipality.pk) == Plan((10, 3), ())


@pytest.mark.parametrize("days", ["0", "-1", "61", "завтра", "1.5", "1,2,3,4,5,6", "99999999999999999999", "٣"])
def test_days_that_are_none_are_refused_with_what_was_typed(municipality, department, days):
    answer = department.post(PLAN, {"days_before": days, "days_after": "1"})

    assert answer.status_code == 422
    assert days in answer.content.decode()
    with tenant_context(municipality):
        assert not ReminderPlan.objects.exists()


def test_a_school_writes_neither_texts_nor_days(municipality, alpha):
    with tenant_context(municipality):
        NoticeTemplate.objects.create(municipality=municipality, kind="opens", language="ru", subject="Наш")

    with tenant_context(alpha):
        assert NoticeTemplate.objects.update(subject="Чужой") == 0
        assert NoticeTemplate.objects.all().delete()[0] == 0


def test_a_methodist_looks_and_does_not_edit_a_school_has_no_such_screen(municipality, alpha):
    methodist, curator = login(municipality, METHODIST), login(alpha, CURATOR)

    assert methodist.get(INDEX).status_code == 200
    assert PLAN not in methodist.get(INDEX).content.decode()
    for path in (TEXT, PLAN):
        assert methodist.post(path, TYPED).status_code == 302
    assert own_texts(municipality) == []
    assert curator.get(INDEX).status_code == 404


# --- Schools that letters do not reach -------------------------------------------------------------------------------
def stand(municipality, school, **numbers):
    from mentoring_reports.row_security import every_school

    with every_school():
        MailStanding.objects.create(
            municipality=municipality, school=school, checked_at=timezone.now(), **numbers
        )  # fmt: skip


def test_schools_without_a_working_recipient_are_listed_with_the_reason(municipality, alpha, beta, department):
    stand(municipality, alpha, recipients=2, reachable=1, failing=1)
    stand(municipality, beta, recipients=1, reachable=0, failing=1)
    never = make_school_row(municipality, 1)
    stand(municipality, nobody := make_school_row(municipality, 2))
    stand(municipality, silent := make_school_row(municipality, 3), recipients=1, opted_out=1)
    make_school_row(municipality, 4, closed_on="2020-01-01")

    context = department.get(INDEX).context

    shown = {school.pk: school.why for school in context["page"].object_list}
    assert set(shown) == {beta.pk, never.pk, nobody.pk, silent.pk}
    assert len(set(shown.values())) == 4
    assert (context["reached"], context["schools"]) == (1, 5)


def test_the_number_of_statements_does_not_grow_with_the_schools(municipality, department):
    department.get(INDEX)
    with CaptureQueriesContext(connection) as few:
        department.get(INDEX)
    for number in range(20):
        make_school_row(municipality, number)

    with CaptureQueriesContext(connection) as many:
        department.get(INDEX)

    assert len(many) == len(few)
