"""Where sheets register; a code that is taken is an error at start."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.workbooks.writer import Page

MODULES = ("summary", "schools", "territories", "overdue", "methods")


class Sheet(Protocol):
    """A sheet: a code, a place in the book, a title for its tab, and how a consolidation is written on its page."""

    code: ClassVar[str]
    order: ClassVar[int]

    def title(self) -> str:
        """Return the tab's title."""

    def write(self, page: Page, consolidation: Consolidation) -> None:
        """Write the sheet from top to bottom."""


_SHEETS: dict[str, type[Sheet]] = {}


class DuplicateSheet(ValueError):
    """Two sheets have one code."""


def sheet(cls: type[Sheet]) -> type[Sheet]:
    """Register a class of sheets. Raises `DuplicateSheet`."""
    if cls.code in _SHEETS:
        raise DuplicateSheet(f"{cls.__qualname__}: the code “{cls.code}” is taken by {_SHEETS[cls.code].__qualname__}")
    _SHEETS[cls.code] = cls
    return cls


def registered() -> list[Sheet]:
    """Return one of each sheet, in the order of the book."""
    return [cls() for cls in sorted(_SHEETS.values(), key=lambda cls: (cls.order, cls.code))]


def load() -> None:
    """Import the built-in sheets: the app does so at start."""
    for module in MODULES:
        import_module(f"{__package__}.{module}")
