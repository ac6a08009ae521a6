"""The built-in report form: complete, consistent, and usable by the formulas and checks."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mentoring_reports.indicators.checking import Check, ElementRule, IndicatorRule, Rule, Severity, find_problems
from mentoring_reports.indicators.formulas import Aggregation, Direction, Formula

FORM: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "report_form.json").read_text(encoding="utf-8")
)

COUNTED = {
    "teaching_staff",
    "mentors",
    "mentees",
    "mentees_teachers",
    "mentees_in_pairs",
    "young_teachers",
    "young_teachers_with_mentor",
    "plans",
    "plans_approved",
    "plans_due",
    "plans_completed",
    "roadmap_due",
    "roadmap_done",
    "roadmap_done_on_time",
    "participants",
    "mentors_trained",
    "closing_event_present",
    "publications",
    "rubrics",
    "practices_shared",
    "experts",
}
TYPED = {
    "participants_diagnosed",
    "mentees_answered",
    "mentees_satisfied",
    "mentors_answered",
    "mentors_satisfied",
    "mentees_measured",
    "mentees_improved",
    "council_present",
    "external_events",
    "sessions_per_group",
}
# What the domain says of each indicator: numerator, denominator, target.
INDICATORS: dict[str, tuple[str, str, int | None]] = {
    "mentor_share": ("mentors", "teaching_staff", 5),
    "mentee_share": ("mentees_teachers", "teaching_staff", None),
    "pair_coverage": ("mentees_in_pairs", "mentees", 100),
    "young_teacher_coverage": ("young_teachers_with_mentor", "young_teachers", None),
    "plan_completion": ("plans_completed", "plans_due", 90),
    "plan_approval": ("plans_approved", "plans", 100),
    "roadmap_completion": ("roadmap_done", "roadmap_due", 100),
    "roadmap_on_time": ("roadmap_done_on_time", "roadmap_due", 100),
    "diagnostic_coverage": ("participants_diagnosed", "participants", 100),
    "mentor_training": ("mentors_trained", "mentors", None),
    "mentee_satisfaction": ("mentees_satisfied", "mentees_answered", None),
    "mentor_satisfaction": ("mentors_satisfied", "mentors_answered", None),
    "improved_share": ("mentees_improved", "mentees_measured", None),
    "closing_event": ("closing_event_present", "participants", 90),
    "council_attendance": ("council_present", "teaching_staff", 90),
    "publications": ("publications", "", 2),
    "rubrics": ("rubrics", "", 2),
    "external_events": ("external_events", "", 1),
    "practices_shared": ("practices_shared", "", 1),
    "experts": ("experts", "", 5),
    "sessions_per_group": ("sessions_per_group", "", 3),
}


def element_rules() -> list[ElementRule]:
    """Data elements as the checks need them."""
    return [
        ElementRule(
            row["code"], row["name"], row["type"] == "integer", Decimal(row["minimum"]), row["maximum"], row["required"]
        )
        for row in FORM["elements"]
    ]


def formula(row: dict[str, Any]) -> Formula:
    """Read the formula of an indicator's row."""
    return Formula.parse(row["code"], row["numerator"], row["denominator"], Decimal(row["factor"]))


def checks() -> list[Check]:
    """Checks of the form."""
    return [Check(**row) for row in FORM["checks"]]


def problems(values: dict[str, int], **known: dict[str, int]) -> list[tuple[str, Severity]]:
    """Check a school that has 10 in every number but those given."""
    base = dict.fromkeys(COUNTED | TYPED, 10)
    findings = find_problems(
        element_rules(),
        [IndicatorRule(row["name"], formula(row), Direction(row["direction"])) for row in FORM["indicators"]],
        checks(),
        {code: Decimal(value) for code, value in (base | values).items()},
        targets={row["code"]: Decimal(row["target"]) for row in FORM["indicators"] if row["target"] is not None},
        **{name: {code: Decimal(value) for code, value in given.items()} for name, given in known.items()},  # type: ignore[arg-type]
    )
    return [(finding.check_code, finding.severity) for finding in findings]


class TestCompleteness:
    @pytest.mark.parametrize(("kind", "codes"), [("counted", COUNTED), ("typed", TYPED)])
    def test_every_data_element_of_the_domain_is_there(self, kind: str, codes: set[str]) -> None:
        assert {row["code"] for row in FORM["elements"] if row["kind"] == kind} == codes

    def test_every_indicator_of_the_domain_is_there_with_its_formula_and_target(self) -> None:
        found = {row["code"]: (row["numerator"], row["denominator"], row["target"]) for row in FORM["indicators"]}

        assert found == INDICATORS

    def test_every_rule_is_used_by_a_check(self) -> None:
        assert {check.rule for check in checks()} == set(Rule)

    def test_every_data_element_serves_an_indicator(self) -> None:
        used = {code for row in FORM["indicators"] for code in formula(row).element_codes}

        assert used == COUNTED | TYPED

    def test_a_few_indicators_are_key_figures(self) -> None:
        assert 4 <= sum(row["key"] for row in FORM["indicators"]) <= 8


class TestConsistency:
    @pytest.mark.parametrize("kind", ["groups", "elements", "indicators", "checks"])
    def test_no_code_is_used_twice(self, kind: str) -> None:
        repeated = [code for code, times in Counter(row["code"] for row in FORM[kind]).items() if times > 1]

        assert repeated == []

    @pytest.mark.parametrize("kind", ["elements", "indicators"])
    def test_no_two_names_are_the_same(self, kind: str) -> None:
        names = [row["name"] for row in FORM[kind]]

        assert len(set(names)) == len(names)

    @pytest.mark.parametrize("kind", ["elements", "indicators"])
    def test_every_group_exists_and_is_used(self, kind: str) -> None:
        assert {row["group"] for row in FORM[kind]} == {row["code"] for row in FORM["groups"]}

    def test_rows_of_a_group_stand_together(self) -> None:
        for kind in ("elements", "indicators"):
            order = list(dict.fromkeys(row["group"] for row in FORM[kind]))
            assert [row["group"] for row in FORM[kind]] == sorted((r["group"] for r in FORM[kind]), key=order.index)

    def test_no_text_is_empty(self) -> None:
        may_be_empty = {"denominator", "left", "right"}
        rows = [FORM] + [row for kind in ("groups", "elements", "indicators", "checks") for row in FORM[kind]]

        empty = [
            (row["code"], field)
            for row in rows
            for field, value in row.items()
            if isinstance(value, str) and field not in may_be_empty and not value.strip()
        ]

        assert empty == []

    def test_formulas_use_only_codes_of_the_form(self) -> None:
        used = {code for row in FORM["indicators"] for code in formula(row).element_codes}

        assert used <= COUNTED | TYPED

    def test_checks_use_only_codes_of_the_form(self) -> None:
        about_indicators = {Rule.INDICATOR_OVER, Rule.TARGET_MISSED}

        for check in checks():
            known = set(INDICATORS) if check.rule in about_indicators else COUNTED | TYPED
            assert set(check.codes) <= known, check.code

    def test_percents_are_ratios_and_numbers_are_counts(self) -> None:
        for row in FORM["indicators"]:
            assert formula(row).is_percent is (row["unit"] == "%"), row["code"]
            assert (row["aggregation"] == Aggregation.RATIO) is formula(row).is_percent, row["code"]

    def test_only_sessions_per_group_cannot_be_added_up(self) -> None:
        medians = [row["code"] for row in FORM["indicators"] if Aggregation(row["aggregation"]) is Aggregation.MEDIAN]

        assert medians == ["sessions_per_group"]

    def test_comparisons_are_errors_and_the_rest_warnings(self) -> None:
        for check in checks():
            assert (check.severity is Severity.ERROR) is (check.rule is Rule.COMPARE), check.code

    def test_only_what_may_not_have_taken_place_is_optional(self) -> None:
        optional = {row["code"] for row in FORM["elements"] if not row["required"]}

        assert optional == {
            "mentees_answered", "mentees_satisfied", "mentors_answered", "mentors_satisfied", "mentees_measured",
            "mentees_improved", "closing_event_present", "council_present",
        }  # fmt: skip


class TestInUse:
    def test_a_school_in_order_has_no_problems(self) -> None:
        assert problems({}) == []

    @pytest.mark.parametrize(
        ("values", "check"),
        [
            ({"mentors": 11}, "mentors_within_staff"),
            ({"mentees_in_pairs": 11}, "pairs_within_mentees"),
            ({"plans_completed": 11}, "completed_within_due"),
            ({"roadmap_done": 11}, "done_within_due"),
            ({"publications": -1}, "below_minimum"),
        ],
    )
    def test_what_cannot_be_stops_a_submission(self, values: dict[str, int], check: str) -> None:
        assert (check, Severity.ERROR) in problems(values)

    @pytest.mark.parametrize(
        ("values", "check"),
        [({"closing_event_present": 11}, "share_over_100"), ({"plans_completed": 4}, "target_missed_by_half")],
    )
    def test_what_is_odd_is_let_through_with_an_explanation(self, values: dict[str, int], check: str) -> None:
        assert problems(values) == [(check, Severity.WARNING)]

    def test_a_jump_against_the_last_accepted_revision_is_a_warning(self) -> None:
        assert problems({}, last_accepted={"mentors": 7}) == [("jump", Severity.WARNING)]

    def test_an_overruled_count_without_a_reason_stops_a_submission(self) -> None:
        assert problems({}, counted={"mentors": 9}) == [("overruled", Severity.ERROR)]
