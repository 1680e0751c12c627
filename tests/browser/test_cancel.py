"""Cancel works at any moment, and what comes after is as if nothing had been."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.app import App
from tests.browser.site import Site

LONG = "On 12 March 2024 the committee met again and paid 120.50 to Harbour Light Studio.\n" * 60


def test_an_extraction_is_cancelled_while_it_reads_and_can_be_done_again(
    site: Site, page: Page, invoice: str
) -> None:
    app = App(page, site.origin)
    app.choose("Invoice")
    app.get_model()
    app.text.fill(invoice)
    before = app.extract()
    app.edit_text()
    app.text.fill(LONG)
    app.press("Extract")
    app.run_is("running")
    app.press("Cancel")
    app.run_is("cancelled")
    app.edit_text()
    app.text.fill(invoice)
    assert app.extract() == before


def test_waiting_for_the_model_is_cancelled_and_the_download_goes_on(
    site: Site, page: Page, invoice: str
) -> None:
    app = App(page, site.origin)
    app.text.fill(invoice)
    site.gate.hold_shards(after=1)
    app.press("Extract")
    app.run_is("queued")
    app.press("Cancel")
    app.run_is("cancelled")
    app.model_is("loading")
    site.gate.release()
    app.model_is("ready")
