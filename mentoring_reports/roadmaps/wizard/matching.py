"""Which activity of a document is which of a roadmap: by text and number, each once, always the same way. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nsmallest

from mentoring_reports.roadmaps.importing.cleaning import flat, folded

# How alike two texts must be: less where the number and the section agree as well.
LIKENESS, LIKENESS_WITH_NUMBER = 0.75, 0.5
_COMPARED = 240  # characters; what a text says stands at its beginning
_SHARED_WORDS = 0.34
# Letters are compared with so many only, those with most words in common: 300 rows take a moment, not a minute.
_NEAREST = 4
# A word that more activities hold tells none of them from the others.
_MOST_HOLDERS = 400


@dataclass(frozen=True, slots=True)
class Known:
    """What an activity is recognised by."""

    number: str
    text: str
    section: str

    @classmethod
    def of(cls, number: str, text: str, section: str) -> Known:
        """Return it with case, spaces and «ё» made equal."""
        return cls(number.strip(" ."), folded(flat(text)), folded(flat(section)))


def matched(old: Sequence[Known], new: Sequence[Known]) -> dict[int, int]:
    """Return, for places in `new`, the place in `old` that is the same activity."""
    found: dict[int, int] = {}
    for key in (lambda k: (k.text, k.number, k.section), lambda k: (k.text, k.section), lambda k: k.text):
        _same(found, [key(k) for k in old], [key(k) for k in new])
    taken = set(found.values())
    left_old = [n for n in range(len(old)) if n not in taken and old[n].text]
    left_new = [n for n in range(len(new)) if n not in found and new[n].text]
    for _score, b, a in sorted(_alike(old, new, left_old, left_new)):
        if b not in found and a not in taken:
            found[b] = a
            taken.add(a)
    return found


def _same(found: dict[int, int], old: Sequence[object], new: Sequence[object]) -> None:
    """Match what is equal, in order."""
    free = defaultdict(list)
    taken = set(found.values())
    for place, key in enumerate(old):
        if place not in taken:
            free[key].append(place)
    for place, key in enumerate(new):
        if place not in found and free[key]:
            found[place] = free[key].pop(0)


def _alike(
    old: Sequence[Known], new: Sequence[Known], left_old: Sequence[int], left_new: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """Return the pairs that are alike enough, the best with the smallest score."""
    words = {n: set(old[n].text.split()) for n in left_old}
    holding = defaultdict(list)
    for place, own in words.items():
        for word in own:
            holding[word].append(place)
    for b in left_new:
        own = set(new[b].text.split())
        seen = {a for word in own if len(holding.get(word, ())) <= _MOST_HOLDERS for a in holding.get(word, ())}
        shared = {a: len(own & words[a]) for a in seen}
        near = [a for a, number in shared.items() if number >= _SHARED_WORDS * max(len(own), len(words[a]))]
        nearest = nsmallest(_NEAREST, ((not _agree(old[a], new[b]), -shared[a], abs(a - b), a) for a in near))
        likely = ((_likeness(old[a], new[b]), a) for *_order, a in nearest)
        yield from ((-likeness, b, a) for likeness, a in likely if likeness)


def _agree(old: Known, new: Known) -> bool:
    return bool(old.number) and old.number == new.number and old.section == new.section


def _likeness(old: Known, new: Known) -> float:
    ratio = SequenceMatcher(None, old.text[:_COMPARED], new.text[:_COMPARED], autojunk=False).ratio()
    return ratio if ratio >= (LIKENESS_WITH_NUMBER if _agree(old, new) else LIKENESS) else 0.0
