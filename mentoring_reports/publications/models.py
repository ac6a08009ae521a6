"""Published editions of a round's approved figures: numbered, sealed, never changed. Schema `public`."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.models.rows import Authored


class Edition(Authored):
    """What was published of a round on one day. A correction is the next edition, with a note that everybody reads.

    `content` is all that the public sees, as `content.content_of` made it; `checksum` is the SHA-256 of its canonical
    JSON. The author is kept for the municipality and is not published.
    """

    wagtail_reference_index_ignore = True

    municipality = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="editions", verbose_name=_("round"))
    number = models.PositiveIntegerField(_("edition"))
    note = models.TextField(_("public note"), blank=True)
    content = models.JSONField(_("figures"))
    checksum = models.CharField(_("checksum"), max_length=64)

    class Meta:
        """The newest comes first; every edition but the first says what it corrects."""

        ordering: ClassVar = ["-number"]
        verbose_name = _("published edition")
        verbose_name_plural = _("published editions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="edition_number_once_a_round"),
            models.CheckConstraint(
                name="edition_corrects_with_a_note", condition=Q(number=1) | (Q(number__gt=1) & ~Q(note=""))
            ),
        ]

    def __str__(self) -> str:
        """Return the round and the number."""
        return _("%(round)s, edition %(number)s") % {"round": self.round, "number": self.number}
