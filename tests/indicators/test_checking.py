"""Checks of a school's numbers: each rule, the elements' own properties, order and robustness."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.indicators.checking import (
    Check,
    ElementRule,
    Finding,
    IndicatorRule,
    Operator,
    Rule,
    Severity,
    check_number,
    find_problems,
    written,
)
from mentoring_reports.indicators.formulas import PERCENT, Direction, Formula, FormulaError

STAFF = ElementRule("staff", "Staff")
MENTORS = ElementRule("mentors", "Mentors")
EXTRA = ElementRule("extra", "Extra", required=False)
ELEMENTS = (STAFF, MENTORS, EXTRA)

SHARE = IndicatorRule("Share of mentors", Formula.parse("share", "mentors", "staff", PERCENT))
COUNT = IndicatorRule("Number of mentors", Formula.parse("count", "mentors"))
INDICATORS = (SHARE, COUNT)

WITHIN = Check("within", Rule.COMPARE, "mentors", Operator.AT_MOST, "staff", Severity.ERROR, "{left} > {right}")
JUMP = Check("jump", Rule.CHANGE, "", Operator.MORE, "30", Severity.WARNING, "{name}: {last} → {left}, {change}")
OVERRULED = Check("own", Rule.OVERRULED, "", Operator.NOT_EQUAL, "", Severity.WARNING, "{name}: {right}, not {left}")
OVER = Check("over", Rule.INDICATOR_OVER, "", Operator.MORE, "100", Severity.WARNING, "{name} is {left} %")
TARGET = Check("target", Rule.TARGET_MISSED, "", Operator.LESS, "0.5", Severity.WARNING, "{name}: {left} of {target}")
ALL_CHECKS = (WITHIN, JUMP, OVERRULED, OVER, TARGET)


def numbers(**given: float | str | None) -> dict[str, Decimal | None]:
    """Values of data elements, written as plain numbers."""
    return {code: None if value is None else Decimal(str(value)) for code, value in given.items()}


def found(*checks: Check, values: dict[str, Decimal | None], **known: dict[str, Decimal | None]) -> list[Finding]:
    """Find problems of the small form above."""
    return find_problems(ELEMENTS, INDICATORS, checks, values, **known)  # type: ignore[arg-type]


class TestANumberByItself:
    @pytest.mark.parametrize("value", ["0", "7", "7.0", "1E+3"])
    def test_a_whole_number_within_bounds_is_fine(self, value: str) -> None:
        assert list(check_number(STAFF, Decimal(value))) == []

    @pytest.mark.parametrize(
        ("value", "codes"),
        [
            ("7.5", ["not_whole"]),
            ("-1", ["below_minimum"]),
            ("-1.5", ["not_whole", "below_minimum"]),
            ("101", ["above_maximum"]),
            ("NaN", ["not_a_number"]),
            ("sNaN", ["not_a_number"]),
            ("Infinity", ["not_a_number"]),
            ("1E+400", ["not_a_number"]),
            ("1E-400", ["not_a_number"]),
        ],
    )
    def test_a_wrong_number_is_an_error(self, value: str, codes: list[str]) -> None:
        findings = list(check_number(replace(STAFF, maximum=Decimal(100)), Decimal(value)))

        assert [finding.check_code for finding in findings] == codes
        assert {finding.severity for finding in findings} == {Severity.ERROR}

    def test_the_largest_possible_number_is_fine(self) -> None:
        assert list(check_number(replace(STAFF, maximum=Decimal(100)), Decimal(100))) == []

    def test_a_fraction_is_fine_where_the_element_allows_it(self) -> None:
        assert list(check_number(replace(STAFF, whole=False), Decimal("7.5"))) == []

    def test_a_negative_number_is_fine_where_the_element_has_no_minimum(self) -> None:
        assert list(check_number(replace(STAFF, minimum=None), Decimal(-1))) == []

    def test_a_required_number_that_is_missing_is_an_error(self) -> None:
        (finding,) = check_number(STAFF, None)

        assert (finding.check_code, finding.severity) == ("missing", Severity.ERROR)
        assert finding.element_codes == ("staff",)

    def test_an_optional_number_may_be_missing(self) -> None:
        assert list(check_number(EXTRA, None)) == []

    def test_the_message_is_translated_before_it_is_filled(self) -> None:
        (finding,) = check_number(STAFF, Decimal("1234.5"), lambda text: f"RU {text}")

        assert finding.message == "RU “Staff”: enter a whole number instead of 1\N{NO-BREAK SPACE}234,5."


class TestComparison:
    def test_one_that_does_not_hold_is_found_with_its_numbers_and_elements(self) -> None:
        findings = found(WITHIN, values=numbers(staff=10, mentors=12))

        assert findings == [Finding("within", Severity.ERROR, ("mentors", "staff"), "12 > 10")]

    def test_one_that_holds_finds_nothing(self) -> None:
        assert found(WITHIN, values=numbers(staff=10, mentors=10)) == []

    def test_a_missing_side_finds_only_that_it_is_missing(self) -> None:
        findings = found(WITHIN, values=numbers(staff=None, mentors=12))

        assert [finding.check_code for finding in findings] == ["missing"]

    def test_a_side_may_be_a_sum(self) -> None:
        check = replace(WITHIN, left="mentors + extra")

        assert len(found(check, values=numbers(staff=10, mentors=8, extra=3))) == 1
        assert found(check, values=numbers(staff=10, mentors=8, extra=2)) == []

    def test_a_side_may_be_a_number(self) -> None:
        check = replace(WITHIN, operator=Operator.AT_LEAST, right="2.5")

        (finding,) = found(check, values=numbers(staff=10, mentors=2))

        assert (finding.message, finding.element_codes) == ("2 > 2,5", ("mentors",))

    @pytest.mark.parametrize(
        ("operator", "holds"),
        [("<=", "1 2"), ("<", "1"), (">=", "2 3"), (">", "3"), ("=", "2"), ("!=", "1 3")],
    )
    def test_every_operator_says_what_must_hold(self, operator: str, holds: str) -> None:
        check = replace(WITHIN, operator=Operator(operator), right="2")

        fine = [n for n in (1, 2, 3) if not found(check, values=numbers(staff=1, mentors=n))]

        assert " ".join(map(str, fine)) == holds


class TestJump:
    @pytest.mark.parametrize("value", [131, 69])
    def test_a_change_beyond_the_limit_is_found_either_way(self, value: int) -> None:
        (finding,) = found(JUMP, values=numbers(staff=value, mentors=1), last_accepted=numbers(staff=100))

        assert (finding.severity, finding.subject) == (Severity.WARNING, "staff")

    @pytest.mark.parametrize("value", [130, 100, 70])
    def test_a_change_up_to_the_limit_is_not(self, value: int) -> None:
        assert found(JUMP, values=numbers(staff=value, mentors=1), last_accepted=numbers(staff=100)) == []

    @pytest.mark.parametrize(("value", "jumps"), [(0, 0), (4, 0), (5, 1)])
    def test_from_zero_only_a_sizeable_number_is_a_jump(self, value: int, jumps: int) -> None:
        findings = found(JUMP, values=numbers(staff=value, mentors=0), last_accepted=numbers(staff=0))

        assert len(findings) == jumps

    def test_falling_to_zero_is_a_jump(self) -> None:
        assert len(found(JUMP, values=numbers(staff=0, mentors=0), last_accepted=numbers(staff=3))) == 1

    def test_a_first_report_has_no_jumps(self) -> None:
        assert found(JUMP, values=numbers(staff=100, mentors=1)) == []

    def test_the_message_tells_both_values_and_the_change(self) -> None:
        (finding,) = found(JUMP, values=numbers(staff=50, mentors=1), last_accepted=numbers(staff=150))

        assert finding.message == "Staff: 150 → 50, −66,7\N{NO-BREAK SPACE}%"

    def test_only_the_elements_named_are_looked_at(self) -> None:
        values, last = numbers(staff=90, mentors=9), numbers(staff=10, mentors=1)

        findings = found(replace(JUMP, left="mentors"), values=values, last_accepted=last)

        assert [finding.subject for finding in findings] == ["mentors"]


class TestOverruledCount:
    def overrule(self, reason: str | None, **values: float | None) -> list[Finding]:
        """Submit values against counts of 10 and 2, with a reason for the staff."""
        return find_problems(
            ELEMENTS,
            INDICATORS,
            [OVERRULED],
            numbers(**{"staff": 10, "mentors": 2, **values}),
            counted=numbers(staff=10, mentors=2, extra=None),
            reasons={} if reason is None else {"staff": reason},
        )

    def test_the_count_itself_finds_nothing(self) -> None:
        assert self.overrule(None) == []

    def test_with_a_reason_it_is_a_warning(self) -> None:
        (finding,) = self.overrule("Two came on the last day", staff=12)

        assert (finding.severity, finding.message) == (Severity.WARNING, "Staff: 10, not 12")

    @pytest.mark.parametrize("reason", [None, "", "  "])
    def test_without_a_reason_it_is_an_error(self, reason: str | None) -> None:
        (finding,) = self.overrule(reason, staff=12)

        assert (finding.check_code, finding.severity) == ("own", Severity.ERROR)
        assert "Give the reason" in finding.message

    def test_a_blank_is_reported_as_missing_only(self) -> None:
        assert [finding.check_code for finding in self.overrule(None, staff=None)] == ["missing"]

    def test_an_optional_count_that_was_blanked_is_overruled(self) -> None:
        findings = found(OVERRULED, values=numbers(staff=1, mentors=1), counted=numbers(extra=3))

        assert [(finding.subject, finding.severity) for finding in findings] == [("extra", Severity.ERROR)]

    def test_a_number_that_the_register_does_not_count_is_not_overruled(self) -> None:
        assert self.overrule(None, extra=5) == []


class TestIndicatorChecks:
    def test_a_share_over_the_limit_is_found_beside_its_elements(self) -> None:
        findings = found(OVER, values=numbers(staff=10, mentors=11))

        assert findings == [
            Finding("over", Severity.WARNING, ("mentors", "staff"), "Share of mentors is 110 %", "share")
        ]

    def test_a_count_over_a_hundred_is_no_share(self) -> None:
        assert found(OVER, values=numbers(staff=200, mentors=150)) == []

    @pytest.mark.parametrize("values", [numbers(staff=0, mentors=5), numbers(staff=10, mentors=10)])
    def test_no_value_and_exactly_the_limit_find_nothing(self, values: dict[str, Decimal | None]) -> None:
        assert found(OVER, values=values) == []

    @pytest.mark.parametrize(("mentors", "missed"), [(2, True), (3, False), (6, False)])
    def test_a_target_missed_by_half_is_found(self, mentors: int, missed: bool) -> None:
        findings = found(TARGET, values=numbers(staff=100, mentors=mentors), targets=numbers(share=6))

        assert bool(findings) is missed

    def test_the_message_tells_value_and_target(self) -> None:
        (finding,) = found(TARGET, values=numbers(staff=100, mentors=2), targets=numbers(share=6))

        assert (finding.message, finding.subject) == ("Share of mentors: 2 of 6", "share")

    @pytest.mark.parametrize(("mentors", "missed"), [(5, False), (10, False), (11, True)])
    def test_where_less_is_better_twice_the_target_is_the_limit(self, mentors: int, missed: bool) -> None:
        less = replace(COUNT, direction=Direction.DOWN)

        findings = find_problems(
            ELEMENTS, [less], [TARGET], numbers(staff=100, mentors=mentors), targets=numbers(count=5)
        )

        assert bool(findings) is missed

    def test_an_indicator_without_a_target_cannot_miss_it(self) -> None:
        assert found(TARGET, values=numbers(staff=100, mentors=0), targets=numbers(share=None)) == []

    def test_only_the_indicators_named_are_looked_at(self) -> None:
        check, targets = replace(TARGET, left="count"), numbers(share=50, count=50)

        findings = found(check, values=numbers(staff=100, mentors=1), targets=targets)

        assert [finding.subject for finding in findings] == ["count"]


class TestMessages:
    def test_an_unknown_placeholder_stays_as_it_is(self) -> None:
        check = replace(WITHIN, message="{left} {nothing} {left.__class__} {0} {")

        (finding,) = found(check, values=numbers(staff=1, mentors=2))

        assert finding.message == "2 {nothing} {left.__class__} {0} {"

    def test_a_name_in_braces_is_not_filled_again(self) -> None:
        staff = replace(STAFF, name="{right}")

        (finding,) = find_problems([staff], [], [JUMP], numbers(staff=9), last_accepted=numbers(staff=1))

        assert finding.message.startswith("{right}: 1")

    @pytest.mark.parametrize(
        ("value", "text"), [("1234567.50", "1 234 567,5"), ("100", "100"), ("-0.04", "0"), ("33.333", "33,3")]
    )
    def test_numbers_are_written_as_in_russian(self, value: str, text: str) -> None:
        assert written(Decimal(value)).replace("\N{NO-BREAK SPACE}", " ") == text

    def test_findings_of_one_check_are_told_apart_by_their_keys(self) -> None:
        last = numbers(staff=10, mentors=1)

        findings = found(WITHIN, JUMP, values=numbers(staff=20, mentors=30), last_accepted=last)

        assert [finding.key for finding in findings] == ["within", "jump:staff", "jump:mentors"]


class TestReadingAChecksRow:
    def test_texts_from_a_file_become_members(self) -> None:
        check = Check("c", "compare", "a", "<=", "b", "error", "m")  # type: ignore[arg-type]

        assert (check.rule, check.operator, check.severity) == (Rule.COMPARE, Operator.AT_MOST, Severity.ERROR)

    @pytest.mark.parametrize(
        "change",
        [
            {"left": "a *"},
            {"right": ""},
            {"rule": "guess"},
            {"operator": "~"},
            {"operator": None},
            {"severity": "fatal"},
            {"rule": Rule.CHANGE},
            {"rule": Rule.TARGET_MISSED, "right": "half"},
            {"rule": Rule.INDICATOR_OVER, "right": "1e5"},
            {"code": "missing"},
        ],
    )
    def test_one_that_no_number_could_satisfy_is_refused(self, change: dict[str, str | None]) -> None:
        with pytest.raises(FormulaError):
            replace(WITHIN, **change)  # type: ignore[arg-type]

    def test_only_a_comparison_needs_an_operator(self) -> None:
        check = replace(JUMP, operator=None)

        assert len(found(check, values=numbers(staff=9, mentors=1), last_accepted=numbers(staff=1))) == 1

    def test_it_names_the_codes_it_uses(self) -> None:
        assert replace(WITHIN, left="a + b", right="b - c").codes == ("a", "b", "c")
        assert replace(JUMP, left="a b a").codes == ("a", "b")


class TestEverything:
    codes = st.sampled_from(["staff", "mentors", "extra", "unknown"])
    values = st.dictionaries(codes, st.none() | st.decimals() | st.integers(-5, 200).map(Decimal))
    targets = st.dictionaries(st.sampled_from(["share", "count"]), st.none() | st.decimals())

    @given(values, values, values, targets, st.dictionaries(codes, st.text(max_size=3)))
    def test_no_numbers_can_make_it_fail(
        self,
        values: dict[str, Decimal | None],
        counted: dict[str, Decimal | None],
        last: dict[str, Decimal | None],
        targets: dict[str, Decimal | None],
        reasons: dict[str, str],
    ) -> None:
        findings = find_problems(
            ELEMENTS, INDICATORS, ALL_CHECKS, values,
            counted=counted, reasons=reasons, last_accepted=last, targets=targets,
        )  # fmt: skip

        assert all(finding.message for finding in findings)
        assert len({finding.key for finding in findings}) == len(findings)

    @given(values, values)
    def test_findings_come_in_the_order_of_checks_then_elements(
        self, values: dict[str, Decimal | None], last: dict[str, Decimal | None]
    ) -> None:
        findings = found(*ALL_CHECKS, values=values, last_accepted=last, counted=last)
        checks = [check.code for check in ALL_CHECKS]
        subjects = ["", "staff", "mentors", "extra", "share", "count"]
        places = [(checks.index(f.check_code), subjects.index(f.subject)) for f in findings if f.check_code in checks]

        assert places == sorted(places)

    @given(st.integers(0, 200), st.integers(0, 200))
    def test_numbers_equal_to_counts_and_last_accepted_are_only_compared(self, staff: int, mentors: int) -> None:
        values = numbers(staff=staff, mentors=mentors)

        findings = found(WITHIN, JUMP, OVERRULED, values=values, counted=values, last_accepted=values)

        assert [finding.check_code for finding in findings] == (["within"] if mentors > staff else [])
