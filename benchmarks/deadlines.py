"""How many deadlines are read in a second, against trying `datetime.strptime` with a list of formats."""

from __future__ import annotations

import datetime as dt

from mentoring_reports.roadmaps.grammar.codes import Period
from mentoring_reports.roadmaps.grammar.reading import read

from .measuring import Result, paired_medians

PLAN = Period(dt.date(2022, 9, 1), dt.date(2023, 8, 31))
PHRASES = (
    "До 10.09.2022",
    "Октябрь-ноябрь 2022",
    "1 раз в квартал",
    "В течение всего периода реализации ПН",
    "По отдельному графику",
    "до 25 числа каждого месяца",
    "с 1 по 15 октября",
    "Январь 2023г.",
    "II квартал",
    "не позднее 5 рабочих дней со дня издания приказа",
)
FORMATS = (
    "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m", "%m.%Y", "%Y", "%d %B %Y", "%d %B",
    "%B %Y", "%B", "До %d.%m.%Y", "до %d.%m.%Y", "до %d.%m", "до %d %B %Y", "до %d %B", "с %d.%m.%Y",
    "по %d.%m.%Y", "%d.%m.%Y г.",
)  # fmt: skip
AIM = 1.0  # not slower than trying a score of formats


def reading_deadlines(times: int, repeat: int) -> Result:
    """Read the phrases, each as for the first time; the baseline knows dates alone and understands one of ten."""

    def ours() -> None:
        for _ in range(times):
            for phrase in PHRASES:
                read(phrase, PLAN)

    def baseline() -> None:
        for _ in range(times):
            for phrase in PHRASES:
                _first_format(phrase)

    mine, theirs = (times * len(PHRASES) / seconds for seconds in paired_medians(ours, baseline, repeat))
    ratio = f"{mine / theirs:.2f}"
    return Result(
        "deadlines read in a second", f"{mine:.0f}", f"{theirs:.0f} (strptime)", ratio, f"≥ {AIM}", mine >= AIM
    )


def _first_format(phrase: str) -> dt.datetime | None:
    for form in FORMATS:
        try:
            return dt.datetime.strptime(phrase, form)
        except ValueError:
            continue
    return None
