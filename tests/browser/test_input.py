"""Documents and schemas that cannot be used: a clear message, nothing lost, no hang."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import PATIENCE_MS, App
from tests.browser.site import Site

LONGEST = 1_000_000
UNENFORCEABLE: dict[str, Any] = {
    "type": "object",
    "properties": {"total": {"type": "string", "format": "regex"}},
    "required": ["total"],
    "additionalProperties": False,
}


@pytest.fixture
def app(tiny: Site, open_page: Callable[[Site], Page]) -> App:
    return App(open_page(tiny), tiny.origin)


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_an_empty_text(app: App, text: str) -> None:
    app.text.fill(text)
    app.press("Extract")
    app.run_is("failed")
    expect(app.problem("empty-text")).to_be_visible()
    app.model_is("absent")


def test_a_text_file_is_taken_and_a_binary_one_is_refused_with_the_text_kept(app: App, receipt: str) -> None:
    chooser = app.page.get_by_label("Files", exact=True)
    chooser.set_input_files({"name": "receipt.txt", "mimeType": "text/plain", "buffer": receipt.encode()})
    expect(app.text).to_have_value(receipt)
    binary = bytes(range(256)) * 16
    chooser.set_input_files({"name": "photo.txt", "mimeType": "text/plain", "buffer": binary})
    expect(app.problem("not-text")).to_contain_text("photo.txt")
    expect(app.text).to_have_value(receipt)


def test_a_dropped_text_file_is_taken(app: App, receipt: str) -> None:
    dropped = app.page.evaluate_handle(
        """(text) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], "receipt.txt", { type: "text/plain" }));
          return transfer;
        }""",
        receipt,
    )
    app.text.dispatch_event("dragover", {"dataTransfer": dropped})
    app.text.dispatch_event("drop", {"dataTransfer": dropped})
    expect(app.text).to_have_value(receipt)


def test_a_schema_that_cannot_be_enforced_is_refused_with_its_place(app: App, invoice: str) -> None:
    app.text.fill(invoice)
    app.use_schema(UNENFORCEABLE)
    expect(app.page.get_by_role("tabpanel")).to_contain_text("/properties/total/format")
    app.press("Extract")
    app.run_is("failed")
    expect(app.problem("schema-refused")).to_be_visible()
    expect(app.text).to_have_value(invoice)


def test_a_paste_longer_than_any_text_is_refused_and_what_was_there_stays(app: App, invoice: str) -> None:
    app.text.fill(invoice)
    app.text.press("End")
    app.page.evaluate("(text) => navigator.clipboard.writeText(text)", "x " * (LONGEST // 2) + "end")
    app.page.keyboard.press("ControlOrMeta+v")
    expect(app.problem("text-too-long")).to_contain_text("1,000,000")
    expect(app.text).to_have_value(invoice)


def test_a_paste_of_one_megabyte_is_taken_and_answered_in_time(app: App) -> None:
    app.get_model()
    text = ("item 12.50\n" * (LONGEST // 11 + 1))[:LONGEST]
    app.paste(text)
    expect(app.page.get_by_text("1,000,000 characters")).to_be_visible()
    app.press("Extract")
    app.run_is("running")
    expect(app.run).to_contain_text(re.compile(r"A long text: part .+ left"), timeout=PATIENCE_MS)
    app.press("Cancel")
    app.run_is("cancelled")
    # Nothing was found yet, so nothing is marked: the text is open for editing.
    expect(app.text).to_have_value(text)
    app.text.fill("Total 12.50")
    app.extract()
