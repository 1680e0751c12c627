"""An encrypted bundle: locked until its passphrase is entered, then as any other; its key cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from builder.bundle.encrypting import encrypt_bundle
from builder.bundle.encryption import with_passphrase
from builder.bundle.keys import own_key
from builder.bundle.manifest import Manifest
from builder.bundle.sealing import ensure_sealed
from tests.browser.app import App
from tests.browser.site import CACHE, Site

PASSPHRASE = "correct horse battery staple"
OpenPage = Callable[[Site], Page]

KEPT_KEYS = """async () => {
  const request = indexedDB.open("excerpt-keys", 1);
  const database = await new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = database.transaction("content").objectStore("content").getAll();
  const keys = await new Promise((resolve) => { all.onsuccess = () => resolve(all.result); });
  database.close();
  const exports = await Promise.allSettled(keys.map((key) => crypto.subtle.exportKey("raw", key)));
  return keys.map((key, index) => [key.extractable, exports[index].status]);
}"""


@pytest.fixture(scope="module")
def locked(tiny_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny bundle, encrypted."""
    folder = tmp_path_factory.mktemp("locked") / "bundle"
    manifest: Manifest = encrypt_bundle(tiny_bundle, folder, *with_passphrase(PASSPHRASE, bytes(16)))
    assert manifest.encryption is not None
    ensure_sealed(folder, own_key(CACHE))
    return folder


@pytest.fixture
def site(locked: Path, start_site: Callable[..., Site]) -> Site:
    return start_site(locked)


@pytest.fixture
def app(site: Site, open_page: OpenPage) -> App:
    """A page that has asked for the model and found it locked."""
    app = App(open_page(site), site.origin)
    app.press("Get the model")
    expect(app.model.get_by_role("heading", name="The model is locked")).to_be_visible()
    return app


def enter(app: App, passphrase: str) -> None:
    """Types a passphrase and sends it off, by keyboard alone."""
    field = app.page.get_by_label("Passphrase of the model")
    field.fill(passphrase)
    field.press("Enter")


def test_the_passphrase_opens_it_once_and_for_all(
    site: Site, app: App, tiny: Site, open_page: OpenPage, invoice: str
) -> None:
    assert site.gate.shards().total() == 0
    enter(app, PASSPHRASE)
    app.model_is("ready")
    app.text.fill(invoice)
    answer = app.extract()

    before = site.gate.shards()
    app.page.reload()
    app.model_is("ready")
    assert site.gate.shards() == before
    assert app.page.evaluate(KEPT_KEYS) == [[False, "rejected"]]

    plain = App(open_page(tiny), tiny.origin)
    plain.get_model()
    plain.text.fill(invoice)
    assert plain.extract() == answer


def test_a_wrong_passphrase_is_told_and_costs_nothing(site: Site, app: App) -> None:
    enter(app, "another one altogether")
    expect(app.problem("key-wrong")).to_contain_text("not the passphrase")
    assert site.gate.shards().total() == 0
    enter(app, PASSPHRASE)
    app.model_is("ready")


def test_nothing_plain_is_kept_on_the_device(app: App, tiny_bundle: Path) -> None:
    enter(app, PASSPHRASE)
    app.model_is("ready")
    assert not set(app.stored()) & {path.name for path in tiny_bundle.iterdir()}


def test_a_lost_key_is_asked_for_again_and_nothing_is_fetched_again(site: Site, app: App) -> None:
    enter(app, PASSPHRASE)
    app.model_is("ready")
    before = site.gate.shards()
    app.page.goto(f"{site.origin}/healthz")
    app.page.evaluate(
        "() => new Promise((done, failed) => { const asked = indexedDB.deleteDatabase('excerpt-keys');"
        " asked.onsuccess = done; asked.onerror = failed; })"
    )
    app.page.goto(f"{site.origin}/")
    enter(app, PASSPHRASE)
    app.model_is("ready")
    assert site.gate.shards() == before
