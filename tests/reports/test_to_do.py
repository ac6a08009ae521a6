"""What the home screen of a school's admin says is to be done."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from mentoring_reports.register.models import Consent
from mentoring_reports.reports.panels import tasks_of
from mentoring_reports.roadmaps.models import Roadmap
from mentoring_reports.roadmaps.year.occurrences import sync_occurrences
from portal.tenants.models import Organisation
from tests.factories import EDITOR, SUPERUSER, login, make_user

from .drafts import day
from .records import item, mentor, pair, plan, roadmap


@pytest.fixture
def boss(in_alpha: Organisation) -> object:
    return make_user(in_alpha, SUPERUSER)


def waiting(boss: object) -> list[tuple[str, str]]:
    """Return how many wait and where the line leads."""
    return [(task.text.split()[0], task.url) for task in tasks_of(boss)]


def consented(*people: object) -> None:
    for person in people:
        Consent.objects.create(person=person, given_on=day(-100))


@pytest.mark.parametrize(
    ("make", "word"),
    [(lambda: item(roadmap(day(-100), day(100)), day(-1)), "roadmap-items"), (mentor, "people"), (pair, "mentorships")],
)
def test_each_line_leads_to_a_listing_that_opens(in_alpha: Organisation, make: Any, word: str) -> None:
    make()
    client = login(in_alpha, SUPERUSER)
    urls = [task.url for task in tasks_of(get_user_model().objects.get())]
    found = next(url for url in urls if word in url)
    assert client.get(found).status_code == 200


def test_nothing_waits_in_an_empty_school(boss: object) -> None:
    assert tasks_of(boss) == []


def test_overdue_items_wait_and_those_due_this_week_beside_them(boss: object) -> None:
    section = roadmap(day(-100), day(100))
    item(section, day(-1))
    item(section, day(0))
    item(section, day(0), done_on=day(0))
    item(section, day(7))
    assert waiting(boss) == [
        ("1", "/admin/roadmap-items/?deadline=overdue"),
        ("1", "/admin/roadmap-items/?deadline=week"),
    ]


def test_each_time_of_an_activity_that_comes_back_waits_by_itself(boss: object) -> None:
    weekly = item(roadmap(day(-28), day(-1)), None, recurrence={"every": "week"}, deadline_kind="recurring")
    sync_occurrences(item=weekly)
    [(number, url)] = waiting(boss)
    assert int(number) == weekly.occurrences.count() > 2
    assert url.endswith("deadline=overdue")


def test_a_draft_waits_for_nobody(boss: object) -> None:
    section = roadmap(day(-100), day(100))
    item(section, day(-1))
    Roadmap.objects.update(is_draft=True)
    assert waiting(boss) == []


def test_participants_without_a_consent_wait(boss: object) -> None:
    mentor()
    consented(mentor())
    assert waiting(boss) == [("1", "/admin/register/people/?consent=missing")]


def test_mentorships_without_a_plan_wait(boss: object) -> None:
    planned, planless = pair(), pair()
    plan(planned)
    consented(planned.mentor, planned.person, planless.mentor, planless.person)
    assert waiting(boss) == [("1", "/admin/register/mentorships/?state=active&plans=missing")]


def test_who_may_change_nothing_is_told_nothing(boss: object, in_alpha: Organisation) -> None:
    mentor()
    nobody = get_user_model().objects.create_user("nobody")
    assert tasks_of(nobody) == []


def test_the_municipalitys_home_screen_has_no_such_panel(municipality: Organisation) -> None:
    assert "to-do" not in login(municipality, SUPERUSER).get("/admin/").content.decode()


def test_an_editor_without_the_right_sees_no_rounds(alpha: Organisation) -> None:
    assert "school-reports" not in login(alpha, EDITOR).get("/admin/").content.decode()
