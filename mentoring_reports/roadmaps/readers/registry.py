"""The readers by kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .document import Row

Reader = Callable[[bytes], Iterable[Row]]
_readers: dict[str, Reader] = {}


def reader(kind: str) -> Callable[[Reader], Reader]:
    """Register the decorated function for a kind of file; a kind has one reader."""

    def register(function: Reader) -> Reader:
        if kind in _readers:
            raise ValueError(f"two readers for {kind}")
        _readers[kind] = function
        return function

    return register


def reader_of(kind: str) -> Reader:
    """Return the reader of a kind that `sniffing` knows."""
    return _readers[kind]
