"""Texts typed for staff, made fit for the public: pages carry posts, never names."""

from __future__ import annotations

import re

SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:вич|вна|ична|инична|ич)[а-яё]{0,2}"
NAMES = re.compile(
    rf"{SURNAME}\s+{INITIALS}(?![а-яё])|{INITIALS}\s?{SURNAME}|(?:{SURNAME}\s+)?{SURNAME}\s+{PATRONYMIC}\b"
)
EMPTY_BRACKETS = re.compile(r"\(\s*[,;]?\s*\)")
LOOSE_PUNCTUATION = re.compile(r"\s*([,;–—-])\s*(?=[,;)]|$)|^\s*[,;–—-]\s*")


def without_names(text: str) -> str:
    """Return the text without persons' names: «заместитель директора Примерова А. А.» → «заместитель директора»."""
    cleaned = EMPTY_BRACKETS.sub("", NAMES.sub("", text))
    lines = (re.sub(r"[ \t]{2,}", " ", line).strip() for line in cleaned.splitlines())
    return "\n".join(LOOSE_PUNCTUATION.sub("", line).strip() for line in lines if line)
