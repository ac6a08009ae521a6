"""URLs of hosts that belong to nobody: none."""

from typing import Any

urlpatterns: list[Any] = []
