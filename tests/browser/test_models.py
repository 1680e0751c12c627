"""The models page: what there is, how it fits, a download that rests and goes on, what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app import PATIENCE_MS, App
from tests.browser.site import Site

OpenPage = Callable[[Site], Page]

# Chromium tells sites of more room than there is, against tracking; this makes it say how little there is.
LITTLE_ROOM = """
StorageManager.prototype.estimate = async () => ({ usage: 1_000_000, quota: 3_000_000 });
"""


@pytest.fixture
def models(tiny: Site, open_page: OpenPage) -> App:
    """An app with the models page open."""
    app = App(open_page(tiny), tiny.origin)
    open_models(app)
    return app


def open_models(app: App) -> None:
    """Goes to the models page."""
    app.page.get_by_role("link", name="Models", exact=True).click()
    expect(app.page.get_by_test_id("storage")).to_be_visible(timeout=PATIENCE_MS)


def kept_bytes(app: App) -> int:
    """What the page says is kept of the model."""
    return int(app.page.get_by_test_id("storage").get_attribute("data-kept") or -1)


def test_every_form_is_told_with_its_figures_and_its_fit_before_anything_is_fetched(
    models: App, tiny: Site, tiny_bundle: Path
) -> None:
    manifest = json.loads((tiny_bundle / "manifest.json").read_text(encoding="utf-8"))
    page = models.page
    for variant in manifest["variants"]:
        card = page.get_by_test_id(f"variant-{variant['name']}")
        megabytes = (variant["bytes"] + manifest["tokenizer"]["bytes"]) / 1e6
        expect(card).to_contain_text(f"{megabytes:.{1 if megabytes < 9.95 else 0}f} MB")
        expect(card).to_contain_text("Same first choice as the full model")
    assert [card.get_attribute("data-fit") for card in page.locator("[data-fit]").all()].count("best") == 1
    expect(page.get_by_text(manifest["license"]).first).to_be_visible()
    expect(page.get_by_text(manifest["version"]).first).to_be_visible()
    assert kept_bytes(models) == 0
    assert not tiny.gate.shards()


def test_a_form_for_graphics_processors_fits_where_there_is_one(
    gpu_browser: Browser, browser: Browser, tiny: Site
) -> None:
    fits: list[dict[str, str | None]] = []
    for kind in (gpu_browser, browser):
        context = kind.new_context()
        app = App(context.new_page(), tiny.origin)
        open_models(app)
        cards = app.page.locator("[data-fit]").all()
        fits.append(
            {card.get_attribute("data-testid") or "": card.get_attribute("data-fit") for card in cards}
        )
        context.close()
    with_gpu, without = fits
    assert with_gpu["variant-webgpu-f32"] == "best"
    assert without["variant-webgpu-f32"] == "no-gpu"
    assert "best" in without.values()


def test_a_download_rests_and_goes_on(models: App, tiny: Site, tiny_shards: dict[str, int]) -> None:
    tiny.gate.hold_shards(after=2)
    models.press("Get the model")
    kept = models.wait_until_stored(tiny_shards, 2)
    models.press("Stop")
    models.model_is("absent")
    expect(models.page.get_by_text("missing").first).to_be_visible()
    assert 0 < kept_bytes(models) < sum(tiny_shards.values()) * 2
    tiny.gate.release()
    models.press("Go on")
    models.model_is("ready")
    expect(models.page.get_by_text("all here")).to_be_visible()
    expect(models.page.locator('[data-use="inUse"]')).to_be_visible()
    assert {name: tiny.gate.count(f"/bundle/{name}") for name in kept} == dict.fromkeys(kept, 1)


def test_what_is_kept_is_told_and_goes_when_it_is_deleted(models: App, tiny_shards: dict[str, int]) -> None:
    models.get_model()
    expect(models.page.locator('[data-use="inUse"]')).to_be_visible()
    stored = {name: size for name, size in models.stored().items() if not name.startswith("shelf-")}
    assert kept_bytes(models) == sum(stored.values())
    models.press("Delete the model")
    models.page.get_by_role("button", name="Keep", exact=True).click()
    models.press("Delete the model")
    models.page.get_by_role("button", name="Delete", exact=True).click()
    models.model_is("absent")
    expect(models.page.get_by_test_id("storage")).to_have_attribute("data-kept", "0")
    expect(models.page.get_by_role("button", name="Delete the model")).to_be_hidden()
    assert not set(models.stored()) & set(tiny_shards)
    models.page.reload()
    models.model_is("absent")
    models.get_model()
    assert set(models.stored()) >= set(tiny_shards)


def test_a_deleted_model_is_gone_for_the_work_too_and_comes_back_when_it_is_asked_for(
    models: App, invoice: str
) -> None:
    models.get_model()
    models.press("Delete the model")
    models.page.get_by_role("button", name="Delete", exact=True).click()
    models.model_is("absent")
    models.page.get_by_role("link", name="Document", exact=True).click()
    models.text.fill(invoice)
    models.extract()
    models.model_is("ready")


def test_storage_is_told_and_kept_for_good_on_request(models: App) -> None:
    page = models.page
    expect(page.get_by_role("progressbar", name="Share of storage that is used")).to_be_visible()
    quota = page.evaluate("async () => (await navigator.storage.estimate()).quota")
    assert quota > 0
    persisted = page.get_by_test_id("persisted")
    expect(persisted).to_have_attribute("data-state", "false")
    page.get_by_role("button", name="Keep it for good").click()
    if page.evaluate("() => navigator.storage.persisted()"):
        expect(persisted).to_have_attribute("data-state", "true")
    else:
        expect(page.get_by_text("The browser refused")).to_be_visible()


def test_too_little_room_is_told_before_the_download(tiny: Site, open_page: OpenPage) -> None:
    page = open_page(tiny)
    page.add_init_script(LITTLE_ROOM)
    open_models(App(page, tiny.origin))
    expect(page.get_by_text("The browser gives 2.0 MB more of storage")).to_be_visible()


def test_without_a_network_what_is_kept_is_told(models: App) -> None:
    models.get_model()
    models.wait_for_service_worker()
    models.page.context.set_offline(True)
    models.page.reload()
    models.model_is("ready")
    expect(models.page.get_by_text("The version on this device")).to_be_visible()
    models.page.context.set_offline(False)
