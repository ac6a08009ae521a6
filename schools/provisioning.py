"""What a school's schema is born with: pages, groups, permissions, moderation, a site. Named in `TENANT_CONTENT`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from wagtail.models import Page, Site

from .groups import CURATORS, EDITORS, PUBLISHING, WRITING, Role, create_group, create_moderation, remove_site
from .models import (
    DocumentsPage,
    HomePage,
    MentoringPage,
    NewsIndexPage,
    PracticesIndexPage,
    RoadmapPage,
    SchoolAppearance,
    StandardPage,
)

if TYPE_CHECKING:
    from portal.tenants.models import Organisation

TEMPLATE_HOST = "template.invalid"
MODERATION = "Проверка куратором"
SCHOOL_ROLES = (
    Role(
        CURATORS,
        pages=PUBLISHING,
        permissions=("mentoring_submissions.submit_report",),
        all_of=("mentoring_register", "mentoring_roadmaps"),
        edits_look=True,
    ),
    Role(EDITORS, pages=WRITING),
)


def site_port() -> int:
    """Return the port that makes a page's full address right for how the portal is served."""
    if settings.PORTAL_PORT:
        return int(settings.PORTAL_PORT)
    return 443 if settings.PORTAL_SCHEME == "https" else 80


def name_site(organisation: Organisation, *, host: str) -> None:
    """Give the one site and its home page the organisation's name and host: two statements, no signals."""
    Page.objects.filter(depth=2).update(
        title=organisation.short_name, draft_title=organisation.short_name, seo_title=organisation.name
    )
    Site.objects.update(hostname=host, port=site_port(), site_name=organisation.short_name, is_default_site=True)
    Site.clear_site_root_paths_cache()


class SchoolContent:
    """The ready structure of a school's site.

    Its pages are live from the first day but have no date of first publication: they count as published only when
    the school publishes them itself.
    """

    version = 1  # one more whenever the structure changes

    def build(self) -> None:
        """Build the structure in the template schema, in place of what Wagtail's migrations leave there."""
        remove_site()
        home = self._build_pages(Page.objects.get(depth=1))
        site = Site.objects.create(hostname=TEMPLATE_HOST, root_page=home, is_default_site=True)
        SchoolAppearance.objects.create(site=site)
        groups = {role.name: create_group(role, site=site) for role in SCHOOL_ROLES}
        create_moderation(MODERATION, page=home, moderators=groups[CURATORS])

    def adapt(self, organisation: Organisation, *, host: str) -> None:
        """Make the copied structure this school's."""
        name_site(organisation, host=host)

    @staticmethod
    def _build_pages(root: Page) -> Page:
        home: Page = root.add_child(instance=HomePage(title="Школа", slug="home", show_in_menus=True))
        section = home.add_child(
            instance=MentoringPage(title="Наставничество", slug="nastavnichestvo", show_in_menus=True)
        )
        section.add_child(
            instance=StandardPage(
                title="Программа",
                slug="programma",
                search_description="Цель, задачи, участники и ожидаемые результаты программы.",
                show_in_menus=True,
            )
        )
        section.add_child(instance=RoadmapPage(title="Дорожная карта", slug="dorozhnaya-karta", show_in_menus=True))
        section.add_child(instance=DocumentsPage(title="Документы", slug="dokumenty", show_in_menus=True))
        section.add_child(instance=PracticesIndexPage(title="Лучшие практики", slug="praktiki", show_in_menus=True))
        home.add_child(instance=NewsIndexPage(title="Новости", slug="novosti", show_in_menus=True))
        return home
