"""The charts of «Свод»: key indicators beside their targets, and how many schools stand in which state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from django.utils.translation import gettext as _

from mentoring_reports.submissions.enums import State

from .blocks import Chart, Part, Series
from .figures import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation

VALUE, TARGET = 4, 5  # columns of the table of indicators
# From dark to light, so that they can be told apart on a black and white print as well.
STATE_COLOURS = {
    State.ACCEPTED: "#1f5f3a",
    State.SUBMITTED: "#2f6fb0",
    State.RESUBMITTED: "#7fb0de",
    State.RETURNED: "#c98a1e",
    State.REOPENED: "#b79ac8",
    State.NOT_STARTED: "#d3dae2",
    State.MISSING: "#8f2f28",
}
BAR, GOAL = "#2f6fb0", "#5d6875"


def is_drawn(consolidation: Consolidation, indicator: Indicator) -> bool:
    """Say whether a key indicator has a bar: it is a share, and it has a value; a spreadsheet draws a text as zero."""
    return indicator.formula.is_percent and not pd.isna(consolidation.line(indicator).value)


def key_chart(consolidation: Consolidation, key: Sequence[Indicator]) -> list[Chart]:
    """Return the bars of the key indicators that are shares; none without such. They come first in their table."""
    percents = [indicator for indicator in key if is_drawn(consolidation, indicator)]
    if not percents:
        return []
    last = len(percents) - 1
    words = "; ".join(f"{one.name}: {_percent(one, consolidation.line(one).value)}" for one in percents)
    return [
        Chart(
            kind="bars",
            title=_("Key indicators and targets"),
            description=words,
            table="key_indicators",
            names=Part(0, 0, last, 0),
            series=[
                Series(_("Value"), Part(0, VALUE, last, VALUE), BAR),
                Series(_("Target"), Part(0, TARGET, last, TARGET), GOAL, is_goal=True),
            ],
            number_format="0.0%",
        )
    ]


def state_chart(consolidation: Consolidation) -> Chart:
    """Return the ring of states."""
    counts = consolidation.counts()
    shown_states = [state for state in STATE_COLOURS if counts[state]] or [State.NOT_STARTED]
    last = len(shown_states) - 1
    words = "; ".join(f"{state.label}: {counts[state]}" for state in shown_states)
    return Chart(
        kind="ring",
        title=_("Coverage"),
        description=words,
        table="coverage",
        names=Part(0, 0, last, 0),
        series=[Series(_("Schools"), Part(0, 1, last, 1), "")],
        colours=[STATE_COLOURS[state] for state in shown_states],
    )


def _percent(indicator: Indicator, value: float) -> str:
    share = shown(indicator, value)
    return "—" if share is None or pd.isna(share) else f"{share * 100:.1f} %".replace(".", ",")
