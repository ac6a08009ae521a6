"""Names of people: how they are written, and the key they are sorted and found by."""

from __future__ import annotations


def sort_key(*parts: str) -> str:
    """Return the parts as one line for sorting and searching: small letters, «ё» as «е», single spaces."""
    return " ".join(" ".join(parts).casefold().replace("ё", "е").split())


def short_form(last_name: str, first_name: str, patronymic: str) -> str:
    """Return «Фамилия И. О.» of whatever parts there are."""
    initials = [f"{part[0]}." for part in (first_name.strip(), patronymic.strip()) if part]
    return " ".join([last_name, *initials]).strip()
