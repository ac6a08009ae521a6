"""Page types of the municipality's website. Schema: the municipality's own; the directory reads `public`."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from schools.models.base import ContentPage, LeadPage
from schools.pagination import page_of
from schools.querysets import child_cards, latest_news

from .directory import Directory, DirectoryFilter, territory_counts

SCHOOLS_A_PAGE = 24
NEWS_ON_HOME = 3


class MunicipalHomePage(ContentPage):
    """The root of the municipal portal."""

    template = "website/municipal_home_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["website.SchoolDirectoryPage", "website.MunicipalStandardPage", "schools.NewsIndexPage"]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("home page of the municipality")
        verbose_name_plural = _("home pages of the municipality")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the number of schools, the sections and the latest news."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["territories"] = territories = territory_counts()
        context["school_count"] = sum(row.schools for row in territories)
        context["sections"] = child_cards(self)
        context["directory"] = SchoolDirectoryPage.objects.live().child_of(self).first()
        context["news"] = latest_news(self, limit=NEWS_ON_HOME)
        return context


class SchoolDirectoryPage(LeadPage):
    """The municipality's schools with search and filters."""

    template = "website/school_directory_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["website.MunicipalHomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("directory of schools")
        verbose_name_plural = _("directories of schools")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the schools that the address asks for."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        directory = Directory(DirectoryFilter.from_query(request.GET))
        context["directory"] = directory
        context["numbers"] = numbers = page_of(directory.found, request, size=SCHOOLS_A_PAGE)
        context["schools"] = directory.entries(numbers.object_list)
        return context


class MunicipalStandardPage(ContentPage):
    """A page of text on the municipal portal; may have pages below it."""

    template = "schools/standard_page.html"
    parent_page_types: ClassVar = ["website.MunicipalHomePage", "website.MunicipalStandardPage"]
    subpage_types: ClassVar = ["website.MunicipalStandardPage"]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("page of the municipality")
        verbose_name_plural = _("pages of the municipality")
