"""A plain text as a line of codes with one space between: what the rules are written for.

`d2022.9.10` a date (0 for a year that is not written) · `g9`, `m9` a month, in the genitive or the nominative ·
`y2022` · `r2` a roman number · `n5` a number · `o1` an ordinal · `w1` a weekday · `s0` a season · `#9.2022` a month in
figures · `?` a word that is not known · `x` figures that are nothing of it · `~` a word of no weight · all else: the
word's own code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .codes import Doubt
from .dates import DATE, FIRST_YEAR, LAST_YEAR, written
from .plain import cyrillic
from .words import LINKS, ROMANS, WORDS, misspelt_month

_TOKEN = re.compile(r"(?P<word>[^\W\d_]+(?:\x1f[^\W\d_]+)?)|(?P<number>\d+)|(?P<sign>[-,;/#%+()])")
_SIGNS = {"-": "-", ",": ",", ";": ",", "/": "/", "(": ",", ")": ","}
# «До нового года» is up to its eve; «до нового учебного года» is not meant.
_NEW_YEAR = re.compile(r"\b(до|к) нов(?:ого|ому) года?у?\b")
_SHORTEST_PART, _LONGEST_STUCK = 3, 60


def encode(line: str) -> tuple[str, tuple[Doubt, ...]]:
    """Return the codes of a plain line, and the doubts about single words."""
    codes: list[str] = []
    line = _NEW_YEAR.sub(r"\1 31.12", line)
    at = 0
    for match in DATE.finditer(line):
        codes += _tokens(line[at : match.start()])
        codes.append(_date(match))
        at = match.end()
    codes += _tokens(line[at:])
    joined = _mended(codes)
    doubts = (Doubt.MISSPELT,) if any(code.startswith("!") for code in joined) else ()
    return " ".join(code.lstrip("!") for code in joined if code != "~"), doubts


def _date(match: re.Match[str]) -> str:
    found = written(match)
    if found is None:
        return "x"
    year, month, day = found
    return f"d{year}.{month}.{day}" if day else f"#{month}.{year}"


def _tokens(part: str) -> Iterator[str]:
    for match in _TOKEN.finditer(part):
        if match["word"]:
            yield from _word(match["word"])
        elif match["number"]:
            yield _number(match["number"])
        else:
            yield _SIGNS.get(match["sign"], "x")


def _number(figures: str) -> str:
    if len(figures) == 4 and FIRST_YEAR <= int(figures) <= LAST_YEAR:  # noqa: PLR2004
        return f"y{figures}"
    return f"n{int(figures)}" if len(figures) <= 2 else "x"  # noqa: PLR2004


def _word(word: str) -> list[str]:
    if "\x1f" in word:
        first, second = word.split("\x1f")
        whole = known(first + second)
        return [whole] if whole else [*_word(first), "-", *_word(second)]
    return list(_codes_of(word))


@lru_cache(maxsize=4096)
def _codes_of(word: str) -> tuple[str, ...]:
    found = known(word)
    if found:
        return (found,)
    roman = re.match("[ivx]{1,4}", word)
    if roman and roman[0] in ROMANS and (rest := known(word[roman.end() :])):
        return (f"r{ROMANS[roman[0]]}", rest)
    word = cyrillic(word)
    if parts := _stuck(word):
        return parts
    month = misspelt_month(word)
    return (f"!{month}",) if month else (f"?{word}",)


def known(word: str) -> str | None:
    """Return the code of a word or roman number, its letters put right if need be."""
    if word in ROMANS:
        return f"r{ROMANS[word]}"
    return WORDS.get(word) or WORDS.get(cyrillic(word))


def _stuck(word: str) -> tuple[str, ...]:
    """Return the codes of words that lost the spaces between them: «втечениегода»; nothing where it does not work."""
    if not _SHORTEST_PART < len(word) <= _LONGEST_STUCK:
        return ()
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 16), end):
            before, code = best[start], _part(word[start:end])
            if before is not None and code and best[end] is None:
                best[end] = (*before, code)
    return best[-1] or ()


def _part(part: str) -> str | None:
    return WORDS.get(part) if len(part) >= _SHORTEST_PART or part in LINKS else None


def _mended(codes: list[str]) -> list[str]:
    """Join two unknown pieces of one word: «Октя» and «брь»; what stays unknown becomes `?`."""
    mended: list[str] = []
    for code in codes:
        whole = _whole(mended[-1], code) if mended else None
        if whole:
            mended[-1] = whole
        else:
            mended.append(code)
    return ["?" if code.startswith("?") else code for code in mended]


def _whole(first: str, second: str) -> str | None:
    if not first.startswith("?") or not second.startswith("?"):
        return None
    return WORDS.get(first[1:] + second[1:])
