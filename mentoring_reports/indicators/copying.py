"""A version of a form copied into the next one, part by part; and what is seen of a part, for optimistic locking."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, TypeVar

from .models import Check, DataElement, ElementGroup, FormPart, Indicator, ReportForm, Target

if TYPE_CHECKING:
    from collections.abc import Iterable

Part = TypeVar("Part", bound=FormPart)
KEYS = frozenset({"id", "form"})


def copy_parts(old: ReportForm, new: ReportForm) -> None:
    """Copy all parts of `old` into the empty form `new`: a fixed number of statements."""
    groups = _copy(ElementGroup, old.groups.all(), new)
    by_code = {group.code: group for group in groups}
    _copy(DataElement, old.elements.select_related("group"), new, by_code)
    indicators = {row.code: row for row in _copy(Indicator, old.indicators.select_related("group"), new, by_code)}
    Target.objects.bulk_create(
        Target(indicator=indicators[indicator.code], year=row.year, school_type=row.school_type, value=row.value)
        for indicator in old.indicators.all()
        for row in indicator.targets.all()
    )
    _copy(Check, old.checks.all(), new)


def fingerprint(part: FormPart) -> str:
    """Return a short mark of what is stored of a part, its targets included; another mark: somebody changed it."""
    said: list[Any] = [getattr(part, field.attname) for field in part._meta.concrete_fields if field.name != "order"]
    if isinstance(part, Indicator):
        said += sorted((row.year or 0, row.school_type, row.value) for row in part.targets.all())
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _copy(
    model: type[Part], rows: Iterable[Part], form: ReportForm, groups: dict[str, ElementGroup] | None = None
) -> list[Part]:
    copies = [model(form=form, **_fields(row)) for row in rows]
    for part, row in zip(copies, rows, strict=True):
        if groups is not None and isinstance(part, DataElement | Indicator) and isinstance(row, type(part)):
            part.group = groups[row.group.code]
    return model._default_manager.bulk_create(copies)


def _fields(row: FormPart) -> dict[str, Any]:
    """Return what a part says, but not where it stands."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in KEYS}
