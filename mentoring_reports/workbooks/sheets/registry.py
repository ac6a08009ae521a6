"""Where sheets register; a code that is taken is an error at start."""

from __future__ import annotations

import pkgutil
from collections.abc import Collection, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from mentoring_reports.workbooks.source import Source
    from mentoring_reports.workbooks.writing.blocks import Block, Layout


class Sheet(Protocol):
    """A sheet: a code, a place in the book, how it is printed, a title for its tab, and what it is made of."""

    code: ClassVar[str]
    order: ClassVar[int]
    layout: ClassVar[Layout]

    def title(self) -> str:
        """Return the tab's title."""

    def blocks(self, source: Source) -> Iterable[Block]:
        """Return the sheet's blocks from top to bottom."""


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


def chosen(codes: Collection[str]) -> list[Sheet]:
    """Return the sheets with these codes, in the order of the book; all without any. Unknown codes name nothing.

    A choice that was kept may name a sheet that is there no longer: where none is left, all are returned.
    """
    sheets = registered()
    return [sheet for sheet in sheets if sheet.code in codes] or sheets


def load() -> None:
    """Import every module of this folder: the app does so at start."""
    package = __package__ or ""
    for module in pkgutil.iter_modules(import_module(package).__path__):
        import_module(f"{package}.{module.name}")
