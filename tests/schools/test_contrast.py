"""Every colour that a school can choose is readable, in light and in dark: WCAG AA."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from schools.models.appearance import Accent
from schools.templatetags.site_tags import ICON_COLOURS

TEXT, PARTS = 4.5, 3.0
STATES = ("done", "progress", "overdue", "planned")


def read_theme() -> dict[str, dict[str, dict[str, str]]]:
    """Return the variables by scheme and accent; the ground colours stand under ":root"."""
    css = (settings.BASE_DIR / "static" / "site" / "theme.css").read_text()
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    theme: dict[str, dict[str, dict[str, str]]] = {}
    for scheme, text in (("light", light), ("dark", dark)):
        theme[scheme] = {":root": {}}
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            variables = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", body))
            names = re.findall(r'data-accent="(\w+)"', selector) or [":root"]
            for name in names:
                theme[scheme].setdefault(name, {}).update(variables)
    return theme


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


THEME = read_theme()
CASES = [(scheme, accent) for scheme in ("light", "dark") for accent in Accent.values]


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_choice_has_a_set_of_colours(scheme):
    assert set(THEME[scheme]) == {":root", *Accent.values}


@pytest.mark.parametrize(("scheme", "accent"), CASES)
def test_links_and_buttons_are_readable(scheme, accent):
    ground, colours = THEME[scheme][":root"], THEME[scheme][accent]

    for background in (ground["surface"], ground["paper"], ground["surface-2"], colours["accent-soft"]):
        assert contrast(colours["accent"], background) >= TEXT, background
    assert contrast(colours["on-accent"], colours["accent"]) >= TEXT
    assert contrast(ground["ink"], colours["accent-soft"]) >= TEXT
    assert contrast(ground["ink-soft"], colours["accent-soft"]) >= TEXT


@pytest.mark.parametrize(("scheme", "accent"), CASES)
def test_white_text_on_the_hero_is_readable(scheme, accent):
    colours = THEME[scheme][accent]

    for end in ("hero-from", "hero-to"):
        assert contrast("#ffffff", colours[end]) >= TEXT, end


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_states_are_readable(scheme):
    ground = THEME[scheme][":root"]

    for background in ("paper", "surface", "surface-2"):
        for ink in ("ink", "ink-soft"):
            assert contrast(ground[ink], ground[background]) >= TEXT, (ink, background)
    for state in STATES:
        assert contrast(ground[state], ground[f"{state}-soft"]) >= TEXT, state
        assert contrast(ground[state], ground["surface"]) >= PARTS, state


def test_the_icon_of_the_tab_has_the_colours_of_the_theme():
    assert {accent: THEME["light"][accent]["hero-to"] for accent in Accent.values} == ICON_COLOURS
