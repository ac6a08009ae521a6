"""Everything that happens to versions of a report form. Each action locks the version, guards, is all or nothing.

They run in the municipality's schema: row security refuses the rest, and the database refuses to change what is
released.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError

from mentoring_reports import clock

from .copying import copy_parts, fingerprint
from .errors import (
    AlreadyReleased,
    CannotRelease,
    ChangedMeanwhile,
    DraftChanged,
    DraftExists,
    DraftGone,
    FormInUse,
    GroupInUse,
    NotReleased,
)
from .models import FormPart, Indicator, ReportForm, Target
from .releasing import problems_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

Part = TypeVar("Part", bound=FormPart)


@transaction.atomic
def draft_next_version(*, form: ReportForm, by: str) -> ReportForm:
    """Copy a released version, whole, into a draft with the next number. Raises `NotReleased`, `DraftExists`."""
    if form.is_draft:
        raise NotReleased(form)
    versions = ReportForm.objects.versions_of(form)
    newest = versions[0]
    if newest.is_draft:
        raise DraftExists(newest)
    draft = ReportForm(
        municipality_id=form.municipality_id,
        code=form.code,
        version=newest.version + 1,
        title=form.title,
        drafted_by=by,
    )
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        raise DraftExists(versions[0]) from None
    copy_parts(form, draft)
    return draft


@transaction.atomic
def rename(*, form: ReportForm, title: str, note: str, seen: int) -> ReportForm:
    """Change a draft's title and the note on what is new. Raises `AlreadyReleased`, `DraftGone`, `ChangedMeanwhile`."""
    draft = lock_draft(form.pk)
    if draft.edits != seen:
        raise ChangedMeanwhile
    draft.title, draft.note = title, note
    draft.save(update_fields=["title", "note"])
    _count_edit(draft)
    return draft


@transaction.atomic
def add_part(*, part: Part, targets: Sequence[Target] = ()) -> Part:
    """Add a part at the end of a draft. Raises `AlreadyReleased`, `DraftGone`."""
    draft = lock_draft(part.form_id)
    last = _siblings(part).order_by("order").last()
    part.order = last.order + 1 if last else 0
    part.save(force_insert=True)
    _write_targets(part, targets)
    _count_edit(draft)
    return part


@transaction.atomic
def change_part(*, part: Part, seen: str, targets: Sequence[Target] = ()) -> Part:
    """Store a changed part of a draft; `seen` is the fingerprint of what was there when the change began.

    Raises `AlreadyReleased`, `DraftGone`, `ChangedMeanwhile`.
    """
    draft = lock_draft(part.form_id)
    stored = _stored(part)
    if fingerprint(stored) != seen:
        raise ChangedMeanwhile
    part.order = stored.order
    part.save(force_update=True)
    _write_targets(part, targets)
    _count_edit(draft)
    return part


@transaction.atomic
def move_part(*, part: FormPart, up: bool) -> None:
    """Change places with the neighbour, of the same group where there is one. Raises `AlreadyReleased`, `DraftGone`."""
    draft = lock_draft(part.form_id)
    row = list(_siblings(part))
    here = next((place for place, one in enumerate(row) if one.pk == part.pk), None)
    if here is None:
        raise DraftGone
    group = getattr(part, "group_id", None)
    places = range(here - 1, -1, -1) if up else range(here + 1, len(row))
    there = next((place for place in places if getattr(row[place], "group_id", None) == group), None)
    if there is None:
        return
    row[here], row[there] = row[there], row[here]
    _number(row)
    _count_edit(draft)


@transaction.atomic
def remove_part(*, part: FormPart) -> None:
    """Remove a part of a draft; what still names its code is told at the release.

    Raises `AlreadyReleased`, `DraftGone`, `GroupInUse`.
    """
    draft = lock_draft(part.form_id)
    try:
        _stored(part).delete()
    except ProtectedError:
        raise GroupInUse from None
    _count_edit(draft)


@transaction.atomic
def release(*, form: ReportForm, by: str, seen: int) -> ReportForm:
    """Release a draft: from now on rounds may use it and nobody changes it. `seen` is its number of edits.

    Raises `AlreadyReleased`, `DraftGone`, `DraftChanged`, `CannotRelease`.
    """
    draft = lock_draft(form.pk)
    if draft.edits != seen:
        raise DraftChanged
    if problems := problems_of(draft):
        raise CannotRelease(problems)
    draft.released_at, draft.released_by = clock.now(), by
    draft.save(update_fields=["released_at", "released_by"])
    return draft


@transaction.atomic
def discard_draft(*, form: ReportForm) -> None:
    """Delete a draft with all its parts. Raises `AlreadyReleased`, `DraftGone`, `FormInUse`."""
    draft = lock_draft(form.pk)
    try:
        draft.indicators.all().delete()
        draft.elements.all().delete()
        draft.delete()
    except ProtectedError:
        raise FormInUse from None


def lock_draft(form_id: int) -> ReportForm:
    """Return the draft, locked until the transaction ends. Raises `DraftGone`, `AlreadyReleased`."""
    form = ReportForm.objects.select_for_update().filter(pk=form_id).first()
    if form is None:
        raise DraftGone
    if not form.is_draft:
        raise AlreadyReleased(form)
    return form


def _siblings(part: Part) -> QuerySet[Part]:
    return type(part)._default_manager.filter(form_id=part.form_id).order_by("order", "pk")


def _stored(part: Part) -> Part:
    found = _siblings(part).filter(pk=part.pk).first()
    if found is None:
        raise DraftGone
    return found


def _number(parts: Sequence[FormPart]) -> None:
    for order, part in enumerate(parts):
        part.order = order
    type(parts[0])._default_manager.bulk_update(parts, ["order"])


def _write_targets(part: FormPart, targets: Sequence[Target]) -> None:
    if not isinstance(part, Indicator):
        return
    Target.objects.filter(indicator=part).delete()
    Target.objects.bulk_create(
        Target(indicator=part, year=row.year, school_type=row.school_type, value=row.value) for row in targets
    )


def _count_edit(draft: ReportForm) -> None:
    ReportForm.objects.filter(pk=draft.pk).update(edits=F("edits") + 1)
