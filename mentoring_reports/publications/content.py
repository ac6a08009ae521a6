"""What an edition says: the approved figures of a consolidation as plain data, small groups kept back.

One shape for the page, the CSV and the JSON: a dictionary of texts, whole numbers, floats and None, in a fixed order.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mentoring_reports.indicators.models import Aggregation
from mentoring_reports.submissions.models import PeerFigure
from mentoring_reports.workbooks.wording import formula_words

from .earlier import Past
from .suppression import Counted, Member, SmallGroups, kept_back, totals_kept_back

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


def content_of(svod: Consolidation, earlier: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return everything that an edition of this consolidation publishes, after editions with the contents `earlier`."""
    past, small = Past(earlier, _sums(svod.indicators)), SmallGroups()
    rates = svod.rates()
    return {
        "format": FORMAT,
        "municipality": svod.round.municipality.name,
        "round": _round(svod.round),
        "form": {"code": svod.round.form.code, "version": svod.round.form.version, "title": svod.round.form.title},
        "coverage": {"expected": rates.expected, "submitted": rates.submitted, "accepted": rates.accepted},
        "elements": [_element(element) for element in svod.elements],
        "indicators": [_indicator(svod, indicator, past, small) for indicator in svod.indicators],
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


def _indicator(svod: Consolidation, indicator: Indicator, past: Past, small: SmallGroups) -> dict[str, Any]:
    table = _Table(svod, indicator, past, small)
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

    def __init__(self, svod: Consolidation, indicator: Indicator, past: Past, small: SmallGroups) -> None:
        self.svod, self.indicator, self.earlier = svod, indicator, past.of(indicator.code)
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
        elsewhere = self._hidden_elsewhere(past, small)
        hidden = kept_back(members, also=self._places(known, "schools", "school", elsewhere))
        self.hidden_schools = {known[place][0]["school_id"] for place in hidden}
        self.hidden_totals = {*totals_kept_back(members, hidden), *self._given_away([known[place] for place in hidden])}
        for level, column in GROUPINGS.items():
            self._hide_groups(level, column)

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

    def _hidden_elsewhere(self, past: Past, small: SmallGroups) -> set[int]:
        """Return the schools whose numbers of people have to be kept back wherever these numbers stand."""
        found: set[int] = set()
        for place, terms in enumerate(_sums_of(self.indicator)):
            if self.counts_people[place]:
                found |= small.kept_back(
                    terms,
                    (
                        Counted(row["school_id"], parts[place], self._totals(row), past.hid(terms, row["school"]))
                        for row, parts in self.rows
                    ),
                )
        return found

    def _places(
        self, known: Sequence[tuple[Any, Parts]], level: str, name: str, ids: Collection[int] = ()
    ) -> list[int]:
        """Return the places of the rows with these ids, and of those that an earlier edition kept back."""
        return [
            place
            for place, (row, _parts) in enumerate(known)
            if row.get("school_id") in ids or self.earlier.kept_back(level, row[name])
        ]

    def _given_away(self, hidden: Sequence[tuple[Any, Parts]]) -> set[tuple[str, str]]:
        """Return the totals that would tell one of the hidden figures to whoever has an earlier edition."""
        by_total: dict[tuple[str, str], dict[str, Any]] = {}
        for row, parts in hidden:
            for total in self._totals(row):
                by_total.setdefault(total, {})[row["school"]] = parts[:2]
        levels = {column: level for level, column in GROUPINGS.items()} | {ALL: ALL}
        return {
            (column, name)
            for (column, name), figures in by_total.items()
            if self.earlier.gives_away((levels[column], name), "schools", figures)
        }

    def _hide_groups(self, level: str, column: str) -> None:
        """Keep back small groups, and another one where a single one could be had from the total."""
        found = [({"name": name}, self._parts(frame)) for name, frame in self.svod.by(column).items()]
        known = [(row, parts) for row, parts in found if self._is_known(parts)]
        members = [
            Member((1.0,) if (column, row["name"]) in self.hidden_totals else self._people(parts), ((ALL, ""),))
            for row, parts in known
        ]
        hidden = kept_back(members, also=self._places(known, level, "name"))
        self.hidden_totals |= {(column, known[place][0]["name"]) for place in hidden}
        if self.earlier.gives_away((ALL, ""), level, {known[p][0]["name"]: known[p][1][:2] for p in hidden}):
            self.hidden_totals.add((ALL, ""))
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


def _sums_of(indicator: Indicator) -> tuple[Hashable, Hashable]:
    """Return what stands above and below the line, as a name by which the same sum is found in other indicators."""
    return indicator.formula.numerator, indicator.formula.denominator


def _sums(indicators: Iterable[Indicator]) -> dict[Hashable, list[str]]:
    """Return the codes of the indicators in which each sum stands."""
    found: dict[Hashable, list[str]] = {}
    for indicator in indicators:
        for terms in _sums_of(indicator):
            found.setdefault(terms, []).append(indicator.code)
    return found


def _empty(status: str) -> dict[str, Any]:
    return {"numerator": None, "denominator": None, "value": None, "status": status}


def _number(value: float) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
