"""The receipt as a page of its own and the sealed text as a file: the same for the school and for the municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from .receipts import Receipt

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import Submission


def receipt_page(request: HttpRequest, submission: Submission, *, way_back: str, sealed_url: str) -> HttpResponse:
    """Return the receipt, without the admin around it; expects round and form to be loaded."""
    context = {
        "receipt": Receipt(submission),
        "submission": submission,
        "round": submission.round,
        "way_back": way_back,
        "sealed_url": sealed_url,
    }
    return render(request, "mentoring_submissions/receipt.html", context)


def sealed_file(submission: Submission) -> HttpResponse:
    """Return the very bytes that the checksum is made of."""
    receipt = Receipt(submission)
    disposition = content_disposition_header(as_attachment=True, filename=f"{receipt.number}.json") or ""
    return HttpResponse(
        receipt.sealed.encode(), content_type="application/json", headers={"Content-Disposition": disposition}
    )
