"""Page types of the municipality's website. Schema: the municipality's own; the directory reads `public`."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from mentoring_reports.publications.models import Edition
from mentoring_reports.publications.open_data import dictionary_csv, document, figures_csv
from mentoring_reports.publications.queries import latest_editions
from mentoring_reports.tenancy import current_organisation
from schools.models.base import ContentPage, LeadPage
from schools.pagination import page_of
from schools.querysets import child_cards, latest_news

from .directory import Directory, DirectoryFilter, territory_counts
from .editions import CSV, JSON, EditionScreen, download

SCHOOLS_A_PAGE = 24
NEWS_ON_HOME = 3


class MunicipalHomePage(ContentPage):
    """The root of the municipal portal."""

    template = "website/municipal_home_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "website.SchoolDirectoryPage",
        "website.ApprovedFiguresPage",
        "website.MunicipalStandardPage",
        "schools.NewsIndexPage",
    ]

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


class ApprovedFiguresPage(RoutablePageMixin, LeadPage):
    """The published editions of the municipality's rounds: pages with charts and tables, and open data."""

    template = "website/approved_figures_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["website.MunicipalHomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("page of approved figures")
        verbose_name_plural = _("pages of approved figures")

    @path("")
    def all_rounds(self, request: HttpRequest) -> HttpResponse:
        """Show which rounds are published."""
        organisation = current_organisation()
        editions = latest_editions(organisation.pk) if organisation else []
        return self._shown(request, self.template, editions=editions)

    @path("<slug:code>/")
    @path("<slug:code>/<int:number>/")
    def edition(self, request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
        """Show an edition of a round: the newest one, or an earlier one by its number."""
        screen = EditionScreen(self._edition(code, number), request.GET)
        return self._shown(request, "website/edition.html", screen=screen)

    @path("<slug:code>/<int:number>/csv/")
    def data_csv(self, request: HttpRequest, code: str, number: int) -> HttpResponse:
        """Return an edition's figures as a table."""
        return download(figures_csv(self._edition(code, number)), f"{code}-{number}.csv", CSV)

    @path("<slug:code>/<int:number>/dictionary/")
    def dictionary_csv(self, request: HttpRequest, code: str, number: int) -> HttpResponse:
        """Return what the table's columns, statuses and codes mean."""
        return download(dictionary_csv(self._edition(code, number)), f"{code}-{number}-dictionary.csv", CSV)

    @path("<slug:code>/<int:number>/json/")
    def data_json(self, request: HttpRequest, code: str, number: int) -> HttpResponse:
        """Return an edition with its dictionary as one JSON document."""
        text = json.dumps(document(self._edition(code, number)), ensure_ascii=False, indent=1)
        return download(text, f"{code}-{number}.json", JSON)

    @staticmethod
    def _edition(code: str, number: int | None) -> Edition:
        organisation = current_organisation()
        found = Edition.objects.filter(round__code=code, municipality=organisation).select_related("round")
        edition = (found if number is None else found.filter(number=number)).first()
        if edition is None:
            raise Http404(_("Nothing is published here."))
        return edition

    def _shown(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        response: HttpResponse = self.render(request, template=template, context_overrides=context)
        return response


class MunicipalStandardPage(ContentPage):
    """A page of text on the municipal portal; may have pages below it."""

    template = "schools/standard_page.html"
    parent_page_types: ClassVar = ["website.MunicipalHomePage", "website.MunicipalStandardPage"]
    subpage_types: ClassVar = ["website.MunicipalStandardPage"]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("page of the municipality")
        verbose_name_plural = _("pages of the municipality")
