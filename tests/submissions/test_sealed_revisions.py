"""A revision is whole when its transaction ends: afterwards nothing is added to it, by nobody."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.models import SubmittedEvidence, SubmittedValue
from tests.submissions.acting import hand_over, make_dated_round


@pytest.mark.committed
def test_nothing_is_added_to_a_revision_that_was_handed_over(committed_tenants):
    municipality, alpha, _beta = committed_tenants
    submission = hand_over(make_dated_round(municipality), alpha)

    for place in (alpha, municipality):
        for model, fields in (
            (SubmittedValue, {"element_code": "made_up", "value": 1}),
            (SubmittedEvidence, {"title": "x", "url": "https://example.test/"}),
        ):
            with tenant_context(place), pytest.raises(DatabaseError, match="handed over"), transaction.atomic():
                model.objects.create(**submission.place(), **fields)
