"""The dashboard: figures of real runs, drawn under the page's own policy, kept, taken away and deleted."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App
from tests.browser.site import Site

OpenPage = Callable[[Site], Page]

RUNS = 3

# Whether anything is drawn on the picture: a pixel that is not transparent.
DRAWN = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, at) => at % 4 === 3 && value > 0);
}"""


@pytest.fixture
def measured(tiny: Site, open_page: OpenPage, invoice: str) -> App:
    """An app in which documents have been read, and the dashboard is open."""
    app = App(open_page(tiny), tiny.origin)
    app.get_model()
    for number in range(RUNS):
        if number > 0:
            app.press("Edit text")
        app.text.fill(f"{invoice}\nPage {number + 1}")
        app.extract()
    open_numbers(app)
    return app


def open_numbers(app: App) -> None:
    """Goes to the dashboard."""
    app.page.get_by_role("link", name="Numbers").click()
    expect(app.page.get_by_test_id("numbers")).to_be_visible()


def test_it_says_what_will_be_here(tiny: Site, open_page: OpenPage) -> None:
    app = App(open_page(tiny), tiny.origin)
    app.page.get_by_role("link", name="Numbers").click()
    expect(app.page.get_by_text("Once documents have been read")).to_be_visible()
    expect(app.page.get_by_role("link", name="Read a document")).to_have_attribute("href", "#/")


def test_real_runs_are_counted_drawn_and_told_in_tables(measured: App) -> None:
    page = measured.page
    expect(page.get_by_test_id("tile-runs")).to_contain_text(str(RUNS))
    stations = page.get_by_test_id("stations")
    for station in ("prefill", "decode", "whole"):
        cells = stations.locator(f'tr[data-station="{station}"] td')
        expect(cells.nth(0)).to_have_text(str(RUNS))
        for at in (1, 2):
            expect(cells.nth(at)).to_have_text(re.compile(r"^\d[\d.]* m?s$"))
    expect(page.get_by_test_id("tiers")).to_contain_text("processor")
    expect(page.get_by_test_id("tile-failed")).to_contain_text("0%")
    canvas = page.locator(".chart canvas").first
    expect(canvas).to_be_visible()
    assert canvas.evaluate(DRAWN)


def test_what_people_correct_becomes_a_curve(tiny: Site, open_page: OpenPage, invoice: str) -> None:
    app = App(open_page(tiny), tiny.origin)
    app.get_model()
    app.text.fill(invoice)
    app.extract()
    app.page.locator(".leaf .value").first.click()
    app.page.keyboard.press("a")
    expect(app.page.locator('.leaf[data-review="accepted"]')).to_have_count(1)
    open_numbers(app)
    expect(app.page.get_by_test_id("tile-right")).to_contain_text("100%")
    curve = app.page.get_by_role("region", name="Do answers hold what they promise?").first
    expect(curve).to_contain_text("100%")


def test_the_numbers_are_taken_away_as_files_without_a_word_of_the_document(
    measured: App, invoice: str
) -> None:
    kept = json.loads(saved(measured.page, "Export JSON").read_text(encoding="utf-8"))
    assert [measure["kind"] for measure in kept["measures"]] == ["run"] * RUNS
    assert all(measure["tier"].startswith("wasm") for measure in kept["measures"])
    text = saved(measured.page, "Export CSV").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["status"] for row in rows] == ["done"] * RUNS
    words = {word for word in invoice.split() if len(word) > 6}
    assert not [word for word in words if word in text or word in json.dumps(kept)]


def test_they_outlive_a_reload_and_are_deleted_on_request(measured: App) -> None:
    page = measured.page
    page.reload()
    expect(page.get_by_test_id("tile-runs")).to_contain_text(str(RUNS))
    page.get_by_role("button", name="Delete the numbers").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Once documents have been read")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Once documents have been read")).to_be_visible()


def test_a_file_that_cannot_be_read_counts_as_an_error(
    tiny: Site, open_page: OpenPage, tmp_path: Path
) -> None:
    app = App(open_page(tiny), tiny.origin)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing follows")
    app.page.locator('input[type="file"]').first.set_input_files(broken)
    expect(app.page.get_by_role("alert").first).to_be_visible()
    open_numbers(app)
    expect(app.page.get_by_text("1 of 1 files could not be read")).to_be_visible()


def saved(page: Page, button: str) -> Path:
    """Presses a button that saves a file; answers with the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path())
