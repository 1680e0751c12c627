"""Two hundred documents: the tab holds what it shows, not what it has read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import PATIENCE_MS
from tests.browser.site import Site
from tests.browser.test_batch import Batch, make_receipts

MB = 1_000_000
COUNT = 200


@pytest.fixture
def batch(tiny: Site, open_page: Callable[[Site], Page]) -> Batch:
    return Batch(open_page(tiny), tiny.origin)


def heap(page: Page) -> float:
    """What the page's own scripts hold after the garbage is gone, in megabytes."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return float(used) / MB


def test_two_hundred_long_documents_are_open_and_the_page_holds_one(batch: Batch, tmp_path: Path) -> None:
    paths = [tmp_path / f"long-{number:03}.txt" for number in range(COUNT)]
    for number, path in enumerate(paths):
        path.write_text(f"Document {number}. " + "A line of words. " * 24_000, encoding="utf-8")
    before = heap(batch.page)
    batch.page.get_by_label("Files", exact=True).set_input_files(paths)
    batch.go()
    expect(batch.section.get_by_role("button", name=f"Extract {COUNT} documents")).to_be_visible(
        timeout=3 * PATIENCE_MS
    )
    grown = heap(batch.page) - before
    # Their texts are 80 MB together.
    assert grown < 12, f"the page holds {grown:.1f} MB more"


def test_a_batch_of_two_hundred_ends_and_the_page_has_hardly_grown(batch: Batch, tmp_path: Path) -> None:
    batch.prepare(make_receipts(tmp_path, COUNT))
    batch.start(COUNT)
    batch.wait_for_done(20)
    early = heap(batch.page)
    batch.state_is("ended", 8 * PATIENCE_MS)
    expect(batch.in_state("done")).to_have_count(COUNT)
    grown = heap(batch.page) - early
    assert grown < 8, f"180 documents later the page holds {grown:.1f} MB more"
