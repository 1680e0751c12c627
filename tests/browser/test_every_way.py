"""The whole way from a photographed receipt to a corrected file, with the default model, in every way that
people come: by finger on a phone, by keys alone, without a network, on one thread."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.app import PATIENCE_MS, App
from tests.browser.site import ROOT, Site

PHOTO = ROOT / "tests" / "files" / "receipt-photo.jpg"
SHOP = "HARBOUR STREET GROCERS"
# From the top of the page to any control; more is a trap for the focus.
MOST_TABS = 60

Press = Callable[[Locator], None]


def by_click(control: Locator) -> None:
    control.click()


def by_finger(control: Locator) -> None:
    control.tap()


def by_key(control: Locator) -> None:
    """Reaches a control by the tab key alone, and presses it by the enter key."""
    expect(control).to_be_enabled()
    keys = control.page.keyboard
    for _ in range(MOST_TABS):
        if control.evaluate("(one) => one === document.activeElement"):
            return keys.press("Enter")
        keys.press("Tab")
    raise AssertionError(f"{control} is not reached by {MOST_TABS} tabs")


def whole_way(app: App, press: Press) -> dict[str, Any]:
    """Opens the photo, extracts, corrects the shop's name, downloads the data; answers with them."""
    page = app.page
    with page.expect_file_chooser() as chooser:
        press(page.get_by_role("button", name="Open files"))
    chooser.value.set_files(PHOTO)
    expect(page.locator('.files li[data-state="ready"]')).to_have_count(1, timeout=PATIENCE_MS)
    press(page.get_by_role("button", name="Extract", exact=True))
    app.run_is("done")
    assert json.loads(app.json.text_content() or "")["company"] == SHOP
    press(page.get_by_test_id("field-company").get_by_role("button").first)
    page.keyboard.press("e")
    editor = page.get_by_test_id("field-company").get_by_role("textbox")
    expect(editor).to_be_focused()
    editor.fill("Harbour Street Grocers Ltd")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("field-company")).to_have_attribute("data-review", "corrected")
    with page.expect_download() as download:
        press(page.get_by_test_id("export").get_by_role("button", name="Download"))
    data: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert data["company"] == "Harbour Street Grocers Ltd"
    assert data["date"] == "2026-03-12"
    return data


def test_by_finger_on_a_phone(site: Site, open_page: Callable[..., Page]) -> None:
    whole_way(App(open_page(site, phone=True), site.origin), by_finger)


def test_by_keys_alone(site: Site, page: Page) -> None:
    whole_way(App(page, site.origin), by_key)


def test_without_a_network(site: Site, page: Page) -> None:
    app = App(page, site.origin)
    first = whole_way(app, by_click)
    app.wait_for_service_worker()
    app.press("Clear")
    site.stop()
    page.reload()
    app.model_is("ready")
    assert whole_way(app, by_click) == first


def test_on_one_thread_the_data_are_the_same(
    bundle: Path, start_site: Callable[..., Site], site: Site, open_page: Callable[..., Page]
) -> None:
    bare = start_site(bundle, isolated=False)
    alone = App(open_page(bare), bare.origin)
    data = whole_way(alone, by_click)
    expect(alone.model).to_contain_text("1 thread")
    assert data == whole_way(App(open_page(site), site.origin), by_click)
