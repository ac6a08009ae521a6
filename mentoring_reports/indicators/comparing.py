"""What differs between two versions of a report form, and which indicators can still be compared across them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Hashable

    from .formulas import Formula
    from .models import Indicator, ReportForm

Codes: TypeAlias = frozenset[str]
Properties: TypeAlias = Mapping[str, Any]

# What a part says, beside its code and its place.
PROPERTIES: dict[str, tuple[str, ...]] = {
    "groups": ("name",),
    "elements": (
        "name",
        "group",
        "unit",
        "kind",
        "aggregation",
        "whole",
        "minimum",
        "maximum",
        "required",
        "help_text",
    ),
    "indicators": (
        "name",
        "group",
        "numerator",
        "denominator",
        "factor",
        "unit",
        "decimals",
        "direction",
        "aggregation",
        "target",
        "target_source",
        "targets",
        "close_share",
        "is_key",
    ),
    "checks": ("rule", "left", "operator", "right", "severity", "message"),
}


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """One property of a part that both versions have: its name in the model, before and after."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Differences:
    """Parts of one kind by their codes: only in the new version, only in the old one, in both but not the same."""

    added: Codes = frozenset()
    removed: Codes = frozenset()
    changes: Mapping[str, tuple[PropertyChange, ...]] = field(default_factory=dict)

    @property
    def changed(self) -> Codes:
        """Return the codes that both versions have with different properties."""
        return frozenset(self.changes)

    def __bool__(self) -> bool:
        """Say whether there is any difference."""
        return bool(self.added or self.removed or self.changes)


@dataclass(frozen=True)
class FormDifferences:
    """What a new version has that an old one has not, kind by kind."""

    groups: Differences
    elements: Differences
    indicators: Differences
    checks: Differences

    @cached_property
    def by_kind(self) -> dict[str, Differences]:
        """Return the differences by the name of the kind of part."""
        return {kind: getattr(self, kind) for kind in PROPERTIES}

    def __bool__(self) -> bool:
        """Say whether there is any difference."""
        return any(self.by_kind.values())


def compare_forms(old: ReportForm, new: ReportForm) -> FormDifferences:
    """Return what differs. Order does not count. A fixed number of statements; none where the parts were prefetched."""
    before, after = contents(old), contents(new)
    return FormDifferences(**{kind: _compare(before[kind], after[kind]) for kind in PROPERTIES})


def broken_indicators(old: ReportForm, new: ReportForm) -> Codes:
    """Return the codes of `new`'s indicators whose values cannot be compared with those of `old`.

    They are absent there, or their formula, factor, unit or aggregation is another one. The order of a sum's terms
    does not count; names and targets do not either.
    """
    if old.pk is not None and old.pk == new.pk:
        return frozenset()
    before = {indicator.code: meaning(indicator) for indicator in old.indicators.all()}
    return frozenset(
        indicator.code for indicator in new.indicators.all() if before.get(indicator.code) != meaning(indicator)
    )


def meaning(indicator: Indicator) -> Hashable:
    """Return what makes two indicators the same number."""
    return (*_formula(indicator.formula), indicator.unit, str(indicator.aggregation))


def contents(form: ReportForm) -> dict[str, dict[str, Properties]]:
    """Return everything a form says: kind of part, code, property. Equal for two forms that say the same."""
    groups = {group.pk: group.code for group in form.groups.all()}
    return {
        kind: {part.code: properties(kind, part, groups) for part in getattr(form, kind).all()} for kind in PROPERTIES
    }


def properties(kind: str, part: Any, groups: Mapping[int, str]) -> Properties:
    """Return what a part says, as comparable values: its group by code, its targets as rows."""
    found = {name: getattr(part, name) for name in PROPERTIES[kind] if name not in {"group", "targets"}}
    if "group" in PROPERTIES[kind]:
        found["group"] = groups[part.group_id]
    if "targets" in PROPERTIES[kind]:
        rows = ((row.year, row.school_type, row.value) for row in part.targets.all())
        found["targets"] = tuple(sorted(rows, key=lambda row: (row[0] or 0, row[1])))
    return found


def _compare(before: Mapping[str, Properties], after: Mapping[str, Properties]) -> Differences:
    common = {code: _changes(before[code], after[code]) for code in after if code in before}
    return Differences(
        added=frozenset(after) - frozenset(before),
        removed=frozenset(before) - frozenset(after),
        changes={code: changes for code, changes in common.items() if changes},
    )


def _changes(old: Properties, new: Properties) -> tuple[PropertyChange, ...]:
    return tuple(PropertyChange(name, old[name], new[name]) for name in new if old[name] != new[name])


def _formula(formula: Formula) -> tuple[Hashable, ...]:
    sums = (frozenset(Counter(terms).items()) for terms in (formula.numerator, formula.denominator))
    return (*sums, formula.factor)
