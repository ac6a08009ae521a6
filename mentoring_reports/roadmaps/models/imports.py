"""A document that was read into a roadmap: kept as it came, with what the curator has made of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import now

from .roadmap import Roadmap


class RoadmapImport(models.Model):
    """One upload or pasted text. Its bytes lie in the school's schema: no address leads to them but the wizard's."""

    wagtail_reference_index_ignore = True

    name = models.CharField(_("file"), max_length=255, blank=True)
    content = models.BinaryField(_("content"))  # of a pasted text: UTF-8
    is_pasted = models.BooleanField(_("pasted"), default=False)
    made_at = models.DateTimeField(_("uploaded at"), default=now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    draft = models.JSONField(_("what was made of it"), default=dict)
    version = models.PositiveIntegerField(default=0)  # rises with every change of the draft, for two tabs at once
    roadmap = models.ForeignKey(
        Roadmap, models.SET_NULL, null=True, blank=True, related_name="imports", verbose_name=_("roadmap")
    )

    class Meta:
        """The latest first."""

        ordering: ClassVar = ["-made_at", "-pk"]
        verbose_name = _("import of a roadmap")
        verbose_name_plural = _("imports of roadmaps")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name or str(_("pasted text"))
