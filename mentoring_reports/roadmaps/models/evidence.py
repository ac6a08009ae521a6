"""What confirms that something was done: words, a link, a page of the site or a document."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string


class Evidence(models.Model):
    """The fields of an activity, or of one time of it, that say what confirms it."""

    evidence_note = models.TextField(_("evidence"), blank=True, help_text=_("What confirms it: an order, minutes."))
    evidence_url = models.URLField(_("link"), blank=True)
    evidence_page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    evidence_document = models.ForeignKey(
        get_document_model_string(),
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )

    class Meta:
        """No table of its own."""

        abstract = True

    @property
    def has_evidence(self) -> bool:
        """Say whether anything confirms it."""
        return bool(self.evidence_note or self.evidence_url or self.evidence_page_id or self.evidence_document_id)
