"""Every URL that a kind of tenant serves, and a concrete path for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {"int": "987654", "uuid": "00000000-0000-0000-0000-000000000001"}


@dataclass(frozen=True)
class Url:
    """A URL pattern: its name with namespaces, and its route as written."""

    name: str
    route: str

    @property
    def has_parameters(self) -> bool:
        return "<" in self.route

    @property
    def path(self) -> str:
        """A path that the route matches."""
        text = re.sub(r"\(\?P<\w+>[^)]*\)", "1", self.route)
        text = re.sub(r"<(?:(\w+):)?(\w+)>", _sample, text)
        return "/" + re.sub(r"[\^$]|\\Z", "", text).replace("\\", "")


def _sample(parameter: re.Match[str]) -> str:
    kind, name = parameter.groups()
    return SAMPLES["int"] if name == "pk" or name.endswith("_id") else SAMPLES.get(kind or "str", "x")


def served(urlconf: str) -> list[Url]:
    """Return the URLs of a URLconf, each name and route once."""
    return sorted(set(_walk(get_resolver(urlconf))), key=lambda url: (url.name, url.route))


def _walk(resolver: URLResolver, route: str = "", names: tuple[str, ...] = ()) -> Iterator[Url]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, here, (*names, pattern.namespace) if pattern.namespace else names)
        elif isinstance(pattern, URLPattern):
            yield Url(":".join([*names, pattern.name or here]), here)
