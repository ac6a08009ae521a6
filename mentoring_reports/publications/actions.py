"""Publishing a round's approved figures. Runs in the municipality's schema; row security refuses anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from mentoring_reports.submissions.consolidation import consolidate
from mentoring_reports.submissions.models import Round

from .content import checksum, content_of
from .errors import FiguresMoved, NoteMissing, NothingAccepted, NothingChanged
from .models import Edition

if TYPE_CHECKING:
    from mentoring_reports.submissions.actions import Author


def content_now(round_: Round) -> dict[str, Any]:
    """Return what an edition published now would say, in the municipality's language. Raises `NothingAccepted`."""
    with translation.override(settings.LANGUAGE_CODE):
        svod = consolidate(round_)
        if not svod.rates().accepted and not any(svod.accepted_ids):
            raise NothingAccepted
        earlier = Edition.objects.filter(round=round_).order_by("number").values_list("content", flat=True)
        return content_of(svod, list(earlier))


@transaction.atomic
def publish(*, round_: Round, by: Author, note: str = "", confirmed: str = "") -> Edition:
    """Publish the accepted figures of a round as its next edition.

    `confirmed` is the checksum of the content that the person saw. Raises `NothingAccepted`, `NothingChanged`,
    `NoteMissing`, `FiguresMoved`.
    """
    locked = Round.objects.select_for_update(of=("self",)).select_related("form", "municipality").get(pk=round_.pk)
    content = content_now(locked)
    seal = checksum(content)
    last = Edition.objects.filter(round=locked).first()
    if last and last.checksum == seal:
        raise NothingChanged
    if confirmed and confirmed != seal:
        raise FiguresMoved
    if last and not note.strip():
        raise NoteMissing
    return Edition.objects.create(
        municipality_id=locked.municipality_id,
        round=locked,
        number=last.number + 1 if last else 1,
        note=note.strip(),
        content=content,
        checksum=seal,
        **by.fields(),
    )
