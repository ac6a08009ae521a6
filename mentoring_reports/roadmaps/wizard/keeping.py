"""Changes of what is kept of an import: the upload with its draft, every step of the draft. Tenant schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction

from mentoring_reports.roadmaps.importing.importer import Days
from mentoring_reports.roadmaps.models import Roadmap, RoadmapImport

from .making import read_draft
from .past import Past
from .suggesting import suggested_roadmaps
from .texts import tidy

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    User = AbstractBaseUser | AnonymousUser

LONGEST_NAME = 255
PASTED = "pasted.txt"


def keep_upload(  # noqa: PLR0913  (what the form asks)
    *, content: bytes, name: str, by: User | None, period: Days | None, split_lists: bool, into: Roadmap | None = None
) -> RoadmapImport:
    """Read a document and keep it with the draft; `name` is "" for a pasted text. Raises `UnreadableDocument`.

    `into` is the roadmap that is to be brought up to date by it, where that is known beforehand.
    """
    draft = read_draft(content, name or PASTED, period=period, split_lists=split_lists)
    suggested = suggested_roadmaps(draft, name) | ({0: into.pk} if into else {})
    return RoadmapImport.objects.create(
        name=_shortened(tidy(name)),
        content=content,
        is_pasted=not name,
        made_by_id=by.pk if by else None,
        draft=Past.begin(draft, suggested).as_json(),
    )


def past_of(imported: RoadmapImport) -> Past:
    """Return the draft with its past."""
    return Past.of(imported.draft, imported.version)


@transaction.atomic
def change(*, imported: int, how: Callable[[Past, RoadmapImport], Past]) -> Past:
    """Change the draft under a lock and return it; what `how` returns unchanged is not written."""
    locked = lock(imported)
    before = past_of(locked)
    after = how(before, locked)
    if after != before:
        write(locked, after)
    return after


def lock(imported: int) -> RoadmapImport:
    """Return an import, locked; its bytes are read only when they are asked for."""
    return RoadmapImport.objects.defer("content").select_for_update(of=("self",)).get(pk=imported)


def write(imported: RoadmapImport, past: Past) -> None:
    """Write the draft of a locked import."""
    imported.draft, imported.version = past.as_json(), past.version
    imported.save(update_fields=["draft", "version", "roadmap"])


def _shortened(name: str) -> str:
    """Return a file's name that fits, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not dot or len(ending) > LONGEST_NAME // 2:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
