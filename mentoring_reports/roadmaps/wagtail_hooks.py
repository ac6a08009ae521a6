"""The roadmap's only door into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from .history import register_actions
from .starting.history import register_start
from .viewsets import RoadmapGroup


@hooks.register("register_admin_viewset")
def register_roadmaps() -> RoadmapGroup:
    """Add the board, the listings and their menu."""
    return RoadmapGroup()


@hooks.register("register_log_actions")
def register_history(registry: Any) -> None:
    """Tell Wagtail's log how changes of state read."""
    register_actions(registry)
    register_start(registry)
