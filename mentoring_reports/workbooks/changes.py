"""What differs between two files of a round: their manifests name the revisions, the revisions have the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from mentoring_reports.submissions.models import AcceptedFigure, SubmittedValue

from .source import shown_school

if TYPE_CHECKING:
    from decimal import Decimal

    from .source import Source

Line: TypeAlias = Mapping[str, Any]
Key: TypeAlias = tuple[int, int]  # round, school


class Change(NamedTuple):
    """A figure that is another one now; without a name no figure of the new revision is."""

    line: Line
    revision_before: int
    name: str = ""
    before: float | None = None
    after: float | None = None

    @property
    def difference(self) -> float:
        """Return by how much it grew."""
        return round((self.after or 0) - (self.before or 0), 4)

    @property
    def is_whole(self) -> bool:
        """Say whether it grew by a whole number."""
        return self.difference == int(self.difference)


@dataclass(frozen=True)
class Comparison:
    """What is new; `gone` has the lines of the previous manifest, with the reason where it is known."""

    added: Sequence[Line]
    changed: Sequence[Change]
    gone: Sequence[Line]
    is_of_another_selection: bool

    @property
    def count(self) -> int:
        """Return how many figures changed."""
        return sum(bool(change.name) for change in self.changed)

    @property
    def reports(self) -> int:
        """Return how many reports have another revision now."""
        return len({change.line["submission_id"] for change in self.changed})


def compare(source: Source, previous: Mapping[str, Any]) -> Comparison:
    """Return what differs in the rounds that both files have; two statements, however much there is."""
    now, before = _lines(source.read.used), _lines(previous.get("revisions", ()))
    common = {one["id"] for one in previous.get("rounds", ())} & {one.pk for one in source.rounds}
    same = _filters(previous) == _filters(source.manifest)
    replaced = [
        key for key, line in now.items() if key in before and before[key]["submission_id"] != line["submission_id"]
    ]
    return Comparison(
        added=[line for key, line in now.items() if same and key[0] in common and key not in before],
        changed=list(_changes(source, [(before[key], now[key]) for key in replaced])),
        gone=list(_gone(source, now, before, common)) if same else [],
        is_of_another_selection=not same,
    )


def _lines(revisions: Sequence[Line]) -> dict[Key, Line]:
    return {(line["round_id"], line["school_id"]): line for line in revisions}


def _filters(manifest: Mapping[str, Any]) -> tuple[str, str]:
    choices = manifest.get("choices", {})
    return choices.get("territory", ""), choices.get("type_", "")


def _gone(source: Source, now: dict[Key, Line], before: dict[Key, Line], common: set[int]) -> Iterator[Line]:
    """Yield what the previous file had and this one has not."""
    damaged = _lines(source.read.unreadable)
    for key, line in before.items():
        if key[0] in common and key not in now:
            named = shown_school(source.choices, key[1], line["school"])
            yield {**line, "school": named, "why": damaged.get(key, {}).get("why", "")}


def _changes(source: Source, pairs: list[tuple[Line, Line]]) -> Iterator[Change]:
    old = _figures(SubmittedValue, [before["submission_id"] for before, _after in pairs])
    new = _figures(AcceptedFigure, [after["submission_id"] for _before, after in pairs])
    forms = {one.pk: source.elements.get(one.form_id, {}) for one in source.rounds}
    for before, after in pairs:
        was, is_now = old.get(before["submission_id"], {}), new.get(after["submission_id"], {})
        elements = forms[after["round_id"]]
        codes = [*(code for code in elements if code in was or code in is_now), *sorted({*was, *is_now} - {*elements})]
        changed = [code for code in codes if was.get(code) != is_now.get(code)]
        for code in changed:
            name = elements[code].name if code in elements else code
            yield Change(after, before["revision"], name, _float(was.get(code)), _float(is_now.get(code)))
        if not changed:
            yield Change(after, before["revision"])


def _figures(model: Any, submissions: list[int]) -> dict[int, dict[str, Decimal | None]]:
    found: dict[int, dict[str, Decimal | None]] = {}
    rows = model.objects.filter(submission__in=submissions).values_list("submission_id", "element_code", "value")
    for submission_id, code, value in rows:
        found.setdefault(submission_id, {})[code] = value
    return found


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
