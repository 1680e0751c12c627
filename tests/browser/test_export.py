"""One result by itself leaves from the work screen as it is shown, with what a person corrected."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.app import App
from tests.browser.site import Site

TEXT = "Ada Lovelace paid 498.00 on 3 May 2026. Subtotal 415.00, VAT 83.00."
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "total": {"type": ["number", "null"]}},
    "required": ["name", "total"],
    "additionalProperties": False,
}
FINGER = 44


class Exporting:
    """The work screen with a result, of which the total was corrected, and what exports it."""

    def __init__(self, page: Page, origin: str) -> None:
        self.app = App(page, origin)
        self.page = page
        self.section = page.get_by_test_id("export")
        self.format = self.section.get_by_role("combobox", name="Format")
        self.app.get_model()
        self.app.use_schema(SCHEMA)
        self.app.press("Done")
        self.app.text.fill(TEXT)
        self.app.extract()
        expect(self.section).to_be_visible()

    def correct(self, typed: str) -> None:
        """Types another total, by keys."""
        self.page.get_by_test_id("field-total").get_by_role("button").first.focus()
        self.page.keyboard.press("e")
        self.page.get_by_test_id("field-total").get_by_role("textbox").fill(typed)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_test_id("field-total")).to_have_attribute("data-review", "corrected")

    def button(self, name: str) -> Locator:
        return self.section.get_by_role("button", name=name, exact=True)

    def download(self, label: str) -> Download:
        """The shown result as a file."""
        self.format.select_option(label=label)
        with self.page.expect_download() as download:
            self.button("Download").click()
        return download.value

    def text(self, label: str) -> str:
        return self.download(label).path().read_text(encoding="utf-8-sig")

    def copied(self, name: str) -> str:
        """What is on the clipboard after a button was pressed."""
        self.button(name).click()
        expect(self.section.get_by_role("status")).to_contain_text("Copied.")
        text: str = self.page.evaluate("() => navigator.clipboard.readText()")
        return text


@pytest.fixture
def exporting(tiny: Site, open_page: Callable[..., Page]) -> Exporting:
    return Exporting(open_page(tiny), tiny.origin)


def test_a_result_is_taken_along_in_every_format_with_what_was_corrected(exporting: Exporting) -> None:
    exporting.correct("500.25")
    values = json.loads(exporting.app.json.text_content() or "")
    assert values["total"] == 500.25
    assert json.loads(exporting.text("JSON")) == values
    line = {"document": "Typed text", "schema": "My own fields", "values": values}
    assert exporting.text("JSON Lines") == json.dumps(line, separators=(",", ":")) + "\n"
    (row,) = csv.DictReader(io.StringIO(exporting.text("CSV")))
    assert row == {"Document": "Typed text", "name": values["name"], "total": "500.25"}
    workbook = exporting.download("Excel (XLSX)")
    assert workbook.suggested_filename == "Typed text.xlsx"
    with zipfile.ZipFile(workbook.path()) as archive:
        assert archive.testzip() is None
        assert b"500.25" in archive.read("xl/worksheets/sheet1.xml")


def test_evidence_and_confidence_go_along_where_they_are_asked_for(exporting: Exporting) -> None:
    exporting.correct("500.25")
    exporting.page.get_by_label("with evidence").check()
    exporting.page.get_by_label("with confidence").check()
    whole = json.loads(exporting.text("JSON"))
    assert whole["reviewed"] == {"/total": "corrected"}
    (place,) = whole["evidence"]["/name"]
    assert TEXT[place["start"] : place["end"]] == place["text"] == whole["values"]["name"]
    assert 0 <= whole["confidence"]["/name"] <= 1
    (row,) = csv.DictReader(io.StringIO(exporting.text("CSV")))
    assert row["name (evidence)"] == place["text"]
    assert float(row["name (confidence)"]) == whole["confidence"]["/name"]


def test_it_is_copied_as_what_is_chosen(exporting: Exporting) -> None:
    assert exporting.copied("Copy JSON") == exporting.app.json.text_content()
    exporting.format.select_option(label="Excel (XLSX)")
    head, row = exporting.copied("Copy as table").splitlines()
    assert head.split("\t") == ["Document", "name", "total"]
    assert row.startswith("Typed text\t")
    exporting.format.select_option(label="JSON Lines")
    assert json.loads(exporting.copied("Copy JSON Lines"))["document"] == "Typed text"


def test_all_of_it_is_done_by_keys(exporting: Exporting) -> None:
    keys = exporting.page.keyboard
    exporting.format.focus()
    keys.press("c")
    expect(exporting.format).to_have_value("csv")
    keys.press("Tab")
    keys.press("Space")
    expect(exporting.page.get_by_label("with evidence")).to_be_checked()
    keys.press("Tab")
    keys.press("Tab")
    expect(exporting.button("Download")).to_be_focused()
    with exporting.page.expect_download() as download:
        keys.press("Enter")
    assert "name (evidence)" in download.value.path().read_text(encoding="utf-8-sig")
    keys.press("Tab")
    expect(exporting.button("Copy as table")).to_be_focused()


def test_on_a_phone_each_control_is_as_large_as_a_finger_and_speaks_the_language(
    tiny: Site, open_page: Callable[..., Page]
) -> None:
    exporting = Exporting(open_page(tiny, phone=True), tiny.origin)
    for control in exporting.section.locator("select, button, label").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= FINGER, control.inner_text()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= exporting.page.evaluate("() => innerWidth")
    with exporting.page.expect_download() as download:
        exporting.button("Download").tap()
    assert download.value.suggested_filename == "Typed text.json"
    exporting.page.locator(".language select").select_option("de")
    expect(exporting.button("JSON kopieren")).to_be_visible()
    expect(exporting.section.get_by_text("mit Fundstellen")).to_be_visible()
