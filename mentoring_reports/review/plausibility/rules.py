"""When numbers are odd. Pure functions over plain numbers: no framework, no words, no database.

Each rule returns a verdict with all that words and a picture need, or None: where too little is known, it is silent.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .reports import Report, Shape, Share
from .robust import Spread, median, quantile, spread
from .verdicts import AllEqual, Copied, Far, Jump, PartOverWhole, Thresholds

PERCENT = 100
FEWEST_ROUNDS = 3  # of a school's own past, to say how much it usually moves
SMALLEST_WHOLE = 5  # a share of fewer is no share to judge by
FEWEST_NUMBERS = 8  # a few equal numbers are chance
SMALLEST_JUMP_FROM_ZERO = 5.0
CHANCE = 2.0  # standard deviations by which two counts of the same thing differ often enough


def jumps(
    report: Report, past: Sequence[Mapping[str, float]], limits: Thresholds, common: Mapping[str, float]
) -> Iterator[Jump]:
    """Yield the elements that jumped; `past` are the numbers of earlier accepted reports, the oldest first."""
    for code, value in report.numbers.items():
        verdict = jump(code, value, [numbers.get(code) for numbers in past], limits, common.get(code))
        if verdict:
            yield verdict


def jump(
    code: str, value: float, past: Sequence[float | None], limits: Thresholds, common: float | None = None
) -> Jump | None:
    """Judge a number by the last accepted one.

    What moved as in other schools (`common`) is the season, and what moves so every round (from three known ones on)
    is the school's habit: neither is a jump.
    """
    last = past[-1] if past else None
    if last is None or not _is_jump(value, last, limits):
        return None
    if common is not None and not _is_jump(value, last * common, limits):
        return None
    usual = spread([number for number in past if number is not None], FEWEST_ROUNDS)
    if usual and abs(usual.distance(value)) <= limits.distance:
        return None
    return Jump(code, value, last, past, usual, common)


def common_changes(pairs: Iterable[tuple[Report, Report]], limits: Thresholds) -> dict[str, float]:
    """Return by what each element was multiplied, in the middle of schools, from (before, now) of each of them."""
    ratios: dict[str, list[float]] = {}
    for before, now in pairs:
        for code, number in now.numbers.items():
            if before.numbers.get(code):
                ratios.setdefault(code, []).append(number / before.numbers[code])
    return {code: median(found) for code, found in ratios.items() if len(found) >= limits.smallest_group}


def distances(report: Report, peers: Sequence[Report], shape: Shape, limits: Thresholds) -> Iterator[Far]:
    """Yield what lies far from similar schools: elements by size, elements as they are, shares."""
    found = [scaled(code, report, peers, limits) for code in shape.scaled]
    found += [plain(code, report, peers, limits) for code in shape.plain]
    formulas = [formula for formula in shape.shares if not shape.repeats_an_element(formula)]
    found += [share(formula.code, report, peers, limits) for formula in formulas]
    yield from filter(None, found)


def scaled(code: str, report: Report, peers: Sequence[Report], limits: Thresholds) -> Far | None:
    """Judge an element that grows with size: odd only where it is far as it is and far by size, to the same side."""
    value = report.numbers.get(code)
    if value is None or report.size < SMALLEST_WHOLE:
        return None
    known = [peer for peer in peers if code in peer.numbers and peer.size >= SMALLEST_WHOLE]
    reckoned = [peer.numbers[code] * report.size / peer.size for peer in known]
    as_it_is = far(value, [peer.numbers[code] for peer in known], limits)
    usual = as_it_is and far(value, reckoned, limits)
    if not usual or not as_it_is or (value > usual.centre) != (value > as_it_is.centre):
        return None
    return Far(code, value, sorted(reckoned), usual, is_scaled=True)


def plain(code: str, report: Report, peers: Sequence[Report], limits: Thresholds) -> Far | None:
    """Judge an element that does not grow with size."""
    value = report.numbers.get(code)
    others = [peer.numbers[code] for peer in peers if code in peer.numbers]
    usual = None if value is None else far(value, others, limits)
    return None if value is None or usual is None else Far(code, value, sorted(others), usual)


def share(code: str, report: Report, peers: Sequence[Report], limits: Thresholds) -> Far | None:
    """Judge a share; one of a small whole is neither judged nor compared with."""
    own = report.shares.get(code)
    if own is None or own.whole < SMALLEST_WHOLE:
        return None
    shares = [peer.shares[code] for peer in peers if code in peer.shares]
    others = [other.value for other in shares if other.whole >= SMALLEST_WHOLE]
    usual = far(own.value, others, limits, unit=_unit(own))
    return None if usual is None else Far(code, own.value, sorted(others), usual, is_share=True)


def far(value: float, others: Sequence[float], limits: Thresholds, unit: float = 1) -> Spread | None:
    """Return how the others lie if the value is far from them, else None.

    `unit` is by how much one head moves the value: a difference of fewer than `smallest_change` heads is never far.
    """
    ordered = sorted(others)
    if not ordered or abs(value - quantile(ordered, 0.5)) < limits.smallest_change * unit:
        return None  # nearly always: so the scale is reckoned for the others only
    usual = spread(ordered, limits.smallest_group)
    return usual if usual and abs(usual.distance(value)) > limits.distance else None


def sums(report: Report) -> Iterator[PartOverWhole | AllEqual]:
    """Yield what does not add up: parts larger than their wholes, the same number in every field."""
    equal = all_equal(list(report.numbers.values()))
    if equal:
        yield equal
        return
    for code, own in report.shares.items():
        if own.factor == PERCENT and own.part > own.whole:
            yield PartOverWhole(code, own.part, own.whole)


def all_equal(numbers: Sequence[float]) -> AllEqual | None:
    """Say whether enough numbers are all the same."""
    if len(numbers) < FEWEST_NUMBERS or len(set(numbers)) > 1:
        return None
    return AllEqual(numbers[0], len(numbers))


def copied(typed: Mapping[str, float], last: Mapping[str, float], limits: Thresholds) -> Copied | None:
    """Compare typed numbers with the last accepted ones; 0 is left out, as it often stays 0."""
    pairs = [(number, last[code]) for code, number in typed.items() if number and code in last]
    equal = sum(number == before for number, before in pairs)
    if len(pairs) < FEWEST_NUMBERS or equal * PERCENT < limits.copied_share * len(pairs):
        return None
    return Copied(equal, len(pairs))


def _is_jump(value: float, last: float, limits: Thresholds) -> bool:
    """Say whether a number moved by more than so many percent; from 0, where percents mean nothing, by enough.

    Two counts differ by chance as their root does (of 9 and 15 nobody can tell): so much is no jump either.
    """
    moved = abs(value - last)
    if not last:
        return moved >= max(limits.smallest_change, SMALLEST_JUMP_FROM_ZERO)
    if moved < limits.smallest_change or moved < CHANCE * math.sqrt(abs(value) + abs(last)):
        return False
    return moved * PERCENT > limits.change_percent * abs(last)


def _unit(own: Share) -> float:
    return own.factor / own.whole
