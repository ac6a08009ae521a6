"""What the municipality's screens need of the school half, without importing it: a reader of dates and documents.

The roadmaps' app registers its grammar and its importer here when it is ready. Both know texts only, no school's rows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Dated:
    """A deadline with a school's own days: kind, first and last day, how it reads in words, and what is doubtful."""

    kind: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    words: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An activity of a document, its fields as a template has them."""

    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section of a document."""

    number: str
    title: str
    items: tuple[ReadItem, ...]


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """The first plan of a document."""

    title: str
    sections: tuple[ReadSection, ...]


class Reader(Protocol):
    """Who reads deadlines and documents."""

    def dated(self, text: str, first: dt.date, last: dt.date) -> Dated:
        """Return what the deadline means in a plan of these days."""

    def plan(self, content: bytes, name: str) -> ReadPlan:
        """Return the first plan of a document; raise `NoPlanFound` and `UnreadableFile`."""


_registered: list[Reader] = []


def register(reader: Reader) -> None:
    """Take the reader that answers from now on."""
    _registered[:] = [reader]


def reader() -> Reader:
    """Return the registered reader; without one this is a mistake in the settings."""
    if not _registered:
        raise LookupError("no reader of roadmaps is registered: is mentoring_reports.roadmaps installed?")
    return _registered[0]
