"""What the municipality has inside its schema."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Page, Site, WorkflowPage

from portal.website.provisioning import DEPARTMENT, METHODISTS, MunicipalityContent


def names(group: Group) -> set[str]:
    rows = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_the_municipality_has_its_own_structure_and_no_school_pages(in_municipality):
    tree = list(Page.objects.filter(depth__gt=1).order_by("path").values_list("content_type__model", "slug"))

    assert tree == [
        ("municipalhomepage", "home"),
        ("schooldirectorypage", "shkoly"),
        ("approvedfigurespage", "pokazateli"),
        ("newsindexpage", "novosti"),
    ]
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_site_is_the_municipalitys_host(in_municipality):
    site = Site.objects.get()

    assert (site.hostname, site.is_default_site) == ("portal.test", True)
    assert site.root_page.title == in_municipality.short_name


def test_there_are_two_groups_and_no_users(in_municipality):
    assert set(Group.objects.values_list("name", flat=True)) == {METHODISTS, DEPARTMENT}
    assert not get_user_model().objects.exists()


def test_a_methodist_reviews_but_does_not_reopen_or_edit_forms(in_municipality):
    rights = names(Group.objects.get(name=METHODISTS))

    assert {
        "wagtailadmin.access_admin",
        "mentoring_submissions.view_dashboard",
        "mentoring_submissions.review_submission",
        "mentoring_submissions.add_round",
        "mentoring_submissions.change_extension",
        "mentoring_submissions.view_exemption",
    } <= rights
    assert not rights & {
        "mentoring_submissions.reopen_submission",
        "mentoring_submissions.export_workbook",
        "mentoring_indicators.change_reportform",
        "tenants.add_organisation",
    }


def test_the_department_may_all_that_a_methodist_may_and_more(in_municipality):
    department = names(Group.objects.get(name=DEPARTMENT))

    assert names(Group.objects.get(name=METHODISTS)) < department
    assert {
        "mentoring_submissions.reopen_submission",
        "mentoring_submissions.export_workbook",
        "mentoring_indicators.change_reportform",
        "tenants.view_organisation",
        "tenants.add_organisation",
        "tenants.change_organisation",
    } <= department


def test_nobody_in_the_municipality_may_touch_a_schools_register(in_municipality):
    for group in Group.objects.all():
        assert not {name for name in names(group) if name.startswith(("mentoring_register", "mentoring_roadmaps"))}


def test_the_department_publishes_what_methodists_write(in_municipality):
    workflow = WorkflowPage.objects.get(page__depth=2).workflow

    assert [group.name for task in workflow.tasks for group in task.specific.groups.all()] == [DEPARTMENT]
    methodist = Group.objects.get(name=METHODISTS)
    assert set(methodist.page_permissions.values_list("permission__codename", flat=True)) == {"add_page", "change_page"}


def test_adapting_again_keeps_what_was_written(in_municipality):
    home = Page.objects.get(depth=2).specific
    home.lead = "Написано управлением"
    home.save()

    MunicipalityContent().adapt(in_municipality, host="portal.test")

    assert Page.objects.get(depth=2).specific.lead == "Написано управлением"
