"""Drafts, previews, moderation and scheduled publishing work inside a tenant as usual in Wagtail."""

from __future__ import annotations

import datetime as dt

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import Page, WorkflowState

from schools.models import HomePage, NewsPage
from tests.factories import CURATOR, EDITOR, client_at, login, make_user
from tests.schools import building


def test_a_preview_shows_the_school_it_was_made_in(alpha, beta):
    drafts = {}
    for school in (alpha, beta):
        with tenant_context(school):
            home = HomePage.objects.get()
            home.lead = f"Черновик: {school.short_name}"
            home.save_revision()
            drafts[school.schema_name] = home.pk
    assert len(set(drafts.values())) == 1, "the trap needs equal page ids"

    for school, other in ((alpha, beta), (beta, alpha)):
        client = login(school, CURATOR)
        text = client.get(f"/admin/pages/{drafts[school.schema_name]}/view_draft/").text

        assert f"Черновик: {school.short_name}" in text
        assert f"Черновик: {other.short_name}" not in text


def test_after_a_preview_the_request_goes_on_in_its_own_school(alpha, beta):
    client = login(alpha, CURATOR)
    with tenant_context(alpha):
        pk = HomePage.objects.get().pk

    client.get(f"/admin/pages/{pk}/view_draft/")

    assert alpha.short_name in client.get(f"/admin/pages/{pk}/edit/").text


def test_every_page_type_can_be_previewed(alpha):
    client = login(alpha, CURATOR)
    with tenant_context(alpha):
        building.fill_site()
        pks = [page.pk for page in Page.objects.filter(depth__gt=1) if page.specific.save_revision()]

    statuses = {client.get(f"/admin/pages/{pk}/view_draft/").status_code for pk in pks}

    assert len(pks) == 9
    assert statuses == {200}


def test_an_editor_may_not_publish_and_a_curator_may(alpha):
    with tenant_context(alpha):
        page = HomePage.objects.get()
    editor, curator = make_user(alpha, EDITOR), make_user(alpha, CURATOR)

    with tenant_context(alpha):
        assert page.permissions_for_user(editor).can_edit()
        assert not page.permissions_for_user(editor).can_publish()
        assert page.permissions_for_user(curator).can_publish()


def test_an_editors_page_goes_to_the_curator_and_appears_when_approved(alpha):
    with tenant_context(alpha):
        news = building.add_news("На проверку", live=False)
        editor, curator = make_user(alpha, EDITOR), make_user(alpha, CURATOR)
        news.save_revision(user=editor)
        state = news.get_workflow().start(news, editor)
    url = "/novosti/n1/"
    assert client_at(alpha).get(url).status_code == 404

    with tenant_context(alpha):
        state.current_task_state.specific.approve(user=curator)

    assert client_at(alpha).get(url).status_code == 200
    with tenant_context(alpha):
        assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED


def test_an_editor_who_presses_publish_only_makes_a_draft(alpha):
    client = login(alpha, EDITOR)
    with tenant_context(alpha):
        parent = Page.objects.get(slug="novosti")
    data = {
        "title": "Самовольная новость",
        "slug": "samovolnaya",
        "date": "2026-11-20",
        "lead": "",
        "image": "",
        "image_alt": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }

    client.post(f"/admin/pages/add/schools/newspage/{parent.pk}/", data)

    with tenant_context(alpha):
        assert NewsPage.objects.get(slug="samovolnaya").live is False


def test_a_page_is_published_on_schedule_inside_its_school(alpha, beta):
    with tenant_context(alpha):
        news = building.add_news("По расписанию", live=False)
        news.go_live_at = timezone.now() - dt.timedelta(minutes=1)
        news.save()
        revision = news.save_revision()
        revision.approved_go_live_at = news.go_live_at
        revision.save()
        call_command("publish_scheduled", verbosity=0)

    assert client_at(alpha).get("/novosti/n1/").status_code == 200
    assert client_at(beta).get("/novosti/n1/").status_code == 404


def test_only_a_curator_reaches_the_look_of_the_site(alpha):
    with tenant_context(alpha):
        path = reverse("wagtailsettings:edit", args=["schools", "schoolappearance"], urlconf="portal.urls_school")

    assert login(alpha, CURATOR).get(path, follow=True).status_code == 200
    assert login(alpha, EDITOR).get(path).status_code in {302, 403}


def test_someone_who_is_logged_in_sees_the_bar_and_a_visitor_does_not(alpha):
    assert "wagtail-userbar" in login(alpha, CURATOR).get("/").text
    assert "wagtail-userbar" not in client_at(alpha).get("/").text
