"""axe-core finds nothing in any state, on desktop and phone, light and dark, under the page's own CSP."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import ROOT, Site
from tests.browser.states import DEVICES, SCHEMES, STATES, bring_about, looked_at_with

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"

# WCAG 2.2 AA and everything below it, and what axe calls good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """async (values) => {
  const options = { runOnly: { type: "tag", values }, resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  const where = ({ target, failureSummary }) => [target, failureSummary];
  return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(where) }));
}"""


# What makes the page wider than its window: nobody should have to scroll in two directions (WCAG 1.4.10).
WIDER = """() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const reaches = (one) => one.getBoundingClientRect().right > clientWidth;
  const wide = [...document.querySelectorAll("body *")].filter(reaches);
  return wide.map((one) => `${one.tagName}.${one.className}`);
}"""


def judged(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page as it is."""
    found: list[dict[str, Any]] = page.evaluate(RUN, RULES)
    return found


def test_axe_finds_a_picture_without_words(
    browser: Browser, tiny_bundle: Path, start_site: Callable[[Path], Site]
) -> None:
    context = browser.new_context()
    context.add_init_script(path=AXE)
    page = bring_about("work-empty", context, start_site(tiny_bundle)).page
    page.evaluate("() => { document.querySelector('main').append(document.createElement('img')); }")
    assert [found["id"] for found in judged(page)] == ["image-alt"]
    context.close()


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(
    state: str, device: str, browser: Browser, tiny_bundle: Path, start_site: Callable[[Path], Site]
) -> None:
    context = looked_at_with(DEVICES[device], browser)
    # Before the page and not into it: the CSP stays as it is, and lets no script in later.
    context.add_init_script(path=AXE)
    page = bring_about(state, context, start_site(tiny_bundle)).page
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert judged(page) == [], f"{state}, {device}, {scheme}"
    assert page.evaluate(WIDER) == [], "the page moves sideways"
    context.close()
