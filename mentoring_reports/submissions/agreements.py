"""The same agreement with several schools at once, for instance of a territory in quarantine: with all, or with none.

Runs in the municipality's schema.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import transaction

from .actions import Author, exempt, grant_extension
from .errors import NothingChosen, RefusedForSome, SubmissionError
from .models import Exemption, Extension, Round

Agreed = TypeVar("Agreed")


def extend_many(*, round_: Round, schools: Iterable[Any], due: dt.date, reason: str, by: Author) -> list[Extension]:
    """Give several schools the same later due date. Raises `NothingChosen`, `RefusedForSome`."""
    return _with_all(
        schools, lambda school: grant_extension(round_=round_, school=school, due=due, reason=reason, by=by)
    )


def exempt_many(*, round_: Round, schools: Iterable[Any], reason: str, by: Author) -> list[Exemption]:
    """Stop expecting several schools in a round. Raises `NothingChosen`, `RefusedForSome`."""
    return _with_all(schools, lambda school: exempt(round_=round_, school=school, reason=reason, by=by))


@transaction.atomic
def _with_all(schools: Iterable[Any], agree: Callable[[Any], Agreed]) -> list[Agreed]:
    """Agree with every school; every refusal is gathered before anything is undone."""
    agreed, refused = [], []
    for school in schools:
        try:
            agreed.append(agree(school))
        except SubmissionError as error:
            refused.append((school, error))
    if refused:
        raise RefusedForSome(refused)
    if not agreed:
        raise NothingChosen
    return agreed
