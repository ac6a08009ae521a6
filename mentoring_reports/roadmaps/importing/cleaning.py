"""What does not belong to a text: remains of HTML and of markup, invisible characters, Latin look-alikes."""

from __future__ import annotations

import html
import re
from functools import lru_cache

_TAG_NAMES = (
    r"a|b|i|u|s|p|br|hr|ul|ol|li|em|strong|span|div|font|center|sup|sub|small|big|h[1-6]|"
    r"t(?:able|body|head|r|d|h)|o:p|st1:\w+"
)
_TAG = re.compile(rf"<(/?)({_TAG_NAMES})(?:\s[^<>]{{0,300}})?/?>", re.IGNORECASE)
_BREAKING = {"p", "br", "hr", "div", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff\x00-\x08\x0e-\x1f\x7f]")
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u0085\u2028\u2029]")
_EMPHASIS = re.compile(r"\*\*|(?<!\w)__(?=[^\W_])|(?<=[^\W_])__(?!\w)")
_HEADING = re.compile(r"^\s*#{1,6}\s+", re.MULTILINE)
_LATIN = str.maketrans("aceopxyABCEHKMOPTXy", "асеорхуАВСЕНКМОРТХу")
_LATIN_LETTER = re.compile("[a-zA-Z]")
# Longer texts are folded once or twice each; short ones again and again.
_CACHED = 200
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC_LETTER = re.compile("[а-яёА-ЯЁ]")


def clean(text: str) -> str:
    """Return a cell's text: no tags, marks or invisible characters, single blanks, line breaks kept."""
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(_in_place_of_tag, text))
    text = _LINE_ENDS.sub("\n", _INVISIBLE.sub("", text))
    text = _HEADING.sub("", _EMPHASIS.sub("", text))
    return "\n".join(line for line in (_BLANKS.sub(" ", line).strip() for line in text.split("\n")) if line)


def flat(text: str) -> str:
    """Return the text in one line."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """Return the text for comparing: small letters, no ё, Cyrillic in place of Latin look-alikes; length is kept."""
    return _folded(text) if len(text) < _CACHED else _folded.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    same = _WORD.sub(_in_cyrillic, text) if _LATIN_LETTER.search(text) else text
    lowered = same.lower()
    if len(lowered) != len(same):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in same)
    return lowered.replace("ё", "е")


def _in_cyrillic(word: re.Match[str]) -> str:
    """Return a word of letters of both kinds in Cyrillic ones."""
    return word[0].translate(_LATIN) if _CYRILLIC_LETTER.search(word[0]) else word[0]


def is_emphasised(text: str) -> bool:
    """Tell whether a raw text is all in bold, by the marks that a copy of it carries."""
    stripped = text.strip()
    return len(stripped) > 4 and (  # noqa: PLR2004
        (stripped.startswith("**") and stripped.endswith("**"))
        or bool(re.fullmatch(r"(?is)<(b|strong|h[1-6])>.*</\1>", stripped))
        or bool(re.match(r"#{1,6}\s", stripped))
    )


def _in_place_of_tag(match: re.Match[str]) -> str:
    name = match[2].lower()
    if name == "li":
        return "" if match[1] else "\n– "
    return "\n" if name in _BREAKING else " " if name in ("td", "th") else ""
