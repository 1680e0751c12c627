"""A newer model: offered, fetched beside the one in use, taken only when it works, and gone back from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import PATIENCE_MS, App
from tests.browser.site import Site, altered_bundle
from tests.browser.versions import newer_bundle, read_manifest

OpenPage = Callable[[Site], Page]


@pytest.fixture
def app(tiny: Site, open_page: OpenPage) -> App:
    """A page that has taken the first version."""
    app = App(open_page(tiny), tiny.origin)
    app.get_model()
    return app


@pytest.fixture
def first(tiny_bundle: Path) -> str:
    """The first version, as the page shows it."""
    return read_manifest(tiny_bundle).version[:8]


def come_back(app: App, first: str) -> None:
    """Opens the page again; the version that is kept is there at once."""
    app.page.reload()
    runs(app, first)


def runs(app: App, version: str) -> None:
    """Waits until this version is the one in use."""
    app.model_is("ready")
    expect(app.model).to_contain_text(version, timeout=PATIENCE_MS)


def update_is(app: App, state: str) -> None:
    """Waits until the update is in a state."""
    expect(app.page.get_by_test_id("update")).to_have_attribute("data-state", state, timeout=PATIENCE_MS)


def asked(site: Site, before: Counter[str]) -> dict[str, int]:
    """The shards asked for since `before`, and how often."""
    return {path.removeprefix("/bundle/"): count for path, count in (site.gate.shards() - before).items()}


def test_only_the_shards_that_changed_are_fetched_while_the_old_model_works(
    tiny: Site, app: App, first: str, tiny_bundle: Path, tmp_path: Path, invoice: str
) -> None:
    newer = newer_bundle(tiny_bundle, tmp_path / "newer", shards=1)
    before = tiny.gate.shards()
    tiny.publish(newer.folder)
    come_back(app, first)
    update_is(app, "offered")
    [size] = newer.changed.values()
    expect(app.page.get_by_test_id("update")).to_contain_text(f"a download of {size / 1e3:.0f} kB")
    assert asked(tiny, before) == {}

    tiny.gate.hold_shards(after=0)
    app.press("Update")
    update_is(app, "loading")
    app.text.fill(invoice)
    answer = app.extract()
    expect(app.model).to_contain_text(first)

    tiny.gate.release()
    runs(app, newer.version)
    assert asked(tiny, before) == dict.fromkeys(newer.changed, 1)
    assert app.extract() == answer

    app.press("Use the version before")
    runs(app, first)
    assert app.extract() == answer
    app.press("Use the newer version again")
    runs(app, newer.version)
    assert asked(tiny, before) == dict.fromkeys(newer.changed, 1)


def test_without_a_network_the_kept_version_works_though_a_newer_one_is_there(
    tiny: Site, app: App, first: str, tiny_bundle: Path, tmp_path: Path, invoice: str
) -> None:
    app.wait_for_service_worker()
    tiny.publish(newer_bundle(tiny_bundle, tmp_path / "newer", shards=1).folder)
    app.page.context.set_offline(True)
    come_back(app, first)
    app.text.fill(invoice)
    app.extract()
    expect(app.page.get_by_test_id("update")).to_have_count(0)


def test_a_download_that_is_broken_off_goes_on_on_the_next_visit(
    tiny: Site, app: App, first: str, tiny_bundle: Path, tmp_path: Path
) -> None:
    newer = newer_bundle(tiny_bundle, tmp_path / "newer", shards=4)
    before = tiny.gate.shards()
    tiny.publish(newer.folder)
    come_back(app, first)
    tiny.gate.hold_shards(after=2)
    app.press("Update")
    kept = app.wait_until_stored(newer.changed, 2)
    app.press("Pause")
    update_is(app, "paused")
    come_back(app, first)
    tiny.gate.release()
    app.press("Update")
    runs(app, newer.version)
    assert {name: asked(tiny, before)[name] for name in kept} == dict.fromkeys(kept, 1)
    assert set(asked(tiny, before)) == set(newer.changed)


def test_two_tabs_fetch_it_once_and_each_takes_it(
    tiny: Site, app: App, first: str, tiny_bundle: Path, tmp_path: Path
) -> None:
    newer = newer_bundle(tiny_bundle, tmp_path / "newer", shards=2)
    before = tiny.gate.shards()
    tiny.publish(newer.folder)
    come_back(app, first)
    other = App(app.page.context.new_page(), tiny.origin)
    runs(other, first)
    tiny.gate.hold_shards(after=0)
    for tab in (app, other):
        update_is(tab, "offered")
        tab.press("Update")
        update_is(tab, "loading")
    tiny.gate.release()
    for tab in (app, other):
        runs(tab, newer.version)
    assert asked(tiny, before) == dict.fromkeys(newer.changed, 1)


def test_leftovers_before_the_last_two_versions_are_deleted(
    tiny: Site, app: App, first: str, tiny_bundle: Path, tmp_path: Path, tiny_shards: dict[str, int]
) -> None:
    come_back(app, first)
    for age, shards in ((1, 4), (2, 3)):
        newer = newer_bundle(tiny_bundle, tmp_path / f"newer-{age}", shards=shards, age=age)
        tiny.publish(newer.folder)
        app.page.reload()
        app.press("Update")
        runs(app, newer.version)
    # The third version shares one packed shard with the first; of the first alone nothing is left.
    only_first = set(tiny_shards) - {entry.file for entry in newer.manifest.files()}
    assert set(app.stored()) & set(tiny_shards) == set(tiny_shards) - only_first


@pytest.mark.parametrize("damage", ["wrong answers", "wrong byte"])
def test_a_newer_model_that_is_broken_leaves_the_old_one_in_use(
    damage: str, tiny: Site, app: App, first: str, tiny_bundle: Path, tmp_path: Path, invoice: str
) -> None:
    newer = newer_bundle(tiny_bundle, tmp_path / "newer", shards=1, wrong_answers=damage == "wrong answers")
    [name] = newer.changed
    served = newer.folder
    if damage == "wrong byte":
        served = altered_bundle(newer.folder, tmp_path / "damaged", flip=name)
    tiny.publish(served)
    come_back(app, first)
    app.press("Update")
    if damage == "wrong byte":
        update_is(app, "failed")
        expect(app.problem("shard-mismatch")).to_contain_text(name)
    else:
        expect(app.model).to_contain_text("stays in use", timeout=PATIENCE_MS)
    runs(app, first)
    assert name not in app.stored()
    app.text.fill(invoice)
    app.extract()
