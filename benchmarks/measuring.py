"""Medians of repeated runs, and results as a table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One line of the table: what was measured, against what, and what we aim at."""

    name: str
    ours: str
    baseline: str
    ratio: str
    aim: str
    reached: bool


def median_seconds(work: Callable[[], object], repeat: int) -> float:
    """Return the median duration of `work`, after one run to warm up."""
    work()
    return statistics.median(_seconds(work) for _ in range(repeat))


def paired_medians(
    first: Callable[[], object],
    second: Callable[[], object],
    repeat: int,
    *,
    before: Callable[[], object] = lambda: None,
) -> tuple[float, float]:
    """Return the medians of two works run in turns, so that a noisy machine disturbs both alike.

    What happens `before` each first one is not measured.
    """
    before(), first(), second()
    pairs = [(before(), _seconds(first), _seconds(second))[1:] for _ in range(repeat)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def table(results: list[Result]) -> str:
    """Return the results as aligned columns."""
    rows = [("measured", "ours", "baseline", "ratio", "aim", "")]
    rows += [(r.name, r.ours, r.baseline, r.ratio, r.aim, "reached" if r.reached else "MISSED") for r in results]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
