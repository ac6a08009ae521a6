"""What differs between two versions of a form, property by property, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mentoring_reports.indicators.comparing import PropertyChange, broken_indicators, compare_forms
from mentoring_reports.indicators.models import ReportForm

from .access import FormView
from .wording import kind_words, property_words, value_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from mentoring_reports.indicators.models import FormPart


@dataclass(frozen=True, slots=True)
class Change:
    """One property in words: what it is called, before and after."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part that both versions have, and what changed about it."""

    code: str
    name: str
    changes: Sequence[Change]
    is_broken: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The differences of one kind of part."""

    title: str
    added: Sequence[FormPart]
    removed: Sequence[FormPart]
    changed: Sequence[ChangedPart]


class DifferencesView(FormView):
    """A version beside another one of the same form: the one before it, unless another is chosen."""

    template_name = "mentoring_review/report_forms/differences.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the differences."""
        return self.render_to_response(self.get_context_data())

    @cached_property
    def versions(self) -> list[ReportForm]:
        """Return the other versions of the form, the newest first."""
        return list(ReportForm.objects.versions_of(self.report_form).exclude(pk=self.report_form.pk))

    @cached_property
    def other(self) -> ReportForm | None:
        """Return the version to compare with; None where there is only one."""
        asked = self.request.GET.get("with", "")
        if asked:
            found = next((row for row in self.versions if str(row.pk) == asked), None)
            if found is None:
                raise Http404(_("There is no such version of this form."))
        else:
            earlier = (row for row in self.versions if row.version < self.report_form.version)
            found = next(earlier, self.versions[-1] if self.versions else None)
        return ReportForm.objects.with_parts().get(pk=found.pk) if found else None

    def get_page_title(self) -> str:
        """Return what is shown."""
        return _("Differences of versions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the two versions, older first, and what differs."""
        pair = sorted((form for form in (self.report_form, self.other) if form), key=lambda form: form.version)
        old, new = pair[0], pair[-1]
        return {
            **super().get_context_data(**kwargs),
            "old": old,
            "new": new,
            "other": self.other,
            "versions": self.versions,
            "sections": sections(old, new) if self.other else [],
            "broken": broken_indicators(old, new),
        }


def sections(old: ReportForm, new: ReportForm) -> list[Section]:
    """Return the kinds of parts in which the versions differ."""
    differences, broken = compare_forms(old, new), broken_indicators(old, new)
    names = {group.code: group.name for form in (old, new) for group in form.groups.all()}
    return [
        Section(
            title=kind_words(kind),
            added=_only(getattr(new, kind).all(), found.added),
            removed=_only(getattr(old, kind).all(), found.removed),
            changed=[
                ChangedPart(
                    code=part.code,
                    name=str(part),
                    changes=[_change(kind, one, names) for one in found.changes[part.code]],
                    is_broken=kind == "indicators" and part.code in broken,
                )
                for part in _only(getattr(new, kind).all(), found.changed)
            ],
        )
        for kind, found in differences.by_kind.items()
        if found
    ]


def _change(kind: str, change: PropertyChange, groups: dict[str, str]) -> Change:
    def words(value: Any) -> str:
        return groups[value] if change.name == "group" else value_words(kind, change.name, value)

    return Change(property_words(kind, change.name), words(change.old), words(change.new))


def _only(parts: Iterable[FormPart], codes: frozenset[str]) -> list[FormPart]:
    return [part for part in parts if part.code in codes]
