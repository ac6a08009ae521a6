"""Tags of the public templates: the page's surroundings, icons, the bar for those who are logged in."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page, Site

from schools.models import SchoolAppearance
from schools.site_frame import Frame, build_frame

register = template.Library()

FAVICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='8' fill='{fill}'/>"
    "<text x='16' y='22' font-family='sans-serif' font-weight='700' font-size='{size}' fill='white'"
    " text-anchor='middle'>{text}</text></svg>"
)
# The same colours as --hero-to in theme.css, which an icon outside of the page cannot see.
ICON_COLOURS = {
    "blue": "#2b5fd9",
    "teal": "#0b7884",
    "green": "#2a7d3a",
    "violet": "#6a4bd6",
    "crimson": "#b92555",
    "terracotta": "#ab4e17",
    "graphite": "#4a576c",
}

PAGE_ICONS = {
    "mentoringpage": "people",
    "roadmappage": "roadmap",
    "documentspage": "documents",
    "practicesindexpage": "practices",
    "practicepage": "practices",
    "newsindexpage": "news",
    "schooldirectorypage": "school",
    "standardpage": "programme",
}
PAGE_SUMMARIES = {
    "mentoringpage": _("Programme, roadmap, documents and good practices."),
    "roadmappage": _("What is planned, who answers for it and what is already done."),
    "documentspage": _("Orders, regulations, plans and reports."),
    "practicesindexpage": _("What works for us and can be of use to others."),
    "newsindexpage": _("Events, meetings and results."),
    "schooldirectorypage": _("Schools, kindergartens and colleges with links to their sites."),
}


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame | None:
    """Return the surroundings of the page; None where no site answers."""
    site = Site.find_for_request(context.get("request"))
    page = context.get("page")
    return build_frame(site, page if isinstance(page, Page) else None) if site else None


@register.simple_tag(takes_context=True)
def appearance(context: Context) -> SchoolAppearance:
    """Return the look of the site; the default one where no site answers."""
    request = context.get("request")
    if request is None or Site.find_for_request(request) is None:
        return SchoolAppearance()
    look: SchoolAppearance = SchoolAppearance.for_request(request)
    return look


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return an icon of the sprite; it is hidden from screen readers, the text beside it speaks."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static("site/icons.svg"),
        name,
    )


@register.simple_tag
def favicon(initial: str, accent: str) -> SafeString:
    """Return a small drawing of the initial as a data address."""
    size = {1: 20, 2: 16}.get(len(initial), 12)
    letters = "".join(character for character in initial if character.isalnum())
    svg = FAVICON.format(fill=ICON_COLOURS.get(accent, ICON_COLOURS["blue"]), size=size, text=letters)
    return mark_safe("data:image/svg+xml," + quote(svg, safe=""))  # noqa: S308  (every character is quoted)


@register.simple_tag(takes_context=True)
def visitor_userbar(context: Context) -> str:
    """Return Wagtail's bar for someone who is logged in.

    A visitor without a session cookie is never asked who they are: that would make the page vary by cookie and keep it
    out of the page cache.
    """
    request: HttpRequest | None = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return str(wagtailuserbar(context))


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """Return the query of the current address with some of its parts changed."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag
def page_icon(page: Page) -> SafeString:
    """Return the icon of a page's type."""
    return icon(PAGE_ICONS.get(type_of(page), "page"))


@register.filter
def is_page_type(page: Page, name: str) -> bool:
    """Say whether the page is of the type with this lower-case model name."""
    return type_of(page) == name


@register.filter
def summary(page: Page) -> str:
    """Return what a card says about a page: its description for search engines, or what its type is for."""
    return page.search_description or str(PAGE_SUMMARIES.get(type_of(page), ""))


@register.filter
def phone_digits(phone: str) -> str:
    """Return a phone number as `tel:` addresses want it: digits and a leading plus."""
    return re.sub(r"(?!^\+)\D", "", phone.strip())


def type_of(page: Page) -> str:
    """Return the lower-case model name of a page's type, without reading the page's own table."""
    return str(page.content_type.model)
