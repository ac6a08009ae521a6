"""What keeps a draft from being released: everything that schools or figures would stumble over later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .checking import Rule
from .formulas import FormulaError
from .models import Aggregation, ElementAggregation, ReportForm

if TYPE_CHECKING:
    from .models import Check, DataElement, FormPart, Indicator

ABOUT_INDICATORS = frozenset({Rule.INDICATOR_OVER, Rule.TARGET_MISSED})
KINDS_WITH_RETIRED_CODES = ("elements", "indicators")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in words, and the part it is about: its kind and itself; both empty for the form as a whole."""

    message: str
    kind: str = ""
    part: FormPart | None = None


def problems_of(form: ReportForm) -> list[Problem]:
    """Return everything that keeps the form from being released; a fixed number of statements."""
    elements = {element.code: element for element in form.elements.all()}
    indicators = {indicator.code: indicator for indicator in form.indicators.all()}
    found = [] if elements else [Problem(_("The form has no data element."))]
    for element in elements.values():
        found += [Problem(message, "elements", element) for message in _about_element(element)]
    for indicator in indicators.values():
        found += [Problem(message, "indicators", indicator) for message in _about_indicator(indicator, elements)]
    for check in form.checks.all():
        found += [Problem(message, "checks", check) for message in _about_check(check, elements, indicators)]
    return found + list(_reused(form))


def retired_codes(form: ReportForm) -> dict[str, frozenset[str]]:
    """Return by kind the codes that a released version had and a later released one dropped: they stay retired."""
    released = ReportForm.objects.versions_of(form).released().filter(version__lt=form.version)
    versions = list(released.order_by("version").prefetch_related(*KINDS_WITH_RETIRED_CODES))
    retired: dict[str, frozenset[str]] = {}
    for kind in KINDS_WITH_RETIRED_CODES:
        codes = [frozenset(part.code for part in getattr(version, kind).all()) for version in versions]
        ever = frozenset().union(*codes) if codes else frozenset()
        retired[kind] = ever - codes[-1] if codes else ever
    return retired


def _about_element(element: DataElement) -> Iterator[str]:
    if element.minimum is not None and element.maximum is not None and element.minimum > element.maximum:
        yield _("The minimum is greater than the maximum.")


def _about_indicator(indicator: Indicator, elements: Mapping[str, DataElement]) -> Iterator[str]:
    try:
        formula = indicator.formula
    except FormulaError as error:
        yield said(error)
        return
    yield from _unknown(formula.element_codes, elements)
    if not formula.factor:
        yield _("The factor is 0: the indicator would always be 0.")
    if not formula.is_count and indicator.aggregation == Aggregation.SUM:
        yield _("An indicator with a denominator is never added up over schools: choose the ratio or the median.")
    if formula.is_count and indicator.aggregation == Aggregation.RATIO:
        yield _("An indicator without a denominator has no ratio: choose the sum or the median.")
    if indicator.aggregation != Aggregation.MEDIAN:
        yield from _not_added_up(formula.element_codes, elements)


def _not_added_up(codes: Iterable[str], elements: Mapping[str, DataElement]) -> Iterator[str]:
    for code in codes:
        if code in elements and elements[code].aggregation == ElementAggregation.MEDIAN:
            yield _("The data element “%(code)s” cannot be added up over schools: choose the median.") % {"code": code}


def _about_check(row: Check, elements: Mapping[str, DataElement], indicators: Mapping[str, Indicator]) -> Iterator[str]:
    try:
        check = row.as_check()
    except (FormulaError, ValueError) as error:
        yield said(error) if isinstance(error, FormulaError) else _("The check has no known rule or operator.")
        return
    if check.rule in ABOUT_INDICATORS:
        for code in check.codes:
            if code not in indicators:
                yield _("There is no indicator “%(code)s”.") % {"code": code}
    else:
        yield from _unknown(check.codes, elements)
    if check.rule is Rule.COMPARE and not check.codes:
        yield _("The comparison names no data element.")


def _unknown(codes: Iterable[str], elements: Mapping[str, DataElement]) -> Iterator[str]:
    for code in codes:
        if code not in elements:
            yield _("There is no data element “%(code)s”.") % {"code": code}


def _reused(form: ReportForm) -> Iterator[Problem]:
    retired = retired_codes(form)
    for kind in KINDS_WITH_RETIRED_CODES:
        for part in getattr(form, kind).all():
            if part.code in retired[kind]:
                yield Problem(reuse_refused(part.code), kind, part)


def reuse_refused(code: str) -> str:
    """Return why a retired code cannot come back."""
    return _(
        "The code “%(code)s” belonged to an earlier version and was retired: choose another one, so that figures of "
        "different meaning are never joined."
    ) % {"code": code}


def said(error: FormulaError) -> str:
    """Return a formula's error in the reader's language."""
    return _(error.template) % error.params
