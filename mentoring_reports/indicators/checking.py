"""Checks of a school's numbers. They are rows of a report form, held here as data, never code of their own.

Pure functions like ``formulas``: the caller brings the numbers and shows, translates or stores what is found.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from .formulas import PERCENT, Direction, Formula, FormulaError, Term, gettext_noop, parse_sum, rounded, sum_terms

Values: TypeAlias = Mapping[str, Decimal | None]

# From nothing to a few is how most numbers start; only from this size on is it a jump.
SMALLEST_JUMP_FROM_ZERO = Decimal(5)
# A number with more digits than this before or after the point is a slip of the keyboard. The limits also keep every
# sum and ratio of a form inside Decimal's range.
MOST_DIGITS_BEFORE_POINT = 12
MOST_DIGITS_AFTER_POINT = 6

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


class Severity(StrEnum):
    """An error stops a submission; a warning lets it through with an explanation."""

    ERROR = "error"
    WARNING = "warning"


class Rule(StrEnum):
    """What a check looks at."""

    COMPARE = "compare"
    CHANGE = "change"
    OVERRULED = "overruled"
    INDICATOR_OVER = "indicator_over"
    TARGET_MISSED = "target_missed"


class Operator(StrEnum):
    """What must hold between the two sides of a comparison."""

    AT_MOST = "<="
    LESS = "<"
    AT_LEAST = ">="
    MORE = ">"
    EQUAL = "="
    NOT_EQUAL = "!="

    def holds(self, left: Decimal, right: Decimal) -> bool:
        """Whether ``left`` stands to ``right`` as the operator says."""
        return _COMPARISONS[self](left, right)


_COMPARISONS: dict[Operator, Callable[[Decimal, Decimal], bool]] = {
    Operator.AT_MOST: operator.le,
    Operator.LESS: operator.lt,
    Operator.AT_LEAST: operator.ge,
    Operator.MORE: operator.gt,
    Operator.EQUAL: operator.eq,
    Operator.NOT_EQUAL: operator.ne,
}


class NumberProblem(StrEnum):
    """Codes of the findings that a data element's own properties make; no check of a form may take them."""

    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    BELOW_MINIMUM = "below_minimum"
    ABOVE_MAXIMUM = "above_maximum"


NUMBER_MESSAGES: dict[NumberProblem, str] = {
    NumberProblem.MISSING: gettext_noop("“{name}”: enter a number. If there was nothing to count, enter 0."),
    NumberProblem.NOT_A_NUMBER: gettext_noop("“{name}”: this is not a number of a sensible size."),
    NumberProblem.NOT_WHOLE: gettext_noop("“{name}”: enter a whole number instead of {left}."),
    NumberProblem.BELOW_MINIMUM: gettext_noop("“{name}”: {left} is less than the smallest possible {right}."),
    NumberProblem.ABOVE_MAXIMUM: gettext_noop("“{name}”: {left} is more than the largest possible {right}."),
}
REASON_MISSING = gettext_noop("“{name}”: counted {right}, entered {left}. Give the reason or restore the count.")


@dataclass(frozen=True, slots=True)
class ElementRule:
    """What a report form demands of one data element."""

    code: str
    name: str
    whole: bool = True
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """An indicator as checks need it."""

    name: str
    formula: Formula
    direction: Direction = Direction.UP

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.formula.code


@dataclass(frozen=True, slots=True)
class Check:
    """One row of a report form's checks. Raises ``FormulaError`` when it cannot be understood.

    ``left`` is a sum for a comparison, otherwise the codes looked at, parted by spaces (empty: all). ``right`` is a
    sum or a number: for CHANGE and INDICATOR_OVER percents, for TARGET_MISSED a share of the target, for OVERRULED
    nothing. ``operator`` says what must hold in a comparison; the other rules do not read it and may have none.
    ``message`` may hold ``{code}``, ``{name}``, ``{left}``, ``{right}``; for CHANGE also ``{last}`` and ``{change}``;
    for TARGET_MISSED also ``{target}``. Any other text in braces stays as it is.
    """

    code: str
    rule: Rule
    left: str
    operator: Operator | None
    right: str
    severity: Severity
    message: str

    def __post_init__(self) -> None:
        """Turn texts from a database or a file into members, and refuse what no number could satisfy."""
        _take_member(self, "rule", Rule)
        if self.operator or self.rule is Rule.COMPARE:
            _take_member(self, "operator", Operator)
        _take_member(self, "severity", Severity)
        if self.code in list(NumberProblem):
            raise FormulaError(gettext_noop("The code “%(code)s” is taken by a built-in check."), code=self.code)
        if self.rule is Rule.COMPARE:
            read_side(self.left)
            read_side(self.right)
        elif self.rule is not Rule.OVERRULED and read_number(self.right) is None:
            raise FormulaError(gettext_noop("Check “%(code)s”: the right side must be a number."), code=self.code)

    @property
    def limit(self) -> Decimal:
        """The right side as a number; 0 where the rule needs none."""
        return read_number(self.right) or Decimal(0)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes it names: data elements, or indicators for the two rules about indicators. Empty: all."""
        if self.rule is Rule.COMPARE:
            return side_codes(self.left, self.right)
        return tuple(dict.fromkeys(self.left.split()))

    def looks_at(self, code: str) -> bool:
        """Whether a rule over a list of codes covers this one."""
        return not self.codes or code in self.codes


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found. ``subject`` is the data element or indicator it is about, empty for a comparison."""

    check_code: str
    severity: Severity
    element_codes: tuple[str, ...]
    message: str
    subject: str = ""

    @property
    def key(self) -> str:
        """Name of the finding within a submission: what an explanation of a warning is kept under."""
        return f"{self.check_code}:{self.subject}" if self.subject else self.check_code


@dataclass(frozen=True)
class _Numbers:
    """All that the rules look at, cleaned of what is no number."""

    elements: Sequence[ElementRule]
    indicators: Sequence[IndicatorRule]
    values: Values
    counted: Values
    reasons: Mapping[str, str]
    last_accepted: Values
    targets: Values
    smallest_jump: Decimal
    translate: Callable[[str], str] = field(repr=False)


def find_problems(  # noqa: PLR0913 - all that a check may look at, by name
    elements: Sequence[ElementRule],
    indicators: Sequence[IndicatorRule],
    checks: Iterable[Check],
    values: Values,
    *,
    counted: Values | None = None,
    reasons: Mapping[str, str] | None = None,
    last_accepted: Values | None = None,
    targets: Values | None = None,
    smallest_jump: Decimal = SMALLEST_JUMP_FROM_ZERO,
    translate: Callable[[str], str] = str,
) -> list[Finding]:
    """Everything that is wrong or odd about a school's numbers, whatever they are.

    First each element's own properties in the elements' order, then the checks in theirs, each over the elements or
    indicators in order. ``counted`` holds the counts that the school's register gave (none for typed elements),
    ``reasons`` why a count was overruled, by element; ``last_accepted`` the values of the last accepted revision;
    ``targets`` the targets by indicator. ``smallest_jump`` is the least change from an accepted 0 that counts as a
    jump. ``translate`` turns the built-in messages (not the checks' own) into the reader's language.
    """
    numbers = _Numbers(
        elements=elements,
        indicators=indicators,
        values=_usable(values),
        counted=_usable(counted or {}),
        reasons=reasons or {},
        last_accepted=_usable(last_accepted or {}),
        targets=_usable(targets or {}),
        smallest_jump=smallest_jump,
        translate=translate,
    )
    findings = [found for element in elements for found in check_number(element, values.get(element.code), translate)]
    for check in checks:
        findings.extend(_FINDERS[check.rule](check, numbers))
    return findings


def check_number(
    element: ElementRule, value: Decimal | None, translate: Callable[[str], str] = str
) -> Iterator[Finding]:
    """Check one number by itself: missing, not a number, not whole, out of its bounds. All findings are errors."""
    for problem, bound in _number_problems(element, value):
        message = _write(
            translate(NUMBER_MESSAGES[problem]),
            code=element.code,
            name=element.name,
            left="" if value is None else written(value),
            right="" if bound is None else written(bound),
        )
        yield Finding(problem, Severity.ERROR, (element.code,), message, element.code)


def read_side(text: str) -> Decimal | tuple[Term, ...]:
    """Read one side of a comparison: a number or a sum of data elements. Raises ``FormulaError``."""
    number = read_number(text)
    return parse_sum(text) if number is None else number


def read_number(text: str) -> Decimal | None:
    """Read a number of a report form, such as ``30`` or ``0.5``; nothing when it is none."""
    stripped = text.strip()
    return Decimal(stripped) if _NUMBER.fullmatch(stripped) and is_sensible(Decimal(stripped)) else None


def side_codes(*sides: str) -> tuple[str, ...]:
    """Codes of the data elements on the sides of a comparison, each once, in the order they are written."""
    read = [read_side(side) for side in sides]
    return tuple(dict.fromkeys(term.code for side in read if not isinstance(side, Decimal) for term in side))


def is_sensible(value: Decimal) -> bool:
    """Whether it is a finite number of at most 12 digits before the point and 6 after it."""
    if not value.is_finite():
        return False
    fits = -MOST_DIGITS_AFTER_POINT <= value.adjusted() < MOST_DIGITS_BEFORE_POINT
    return not value or (fits and value == rounded(value, MOST_DIGITS_AFTER_POINT))


def written(value: Decimal, decimals: int = 1) -> str:
    """Write a number as Russian does: decimal comma, thousands apart, no needless zeros."""
    if not value.is_finite() or value.adjusted() >= MOST_DIGITS_BEFORE_POINT:
        return str(value)
    text = f"{rounded(value, decimals):,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def _take_member(check: Check, name: str, kind: type[StrEnum]) -> None:
    """Replace a text by the member it names."""
    value = getattr(check, name)
    try:
        object.__setattr__(check, name, kind(value))
    except ValueError as error:
        template = gettext_noop("Check “%(code)s”: “%(value)s” is not a known %(kind)s.")
        raise FormulaError(template, code=check.code, value=value, kind=name) from error


def _usable(values: Values) -> dict[str, Decimal | None]:
    """Keep sensible numbers; the others count as missing (``check_number`` reports them)."""
    return {code: value if value is not None and is_sensible(value) else None for code, value in values.items()}


def _number_problems(element: ElementRule, value: Decimal | None) -> Iterator[tuple[NumberProblem, Decimal | None]]:
    """Yield each problem of a number with the bound it breaks."""
    if value is None:
        if element.required:
            yield NumberProblem.MISSING, None
    elif not is_sensible(value):
        yield NumberProblem.NOT_A_NUMBER, None
    else:
        if element.whole and value != value.to_integral_value():
            yield NumberProblem.NOT_WHOLE, None
        if element.minimum is not None and value < element.minimum:
            yield NumberProblem.BELOW_MINIMUM, element.minimum
        if element.maximum is not None and value > element.maximum:
            yield NumberProblem.ABOVE_MAXIMUM, element.maximum


def _write(template: str, **fields: str) -> str:
    """Fill the placeholders that are known; a message of a report form can neither fail nor reach into objects."""
    return _PLACEHOLDER.sub(lambda match: fields.get(match[1], match[0]), template)


def _side_value(text: str, values: Values) -> Decimal | None:
    """Return what one side of a comparison amounts to."""
    side = read_side(text)
    return side if isinstance(side, Decimal) else sum_terms(side, values)


def _compared(check: Check, numbers: _Numbers) -> Iterator[Finding]:
    """Find a comparison that does not hold."""
    left, right = _side_value(check.left, numbers.values), _side_value(check.right, numbers.values)
    if left is None or right is None or check.operator is None or check.operator.holds(left, right):
        return
    codes = check.codes
    names = ", ".join(element.name for element in numbers.elements if element.code in codes)
    fields = {"code": " ".join(codes), "name": names, "left": written(left), "right": written(right)}
    yield Finding(check.code, check.severity, codes, _write(check.message, **fields))


def _changed(check: Check, numbers: _Numbers) -> Iterator[Finding]:
    """Find data elements that jumped since the last accepted revision."""
    for element in numbers.elements:
        value, last = numbers.values.get(element.code), numbers.last_accepted.get(element.code)
        if value is None or last is None or not check.looks_at(element.code):
            continue
        if _is_jump(value, last, check.limit, numbers.smallest_jump):
            fields = {
                "left": written(value),
                "last": written(last),
                "right": written(check.limit),
                "change": _change(value, last),
            }
            yield _about_element(check, element, fields)


def _is_jump(value: Decimal, last: Decimal, percent: Decimal, smallest: Decimal) -> bool:
    """Whether a value moved by more than so many percent; from 0, where percents mean nothing, by at least so much."""
    if not last:
        return bool(value) and abs(value) >= smallest
    return abs(value - last) * PERCENT > abs(last) * percent


def _change(value: Decimal, last: Decimal) -> str:
    """Write the change in percent with its sign, or the difference itself when it starts from 0."""
    change = (value - last) * PERCENT / abs(last) if last else value
    sign = "+" if change > 0 else "\N{MINUS SIGN}"
    unit = "\N{NO-BREAK SPACE}%" if last else ""
    return f"{sign}{written(abs(rounded(change)))}{unit}"


def _overruled(check: Check, numbers: _Numbers) -> Iterator[Finding]:
    """Find counts that the school replaced: with a reason as the check says, without one an error."""
    for element in numbers.elements:
        value, count = numbers.values.get(element.code), numbers.counted.get(element.code)
        if count is None or value == count or not check.looks_at(element.code):
            continue
        if value is None and element.required:
            continue  # already reported as missing
        fields = {"left": "—" if value is None else written(value), "right": written(count)}
        if (numbers.reasons.get(element.code) or "").strip():
            yield _about_element(check, element, fields)
        else:
            fields |= {"code": element.code, "name": element.name}
            message = _write(numbers.translate(REASON_MISSING), **fields)
            yield Finding(check.code, Severity.ERROR, (element.code,), message, element.code)


def _indicator_over(check: Check, numbers: _Numbers) -> Iterator[Finding]:
    """Find shares above so many percent."""
    for indicator, value in _indicator_values(check, numbers):
        if indicator.formula.is_percent and value > check.limit:
            yield _about_indicator(check, indicator, {"left": written(value), "right": written(check.limit)})


def _target_missed(check: Check, numbers: _Numbers) -> Iterator[Finding]:
    """Find values that reach less than a share of their target (or, where less is better, overshoot it as much)."""
    for indicator, value in _indicator_values(check, numbers):
        target = numbers.targets.get(indicator.code)
        if target is None:
            continue
        upwards = indicator.direction == Direction.UP
        if value < target * check.limit if upwards else value * check.limit > target:
            fields = {"left": written(value), "right": written(check.limit), "target": written(target)}
            yield _about_indicator(check, indicator, fields)


def _indicator_values(check: Check, numbers: _Numbers) -> Iterator[tuple[IndicatorRule, Decimal]]:
    """Pair the indicators that a check looks at with their values, where they have one."""
    for indicator in numbers.indicators:
        value = indicator.formula.value(numbers.values)
        if value is not None and check.looks_at(indicator.code):
            yield indicator, value


def _about_element(check: Check, element: ElementRule, fields: dict[str, str]) -> Finding:
    """Make the finding of a check about one data element."""
    message = _write(check.message, code=element.code, name=element.name, **fields)
    return Finding(check.code, check.severity, (element.code,), message, element.code)


def _about_indicator(check: Check, indicator: IndicatorRule, fields: dict[str, str]) -> Finding:
    """Make the finding of a check about one indicator, shown beside the data elements it is made of."""
    message = _write(check.message, code=indicator.code, name=indicator.name, **fields)
    return Finding(check.code, check.severity, indicator.formula.element_codes, message, indicator.code)


_FINDERS: dict[Rule, Callable[[Check, _Numbers], Iterator[Finding]]] = {
    Rule.COMPARE: _compared,
    Rule.CHANGE: _changed,
    Rule.OVERRULED: _overruled,
    Rule.INDICATOR_OVER: _indicator_over,
    Rule.TARGET_MISSED: _target_missed,
}
