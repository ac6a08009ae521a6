"""What earlier editions of a round have told already: nobody may be had by subtracting one edition from another.

Pure functions over the contents of editions. Two rules follow. Whatever an edition kept back of an indicator stays kept
back in later ones: what was hidden to protect another figure protects it still. And a total that was published before
is kept back where only one of the figures that it hides is new: the two totals would differ by just that one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figure = Mapping[str, Any]
Known = tuple[float | None, float | None]  # numerator and denominator
SUPPRESSED, PUBLISHED = "suppressed", "published"


@dataclass(frozen=True)
class Earlier:
    """One indicator in the earlier editions: in each, the figures of a level ("schools", "territories") by name."""

    editions: Sequence[Mapping[str, Mapping[str, Figure]]]

    @classmethod
    def of(cls, contents: Iterable[Mapping[str, Any]], code: str) -> Earlier:
        """Return what the contents of editions say of an indicator."""
        found = (one for content in contents for one in content["indicators"] if one["code"] == code)
        return cls([_by_level(indicator) for indicator in found])

    def kept_back(self, level: str, name: str) -> bool:
        """Say whether an edition kept a figure back."""
        return any(_status(edition, level, name) == SUPPRESSED for edition in self.editions)

    def gives_away(self, total: tuple[str, str], level: str, hidden: Mapping[str, Known]) -> bool:
        """Say whether a total, if it is published, tells one of its `hidden` figures by an edition that had it too."""
        return any(
            _status(edition, *total) == PUBLISHED
            and sum(_is_new(edition[level].get(name), known) for name, known in hidden.items()) == 1
            for edition in self.editions
        )


class Past:
    """All indicators in the earlier editions; `sums` names the indicators in which a sum of data elements stands."""

    def __init__(self, contents: Sequence[Mapping[str, Any]], sums: Mapping[Hashable, Sequence[str]]) -> None:
        self._sums = sums
        self._found = {code: Earlier.of(contents, code) for codes in sums.values() for code in codes}

    def of(self, code: str) -> Earlier:
        """Return an indicator in the earlier editions."""
        return self._found[code]

    def hid(self, sum_: Hashable, school: str) -> bool:
        """Say whether a school's sum was kept back wherever it stands."""
        return all(self._found[code].kept_back("schools", school) for code in self._sums[sum_])


def _by_level(indicator: Mapping[str, Any]) -> dict[str, dict[str, Figure]]:
    rows = {level: figures for level, figures in indicator.items() if isinstance(figures, list)}
    found = {level: {str(figure["name"]): figure for figure in figures} for level, figures in rows.items()}
    return {**found, "municipality": {"": indicator["municipality"]}}


def _status(edition: Mapping[str, Mapping[str, Figure]], level: str, name: str) -> str:
    figure = edition.get(level, {}).get(name)
    return str(figure["status"]) if figure else ""


def _is_new(before: Figure | None, known: Known) -> bool:
    """Say whether a figure that is hidden now was not hidden then, and is not the one that was published then."""
    if before is None:
        return True
    return before["status"] != SUPPRESSED and (before["numerator"], before["denominator"]) != known
