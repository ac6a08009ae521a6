"""Which rounds are published, what would be published now, and the button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.publications.actions import content_now, publish
from mentoring_reports.publications.content import ALL, SUPPRESSED, checksum, suppressed_count
from mentoring_reports.publications.errors import NothingAccepted, PublicationError
from mentoring_reports.publications.models import Edition
from mentoring_reports.publications.queries import Change, changes, latest_editions
from mentoring_reports.review.access import MunicipalMixin
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation
from portal.website.editions import number_text, value_text
from portal.website.models import ApprovedFiguresPage

PUBLISH = "mentoring_publications.add_edition"
MOST_CHANGES = 50  # shown one by one


class PublishForm(forms.Form):
    """The note of a correction, and what the person saw."""

    confirmed = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    note = forms.CharField(
        label=gettext_lazy("Public note"),
        help_text=gettext_lazy("What this edition corrects and why: everybody reads it beside the figures."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )


@dataclass(frozen=True)
class RoundRow:
    """A round and its newest edition."""

    round: Round
    edition: Edition | None
    link: str


class PublishingMixin(MunicipalMixin, WagtailAdminTemplateMixin):
    """A screen of those who may publish."""

    permission = PUBLISH
    page_title = gettext_lazy("Publication")
    header_icon = "globe"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        items = super().get_breadcrumbs_items()
        return [*items, {"url": reverse("publishing:index"), "label": _("Publication")}]


class PublishingView(PublishingMixin, TemplateView):
    """All rounds that have opened, each with its newest edition."""

    template_name = "website/publishing/rounds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rounds."""
        organisation = current_organisation()
        editions = {edition.round_id: edition for edition in latest_editions(organisation.pk)}
        rounds = Round.objects.started().filter(municipality=organisation)
        rows = [RoundRow(one, editions.get(one.pk), public_link(editions.get(one.pk))) for one in rounds]
        return super().get_context_data(rows=rows, has_page=figures_page() is not None, **kwargs)


class PublishView(PublishingMixin, TemplateView):
    """What would be published of a round now, and what that changes; a POST publishes exactly that."""

    template_name = "website/publishing/publish.html"

    @cached_property
    def round(self) -> Round:
        """Return the municipality's round, or 404."""
        rounds = Round.objects.filter(municipality=current_organisation()).select_related("form", "municipality")
        return get_object_or_404(rounds, code=self.kwargs["code"])

    @cached_property
    def last(self) -> Edition | None:
        """Return the newest edition."""
        return Edition.objects.filter(round=self.round).first()

    def get_page_subtitle(self) -> str:
        """Return the round's title."""
        return self.round.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """End with the round: its title is the headline."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.round.title}]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Publish, or say why not and show the figures as they are now; the note is kept."""
        form = PublishForm(request.POST)
        if not form.is_valid():
            return self._again(form)
        given = form.cleaned_data
        try:
            edition = publish(
                round_=self.round, by=Author.of(request.user), note=given["note"], confirmed=given["confirmed"]
            )
        except PublicationError as error:
            form.add_error(None, str(error))
            return self._again(form)
        link = public_link(edition)
        buttons = [messages.button(link, _("Show on the portal"))] if link else []
        messages.success(request, _("Edition %(number)s is published.") % {"number": edition.number}, buttons=buttons)
        return redirect("publishing:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what would be published and how it differs from what is."""
        try:
            content = content_now(self.round)
        except NothingAccepted as error:
            return super().get_context_data(round=self.round, refused=str(error), **kwargs)
        seal = checksum(content)
        form = kwargs.pop("form", None) or PublishForm()
        form.data = {**form.data, "confirmed": seal} if form.is_bound else form.data
        form.initial["confirmed"] = seal
        return super().get_context_data(
            round=self.round,
            form=form,
            last=self.last,
            content=content,
            cards=[(one, value_text(one, one[ALL])) for one in content["indicators"]],
            suppressed=suppressed_count(content),
            hides_totals=any(one[ALL]["status"] == SUPPRESSED for one in content["indicators"]),
            is_same=bool(self.last and self.last.checksum == seal),
            is_complete=content["coverage"]["accepted"] == content["coverage"]["expected"],
            **self._differences(content),
            **kwargs,
        )

    def _differences(self, content: dict[str, Any]) -> dict[str, Any]:
        found = changes(self.last.content, content) if self.last else []
        rows = [(change, _text(change, change.before), _text(change, change.after)) for change in found[:MOST_CHANGES]]
        return {"changes": rows, "more_changes": max(0, len(found) - MOST_CHANGES)}

    def _again(self, form: PublishForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=409)


def figures_page() -> ApprovedFiguresPage | None:
    """Return the page that shows editions to the public, where there is one."""
    return ApprovedFiguresPage.objects.live().first()


def public_link(edition: Edition | None) -> str:
    """Return where the public reads an edition; nothing without an edition or a page."""
    page = figures_page() if edition else None
    if edition is None or page is None or page.full_url is None:
        return ""
    return str(page.full_url + page.reverse_subpage("edition", args=[edition.round.code]))


def _text(change: Change, value: float | None) -> str:
    return "—" if value is None else f"{number_text(value, change.indicator['decimals'])} {change.indicator['unit']}"
