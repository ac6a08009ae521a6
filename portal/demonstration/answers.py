"""What an invented curator types into a report: numbers beside the counts, reasons, explanations. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from mentoring_reports.indicators.checking import Rule, Severity
from mentoring_reports.reports.basis import Basis
from mentoring_reports.reports.filling import Entered, Filling

from .data import read
from .plan import SchoolPlan

GUESTS = 7  # taken for teachers when a curator slips
OVERRULES, HOLDS_COUNCIL = 0.12, 0.9  # how often
Counts = Mapping[str, Decimal | None]
EXPLANATIONS = {
    Rule.CHANGE: "jump_explanation",
    Rule.INDICATOR_OVER: "share_explanation",
    Rule.TARGET_MISSED: "target_explanation",
}


@dataclass(frozen=True)
class Answers:
    """The content of a draft."""

    values: dict[str, Entered]
    reasons: dict[str, str]
    explanations: dict[str, str]
    note: str


def answers(plan: SchoolPlan, basis: Basis, *, revision: int, slip: bool, second_half: bool) -> Answers:
    """Return a report that may be submitted; with `slip` one number is too large to be true."""
    random = plan.random(f"answers {basis.round.code}")
    letters = read("pages")["letters"]
    values = _typed(basis.counts, plan, random, second_half=second_half)
    reasons: dict[str, str] = {}
    if random.random() < OVERRULES:  # now and then a curator knows better than the register
        values["experts"] = (basis.counts["experts"] or Decimal(0)) + 1
        reasons["experts"] = letters["overruled_reason"]
    note = letters["corrected_note"] if revision > 1 else random.choice(letters["notes"])
    if slip:
        values["council_present"] = (basis.counts["teaching_staff"] or Decimal(0)) + GUESTS
    if revision > 1:
        values["sessions_per_group"] = Decimal(str(values["sessions_per_group"])) + 1
    return Answers(values, reasons, _explanations(basis, values, reasons, slip=slip), note)


def _typed(counts: Counts, plan: SchoolPlan, random: Random, *, second_half: bool) -> dict[str, Entered]:
    """Return the numbers that no register knows; measures are compared at the end of the school year."""
    share = plan.diligence

    def part(code: str, low: float, high: float) -> Decimal:
        whole = counts[code] or Decimal(0)
        return Decimal(round(float(whole) * random.uniform(low, high)))

    values: dict[str, Entered] = {
        "sessions_per_group": Decimal(random.randint(1, round(2 + 3 * share))),
        "participants_diagnosed": part("participants", share - 0.15, 1),
        "council_present": part("teaching_staff", 0.7 + share / 5, 1) if random.random() < HOLDS_COUNCIL else None,
        "external_events": Decimal(random.randint(0, round(1 + 2 * share))),
    }
    for who in ("mentees", "mentors"):
        answered = part(who, 0.55 + share / 4, 0.98)
        values[f"{who}_answered"] = answered
        values[f"{who}_satisfied"] = _share_of(answered, random, 0.72, 1)
    measured = part("mentees", share / 2, 0.95)
    values["mentees_measured"] = measured if second_half else None
    values["mentees_improved"] = _share_of(measured, random, 0.5, 0.95) if second_half else None
    return values


def _share_of(whole: Decimal, random: Random, low: float, high: float) -> Decimal:
    return Decimal(round(float(whole) * random.uniform(low, high)))


def _explanations(
    basis: Basis, values: Mapping[str, Entered], reasons: Mapping[str, str], *, slip: bool
) -> dict[str, str]:
    """Return a sentence for every warning that the form asks to explain."""
    letters = read("pages")["letters"]
    filling = Filling.over(basis, values, reasons=reasons, explanations={})
    said = {}
    for finding in basis.findings(filling):
        rule = basis.rules_by_check.get(finding.check_code)
        if finding.severity is Severity.WARNING and rule in EXPLANATIONS:
            name = "slip_explanation" if slip and finding.subject == "council_attendance" else EXPLANATIONS[rule]
            said[finding.key] = letters[name]
    return said
