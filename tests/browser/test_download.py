"""Getting the model: resumed, stopped, mended, and honest where the browser keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App
from tests.browser.site import Site, altered_bundle

StartSite = Callable[..., Site]
OpenPage = Callable[[Site], Page]


@pytest.fixture
def tiny_app(tiny: Site, open_page: OpenPage) -> App:
    return App(open_page(tiny), tiny.origin)


def test_a_reload_in_the_middle_resumes(tiny: Site, tiny_app: App, tiny_shards: dict[str, int]) -> None:
    tiny.gate.hold_shards(after=2)
    tiny_app.press("Get the model")
    kept = tiny_app.wait_until_stored(tiny_shards, 2)
    tiny_app.page.reload()
    tiny.gate.release()
    tiny_app.model_is("ready")
    assert {name: tiny.gate.count(f"/bundle/{name}") for name in kept} == dict.fromkeys(kept, 1)
    assert set(tiny_app.stored()) >= set(tiny_shards)


def test_a_stopped_download_keeps_what_it_has_and_goes_on(
    tiny: Site, tiny_app: App, tiny_shards: dict[str, int]
) -> None:
    tiny.gate.hold_shards(after=2)
    tiny_app.press("Get the model")
    kept = tiny_app.wait_until_stored(tiny_shards, 2)
    tiny_app.press("Stop")
    tiny_app.model_is("absent")
    expect(tiny_app.model).to_contain_text("What has been fetched so far is kept")
    tiny.gate.release()
    tiny_app.press("Go on")
    tiny_app.model_is("ready")
    assert {name: tiny.gate.count(f"/bundle/{name}") for name in kept} == dict.fromkeys(kept, 1)


def test_a_server_that_goes_away_is_told_and_the_download_goes_on_when_it_is_back(
    tiny: Site, tiny_app: App, tiny_shards: dict[str, int]
) -> None:
    tiny.gate.hold_shards(after=2)
    tiny_app.press("Get the model")
    kept = tiny_app.wait_until_stored(tiny_shards, 2)
    tiny.stop()
    tiny_app.model_is("failed")
    expect(tiny_app.problem("network-lost")).to_contain_text("are kept on this device")
    tiny.start_again()
    tiny_app.press("Try again")
    tiny_app.model_is("ready")
    assert {name: tiny.gate.count(f"/bundle/{name}") for name in kept} == dict.fromkeys(kept, 1)


def test_a_second_visit_fetches_no_shard(tiny: Site, tiny_app: App) -> None:
    tiny_app.get_model()
    before = tiny.gate.shards()
    tiny_app.page.reload()
    tiny_app.model_is("ready")
    assert tiny.gate.shards() == before


@pytest.mark.parametrize("damage", ["flip", "drop"])
def test_a_damaged_bundle_is_refused_by_name_and_mending_it_is_enough(
    damage: str, tiny_bundle: Path, tiny_shards: dict[str, int], tmp_path: Path,
    start_site: StartSite, open_page: OpenPage,
) -> None:  # fmt: skip
    name = sorted(tiny_shards)[1]
    served = altered_bundle(tiny_bundle, tmp_path / "bundle", **{damage: name})
    site = start_site(served)
    app = App(open_page(site), site.origin)
    app.press("Get the model")
    app.model_is("failed")
    expect(app.problem({"flip": "shard-mismatch", "drop": "shard-missing"}[damage])).to_contain_text(name)
    kept = set(app.stored()) & set(tiny_shards)
    assert name not in kept

    (served / name).unlink(missing_ok=True)
    (served / name).symlink_to((tiny_bundle / name).resolve())
    app.press("Try again")
    app.model_is("ready")
    assert {one: site.gate.count(f"/bundle/{one}") for one in kept} == dict.fromkeys(kept, 1)


def test_a_full_disk_is_told_and_stops_nothing(
    tiny: Site, open_page: OpenPage, tiny_shards: dict[str, int], invoice: str
) -> None:
    page = open_page(tiny)
    session = page.context.new_cdp_session(page)
    page.goto(f"{tiny.origin}/healthz")
    session.send("Storage.overrideQuotaForOrigin", {"origin": tiny.origin, "quotaSize": 3_000_000})
    app = App(page, tiny.origin)
    app.get_model()
    expect(app.model).to_contain_text("more of storage")
    expect(app.model).to_contain_text("here for this visit only")
    app.text.fill(invoice)
    app.extract()
    assert len(set(app.stored()) & set(tiny_shards)) < len(tiny_shards)


def test_a_browser_without_file_storage_works_for_this_visit(
    tiny: Site, open_page: OpenPage, invoice: str
) -> None:
    page = open_page(tiny)
    hide_file_storage(page)
    app = App(page, tiny.origin)
    app.get_model()
    expect(app.model).to_contain_text("keeps no files for this page")
    app.text.fill(invoice)
    app.extract()
    assert app.stored() == {}


def test_a_page_without_threads_says_so_and_works(
    tiny_bundle: Path, start_site: StartSite, open_page: OpenPage, invoice: str
) -> None:
    site = start_site(tiny_bundle, isolated=False)
    app = App(open_page(site), site.origin)
    app.get_model()
    expect(app.model).to_contain_text("1 thread")
    expect(app.model).to_contain_text("COOP and COEP")
    app.text.fill(invoice)
    app.extract()


def hide_file_storage(page: Page) -> None:
    """Takes the origin's file system away from the engine's worker, as a private window does."""

    def without(route: Any) -> None:  # noqa: ANN401 (Playwright's Route, typed by its caller)
        response = route.fetch()
        body = f"delete StorageManager.prototype.getDirectory;{response.text()}"
        route.fulfill(response=response, body=body)

    page.route("**/assets/worker-*.js", without)
