"""Making a round, changing its dates, and deleting one that nobody can have relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from mentoring_reports.clock import today
from mentoring_reports.submissions.enums import RoundKind
from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation

from .following import following, proposed
from .forms import ProposalForm
from .locks import is_deletable

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

MOST_DIGITS = 18


class RoundCreateView(generic.CreateView):
    """A new round: the one after the last, the one after a given one, or one of a kind of period around a day."""

    @cached_property
    def own(self) -> QuerySet[Round]:
        """Return the municipality's rounds, the latest first."""
        return Round.objects.filter(municipality=current_organisation())

    @cached_property
    def before(self) -> Round | None:
        """Return the round that is asked to be followed, the latest by default."""
        asked = self.request.GET.get("after", "")
        known = asked.isdecimal() and len(asked) <= MOST_DIGITS
        return (self.own.filter(pk=int(asked)).first() if known else None) or self.own.first()

    @cached_property
    def proposal(self) -> ProposalForm:
        """Return the kind of period and the day that are asked for."""
        asked = "kind" in self.request.GET
        kind = self.before.kind if self.before else RoundKind.SCHOOL_YEAR
        return ProposalForm(self.request.GET if asked else None, initial={"kind": kind, "day": today()})

    @cached_property
    def is_proposed(self) -> bool:
        """Say whether a kind of period and a day are asked for that make sense."""
        return self.proposal.is_bound and self.proposal.is_valid()

    def get_initial(self) -> dict[str, Any]:
        """Propose everything, the title and the code too."""
        return {**super().get_initial(), **self._proposed()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where the prefilled values come from."""
        followed = None if self.is_proposed else self.before
        return {**super().get_context_data(**kwargs), "last": followed, "proposal": self.proposal}

    def get_success_url(self) -> str:
        """Go to the round's page."""
        return reverse("rounds:round", args=[self.object.pk])

    def _proposed(self) -> dict[str, Any]:
        codes = set(self.own.values_list("code", flat=True))
        if self.is_proposed:
            asked = self.proposal.cleaned_data
            kind = RoundKind(asked["kind"])
            last = self.own.filter(kind=kind).first()
            return proposed(kind, asked["day"], last or self.own.first(), codes)
        return following(self.before, codes) if self.before else {}


class RoundEditView(generic.EditView):
    """A round's title and dates."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save under a lock: what is refused because of handed-in reports is judged by what is there now."""
        with transaction.atomic():
            return super().post(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Round]:
        """Return rounds, locked while one is changed."""
        rounds: QuerySet[Round] = super().get_queryset()
        return rounds.select_for_update(of=("self",)) if self.request.method == "POST" else rounds

    def get_success_url(self) -> str:
        """Go back to the round's page."""
        return reverse("rounds:round", args=[self.object.pk])

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the round's page."""
        address = reverse("rounds:round", args=[self.object.pk])
        return [HeaderButton(_("Schools of the round"), url=address, icon_name="group")]


class RoundDeleteView(generic.DeleteView):
    """Deletes a round that has not opened and about which nothing was handed in or agreed; no other."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Say why a round stays, and show it."""
        with transaction.atomic():
            round_ = self.object
            if request.method == "POST":
                Round.objects.select_for_update().filter(pk=round_.pk).first()
            if not is_deletable(round_):
                messages.error(
                    request,
                    _(
                        "The round stays: it has opened, or something was handed in or agreed with a school. "
                        "Only a round that nobody can have relied on is deleted."
                    ),
                )
                return redirect("rounds:round", round_.pk)
            return super().dispatch(request, *args, **kwargs)
