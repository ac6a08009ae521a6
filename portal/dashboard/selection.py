"""What the dashboard shows, as its address says it: round, comparison, territory, type, indicator, order, page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

NO_COMPARISON = "none"
YES = "1"
ROUNDS_OF_HISTORY = 8


@dataclass(frozen=True, kw_only=True)
class Selection:
    """A choice that can always be shown: whatever the address said that does not exist is in `ignored` only."""

    rounds: Sequence[Round]
    round: Round
    compared: Round | None
    territory: str = ""
    type: str = ""
    indicator: str = ""
    state: str = ""
    incomplete: bool = False
    sort: str = ""
    descending: bool = False
    page: str = "1"
    ignored: tuple[str, ...] = ()

    @property
    def history(self) -> list[Round]:
        """Return the last rounds up to the chosen one, the earliest first."""
        upto = [one for one in self.rounds if one.period_end <= self.round.period_end]
        return list(reversed(upto[:ROUNDS_OF_HISTORY]))

    @property
    def filters(self) -> tuple[Any, ...]:
        """Return everything that was chosen beside the rounds."""
        chosen = (self.territory, self.type, self.indicator, self.state, self.incomplete)
        return (*chosen, self.sort, self.descending, self.page, self.ignored)

    def query(self, **changes: str) -> str:
        """Return the query string of this selection with some of it changed; the page starts anew."""
        chosen = {
            "round": self.round.code,
            "compare": self.compared.code if self.compared else NO_COMPARISON,
            "territory": self.territory,
            "type": self.type,
            "indicator": self.indicator,
            "state": self.state,
            "incomplete": YES if self.incomplete else "",
            "sort": f"-{self.sort}" if self.descending else self.sort,
        }
        return f"?{urlencode({name: value for name, value in (chosen | changes).items() if value})}"

    def address(self, view: str, **changes: str) -> str:
        """Return the address of another view of this selection; each view has an order of its own."""
        return reverse(f"dashboard:{view}") + self.query(**{"sort": "", **changes})

    def sorted_by(self, column: str) -> str:
        """Return the query string that sorts by a column, or turns its order round."""
        turned = self.sort == column and not self.descending
        return self.query(sort=f"-{column}" if turned else column)

    def settled(self, **known: Collection[str]) -> Selection:
        """Return the selection without what does not exist, which is named in `ignored`; `known` goes by filter."""
        unknown = {name: value for name in known if (value := getattr(self, name)) and value not in known[name]}
        notes = tuple(_ignored(name, value) for name, value in unknown.items())
        emptied: dict[str, Any] = dict.fromkeys(unknown, "")
        return replace(self, **emptied, ignored=(*self.ignored, *notes))


def started_rounds() -> list[Round]:
    """Return the municipality's rounds that have opened, the latest first."""
    rounds = Round.objects.started().filter(municipality=current_organisation())
    return list(rounds.select_related("form", "municipality").order_by("-period_end", "-pk"))


def select(rounds: Sequence[Round], asked: Mapping[str, str]) -> Selection:
    """Return what the address asks for among `rounds`, of which there is at least one."""
    code, other, sort = asked.get("round", ""), asked.get("compare", ""), asked.get("sort", "")
    chosen = _by_code(rounds, code) or rounds[0]
    compared = _compared(rounds, chosen, other)
    ignored = []
    if code and chosen.code != code:
        ignored.append(_ignored("round", code))
    if other not in {"", NO_COMPARISON} and (compared is None or compared.code != other):
        ignored.append(_ignored("compare", other))
    return Selection(
        rounds=rounds,
        round=chosen,
        compared=compared,
        territory=asked.get("territory", ""),
        type=asked.get("type", ""),
        indicator=asked.get("indicator", ""),
        state=asked.get("state", ""),
        incomplete=asked.get("incomplete", "") == YES,
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        page=asked.get("page", "1"),
        ignored=tuple(ignored),
    ).settled(state=State.values)


def chosen_indicator(selection: Selection, indicators: Sequence[Indicator]) -> Indicator | None:
    """Return the indicator that is looked at closely: the one asked for, or the first key one."""
    by_code = {indicator.code: indicator for indicator in indicators}
    return by_code.get(selection.indicator) or next(iter(key_indicators(indicators)), None)


def key_indicators(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Return the key indicators; the first few where a form names none."""
    return [indicator for indicator in indicators if indicator.is_key] or list(indicators[:6])


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


def _ignored(name: str, value: str) -> str:
    titles = {
        "round": _("round"),
        "compare": _("round to compare with"),
        "territory": _("territory"),
        "type": _("type"),
        "indicator": _("indicator"),
        "state": _("state"),
        "sort": _("order"),
    }
    return _("%(filter)s “%(value)s”") % {"filter": titles[name], "value": value}
