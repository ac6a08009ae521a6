"""URLs at a school's host."""

from __future__ import annotations

from .urls_common import urlpatterns as common

urlpatterns = [*common]
