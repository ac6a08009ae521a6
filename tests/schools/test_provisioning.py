"""What a new school has inside its schema."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site, WorkflowPage

from portal.tenants.models import Domain
from schools.groups import CURATORS, EDITORS, Role, UnknownPermission, create_group
from schools.models import HomePage, SchoolAppearance
from schools.provisioning import SchoolContent


def names(group: Group) -> set[str]:
    rows = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def page_rights(group: Group) -> set[str]:
    return set(group.page_permissions.values_list("permission__codename", flat=True))


def test_a_school_is_born_with_the_whole_structure(in_alpha):
    tree = list(Page.objects.filter(depth__gt=1).order_by("path").values_list("depth", "slug", "live"))

    assert tree == [
        (2, "home", True),
        (3, "nastavnichestvo", True),
        (4, "programma", True),
        (4, "dorozhnaya-karta", True),
        (4, "dokumenty", True),
        (4, "praktiki", True),
        (3, "novosti", True),
    ]


def test_the_tree_is_sound(in_alpha):
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_ready_pages_do_not_count_as_published_by_the_school(in_alpha):
    assert not Page.objects.filter(first_published_at__isnull=False).exists()


def test_the_site_is_the_schools_own_host_and_name(in_alpha):
    host = Domain.objects.get(tenant=in_alpha, is_primary=True).domain

    site = Site.objects.get()

    assert (site.hostname, site.site_name, site.is_default_site) == (host, in_alpha.short_name, True)
    assert site.root_page.get_full_url() == f"http://{host}/"
    assert site.root_page.title == in_alpha.short_name


def test_a_school_is_born_without_users(in_alpha):
    assert not get_user_model().objects.exists()


def test_there_are_two_groups_and_nothing_of_wagtails_own(in_alpha):
    assert set(Group.objects.values_list("name", flat=True)) == {CURATORS, EDITORS}


def test_a_curator_publishes_keeps_the_register_and_submits(in_alpha):
    curators = Group.objects.get(name=CURATORS)

    assert {"add_page", "change_page", "publish_page"} <= page_rights(curators)
    assert {
        "wagtailadmin.access_admin",
        "mentoring_submissions.submit_report",
        "mentoring_register.add_person",
        "mentoring_register.delete_mentorship",
        "mentoring_roadmaps.change_roadmapitem",
    } <= names(curators)


def test_an_editor_writes_pages_and_nothing_else(in_alpha):
    editors = Group.objects.get(name=EDITORS)

    assert page_rights(editors) == {"add_page", "change_page"}
    assert names(editors) == {"wagtailadmin.access_admin"}


def test_only_curators_change_the_look(in_alpha):
    allowed = Group.objects.filter(site_permissions__permission__codename="change_schoolappearance")

    assert [group.name for group in allowed] == [CURATORS]


@pytest.mark.parametrize("name", [CURATORS, EDITORS])
def test_both_groups_work_with_images_and_documents(in_alpha, name):
    rights = set(Group.objects.get(name=name).collection_permissions.values_list("permission__codename", flat=True))

    assert {"add_image", "choose_image", "add_document", "choose_document"} <= rights


def test_pages_of_editors_are_moderated_by_curators(in_alpha):
    workflow = WorkflowPage.objects.get(page__depth=2).workflow

    groups = [group.name for task in workflow.tasks for group in task.specific.groups.all()]

    assert groups == [CURATORS]


def test_the_look_is_there_before_the_first_visitor(in_alpha):
    assert SchoolAppearance.objects.get().site == Site.objects.get()


def test_adapting_takes_few_statements(in_alpha):
    with CaptureQueriesContext(connection) as statements:
        SchoolContent().adapt(in_alpha, host="alpha.portal.test")

    assert len(statements) < 10


def test_adapting_again_changes_nothing_but_names(in_alpha):
    home = HomePage.objects.get()
    home.lead = "Написано школой"
    home.save()

    SchoolContent().adapt(in_alpha, host="alpha.portal.test")

    home.refresh_from_db()
    assert home.lead == "Написано школой"
    assert Page.objects.count() == 8


def test_two_schools_have_the_same_page_ids_and_different_names(alpha, beta):
    from django_tenants.utils import tenant_context

    titles = []
    for school in (alpha, beta):
        with tenant_context(school):
            home = HomePage.objects.get()
            titles.append((home.pk, home.title))

    assert titles == [(titles[0][0], alpha.short_name), (titles[0][0], beta.short_name)]


def test_a_role_with_a_permission_that_does_not_exist_is_refused(in_alpha):
    role = Role("Новая группа", pages=(), permissions=("mentoring_submissions.fly",))

    with pytest.raises(UnknownPermission, match=r"mentoring_submissions\.fly"):
        create_group(role, site=Site.objects.get())
