"""The form in which the department sets the thresholds, each explained by an example."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from mentoring_reports.review.models import PlausibilitySettings

from .neighbours import MOST

# Least and most of each: what makes sense, and what the column holds.
LIMITS: dict[str, tuple[Decimal | int, Decimal | int]] = {
    "change_percent": (1, 1000),
    "smallest_change": (0, 10_000),
    "distance": (1, 100),
    "smallest_group": (3, MOST),
    "copied_share": (1, 100),
}


class ThresholdsForm(WagtailAdminModelForm):
    """When a number is called odd."""

    class Meta:
        """All thresholds."""

        model = PlausibilitySettings
        fields = tuple(LIMITS)
        help_texts: ClassVar = {
            "change_percent": _(
                "With 30: from 20 to 40 is shown, from 20 to 25 is not. What chance can explain, and what moved so in "
                "other organisations too, is never shown."
            ),
            "smallest_change": _("With 3: from 2 to 4 is not shown, although it is twice as many."),
            "distance": _(
                "With 5: where similar schools have from 4 to 8 mentors, half of them from 5 to 7, from 14 on is shown."
            ),
            "smallest_group": _("With 5: a school that has only four others to compare with is not compared."),
            "copied_share": _("With 90: 9 of 10 typed numbers as in the last accepted report look like a copy."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (least, most) in LIMITS.items():
            self.initial[name] = f"{Decimal(self.initial[name]).normalize():f}"  # 3, not 3.00
            self.fields[name].validators += [MinValueValidator(least), MaxValueValidator(most)]
            self.fields[name].widget.attrs |= {"min": least, "max": most}
