"""What a municipality's schema is born with, made from a copy of the school's. Named in `TENANT_CONTENT`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import Page, Site

from schools.groups import PUBLISHING, WRITING, Role, create_group, create_moderation, remove_site
from schools.models import NewsIndexPage, SchoolAppearance
from schools.provisioning import TEMPLATE_HOST, name_site

from .models import ApprovedFiguresPage, MunicipalHomePage, SchoolDirectoryPage

if TYPE_CHECKING:
    from portal.tenants.models import Organisation

METHODISTS = "Методисты"
DEPARTMENT = "Управление образования"
MODERATION = "Проверка управлением образования"


def _may(actions: tuple[str, ...], *models: str) -> tuple[str, ...]:
    """Return `app.action_model` for each of the models given as `app.model`."""
    pairs = (model.split(".") for model in models)
    return tuple(f"{app}.{action}_{model}" for app, model in pairs for action in actions)


METHODIST_MAY = (
    "mentoring_submissions.view_dashboard",
    "mentoring_submissions.review_submission",
    "mentoring_indicators.view_reportform",
    *_may(("change", "view"), "mentoring_roadmap_templates.roadmaptemplate"),
    *_may(
        ("add", "change", "view"),
        "mentoring_submissions.round",
        "mentoring_submissions.extension",
        "mentoring_submissions.exemption",
    ),
)
DEPARTMENT_MAY = (
    *METHODIST_MAY,
    "mentoring_submissions.reopen_submission",
    "mentoring_submissions.export_workbook",
    "mentoring_publications.add_edition",
    "mentoring_publications.view_edition",
    "mentoring_notices.edit_notices",
    "mentoring_review.change_plausibilitysettings",
    *_may(
        ("add", "change", "view"),
        "mentoring_indicators.reportform",
        "mentoring_indicators.elementgroup",
        "mentoring_indicators.dataelement",
        "mentoring_indicators.indicator",
        "mentoring_indicators.check",
        "tenants.organisation",
    ),
)
MUNICIPAL_ROLES = (
    Role(METHODISTS, pages=WRITING, permissions=METHODIST_MAY),
    Role(DEPARTMENT, pages=PUBLISHING, permissions=DEPARTMENT_MAY, edits_look=True),
)


class MunicipalityContent:
    """The ready structure of a municipal portal."""

    version = 2  # one more whenever the structure changes

    def build(self) -> None:
        """Nothing: the template is a school's, a municipality replaces it in `adapt`."""

    def adapt(self, organisation: Organisation, *, host: str) -> None:
        """Replace the school's pages and groups by the municipality's; a second run only names the site anew."""
        if not MunicipalHomePage.objects.exists():
            self._replace()
        name_site(organisation, host=host)

    def _replace(self) -> None:
        remove_site()
        home = self._build_pages(Page.objects.get(depth=1))
        site = Site.objects.create(hostname=TEMPLATE_HOST, root_page=home, is_default_site=True)
        SchoolAppearance.objects.create(site=site)
        groups = {role.name: create_group(role, site=site) for role in MUNICIPAL_ROLES}
        create_moderation(MODERATION, page=home, moderators=groups[DEPARTMENT])

    @staticmethod
    def _build_pages(root: Page) -> Page:
        home: Page = root.add_child(instance=MunicipalHomePage(title="Муниципалитет", slug="home", show_in_menus=True))
        home.add_child(
            instance=SchoolDirectoryPage(title="Образовательные организации", slug="shkoly", show_in_menus=True)
        )
        home.add_child(instance=ApprovedFiguresPage(title="Показатели", slug="pokazateli", show_in_menus=True))
        home.add_child(instance=NewsIndexPage(title="Новости", slug="novosti", show_in_menus=True))
        return home
