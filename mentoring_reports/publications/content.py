"""What an edition says: the approved figures of a consolidation as plain data, small groups kept back.

One shape for the page, the CSV and the JSON: a dictionary of texts, whole numbers, floats and None, in a fixed order.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mentoring_reports.indicators.models import Aggregation
from mentoring_reports.submissions.models import PeerFigure
from mentoring_reports.workbooks.wording import formula_words

from .suppression import Member, kept_back, totals_kept_back

if TYPE_CHECKING:
    import pandas as pd

    from mentoring_reports.indicators.models import DataElement, Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.submissions.models import Round

FORMAT = 1
ALL = "municipality"
PUBLISHED, SUPPRESSED, MISSING, NO_DENOMINATOR = "published", "suppressed", "missing", "no_denominator"
PERSONS = "чел"  # how the unit of a data element that counts people begins
GROUPINGS = {"territories": "territory", "types": "type"}
Parts = tuple[float | None, float | None, float | None]


def content_of(svod: Consolidation) -> dict[str, Any]:
    """Return everything that an edition of this consolidation publishes."""
    rates = svod.rates()
    return {
        "format": FORMAT,
        "municipality": svod.round.municipality.name,
        "round": _round(svod.round),
        "form": {"code": svod.round.form.code, "version": svod.round.form.version, "title": svod.round.form.title},
        "coverage": {"expected": rates.expected, "submitted": rates.submitted, "accepted": rates.accepted},
        "elements": [_element(element) for element in svod.elements],
        "indicators": [_indicator(svod, indicator) for indicator in svod.indicators],
    }


def checksum(content: Mapping[str, Any]) -> str:
    """Return the SHA-256, as hex, of the content's canonical JSON (UTF-8, keys sorted, no spaces)."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _round(round_: Round) -> dict[str, Any]:
    return {
        "code": round_.code,
        "title": round_.title,
        "period_start": round_.period_start.isoformat(),
        "period_end": round_.period_end.isoformat(),
    }


def _element(element: DataElement) -> dict[str, Any]:
    return {"code": element.code, "name": element.name, "unit": element.unit, "help": element.help_text}


def _indicator(svod: Consolidation, indicator: Indicator) -> dict[str, Any]:
    table = _Table(svod, indicator)
    names = {element.code: element.name for element in svod.elements}
    target = indicator.target_for("", svod.round.period_end)
    return {
        "code": indicator.code,
        "name": indicator.name,
        "group": indicator.group.name,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "direction": indicator.direction,
        "formula": formula_words(indicator, names),
        "aggregation": indicator.aggregation,
        "target": None if target is None else float(target),
        "target_source": indicator.target_source,
        "is_key": indicator.is_key,
        ALL: table.municipal(),
        **{name: table.groups(column) for name, column in GROUPINGS.items()},
        "schools": table.schools(),
    }


class _Table:
    """One indicator's figures of schools, groups and municipality, with what has to be kept back among them."""

    def __init__(self, svod: Consolidation, indicator: Indicator) -> None:
        self.svod, self.indicator = svod, indicator
        self.counts_people = _counts_people(indicator, svod.elements)
        rows: list[dict[Any, Any]] = svod.schools.to_dict("records")
        lines = svod.school_lines[indicator.code]
        self.rows = [
            (row, (_number(line.numerator), _number(line.denominator), _number(line.value)))
            for row, line in zip(rows, lines, strict=True)
            if row["accepted"]
        ]
        known = [(row, parts) for row, parts in self.rows if self._is_known(parts)]
        members = [Member(self._people(parts), self._totals(row)) for row, parts in known]
        hidden = kept_back(members)
        self.hidden_schools = {known[place][0]["school_id"] for place in hidden}
        self.hidden_totals = set(totals_kept_back(members, hidden))
        for column in GROUPINGS.values():
            self._hide_groups(column)

    def schools(self) -> list[dict[str, Any]]:
        """Return a figure of every school with an accepted report."""
        return [
            {
                "name": row["school"],
                "territory": row["territory"],
                "type": row["type"],
                **self._figure(parts, hidden=row["school_id"] in self.hidden_schools),
            }
            for row, parts in self.rows
        ]

    def groups(self, column: str) -> list[dict[str, Any]]:
        """Return a figure of every territory or type."""
        return [
            {"name": name, **self._figure(self._parts(frame), hidden=(column, name) in self.hidden_totals)}
            for name, frame in self.svod.by(column).items()
        ]

    def municipal(self) -> dict[str, Any]:
        """Return the figure of all schools together, with quartiles where there are enough schools."""
        row = self.svod.municipal.loc[self.indicator.code]
        parts = self._parts(self.svod.municipal)
        hidden = (ALL, "") in self.hidden_totals or Member(self._people(parts)).is_small
        known = int(row["known"])
        spread = known >= PeerFigure.SMALLEST_GROUP and not hidden
        quartiles = {name: _number(row[name]) if spread else None for name in ("lower", "median", "upper")}
        return {**self._figure(parts, hidden=hidden), **quartiles, "known": known}

    def _hide_groups(self, column: str) -> None:
        """Keep back small groups, and another one where a single one could be had from the total."""
        known = [(name, self._parts(frame)) for name, frame in self.svod.by(column).items()]
        known = [(name, parts) for name, parts in known if self._is_known(parts)]
        members = [
            Member((1.0,) if (column, name) in self.hidden_totals else self._people(parts), ((ALL, ""),))
            for name, parts in known
        ]
        hidden = kept_back(members)
        self.hidden_totals |= {(column, known[place][0]) for place in hidden}
        self.hidden_totals |= totals_kept_back(members, hidden)

    def _parts(self, frame: pd.DataFrame) -> Parts:
        row = frame.loc[self.indicator.code]
        return _number(row["numerator"]), _number(row["denominator"]), _number(row["value"])

    def _people(self, parts: Parts) -> tuple[float, ...]:
        pairs = zip(self.counts_people, parts[:2], strict=True)
        return tuple(part for counts, part in pairs if counts and part is not None)

    def _is_known(self, parts: Parts) -> bool:
        return parts[0] is not None and (parts[1] is not None or self.indicator.formula.is_count)

    @staticmethod
    def _totals(row: Mapping[Any, Any]) -> tuple[tuple[str, str], ...]:
        return ((ALL, ""), *((column, row[column]) for column in GROUPINGS.values()))

    def _figure(self, parts: Parts, *, hidden: bool) -> dict[str, Any]:
        if not self._is_known(parts):
            return _empty(MISSING)
        if hidden:
            return _empty(SUPPRESSED)
        status = PUBLISHED if parts[2] is not None else NO_DENOMINATOR
        return {"numerator": parts[0], "denominator": parts[1], "value": parts[2], "status": status}


def figures(content: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str, Mapping[str, Any]]]:
    """Yield every figure of an edition: indicator, level (municipality, territory, type, school), figure."""
    levels = ((ALL, None), ("territories", "territory"), ("types", "type"), ("schools", "school"))
    for indicator in content["indicators"]:
        for name, level in levels:
            rows = indicator[name] if level else [{**indicator[name], "name": content["municipality"]}]
            for figure in rows:
                yield indicator, level or ALL, figure


def suppressed_count(content: Mapping[str, Any]) -> int:
    """Return how many figures of an edition are kept back."""
    return sum(figure["status"] == SUPPRESSED for _indicator, _level, figure in figures(content))


def _counts_people(indicator: Indicator, elements: Sequence[DataElement]) -> tuple[bool, bool]:
    """Say whether numerator and denominator count people; a median of schools is no group of people."""
    people = {element.code for element in elements if element.unit.casefold().startswith(PERSONS)}
    formula = indicator.formula
    if indicator.aggregation == Aggregation.MEDIAN:
        return False, False
    return (
        any(term.code in people for term in formula.numerator),
        any(term.code in people for term in formula.denominator),
    )


def _empty(status: str) -> dict[str, Any]:
    return {"numerator": None, "denominator": None, "value": None, "status": status}


def _number(value: float) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
