"""The words of relative deadlines, made alike: numbers as figures, ordinals as «#2», units and the plan's own names."""

from __future__ import annotations

import re

from mentoring_reports.roadmaps.importing.cleaning import flat, folded

_ORDINALS = (
    "перв",
    "втор",
    "трет",
    "четверт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "одиннадцат",
    "двенадцат",
)
_ENDINGS = r"(?:ый|ая|ое|ые|ой|ого|ую|ому|ым|ом|ых|ий|ья|ье|ью|ьего|ьей|ьему|ьем)"
_CARDINALS = {
    "один": 1, "одного": 1, "одной": 1, "одну": 1, "два": 2, "две": 2, "двух": 2, "три": 3, "трех": 3, "четыре": 4,
    "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7, "семи": 7, "восемь": 8, "восьми": 8,
    "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "четырнадцать": 14, "четырнадцати": 14, "пятнадцать": 15,
    "пятнадцати": 15, "двадцать": 20, "двадцати": 20, "тридцать": 30, "тридцати": 30,
}  # fmt: skip
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}){_ENDINGS}\b")
_FIGURE_ORDINAL = re.compile(r"\b(\d{1,3}) ?- ?(?:ый|ий|ой|й|го|ого|ая|я|ую|ю|ом|м|ое|е)\b")
_FIGURE = re.compile(r"\b(\d{1,3})-?(?:ти|х|и)\b")
_CARDINAL = re.compile(rf"\b({'|'.join(sorted(_CARDINALS, key=len, reverse=True))})\b")
_UNITS = (
    (re.compile(r"\b(?:рабоч\w+|учебн\w+) (?:день|дня|дней|дни)\b"), "работы"),
    (re.compile(r"\bкалендарн\w+ (?=день|дня|дней|дни)"), ""),
    (re.compile(r"\b(?:день|дня|дней|дни|сутки|суток)\b"), "день"),
    (re.compile(r"\bнедел\w+\b"), "неделя"),
    (re.compile(r"\bмесяц\w*\b"), "месяц"),
    (re.compile(r"\bквартал\w*\b"), "квартал"),
    (re.compile(r"\bполугоди\w+\b"), "полугодие"),
    (re.compile(r"\bучебн\w+ год\w*\b"), "учгод"),
    (re.compile(r"\bгод(?:а|у|ом|ы)?\b"), "год"),
)
_LONGEST = 200  # a longer text is no single phrase


def alike(text: str) -> str:
    """Return a phrase in the words that the rules of `relative` know; "" for a text that is too long for a phrase."""
    plain = flat(folded(text)).strip(" .,;:")
    if len(plain) > _LONGEST:
        return ""
    plain = re.sub(r" ?[‐‑–—−-] ?", "-", plain)
    plain = _FIGURE_ORDINAL.sub(r"#\1", plain)
    plain = _ORDINAL.sub(lambda match: f"#{_ORDINALS.index(match[1]) + 1}", plain)
    plain = _CARDINAL.sub(lambda match: str(_CARDINALS[match[1]]), _FIGURE.sub(r"\1", plain))
    for pattern, unit in _UNITS:
        plain = pattern.sub(unit, plain)
    return flat(plain)
