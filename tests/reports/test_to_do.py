"""What the home screen of a school's admin says is to be done."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from mentoring_reports.register.models import Consent
from mentoring_reports.reports.panels import tasks_of
from portal.tenants.models import Organisation
from tests.factories import EDITOR, SUPERUSER, login, make_user

from .drafts import day
from .records import item, mentor, pair, plan, roadmap


@pytest.fixture
def boss(in_alpha: Organisation) -> object:
    return make_user(in_alpha, SUPERUSER)


def consented(*people: object) -> None:
    for person in people:
        Consent.objects.create(person=person, given_on=day(-100))


def test_nothing_waits_in_an_empty_school(boss: object) -> None:
    assert tasks_of(boss) == []


def test_overdue_items_wait_and_those_due_today_do_not(boss: object) -> None:
    section = roadmap(day(-100), day(100))
    item(section, day(-1))
    item(section, day(0))
    assert [task.text[0] for task in tasks_of(boss)] == ["1"]


def test_participants_without_a_consent_wait(boss: object) -> None:
    mentor()
    consented(mentor())
    assert [task.text[0] for task in tasks_of(boss)] == ["1"]


def test_mentorships_without_a_plan_wait(boss: object) -> None:
    planned, planless = pair(), pair()
    plan(planned)
    consented(planned.mentor, planned.person, planless.mentor, planless.person)
    assert [task.text[0] for task in tasks_of(boss)] == ["1"]


def test_who_may_change_nothing_is_told_nothing(boss: object, in_alpha: Organisation) -> None:
    mentor()
    nobody = get_user_model().objects.create_user("nobody")
    assert tasks_of(nobody) == []


def test_the_municipalitys_home_screen_has_no_such_panel(municipality: Organisation) -> None:
    assert "to-do" not in login(municipality, SUPERUSER).get("/admin/").content.decode()


def test_an_editor_without_the_right_sees_no_rounds(alpha: Organisation) -> None:
    assert "school-reports" not in login(alpha, EDITOR).get("/admin/").content.decode()
