"""How figures stand on a screen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mentoring_reports.reports.templatetags.report_figures import figure, signed


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (None, 1, "—"),
        (Decimal(0), 1, "0"),
        (Decimal(200) / 3, 1, "66,7"),
        (Decimal("1234.5000"), 4, "1\u00a0234,5"),
    ],
)
def test_a_figure_is_written_in_russian_and_a_missing_one_is_a_dash(
    value: Decimal | None, decimals: int, text: str
) -> None:
    assert figure(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (Decimal(0), "0"), (Decimal(2), "+2"), (Decimal("-8.3"), "\N{MINUS SIGN}8,3")],
)
def test_a_change_has_its_sign(value: Decimal | None, text: str) -> None:
    assert signed(value) == text
