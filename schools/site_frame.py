"""What surrounds every page: name, menu, breadcrumbs and the section's own menu. One statement for all links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from wagtail.models import Page, Site

from mentoring_reports.tenancy import current_organisation
from portal.tenants.addresses import address_of
from portal.tenants.models import Domain

SECTION_DEPTH = 3  # root is 1, home is 2


@dataclass(frozen=True)
class Link:
    """A page in a menu; `current` is "page" for the page shown and "true" for one above it."""

    page: Page
    current: str = ""


@dataclass(frozen=True)
class Portal:
    """The municipality to which a school's pages lead back."""

    name: str
    url: str


@dataclass(frozen=True)
class Frame:
    """The surroundings of one page."""

    home: Page
    name: str
    full_name: str
    portal: Portal | None = None
    menu: list[Link] = field(default_factory=list)
    trail: list[Page] = field(default_factory=list)
    local: list[Link] = field(default_factory=list)

    @property
    def initial(self) -> str:
        """Return what the default emblem shows: the number in the name, or else its first letter."""
        digits = "".join(character for character in self.name if character.isdecimal())
        return digits[:3] or self.name.strip("«»\"' ")[:1].upper()


def build_frame(site: Site, page: Page | None) -> Frame:
    """Return the surroundings of a page of this site; `page` may be a draft that is only being previewed."""
    home, path = site.root_page, page.path if page else ""
    links = _links(home, path)
    section = _section_of(path)
    organisation = current_organisation()
    return Frame(
        home=home,
        name=organisation.short_name if organisation else site.site_name,
        full_name=organisation.name if organisation else site.site_name,
        portal=_portal_of(organisation),
        menu=[_link(p, path) for p in links if p.depth == SECTION_DEPTH and p.show_in_menus],
        trail=[p for p in links if path.startswith(p.path) and p.path != path],
        local=[_link(p, path) for p in links if section and _is_local(p, section)],
    )


def _section_of(path: str) -> str:
    """Return the path of the section that a page stands in; empty for the home page."""
    return path[: SECTION_DEPTH * Page.steplen] if len(path) >= SECTION_DEPTH * Page.steplen else ""


def _is_local(page: Page, section: str) -> bool:
    """Say whether the page stands in the menu of the section at this path: its head, or right below it."""
    if page.path == section:
        return True
    return bool(page.show_in_menus) and page.path.startswith(section) and page.depth == SECTION_DEPTH + 1


def _links(home: Page, path: str) -> list[Page]:
    """Return the published pages above this one, the menu, and the pages of this one's section, in tree order."""
    above = [path[:end] for end in range(len(home.path), len(path), Page.steplen)]
    wanted = Q(path__in=above) | Q(path__startswith=home.path, depth=SECTION_DEPTH, show_in_menus=True)
    if section := _section_of(path):
        wanted |= Q(path__startswith=section, depth=SECTION_DEPTH + 1, show_in_menus=True)
    return list(Page.objects.live().filter(wanted).select_related("content_type").order_by("path"))


def _link(page: Page, path: str) -> Link:
    if page.path == path:
        return Link(page, "page")
    return Link(page, "true" if path.startswith(page.path) else "")


def _portal_of(organisation: Any) -> Portal | None:
    """Return the municipality of a school; None for the municipality itself."""
    if organisation is None or organisation.municipality_id is None:
        return None
    domain = (
        Domain.objects.select_related("tenant").filter(tenant=organisation.municipality_id, is_primary=True).first()
    )
    return Portal(domain.tenant.short_name, address_of(domain.domain) + "/") if domain else None
