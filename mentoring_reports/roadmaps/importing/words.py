"""Words: whether two pieces of a broken text are one word. The dictionary is loaded when first asked for."""

from __future__ import annotations

import re
from functools import lru_cache

import pymorphy3

from .looks import is_post, starts_list_entry

_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"^[^\W\d_]+")
_DATE_BEGUN = re.compile(r"(?:^|\D)\d{1,2}\.(?:\d{0,2}|\d{1,2}\.\d{0,3})$|(?:^|\D)(?:1|2|20|20\d)$")
_DATE_GOES_ON = re.compile(r"^[.\d]")
_HYPHENED = re.compile(r"[^\W\d_][-\u2010]$")
_LEAST_PIECE = 2
# Of halves that are words themselves; «по», «и», «перед» make other words too easily.
_LEAST_LEFT, _LEAST_RIGHT = 4, 3
_PREPOSITIONS = frozenset(
    (
        "перед",
        "после",
        "через",
        "около",
        "кроме",
        "между",
        "вокруг",
        "среди",
        "против",
        "ради",
        "вместо",
        "более",
        "менее",
    )
)
# Only the end of a text matters to what comes after it.
_TAIL = 60
# Words of the field that are younger than the dictionary.
_YOUNG = ("нетворкинг", "менторинг", "коучинг", "буллинг", "портфолио", "медиаци", "скринкаст", "тимбилдинг", "вебинар")


@lru_cache(maxsize=1)
def _dictionary() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def known(word: str) -> bool:
    """Tell whether the dictionary has a word in this form."""
    return word.lower().startswith(_YOUNG) or _dictionary().word_is_known(word.lower())


def glued(left: str, right: str) -> str:
    """Return two pieces of a text as one, with a blank between them unless they are one word or one date."""
    if not left or not right:
        return left or right
    return left[:-_TAIL] + _glued(left[-_TAIL:], right)


def _glued(left: str, right: str) -> str:
    if left.endswith(("-", "\u2010")) and _LAST.search(left[:-1]) and right[:1].islower():
        return _without_hyphen(left, right)
    if left.endswith(("-", "–", "/", "(")) and not left.endswith((" -", " –")):
        return left + right
    separator = "" if is_one_word(left, right) or _is_one_date(left, right) else " "
    return f"{left}{separator}{right}"


def unwrapped(text: str) -> str:
    """Return a text whose lines end where the paper did; entries of a list stay lines of their own."""
    joined = ""
    for line in text.split("\n"):
        joined = f"{joined}\n{line}" if joined and starts_list_entry(line) else glued(joined, line)
    return joined


def unhyphened(text: str) -> str:
    """Return a text with the words whole again that a line's end divided; other line breaks stay."""
    joined = ""
    for line in text.split("\n"):
        divided = line[:1].islower() and (_HYPHENED.search(joined) or is_one_word(joined, line))
        joined = glued(joined, line) if divided or not joined else f"{joined}\n{line}"
    return joined


def _without_hyphen(left: str, right: str) -> str:
    """Take out a hyphen that only divides a word at the end of a line."""
    last, first = _LAST.search(left[:-1]), _FIRST.search(right)
    if last and first and known(last[0] + first[0]):
        return left[:-1] + right
    return left + right


def is_one_word(left: str, right: str) -> bool:
    """Tell whether the last letters of one text and the first of another make a word that they are not apart."""
    last, first = _LAST.search(left[-_TAIL:]), _FIRST.search(right)
    if not last or not first or not right[:1].islower():
        return False
    apart = _is_word(last[0]) and _is_word(first[0])
    if known(last[0] + first[0]):
        return not apart or _is_torn(last[0], first[0])
    return not apart and not _is_word(first[0]) and not _is_word(last[0])


def _is_torn(left: str, right: str) -> bool:
    """Tell whether two pieces that happen to be words are rather one: «настав», «ников»."""
    return len(left) >= _LEAST_LEFT and len(right) >= _LEAST_RIGHT and left.lower() not in _PREPOSITIONS


def glued_posts(left: str, right: str) -> str:
    """Return two pieces of a cell of persons as one: a post that was torn is one word though its halves are words."""
    last, first = _LAST.search(left), _FIRST.search(right)
    if last and first and right[:1].islower() and not is_post(last[0]):
        together = last[0] + first[0]
        if known(together) and is_post(together):
            return left + right
    return glued(left, right)


def _is_word(piece: str) -> bool:
    """Tell whether a piece stands as a word: known, and a single letter only where it is one of the small words."""
    if len(piece) < _LEAST_PIECE:
        return piece.lower() in "аивкосуя"
    return known(piece) or (piece.isupper() and len(piece) > 1)


def _is_one_date(left: str, right: str) -> bool:
    """Tell whether a date was broken: «10.09.20» and «22»."""
    if not (_DATE_GOES_ON.match(right) and _DATE_BEGUN.search(left)):
        return False
    tail = re.search(r"[\d.]*$", left)
    whole = (tail[0] if tail else "") + right.split(" ", maxsplit=1)[0]
    return re.match(r"(?:\d{1,2}\.\d{1,2}\.\d{2,4}|20\d\d)(?:\D|$)", whole) is not None
