"""Validators of codes and sums as people type them in a report form."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from .formulas import FormulaError, parse_sum

validate_code = RegexValidator(
    r"^[a-z][a-z0-9_]*$", _("Latin lower-case letters, digits and underscores, a letter first.")
)


def validate_sum(text: str) -> None:
    """Refuse what is not a sum of codes, such as `mentors + mentees - both`."""
    try:
        parse_sum(text)
    except FormulaError as error:
        raise ValidationError(
            _("“%(text)s” is not a sum of codes: %(reason)s"), params={"text": text, "reason": str(error)}
        ) from error
