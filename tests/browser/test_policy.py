"""No byte leaves the origin: the policy is sent, and it bites."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.app import App
from tests.browser.conftest import Watch
from tests.browser.site import Site

BLOCKED = """async ([action, url]) => {
  const seen = new Promise((resolve) => {
    addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true });
  });
  const add = (tag, given) => document.body.append(Object.assign(document.createElement(tag), given));
  const attempts = {
    fetch: async () => { await fetch(url); },
    image: async () => { add("img", { src: url }); },
    script: async () => { add("script", { text: "0" }); },
    style: async () => { add("style", { textContent: "a{}" }); },
    html: async () => { document.body.innerHTML = "<p>hello</p>"; },
  };
  await attempts[action]().catch(() => undefined);
  return seen;
}"""


@pytest.fixture
def unwatched(browser: Browser, tiny: Site) -> Page:
    """A page whose violations are wanted."""
    page = browser.new_context().new_page()
    page.goto(f"{tiny.origin}/")
    return page


@pytest.mark.parametrize(
    ("action", "directive"),
    [
        ("fetch", "connect-src"),
        ("image", "img-src"),
        ("script", "require-trusted-types-for"),
        ("style", "style-src-elem"),
        ("html", "require-trusted-types-for"),
    ],
)
def test_what_the_policy_forbids_is_blocked(
    unwatched: Page, tiny_bundle: Path, start_site: Callable[..., Site], action: str, directive: str
) -> None:
    elsewhere = start_site(tiny_bundle)
    assert unwatched.evaluate(BLOCKED, [action, f"{elsewhere.origin}/icon.svg"]) == directive
    assert elsewhere.gate.count("/icon.svg") == 0
    unwatched.context.close()


def test_the_watch_of_every_test_sees_what_was_blocked(browser: Browser, tiny: Site) -> None:
    context = browser.new_context()
    watch = Watch(context, tiny.origin)
    page = context.new_page()
    page.goto(f"{tiny.origin}/")
    assert (watch.foreign, watch.violations) == ([], [])
    with page.expect_event("console", lambda message: "Content Security Policy" in message.text):
        assert page.evaluate(BLOCKED, ["fetch", "http://127.0.0.1:9/"]) == "connect-src"
    assert any("connect-src" in violation for violation in watch.violations)
    context.close()


def test_nothing_but_the_origin_is_asked_during_a_whole_visit(
    tiny: Site, open_page: Callable[[Site], Page], invoice: str
) -> None:
    """The watch of `open_page` fails this test on a foreign request or a violation."""
    page = open_page(tiny)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    app = App(page, tiny.origin)
    app.get_model()
    app.text.fill(invoice)
    app.extract()
    assert any("/bundle/" in url for url in asked)
    assert [url for url in asked if not url.startswith((tiny.origin, f"blob:{tiny.origin}"))] == []
