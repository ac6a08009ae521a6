"""What the public page of an edition shows: cards, one indicator closely with charts, tables, other editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from mentoring_reports import charts
from mentoring_reports.indicators.formulas import Direction, TargetState, target_state
from mentoring_reports.publications.content import ALL, MISSING, NO_DENOMINATOR, PUBLISHED, SUPPRESSED, suppressed_count
from mentoring_reports.publications.models import Edition
from mentoring_reports.publications.queries import Change, changes, editions_of
from mentoring_reports.submissions.frames import reading_order
from mentoring_reports.submissions.judging import exact

CSV = "text/csv; charset=utf-8"
JSON = "application/json; charset=utf-8"
LONGEST_CHART = 60  # bars


@dataclass(frozen=True)
class Shown:
    """A figure in words: its value with the unit, or why there is none."""

    name: str
    text: str
    status: str
    numerator: str
    denominator: str
    state: str
    territory: str = ""
    type: str = ""


class EditionScreen:
    """An edition as a page; the address chooses the indicator and what the bars stand for."""

    def __init__(self, edition: Edition, asked: Mapping[str, str]) -> None:
        self.edition, self.content = edition, edition.content
        by_code = {one["code"]: one for one in self.content["indicators"]}
        self.chosen = by_code.get(asked.get("indicator", "")) or self.key[0]
        by = asked.get("by", "")
        self.by = by if by in {"types", "schools"} else "territories"

    @cached_property
    def key(self) -> list[dict[str, Any]]:
        """Return the key indicators, or all where none is."""
        indicators = self.content["indicators"]
        return [one for one in indicators if one["is_key"]] or indicators

    @cached_property
    def cards(self) -> list[tuple[dict[str, Any], Shown]]:
        """Return the municipality's value of each key indicator."""
        return [(one, shown(one, {**one[ALL], "name": self.content["municipality"]})) for one in self.key]

    @cached_property
    def municipal(self) -> Shown:
        """Return the municipality's value of the chosen indicator."""
        return shown(self.chosen, {**self.chosen[ALL], "name": self.content["municipality"]})

    @cached_property
    def rows(self) -> list[Shown]:
        """Return the rows of the chosen table, in reading order."""
        rows = sorted(self.chosen[self.by], key=lambda figure: reading_order(figure["name"]))
        return [shown(self.chosen, figure) for figure in rows]

    @cached_property
    def chart(self) -> charts.Ranking | None:
        """Return the bars of what is published, the largest first; the table below has everything."""
        figures = [figure for figure in self.chosen[self.by] if figure["value"] is not None]
        figures.sort(key=lambda figure: figure["value"], reverse=True)
        bars = [(figure["name"], figure["value"], _state(self.chosen, figure)) for figure in figures[:LONGEST_CHART]]
        return charts.ranking(bars, self.chosen["target"]) if bars else None

    @property
    def target(self) -> str:
        """Return the target of the chosen indicator with its sign."""
        if self.chosen["target"] is None:
            return ""
        sign = "≥" if self.chosen["direction"] == Direction.UP else "≤"
        return f"{sign} {with_unit(self.chosen['target'], self.chosen)}"

    @property
    def suppressed(self) -> int:
        """Return how many figures of the edition are kept back."""
        return suppressed_count(self.content)

    @cached_property
    def editions(self) -> list[Edition]:
        """Return all editions of the round, the newest first."""
        return editions_of(self.edition.round.code, self.edition.municipality_id)

    @property
    def is_latest(self) -> bool:
        """Say whether no later edition corrects this one."""
        return self.editions[0].number == self.edition.number

    @cached_property
    def changes(self) -> list[Change]:
        """Return what this edition shows differently from the one before it."""
        before = Edition.objects.filter(round_id=self.edition.round_id, number=self.edition.number - 1).first()
        return changes(before.content, self.content) if before else []


def shown(indicator: Mapping[str, Any], figure: Mapping[str, Any]) -> Shown:
    """Return a figure of an indicator in words."""
    return Shown(
        name=figure["name"],
        text=value_text(indicator, figure),
        status=figure["status"],
        numerator=number_text(figure["numerator"]),
        denominator=number_text(figure["denominator"]),
        state=_state(indicator, figure),
        territory=figure.get("territory", ""),
        type=figure.get("type", ""),
    )


def value_text(indicator: Mapping[str, Any], figure: Mapping[str, Any]) -> str:
    """Return a value with its unit, or the word for having none."""
    words = {MISSING: "—", SUPPRESSED: _("kept back"), NO_DENOMINATOR: _("n/a")}
    if figure["status"] == PUBLISHED:
        return with_unit(figure["value"], indicator)
    return words[figure["status"]]


def with_unit(value: float, indicator: Mapping[str, Any]) -> str:
    """Return a value in the indicator's decimals, with its unit."""
    return f"{number_text(value, indicator['decimals'])}\N{NO-BREAK SPACE}{indicator['unit']}".strip()


def number_text(value: float | None, decimals: int = 0) -> str:
    """Return a number as Russian writes it; "—" where there is none."""
    if value is None:
        return "—"
    places = decimals if value != round(value) or decimals else 0
    return f"{value:,.{places}f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def download(text: str, name: str, content_type: str) -> HttpResponse:
    """Return a file to keep."""
    response = HttpResponse(text, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _state(indicator: Mapping[str, Any], figure: Mapping[str, Any]) -> str:
    """Return what the published target says about a figure."""
    if indicator["target"] is None or figure["value"] is None:
        return TargetState.UNKNOWN.value
    state = target_state(exact(figure["value"]), exact(indicator["target"]), Direction(indicator["direction"]))
    return state.value
