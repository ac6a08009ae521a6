"""The words and lists of the demonstration: JSON files beside the other fixtures, read once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "demonstration"


@cache
def read(name: str) -> Any:
    """Return what `fixtures/demonstration/<name>.json` holds."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
