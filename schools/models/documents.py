"""The documents page: orders, regulations, plans and reports, grouped by kind."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.search import index

from .base import LeadPage

if TYPE_CHECKING:
    from modelcluster.fields import RelatedManager


class DocumentKind(models.TextChoices):
    """What a document is; groups stand on the page in this order."""

    ORDER = "order", _("Orders")
    REGULATION = "regulation", _("Regulations")
    PROGRAMME = "programme", _("Programmes and plans")
    MEMO = "memo", _("Memos and guidelines")
    REPORT = "report", _("Reports and monitoring")
    OTHER = "other", _("Other documents")


class DocumentsPage(LeadPage):
    """Documents with type, size and date."""

    if TYPE_CHECKING:
        items: RelatedManager[DocumentItem]

    template = "schools/documents_page.html"
    parent_page_types: ClassVar = ["schools.MentoringPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *LeadPage.content_panels,
        InlinePanel("items", heading=_("Documents"), label=_("Document")),
    ]
    search_fields: ClassVar = [
        *LeadPage.search_fields,
        index.RelatedFields("items", [index.SearchField("title")]),
    ]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("documents page")
        verbose_name_plural = _("documents pages")

    def groups(self) -> list[tuple[str, list[DocumentItem]]]:
        """Return the documents by kind, kinds in their own order and documents in the editor's."""
        order = list(DocumentKind.values)
        items = sorted(self.items.all().select_related("document"), key=lambda item: order.index(item.kind))
        return [
            (str(DocumentKind(kind).label), list(group)) for kind, group in groupby(items, key=lambda item: item.kind)
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the documents by kind."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["groups"] = self.groups()
        return context


class DocumentItem(Orderable):
    """One document on the page."""

    page = ParentalKey(DocumentsPage, on_delete=models.CASCADE, related_name="items")
    document = models.ForeignKey("wagtaildocs.Document", models.CASCADE, related_name="+", verbose_name=_("document"))
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind, default=DocumentKind.ORDER)
    title = models.CharField(
        _("title"), max_length=250, blank=True, help_text=_("Empty: the document's own title is shown.")
    )
    issued_on = models.DateField(_("date of the document"), null=True, blank=True)

    panels: ClassVar = [
        FieldPanel("document"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("issued_on")]),
    ]

    class Meta(Orderable.Meta):
        """How a row is called in the admin."""

        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        """Return the title that the page shows."""
        return self.title or self.document.title
