"""A look at a page of the admin: on a wide screen by day and on a phone in the dark, with axe and for width."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .test_public import OVERFLOW, violations

WIDE = {"width": 1280, "height": 900}
VARIANTS = ((WIDE, "light"), ({"width": 360, "height": 800}, "dark"))
AXE = Axe()
STILL = "document.getAnimations().every(one => one.playState !== 'running' || !(one instanceof CSSTransition))"


def faults(page: Page) -> list[str]:
    """Return what axe has against the page, and by how much it is wider than the screen; leave it wide and light."""
    page.wait_for_load_state()
    page.evaluate(AXE.axe_script)
    found = []
    for size, scheme in VARIANTS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_function(STILL)  # colours and messages fade in, hard to read for a moment
        found += [f"{page.url}, {size['width']} px, {scheme}: {wrong}" for wrong in violations(page)]
        if (overflow := page.evaluate(OVERFLOW)) > 0:
            found.append(f"{page.url}: {overflow} px wider than {size['width']}")
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    return found
