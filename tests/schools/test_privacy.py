"""No name of a person reaches a public page."""

from __future__ import annotations

import datetime as dt

import pytest
from django_tenants.utils import tenant_context
from wagtail.models import Page

from mentoring_reports.register.models import Person
from mentoring_reports.roadmaps.models import RoadmapItem
from schools.public_text import without_names
from tests.factories import client_at, make_user
from tests.schools import building


def test_no_public_page_shows_a_person_of_the_register_or_a_user(alpha):
    user = make_user(alpha, None, username="примерный")
    with tenant_context(alpha):
        user.first_name, user.last_name = "Вымысел", "Сочинённый"
        user.save()
        Person.objects.create(
            last_name="Выдумкина", first_name="Небылица", patronymic="Сказовна", joined_on=dt.date(2020, 9, 1)
        )
        building.fill_site()
        RoadmapItem.objects.update(
            responsible="Методист Выдумкина Н. С.", evidence_note="Провела Выдумкина", evidence_url="https://x.test/В"
        )
        for page in Page.objects.filter(depth__gt=1):
            page.specific.save_revision(user=user).publish(user=user, skip_permission_checks=True)
        urls = [page.get_url() for page in Page.objects.live().filter(depth__gt=1)]

    text = "".join(client_at(alpha).get(url).text for url in urls)

    assert "Методист" in text
    for name in ("Выдумкин", "Небылиц", "Сказовн", "Сочинённый", "Вымысел", "примерный"):
        assert name not in text


@pytest.mark.parametrize(
    ("typed", "public"),
    [
        ("Заместитель директора по УВР", "Заместитель директора по УВР"),
        ("Заместитель директора Примерова А. А.", "Заместитель директора"),
        ("Примерова А.А., заместитель директора", "заместитель директора"),
        ("методист (Примеров-Образцов И. И.)", "методист"),
        ("И. И. Примеров, педагог-психолог", "педагог-психолог"),
        ("Куратор Примерова Анна Образцовна", "Куратор"),
        ("Директор, классные руководители 5-х классов", "Директор, классные руководители 5-х классов"),
        ("Педагог-психолог, Школа № 1", "Педагог-психолог, Школа № 1"),
        ("", ""),
    ],
)
def test_names_are_taken_out_of_who_is_responsible(typed, public):
    assert without_names(typed) == public
