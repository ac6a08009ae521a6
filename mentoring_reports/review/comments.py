"""Comments on single values, as a reviewer types them: in the fields of a form until they are sent with a decision."""

from __future__ import annotations

from collections.abc import Mapping

PREFIX = "remark-"
LONGEST_CODE = 50
NUL = "\0"  # PostgreSQL holds none


def typed_comments(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed, by data element; empty fields are left out."""
    named = {name.removeprefix(PREFIX): text.replace(NUL, "") for name, text in fields.items() if _is_comment(name)}
    return {code: text for code, text in named.items() if text.strip()}


def _is_comment(name: str) -> bool:
    code = name.removeprefix(PREFIX)
    return name.startswith(PREFIX) and 0 < len(code) <= LONGEST_CODE and NUL not in code
