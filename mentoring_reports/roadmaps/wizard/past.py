"""A draft with its past: every change can be taken back and made again; a tab that lags finds what it started from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from .draft import Draft
from .packing import packed, unpacked

MOST_STEPS, MOST_LETTERS = 20, 5_000_000
Step = tuple[int, str]  # the version, and the packed draft as it was then


@dataclass(frozen=True, slots=True)
class Past:
    """The draft as it is, its version, and the states before and (after going back) behind it."""

    draft: Draft
    version: int = 0
    undo: tuple[Step, ...] = ()
    redo: tuple[str, ...] = ()
    as_read: str = ""
    # By the plan's place: the roadmap made of it or changed after it, and one that seems to be an earlier state of it.
    saved: dict[int, int] = field(default_factory=dict)
    suggested: dict[int, int] = field(default_factory=dict)

    @classmethod
    def begin(cls, draft: Draft, suggested: dict[int, int]) -> Past:
        """Return the past of a draft that was just read."""
        return cls(draft, as_read=packed(draft), suggested=suggested)

    @classmethod
    def of(cls, data: dict[str, Any], version: int) -> Past:
        """Return it out of JSON."""
        undo = tuple((number, text) for number, text in data["undo"])
        saved, suggested = ({int(place): pk for place, pk in data[name].items()} for name in ("saved", "suggested"))
        draft, as_read = Draft.of(data["draft"]), data["as_read"]
        return cls(draft, version, undo, tuple(data["redo"]), as_read, saved, suggested)

    def as_json(self) -> dict[str, Any]:
        """Return it for a JSON field; the version stands in a field of its own."""
        steps = {"undo": self.undo, "redo": self.redo, "as_read": self.as_read}
        return {"draft": self.draft.as_json(), **steps, "saved": self.saved, "suggested": self.suggested}

    def with_draft(self, draft: Draft) -> Past:
        """Return it one step further; the same draft is no step."""
        if draft == self.draft:
            return self
        return replace(self, draft=draft, version=self.version + 1, undo=self._behind(), redo=())

    def back(self) -> Past:
        """Return it with the last step taken back."""
        if not self.undo:
            return self
        draft = unpacked(self.undo[-1][1])
        redo = (*self.redo, packed(self.draft))
        return replace(self, draft=draft, version=self.version + 1, undo=self.undo[:-1], redo=redo)

    def forth(self) -> Past:
        """Return it with the step that was taken back made again."""
        if not self.redo:
            return self
        draft = unpacked(self.redo[-1])
        return replace(self, draft=draft, version=self.version + 1, undo=self._behind(), redo=self.redo[:-1])

    def at(self, version: int) -> Draft | None:
        """Return the draft as it was at a version, if that is still known."""
        if version == self.version:
            return self.draft
        found = next((text for number, text in reversed(self.undo) if number == version), None)
        return unpacked(found) if found else None

    def read_anew(self, draft: Draft, as_read: Draft) -> Past:
        """Return it a step further after the document was read again."""
        return replace(self.with_draft(draft), as_read=packed(as_read))

    def _behind(self) -> tuple[Step, ...]:
        """Return the states to go back to, the present one last: as many as may sensibly be kept."""
        steps = (*self.undo, (self.version, packed(self.draft)))[-MOST_STEPS:]
        while len(steps) > 1 and sum(len(text) for _version, text in steps) > MOST_LETTERS:
            steps = steps[1:]
        return steps
