"""What was read from an upload, kept between its preview and the confirmation: in the session, on the server."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from .reading import FilledForm

if TYPE_CHECKING:
    from collections.abc import MutableMapping

PREFIX = "report-spreadsheet-"


def keep(session: MutableMapping[str, Any], round_id: int, form: FilledForm) -> str:
    """Keep a file that was read, instead of an earlier one of the round; return the name of this very upload."""
    token = secrets.token_urlsafe(12)
    session[f"{PREFIX}{round_id}"] = {"token": token, "form": form.as_json()}
    return token


def kept(session: MutableMapping[str, Any], round_id: int, token: str) -> FilledForm | None:
    """Return the upload of this name; None when another one has taken its place, or it was confirmed already."""
    found = session.get(f"{PREFIX}{round_id}")
    return FilledForm.from_json(found["form"]) if found and found["token"] == token else None


def forget(session: MutableMapping[str, Any], round_id: int) -> None:
    """Forget the round's upload."""
    session.pop(f"{PREFIX}{round_id}", None)
