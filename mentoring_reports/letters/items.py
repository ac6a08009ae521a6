"""A part of a letter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One notice, or one roadmap, as it is read."""

    heading: str
    text: str
    link: str
