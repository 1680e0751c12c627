"""The main job, from the first visit to one without a network: the same document, the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App
from tests.browser.engine import Case, read_case, read_records
from tests.browser.grounded import check_result
from tests.browser.site import ROOT, Site

SROIE = ROOT.parent / "shared" / "eval" / "sroie.jsonl"
# The receipt of ours is always there; the public one where its collection lies beside the checkout.
RECEIPTS = [read_case("receipt"), *(read_records(SROIE, 1) if SROIE.is_file() else [])]


def offline_again(app: App, site: Site) -> str:
    """Stops the server, loads the page anew and extracts once more."""
    app.wait_for_service_worker()
    site.stop()
    app.page.reload()
    app.model_is("ready")
    return app.extract()


def test_an_invoice_with_a_preset_then_offline(site: Site, page: Page, invoice: str) -> None:
    app = App(page, site.origin)
    app.model_is("absent")
    schema = app.choose("Invoice")
    app.text.fill(invoice)
    first = app.extract()
    app.model_is("ready")
    check_result(app, first, schema, invoice)

    assert offline_again(app, site) == first
    check_result(app, first, schema, invoice)


@pytest.mark.parametrize("case", RECEIPTS, ids=[case.name for case in RECEIPTS])
def test_a_receipt_with_a_schema_of_ones_own_then_offline(site: Site, page: Page, case: Case) -> None:
    app = App(page, site.origin)
    app.use_schema(case.schema)
    app.text.fill(case.text)
    first = app.extract()
    check_result(app, first, case.schema, case.text)
    assert offline_again(app, site) == first


def test_the_page_says_what_it_fetches_before_and_while_it_does(
    tiny: Site, open_page: Callable[[Site], Page]
) -> None:
    app = App(open_page(tiny), tiny.origin)
    expect(app.model).to_contain_text("Apache-2.0")
    expect(app.model.get_by_role("button")).to_contain_text("MB")
    tiny.gate.hold_shards(after=2)
    app.press("Get the model")
    app.model_is("loading")
    expect(app.model.get_by_role("progressbar")).to_have_attribute("value", re.compile(r"0\.\d+"))
    expect(app.model).to_contain_text(re.compile(r"\d MB of \d.* MB"))
    tiny.gate.release()
    app.model_is("ready")
    expect(app.model).to_contain_text("kept on this device")


def test_the_json_can_be_copied_and_downloaded(
    tiny: Site, open_page: Callable[[Site], Page], invoice: str, tmp_path: Path
) -> None:
    app = App(open_page(tiny), tiny.origin)
    app.choose("Invoice")
    app.text.fill(invoice)
    shown = app.extract()
    app.press("Copy JSON")
    expect(app.page.get_by_text("Copied.")).to_be_visible()
    assert app.page.evaluate("() => navigator.clipboard.readText()") == shown
    with app.page.expect_download() as download:
        app.page.get_by_test_id("export").get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "Typed text.json"
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    assert saved.read_text(encoding="utf-8") == shown


def test_a_value_leads_to_its_place_and_back(tiny: Site, open_page: Callable[[Site], Page]) -> None:
    app = App(open_page(tiny), tiny.origin)
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {"name": {"type": "string", "description": "Any words"}},
        "required": ["name"],
        "additionalProperties": False,
    }
    app.use_schema(schema)
    app.text.fill("Ada Lovelace wrote the first program.")
    app.extract()
    mark = app.page.locator('mark[data-field="name"]').first
    app.page.get_by_test_id("field-name").get_by_role("button").first.hover()
    expect(mark).to_have_class("lit")
    app.page.mouse.move(0, 0)
    expect(mark).not_to_have_class("lit")
    mark.click()
    expect(app.page.get_by_test_id("field-name").get_by_role("button").first).to_be_focused()
