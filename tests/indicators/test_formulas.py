"""Formulas: sums, ratios, municipal values, quartiles, targets and rounding."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.indicators.formulas import (
    PERCENT,
    Aggregation,
    Direction,
    Formula,
    FormulaError,
    Parts,
    Quartiles,
    TargetState,
    Term,
    describe,
    median,
    municipal_value,
    parse_sum,
    print_sum,
    quartiles,
    ratio,
    rounded,
    sum_terms,
    target_state,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARE = Formula.parse("mentor_share", "mentors", "teaching_staff", PERCENT)
COUNT = Formula.parse("publications", "publications")

codes = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
terms = st.lists(st.builds(Term, st.sampled_from([1, -1]), codes), min_size=1, max_size=8).map(tuple)
numbers = st.integers(0, 10**9).map(Decimal)
sizes = st.integers(1, 10**9).map(Decimal)
known_parts = st.builds(Parts, numbers, sizes, st.just(value=False))
any_parts = st.builds(Parts, st.none() | numbers, st.none() | numbers, st.just(value=False))
count_parts = st.builds(Parts, st.none() | numbers, st.none(), st.just(value=True))
any_values = st.lists(st.none() | numbers, max_size=40)


def number(value: int | None) -> Decimal | None:
    """Turn a plain number into what formulas work on."""
    return None if value is None else Decimal(value)


def schools(*pairs: tuple[int | None, int | None]) -> list[Parts]:
    """Parts of schools, written as plain numbers."""
    return [Parts(number(numerator), number(denominator)) for numerator, denominator in pairs]


def counts(*numerators: int | None) -> list[Parts]:
    """Parts of a plain count in each school."""
    return [Parts(number(numerator), None, is_count=True) for numerator in numerators]


class TestReadingSums:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("mentors", [(1, "mentors")]),
            ("a + b - c", [(1, "a"), (1, "b"), (-1, "c")]),
            ("  a+b ", [(1, "a"), (1, "b")]),
            ("-a + b_2", [(-1, "a"), (1, "b_2")]),
            ("a \N{MINUS SIGN} b", [(1, "a"), (-1, "b")]),
        ],
    )
    def test_a_sum_of_codes_is_read(self, text: str, expected: list[tuple[int, str]]) -> None:
        assert [(term.sign, term.code) for term in parse_sum(text)] == expected

    @pytest.mark.parametrize("text", ["", "  ", "a b", "a +", "a ++ b", "12", "Mentors", "a * b", "a + (b)", "доля"])
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(FormulaError):
            parse_sum(text)

    def test_a_refusal_names_the_text_and_the_place(self) -> None:
        with pytest.raises(FormulaError, match="“a \\* b” from character 3"):
            parse_sum("a * b")

    def test_a_refusal_can_be_translated(self) -> None:
        with pytest.raises(FormulaError) as refusal:
            parse_sum("a * b")

        assert refusal.value.template % refusal.value.params == str(refusal.value)

    @pytest.mark.parametrize(("sign", "code"), [(0, "a"), (2, "a"), (1, ""), (1, "A"), (1, "a b")])
    def test_a_term_that_could_not_be_read_back_is_refused(self, sign: int, code: str) -> None:
        with pytest.raises(FormulaError):
            Term(sign, code)

    @given(terms)
    def test_what_is_printed_reads_back_the_same(self, some: tuple[Term, ...]) -> None:
        assert parse_sum(print_sum(some)) == some

    def test_a_sum_is_printed_as_people_write_it(self) -> None:
        assert print_sum(parse_sum("a+b-c")) == "a + b - c"


class TestSums:
    def test_terms_are_added_and_subtracted(self) -> None:
        values = {"a": Decimal(5), "b": Decimal(3), "c": Decimal(1)}

        assert sum_terms(parse_sum("a + b - c"), values) == 7

    @pytest.mark.parametrize("values", [{"a": Decimal(5)}, {"a": Decimal(5), "b": None}])
    def test_one_missing_term_makes_the_sum_missing(self, values: dict[str, Decimal | None]) -> None:
        assert sum_terms(parse_sum("a + b"), values) is None

    def test_zero_is_not_missing(self) -> None:
        assert sum_terms(parse_sum("a"), {"a": Decimal(0)}) == 0


class TestOneSchool:
    def test_a_share_is_numerator_over_denominator_in_percent(self) -> None:
        assert SHARE.value({"mentors": Decimal(3), "teaching_staff": Decimal(40)}) == Decimal("7.5")

    def test_a_count_is_its_numerator(self) -> None:
        assert COUNT.value({"publications": Decimal(4)}) == 4

    def test_a_count_is_multiplied_by_its_factor(self) -> None:
        thousands = Formula.parse("pages", "pages", factor=Decimal("0.001"))

        assert thousands.value({"pages": Decimal(2500)}) == Decimal("2.5")

    @pytest.mark.parametrize(
        "values",
        [{}, {"mentors": Decimal(3)}, {"teaching_staff": Decimal(40)}, {"mentors": None, "teaching_staff": None}],
    )
    def test_a_missing_part_gives_no_value(self, values: dict[str, Decimal | None]) -> None:
        assert SHARE.value(values) is None

    @given(numbers)
    def test_a_zero_denominator_gives_no_value(self, mentors: Decimal) -> None:
        assert SHARE.value({"mentors": mentors, "teaching_staff": Decimal(0)}) is None

    def test_a_zero_numerator_gives_zero(self) -> None:
        assert SHARE.value({"mentors": Decimal(0), "teaching_staff": Decimal(40)}) == 0

    def test_dividing_comes_last_so_that_no_digit_is_lost(self) -> None:
        assert ratio(Parts(Decimal(1), Decimal(3)), Decimal(3)) == 1

    def test_a_formula_names_the_data_elements_it_needs_once_each(self) -> None:
        formula = Formula.parse("x", "a + b", "b + c", PERCENT)

        assert formula.element_codes == ("a", "b", "c")

    @pytest.mark.parametrize(("formula", "is_percent"), [(SHARE, True), (COUNT, False)])
    def test_only_a_ratio_times_a_hundred_is_a_percent(self, formula: Formula, is_percent: bool) -> None:
        assert formula.is_percent is is_percent


class TestManySchools:
    def test_the_municipal_value_is_the_ratio_of_sums_not_the_mean_of_percents(self) -> None:
        parts = schools((1, 10), (90, 100))

        assert municipal_value(SHARE, parts, Aggregation.RATIO) == Decimal(91 * 100) / 110

    def test_a_school_with_a_missing_part_is_left_out_of_both_sums(self) -> None:
        assert total(schools((1, 10), (None, 50), (7, None))) == Parts(Decimal(1), Decimal(10))

    def test_a_school_with_a_zero_denominator_takes_part_with_its_zero(self) -> None:
        assert total(schools((1, 10), (0, 0))) == Parts(Decimal(1), Decimal(10))

    def test_only_zero_denominators_give_no_value(self) -> None:
        assert municipal_value(SHARE, schools((0, 0), (0, 0)), Aggregation.RATIO) is None

    def test_counts_are_added_up_without_the_missing(self) -> None:
        assert municipal_value(COUNT, counts(2, None, 3), Aggregation.SUM) == 5

    def test_what_cannot_be_added_is_given_by_its_median(self) -> None:
        assert municipal_value(COUNT, counts(1, 9, None, 3), Aggregation.MEDIAN) == 3

    @pytest.mark.parametrize("aggregation", list(Aggregation))
    @pytest.mark.parametrize("parts", [[], [Parts(None, None)], counts(None)])
    def test_nobody_known_gives_no_value(self, parts: list[Parts], aggregation: Aggregation) -> None:
        assert municipal_value(SHARE, parts, aggregation) is None

    def test_a_sum_over_schools_is_not_judged_by_a_schools_target(self) -> None:
        assert [one for one in Aggregation if one.keeps_target] == [Aggregation.RATIO, Aggregation.MEDIAN]

    @given(st.lists(known_parts, min_size=1, max_size=40))
    def test_totals_are_the_sums_of_the_parts(self, parts: list[Parts]) -> None:
        whole = total(parts)

        assert whole.numerator == sum(part.numerator for part in parts if part.numerator is not None)
        assert whole.denominator == sum(part.denominator for part in parts if part.denominator is not None)

    @given(st.lists(any_parts, max_size=20), st.lists(any_parts, max_size=20))
    def test_the_total_of_territories_is_the_total_of_their_schools(self, one: list[Parts], two: list[Parts]) -> None:
        assert total([total(one), total(two)]) == total(one + two)

    @given(st.lists(known_parts, min_size=1, max_size=40))
    def test_the_municipal_ratio_lies_between_the_schools_ratios(self, parts: list[Parts]) -> None:
        ratios = [value for part in parts if (value := ratio(part, PERCENT)) is not None]
        value = municipal_value(SHARE, parts, Aggregation.RATIO)

        assert value is not None
        assert min(ratios) <= value <= max(ratios)

    @given(st.lists(any_parts, max_size=40))
    def test_missing_schools_change_nothing(self, parts: list[Parts]) -> None:
        known = [part for part in parts if part.numerator is not None and part.denominator is not None]

        assert total(parts) == total(known)

    @given(st.lists(any_parts, max_size=20).flatmap(lambda parts: st.tuples(st.just(parts), st.permutations(parts))))
    def test_the_order_of_schools_does_not_matter(self, orders: tuple[list[Parts], list[Parts]]) -> None:
        for aggregation in Aggregation:
            first, second = (municipal_value(SHARE, parts, aggregation) for parts in orders)
            assert first == second

    @given(st.lists(count_parts, max_size=40))
    def test_a_total_of_counts_is_the_sum_of_those_known(self, parts: list[Parts]) -> None:
        known = [part.numerator for part in parts if part.numerator is not None]

        assert municipal_value(COUNT, parts, Aggregation.SUM) == (sum(known) if known else None)

    def test_a_description_tells_value_spread_and_coverage(self) -> None:
        found = describe(SHARE, schools((1, 10), (3, 10), (0, 0), (None, 10)), Aggregation.RATIO)

        assert found.value == 20
        assert found.quartiles == Quartiles(Decimal(15), Decimal(20), Decimal(25))
        assert (found.known, found.schools) == (2, 4)


class TestQuartiles:
    def test_they_are_those_of_a_spreadsheet(self) -> None:
        """QUARTILE.INC({1;2;4;7;8;9;10;12}; 1, 2, 3) gives 3.5, 7.5, 9.25."""
        values = [Decimal(number) for number in (12, 1, 9, 2, 8, 4, 10, 7)]

        assert quartiles(values) == Quartiles(Decimal("3.5"), Decimal("7.5"), Decimal("9.25"))

    def test_a_single_value_is_all_of_its_quartiles(self) -> None:
        assert quartiles([None, Decimal(7)]) == Quartiles(Decimal(7), Decimal(7), Decimal(7))

    @pytest.mark.parametrize("values", [[], [None, None]])
    def test_there_are_none_of_nothing(self, values: Sequence[Decimal | None]) -> None:
        assert quartiles(values) is None
        assert median(values) is None

    @given(any_values)
    def test_they_are_ordered_and_lie_within_the_values(self, values: list[Decimal | None]) -> None:
        known = [value for value in values if value is not None]
        found = quartiles(values)

        assert (found is None) is (not known)
        if found is not None:
            assert min(known) <= found.lower <= found.median <= found.upper <= max(known)

    @given(any_values)
    def test_the_middle_quartile_is_the_median(self, values: list[Decimal | None]) -> None:
        found = quartiles(values)

        assert median(values) == (None if found is None else found.median)

    @given(any_values.flatmap(lambda values: st.tuples(st.just(values), st.permutations(values))))
    def test_the_order_of_values_does_not_matter(
        self, orders: tuple[list[Decimal | None], list[Decimal | None]]
    ) -> None:
        assert quartiles(orders[0]) == quartiles(orders[1])


class TestTargets:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("90", TargetState.REACHED),
            ("95", TargetState.REACHED),
            ("89.96", TargetState.CLOSE),
            ("81", TargetState.CLOSE),
            ("80.9", TargetState.MISSED),
        ],
    )
    def test_more_is_better(self, value: str, expected: TargetState) -> None:
        assert target_state(Decimal(value), Decimal(90), Direction.UP) is expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [("10", TargetState.REACHED), ("11", TargetState.CLOSE), ("11.1", TargetState.MISSED)],
    )
    def test_less_is_better(self, value: str, expected: TargetState) -> None:
        assert target_state(Decimal(value), Decimal(10), Direction.DOWN) is expected

    @pytest.mark.parametrize(("value", "target"), [(None, Decimal(5)), (Decimal(5), None), (None, None)])
    def test_without_a_value_or_a_target_nothing_is_known(self, value: Decimal | None, target: Decimal | None) -> None:
        assert target_state(value, target, Direction.UP) is TargetState.UNKNOWN

    def test_how_near_is_close_can_be_set(self) -> None:
        assert target_state(Decimal(60), Decimal(90), Direction.UP, Decimal("0.5")) is TargetState.CLOSE

    def test_close_to_a_negative_target_is_close(self) -> None:
        assert target_state(Decimal("-10.5"), Decimal(-10), Direction.UP) is TargetState.CLOSE

    @given(numbers, numbers)
    def test_the_two_directions_mirror_each_other(self, value: Decimal, target: Decimal) -> None:
        assert target_state(value, target, Direction.UP) is target_state(-value, -target, Direction.DOWN)


class TestRounding:
    @pytest.mark.parametrize(
        ("value", "decimals", "expected"),
        [("0.25", 1, "0.3"), ("0.35", 1, "0.4"), ("-0.25", 1, "-0.3"), ("2.5", 0, "3"), ("66.666", 2, "66.67")],
    )
    def test_a_half_is_rounded_away_from_zero(self, value: str, decimals: int, expected: str) -> None:
        assert str(rounded(Decimal(value), decimals)) == expected

    def test_zero_has_no_sign(self) -> None:
        assert str(rounded(Decimal("-0.04"))) == "0.0"

    @given(st.decimals(allow_nan=False, allow_infinity=False), st.integers(0, 6))
    def test_any_finite_number_can_be_rounded_and_moves_by_half_a_step_at_most(
        self, value: Decimal, decimals: int
    ) -> None:
        step = Decimal(1).scaleb(-decimals)

        result = rounded(value, decimals)

        assert abs(result - value) * 2 <= step
        assert rounded(result, decimals) == result
