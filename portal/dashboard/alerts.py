"""The alerts: schools that need help, with the reason in words, and the way to the school's figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring_reports.submissions.alerts import ROUNDS_LOOKED_AT, Alert, alerts
from mentoring_reports.submissions.kept_figures import kept_figures_frame
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table

from .exporting import Export
from .screen import Screen

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Round

    from .selection import Selection


@dataclass(frozen=True)
class AlertedSchool:
    """A school with all its reasons; `link` leads to its profile."""

    name: str
    territory: str
    type: str
    link: str
    alerts: list[Alert]


class AlertsScreen(Screen):
    """Schools missing twice running, with a falling indicator, or with an overdue roadmap."""

    code = "alerts"
    template = "dashboard/alerts.html"

    @classmethod
    def title(cls) -> str:
        """Return the tab's title."""
        return _("Attention")

    @classmethod
    def rounds(cls, selection: Selection) -> list[Round]:
        """Return the rounds that alerts look at: the chosen one, which may take reports still, and those before it."""
        return list(reversed(selection.history))[: ROUNDS_LOOKED_AT + 1]

    @cached_property
    def found(self) -> list[Alert]:
        """Return the alerts of the schools of the selection."""
        rounds = self.rounds(self.selection)
        found = alerts(rounds, self.key, schools=self.everything.schools, read=kept_figures_frame)
        return [
            alert
            for alert in found
            if self.selection.territory in {"", alert.territory} and self.selection.type in {"", alert.type}
        ]

    @cached_property
    def rows(self) -> list[AlertedSchool]:
        """Return the schools, each with its reasons."""
        return [
            AlertedSchool(
                name=first.school,
                territory=first.territory,
                type=first.type,
                link=reverse("dashboard:school", args=[first.school_id]),
                alerts=[first, *rest],
            )
            for _school_id, (first, *rest) in groupby(self.found, key=lambda alert: alert.school_id)
        ]

    @property
    def exports(self) -> list[Export]:
        """Return all alerts, a row a reason."""
        return [Export("alerts", self.title(), self._table)]

    def _table(self) -> Table:
        columns = [
            Column(_("School"), width=40),
            Column(_("Territory"), width=20),
            Column(_("Type"), width=16),
            Column(_("What"), width=28),
            Column(_("Reason"), width=60),
        ]
        rows = [
            [Cell(value) for value in (one.school, one.territory, one.type, str(one.kind.label), one.reason)]
            for one in self.found
        ]
        return Table(columns=columns, rows=rows, filtered=True)
