"""What the dashboard shows, as its address says it: round, comparison, territory, type, indicator, order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

NO_COMPARISON = "none"
ROUNDS_OF_HISTORY = 8


@dataclass(frozen=True, kw_only=True)
class Selection:
    """A choice that can always be shown: whatever the address said that does not exist was left out."""

    rounds: Sequence[Round]
    round: Round
    compared: Round | None
    territory: str = ""
    type: str = ""
    indicator: str = ""
    sort: str = "school"
    descending: bool = False
    page: str = "1"

    @property
    def history(self) -> list[Round]:
        """Return the last rounds up to the chosen one, the earliest first."""
        upto = [one for one in self.rounds if one.period_end <= self.round.period_end]
        return list(reversed(upto[:ROUNDS_OF_HISTORY]))

    def query(self, **changes: str) -> str:
        """Return the query string of this selection with some of it changed."""
        chosen = {
            "round": self.round.code,
            "compare": self.compared.code if self.compared else NO_COMPARISON,
            "territory": self.territory,
            "type": self.type,
            "indicator": self.indicator,
            "sort": f"-{self.sort}" if self.descending else self.sort,
        }
        kept = {
            name: value for name, value in (chosen | changes).items() if value and (name, value) != ("sort", "school")
        }
        return f"?{urlencode(kept)}"

    def sorted_by(self, column: str) -> str:
        """Return the query string that sorts by a column, or turns its order round."""
        turned = self.sort == column and not self.descending
        return self.query(sort=f"-{column}" if turned else column)


def started_rounds() -> list[Round]:
    """Return the municipality's rounds that have opened, the latest first."""
    rounds = Round.objects.started().filter(municipality=current_organisation())
    return list(rounds.select_related("form", "municipality").order_by("-period_end", "-pk"))


def select(rounds: Sequence[Round], asked: Mapping[str, str]) -> Selection:
    """Return what the address asks for among `rounds`, of which there is at least one."""
    chosen = _by_code(rounds, asked.get("round", "")) or rounds[0]
    sort = asked.get("sort", "") or "school"
    return Selection(
        rounds=rounds,
        round=chosen,
        compared=_compared(rounds, chosen, asked.get("compare", "")),
        territory=asked.get("territory", ""),
        type=asked.get("type", ""),
        indicator=asked.get("indicator", ""),
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        page=asked.get("page", "1"),
    )


def chosen_indicator(selection: Selection, indicators: Sequence[Indicator]) -> Indicator | None:
    """Return the indicator that is looked at closely: the one asked for, or the first key one."""
    by_code = {indicator.code: indicator for indicator in indicators}
    key = [indicator for indicator in indicators if indicator.is_key] or list(indicators)
    return by_code.get(selection.indicator) or (key[0] if key else None)


def _by_code(rounds: Sequence[Round], code: str) -> Round | None:
    return next((one for one in rounds if one.code == code), None)


def _compared(rounds: Sequence[Round], chosen: Round, code: str) -> Round | None:
    """Return the round asked for, none if none is wanted, else the one before."""
    if code == NO_COMPARISON:
        return None
    asked = _by_code(rounds, code)
    if asked and asked != chosen:
        return asked
    return next((one for one in rounds if one.period_end < chosen.period_end), None)
