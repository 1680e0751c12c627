"""Whose bundles are opened: those that a key of the build, or of the embedding page, has signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, Route, expect

from builder.bundle.keys import own_key
from builder.bundle.sealing import seal, signing_time
from builder.bundle.signing import DAY, public_bytes
from builder.pipeline import CACHE
from tests.browser.app import App
from tests.browser.site import Site, altered_bundle

StartSite = Callable[..., Site]
OpenPage = Callable[[Site], Page]

STRANGER = Ed25519PrivateKey.from_private_bytes(bytes([9]) * 32)

LOAD = """async (publicKeys) => {
  const { Excerpt } = await import("/embed.js");
  try {
    const extractor = await Excerpt.load("/bundle/manifest.json", publicKeys === null ? {} : { publicKeys });
    return extractor.model.name;
  } catch (error) {
    return error.code;
  }
}"""
WITHOUT_ED25519 = """
const importKey = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (format, data, algorithm, ...rest) {
  if (algorithm === "Ed25519") return Promise.reject(new DOMException("Unknown", "NotSupportedError"));
  return importKey.call(this, format, data, algorithm, ...rest);
};
"""


def resealed(bundle: Path, target: Path, key: Ed25519PrivateKey, issued: int, days: int = 365) -> Path:
    """A copy of a bundle with another signature."""
    altered_bundle(bundle, target, drop="manifest.sig")
    seal(target, key, issued, days)
    return target


@pytest.fixture
def strange(tiny_bundle: Path, tmp_path: Path, start_site: StartSite) -> Site:
    """A site whose bundle is signed with a key that the app does not know."""
    return start_site(resealed(tiny_bundle, tmp_path / "bundle", STRANGER, signing_time()))


def test_a_bundle_of_an_unknown_key_is_refused_by_name(strange: Site, open_page: OpenPage) -> None:
    app = App(open_page(strange), strange.origin)
    app.press("Get the model")
    app.model_is("failed")
    expect(app.problem("signature-unknown-key")).to_contain_text("which this app does not know")
    assert strange.gate.shards() == {}


def test_an_expired_bundle_is_refused_and_signing_it_again_is_enough(
    tiny_bundle: Path, tmp_path: Path, start_site: StartSite, open_page: OpenPage
) -> None:
    served = resealed(tiny_bundle, tmp_path / "bundle", own_key(CACHE), signing_time() - 9 * DAY, days=7)
    site = start_site(served)
    page = open_page(site)
    app = App(page, site.origin)
    app.press("Get the model")
    app.model_is("failed")
    expect(app.problem("signature-expired")).to_contain_text("was good until")

    again = start_site(resealed(tiny_bundle, tmp_path / "again", own_key(CACHE), signing_time()))
    App(open_page(again), again.origin).get_model()


def test_a_manifest_that_was_changed_on_its_way_is_refused(tiny: Site, open_page: OpenPage) -> None:
    page = open_page(tiny)

    def change(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("Apache-2.0", "MIT"))

    page.route("**/bundle/manifest.json", change)
    app = App(page, tiny.origin)
    app.press("Get the model")
    app.model_is("failed")
    expect(app.problem("manifest-altered")).to_contain_text("not the one that was signed")
    assert tiny.gate.shards() == {}


def test_a_page_may_name_the_keys_it_trusts(strange: Site, tiny: Site, open_page: OpenPage) -> None:
    page = open_page(strange)
    page.goto(f"{strange.origin}/healthz")
    stranger = public_bytes(STRANGER).hex()
    assert page.evaluate(LOAD, None) == "signature-unknown-key"
    assert page.evaluate(LOAD, [stranger]) == "tiny"
    for wrong in (["nothing"], [], stranger):
        assert page.evaluate(LOAD, wrong) == "public-keys"
    known = open_page(tiny)
    known.goto(f"{tiny.origin}/healthz")
    assert known.evaluate(LOAD, [stranger]) == "signature-unknown-key"


def test_a_browser_without_ed25519_checks_all_the_same(
    tiny: Site, strange: Site, open_page: OpenPage
) -> None:
    for site, outcome in ((tiny, "ready"), (strange, "failed")):
        page = open_page(site)
        hide_ed25519(page)
        app = App(page, site.origin)
        app.press("Get the model")
        app.model_is(outcome)
    expect(app.problem("signature-unknown-key")).to_be_visible()


def hide_ed25519(page: Page) -> None:
    """Takes Ed25519 away from the engine's worker, as in an older browser."""

    def without(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=f"{WITHOUT_ED25519}{response.text()}")

    page.route("**/assets/worker-*.js", without)
