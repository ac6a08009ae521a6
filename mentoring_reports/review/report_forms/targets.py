"""The table of an indicator's targets by year and type of school, as a form set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tenants.utils import get_tenant_model

from mentoring_reports.indicators.models import Indicator, Target
from mentoring_reports.indicators.models.indicators import YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

BLANK_ROWS = 2
MOST_ROWS = 200


class TargetForm(forms.Form):
    """One target: for a year, for a type, or for both."""

    year = forms.IntegerField(label=gettext_lazy("year"), min_value=YEARS[0], max_value=YEARS[1], required=False)
    school_type = forms.ChoiceField(label=gettext_lazy("type of organisation"), required=False)
    value = forms.DecimalField(
        label=gettext_lazy("target"), max_digits=10, decimal_places=2, required=False, localize=True
    )

    def __init__(self, *args: Any, types: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_type"].choices = [("", _("all types")), *((name, name) for name in types)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a row that is only half filled in; an empty one is left out."""
        data: dict[str, Any] = super().clean() or {}
        about = data.get("year") is not None or data.get("school_type")
        if about and data.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Write the target, or clear the row."))
        if not about and data.get("value") is not None and "year" not in self.errors:
            self.add_error("year", _("Name a year or a type; a target for all stands in the field “target” above."))
        return data


class BaseTargetFormSet(BaseFormSet):
    """All targets of an indicator."""

    def clean(self) -> None:
        """Refuse two targets for the same year and type."""
        seen: set[tuple[Any, Any]] = set()
        for form in self.forms:
            if (target := _target(form)) is None:
                continue
            key = (target.year, target.school_type)
            if key in seen:
                form.add_error("year", _("There already is a target for this year and type."))
            seen.add(key)

    def targets(self) -> list[Target]:
        """Return the targets as rows, not stored yet; call it once the form set is valid."""
        return [target for form in self.forms if (target := _target(form))]


TargetFormSet = formset_factory(
    TargetForm, formset=BaseTargetFormSet, extra=BLANK_ROWS, max_num=MOST_ROWS, validate_max=True
)


def target_form_set(indicator: Indicator | None, data: Mapping[str, Any] | None = None) -> BaseTargetFormSet:
    """Return the form set of an indicator's targets; a type that no school has any more stays to be chosen."""
    rows = list(indicator.targets.all()) if indicator else []
    initial = [{"year": row.year, "school_type": row.school_type, "value": row.value} for row in rows]
    types = dict.fromkeys([*school_types(), *(row.school_type for row in rows if row.school_type)])
    return cast(
        BaseTargetFormSet,
        TargetFormSet(data, prefix="targets", initial=initial, form_kwargs={"types": types}),
    )


def school_types() -> list[str]:
    """Return the names of the types of organisations, as submissions hold them, in their order."""
    types = get_tenant_model()._meta.get_field("organisation_type").related_model
    return list(types.objects.values_list("name", flat=True))


def _target(form: TargetForm) -> Target | None:
    data = getattr(form, "cleaned_data", {})
    if form.errors or data.get("value") is None:
        return None
    return Target(year=data["year"], school_type=data["school_type"], value=data["value"])
