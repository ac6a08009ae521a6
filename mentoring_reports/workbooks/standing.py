"""Whether a workbook still says what has been accepted, or which revisions have been superseded since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mentoring_reports.submissions.models import Participation, Round

from . import source
from .choices import Choices
from .manifest import PROGRAM, described

if TYPE_CHECKING:
    from .models import MadeWorkbook


@dataclass(frozen=True)
class Change:
    """A school's revision in a file (0: none), and the one that counts now (0: none)."""

    round: str
    school: str
    before: int
    now: int


def used_digest(submissions: Iterable[int]) -> str:
    """Return a digest of revisions by their numbers."""
    return hashlib.sha256(",".join(map(str, sorted(submissions))).encode()).hexdigest()


def used_in(manifest: Mapping[str, Any]) -> str:
    """Return the digest of a file's revisions, those that could not be read among them."""
    return used_digest(line["submission_id"] for line in _lines(manifest))


def currency(workbooks: Sequence[MadeWorkbook]) -> dict[int, bool]:
    """Say of each finished workbook, by its number, whether its revisions are those that count now. One statement."""
    rounds = {round_id for workbook in workbooks for round_id in workbook.rounds}
    rows = list(_accepted(rounds).values_list("round_id", *_FILTERED, "accepted_id")) if rounds else []
    return {workbook.pk: used_digest(_within(workbook, rows)) == workbook.used for workbook in workbooks}


def is_same_now(workbook: MadeWorkbook) -> bool:
    """Say whether making a workbook again would give the same: revisions, course of the round, program."""
    manifest, choices = workbook.manifest, workbook.chosen
    round_ = Round.objects.filter(pk=workbook.round_id).first()
    if round_ is None or manifest.get("program") != PROGRAM or not currency([workbook])[workbook.pk]:
        return False
    rounds = source.rounds_of(round_, source.compared_round(choices))
    return (
        manifest.get("rounds") == described(rounds)
        and manifest.get("as_of") == source.as_of(round_).isoformat()
        and manifest.get("course_sha256") == source.course_now(choices, round_, rounds)
    )


def superseded(manifest: Mapping[str, Any]) -> list[Change]:
    """Return what counts otherwise now than when a file was made, in the order of the file."""
    choices, lines = manifest["choices"], _lines(manifest)
    before = {(line["round_id"], line["school_id"]): line for line in lines}
    rounds = {one["id"]: one["code"] for one in manifest["rounds"]}
    rows = _accepted(rounds).select_related("accepted")
    now = {(row.round_id, row.school_id): row.accepted for row in rows if _fits(choices, row.accepted)}
    changes = [
        Change(line["round"], line["school"], line["revision"], now[key].revision if key in now else 0)
        for key, line in before.items()
        if key not in now or now[key].pk != line["submission_id"]
    ]
    return changes + [
        Change(
            rounds[key[0]], source.shown_school(Choices.from_json(choices), key[1], one.school_name), 0, one.revision
        )
        for key, one in now.items()
        if key not in before
    ]


def differences(manifest: Mapping[str, Any], previous: Mapping[str, Any]) -> list[Change]:
    """Return how a file's revisions differ from those of the one before it."""
    before = {(line["round_id"], line["school_id"]): line for line in _lines(previous)}
    now = {(line["round_id"], line["school_id"]): line for line in _lines(manifest)}
    return [
        Change(line["round"], line["school"], _revision(before.get(key)), _revision(now.get(key)))
        for key, line in {**before, **now}.items()
        if _revision(before.get(key)) != _revision(now.get(key))
    ]


_FILTERED = ("accepted__territory", "accepted__school_type")


def _accepted(rounds: Iterable[int]) -> Any:
    return Participation.objects.filter(round__in=list(rounds), accepted__isnull=False).order_by("round", "school")


def _within(workbook: MadeWorkbook, rows: list[tuple]) -> Iterable[int]:
    return (
        submission
        for round_id, territory, type_, submission in rows
        if round_id in workbook.rounds and workbook.territory in {"", territory} and workbook.type in {"", type_}
    )


def _fits(choices: Mapping[str, Any], submission: Any) -> bool:
    return choices["territory"] in {"", submission.territory} and choices["type_"] in {"", submission.school_type}


def _lines(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*manifest["revisions"], *manifest["unreadable"]]


def _revision(line: Mapping[str, Any] | None) -> int:
    return int(line["revision"]) if line else 0
