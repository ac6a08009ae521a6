"""Verdicts in words, each with its picture and the picture's text alternative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import singledispatchmethod
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring_reports.indicators.checking import written

from .pictures import Bars, Picture, bars, peer_strip, sparkline
from .robust import quantile
from .verdicts import AllEqual, Copied, Far, Jump, PartOverWhole

PLACES = 4
ELEMENT, INDICATOR = "element", "indicator"


class OddityCode(StrEnum):
    """What kind of oddity it is."""

    CHANGE = "change"
    DISTANCE = "distance"
    SUM = "sum"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd. `subject` is a code of the form, empty where the whole report is meant.

    `about` is "element" or "indicator", as the two may share a code; empty for the whole.
    """

    code: OddityCode
    subject: str
    message: str
    picture: Picture | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """How a form calls its elements and indicators, and to how many places an indicator is shown."""

    elements: Mapping[str, str]
    indicators: Mapping[str, str]
    decimals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """With whom a report was compared: how many of the same type, of similar size or not, in which other round."""

    similar: bool
    other_round: str = ""
    size_code: str = ""
    size: float = 0


@dataclass(frozen=True)
class Wording:
    """Puts verdicts about one report into words."""

    names: Names
    past_titles: Sequence[str]
    compared: Compared

    @singledispatchmethod
    def oddity(self, verdict: Any) -> Oddity:
        """Return a verdict as an oddity."""
        raise TypeError(type(verdict))

    @oddity.register
    def _jump(self, verdict: Jump) -> Oddity:
        text = _("%(name)s: %(value)s; in the last accepted report %(last)s (%(change)s).") % {
            "name": self.names.elements[verdict.code],
            "value": number(verdict.value),
            "last": number(verdict.last),
            "change": change(verdict.value, verdict.last),
        }
        if verdict.common is not None:
            text += " " + _("In other organisations: %(change)s.") % {"change": change(verdict.common, 1)}
        if verdict.usual:
            text += " " + _("Usually about %(centre)s.") % {"centre": number(verdict.usual.centre, 1)}
        points = [*zip(self.past_titles, verdict.past, strict=False), (_("in this report"), verdict.value)]
        told = "; ".join(f"{label} — {'—' if value is None else number(value)}" for label, value in points)
        picture = sparkline(points, _("Earlier rounds: %(points)s") % {"points": told})
        return Oddity(OddityCode.CHANGE, verdict.code, text, picture, ELEMENT)

    @oddity.register
    def _far(self, verdict: Far) -> Oddity:
        places = self.names.decimals[verdict.code] if verdict.is_share else PLACES
        names = self.names.indicators if verdict.is_share else self.names.elements
        fields = {
            "name": names[verdict.code],
            "value": number(verdict.value, places),
            "schools": len(verdict.peers),
            "low": number(verdict.peers[0], min(places, 1)),
            "high": number(verdict.peers[-1], min(places, 1)),
            "median": number(verdict.usual.centre, min(places, 1)),
        }
        text = " ".join([self._beside_peers(len(verdict.peers)) % fields, *self._footnotes(verdict)])
        picture = peer_strip(verdict.peers, verdict.value, _peers_in_words(verdict, fields))
        about = INDICATOR if verdict.is_share else ELEMENT
        return Oddity(OddityCode.DISTANCE, verdict.code, text, picture, about)

    @oddity.register
    def _part_over_whole(self, verdict: PartOverWhole) -> Oddity:
        fields = {
            "name": self.names.indicators[verdict.code],
            "part": number(verdict.part),
            "whole": number(verdict.whole),
        }
        text = _("%(name)s: the part (%(part)s) is larger than the whole (%(whole)s).") % fields
        picture = _told_bars([(_("the part"), verdict.part), (_("the whole"), verdict.whole)])
        return Oddity(OddityCode.SUM, verdict.code, text, picture, INDICATOR)

    @oddity.register
    def _all_equal(self, verdict: AllEqual) -> Oddity:
        text = (
            _("All numbers are the same: %(number)s (fields: %(count)d).")
            if verdict.number
            else _("All numbers are 0 (fields: %(count)d).")
        )
        fields = {"number": number(verdict.number), "count": verdict.fields}
        picture = _told_bars([(_("equal numbers"), verdict.fields), (_("other numbers"), 0)])
        return Oddity(OddityCode.SUM, "", text % fields, picture)

    @oddity.register
    def _copied(self, verdict: Copied) -> Oddity:
        text = _("Numbers equal to the last accepted report: %(equal)d of %(compared)d typed. It looks like a copy.")
        fields = {"equal": verdict.equal, "compared": verdict.compared}
        changed = verdict.compared - verdict.equal
        picture = _told_bars([(_("as in the last report"), verdict.equal), (_("changed"), changed)])
        return Oddity(OddityCode.COPY, "", text % fields, picture)

    def _beside_peers(self, schools: int) -> str:
        if self.compared.similar:
            return ngettext(
                "%(name)s: %(value)s. In %(schools)d organisation of the same type and similar size: from %(low)s to "
                "%(high)s, median %(median)s.",
                "%(name)s: %(value)s. In %(schools)d organisations of the same type and similar size: from %(low)s to "
                "%(high)s, median %(median)s.",
                schools,
            )
        return ngettext(
            "%(name)s: %(value)s. In %(schools)d organisation of the same type: from %(low)s to %(high)s, "
            "median %(median)s.",
            "%(name)s: %(value)s. In %(schools)d organisations of the same type: from %(low)s to %(high)s, "
            "median %(median)s.",
            schools,
        )

    def _footnotes(self, verdict: Far) -> list[str]:
        notes = []
        if verdict.is_scaled:
            fields = {"name": self.names.elements[self.compared.size_code], "size": number(self.compared.size)}
            notes.append(_("Reckoned to this organisation's size: “%(name)s” is %(size)s.") % fields)
        if self.compared.other_round:
            notes.append(_("By the figures of the round “%(round)s”.") % {"round": self.compared.other_round})
        return notes


def number(value: float, places: int = PLACES) -> str:
    """Write a number as Russian does."""
    return written(Decimal(repr(value)), places)


def change(value: float, last: float) -> str:
    """Write a change in percent with its sign, or the difference itself where it starts from 0."""
    moved = (value - last) * 100 / abs(last) if last else value - last
    sign = "+" if moved > 0 else "" if not moved else "\N{MINUS SIGN}"
    return f"{sign}{number(abs(moved), 0)}" + ("\N{NO-BREAK SPACE}%" if last else "")


def _peers_in_words(verdict: Far, fields: Mapping[str, Any]) -> str:
    places = 1
    lower, upper = (number(quantile(verdict.peers, share), places) for share in (0.25, 0.75))
    text = _("Comparable organisations: from %(low)s to %(high)s, the middle half from %(lower)s to %(upper)s; "
             "this one: %(value)s")  # fmt: skip
    return text % {**fields, "lower": lower, "upper": upper}


def _told_bars(amounts: Sequence[tuple[str, float]]) -> Bars:
    return bars(amounts, "; ".join(f"{label}: {number(amount)}" for label, amount in amounts))
