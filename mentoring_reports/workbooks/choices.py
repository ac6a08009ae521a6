"""What the department chooses for a workbook: plain data, JSON both ways."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Choices:
    """A round, what to compare it with, sheets by their codes (none: all), filters (empty: all), names or codes."""

    round_id: int
    compared_id: int | None = None
    sheets: tuple[str, ...] = ()
    territory: str = ""
    type_: str = ""
    codes_for_names: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the choices as JSON has them."""
        return asdict(self) | {"sheets": list(self.sheets)}

    def key(self) -> str:
        """Return what is the same for the same choices, and for no others."""
        chosen = self.as_json() | {"sheets": sorted(set(self.sheets))}
        return hashlib.sha256(json.dumps(chosen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Choices:
        """Return the choices that `as_json` wrote; what is not known here is left out."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        return cls(**known | {"sheets": tuple(data.get("sheets", ()))})
