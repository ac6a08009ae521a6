"""Saved choices: what they choose for a round, and how one is made of what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from mentoring_reports.submissions.models import Round

from .choices import Choices
from .errors import NameTaken
from .export import previous_round
from .models import WorkbookTemplate

if TYPE_CHECKING:
    from mentoring_reports.submissions.handover import Author


def choices_for(template: WorkbookTemplate, round_: Round) -> Choices:
    """Return what a saved choice means for a round."""
    compared = previous_round(round_) if template.compares else None
    return Choices(
        round_id=round_.pk,
        compared_id=compared.pk if compared else None,
        sheets=tuple(template.sheets),
        territory=template.territory,
        type_=template.type,
        codes_for_names=template.codes_for_names,
    )


def latest_round(municipality: Any) -> Round | None:
    """Return the round that a saved choice is run for: the latest that has opened."""
    return Round.objects.started().filter(municipality=municipality).order_by("-period_end", "-pk").first()


def save_choices(*, name: str, choices: Choices, by: Author) -> WorkbookTemplate:
    """Save choices, without their round. Raises `NameTaken`."""
    template = WorkbookTemplate(
        name=name,
        compares=choices.compared_id is not None,
        sheets=list(choices.sheets),
        territory=choices.territory,
        type=choices.type_,
        codes_for_names=choices.codes_for_names,
        **by.fields(),
    )
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        raise NameTaken from error
    return template
