"""Many documents in one table: they go on after a reload and after the tab is killed, and leave as files."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Download, Locator, Page, Playwright, expect

from builder.evaluate.chromium import FLAGS, find_chromium
from tests.browser.app import PATIENCE_MS, App
from tests.browser.site import Site

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "shop": {"type": ["string", "null"], "description": "Name of the shop"},
        "total": {"type": ["number", "null"], "description": "Total amount"},
    },
    "required": ["shop", "total"],
    "additionalProperties": False,
}


def receipt_text(number: int) -> str:
    return f"Shop number {number}\nBread 2.10\nMilk 1.{number % 90 + 10}\nTotal {number}.50\n"


def make_receipts(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"receipt-{number:03}.txt" for number in range(1, count + 1)]
    for number, path in enumerate(paths, start=1):
        path.write_text(receipt_text(number), encoding="utf-8")
    return paths


class Batch:
    """The batch screen, and what stands in its table."""

    def __init__(self, page: Page, origin: str) -> None:
        self.app = App(page, origin)
        self.page = page
        self.section = page.get_by_test_id("batch")
        self.rows = page.get_by_test_id("batch-row")

    def prepare(self, paths: list[Path]) -> None:
        """Sets the schema, opens files and goes to the table."""
        self.app.use_schema(SCHEMA)
        self.page.get_by_label("Files", exact=True).set_input_files(paths)
        self.go()

    def go(self) -> None:
        """Opens the screen."""
        self.page.evaluate("() => { location.hash = '#/batch'; }")
        expect(self.section).to_be_visible(timeout=PATIENCE_MS)

    def start(self, count: int) -> None:
        """Waits until all can be asked, and asks them."""
        noun = "document" if count == 1 else "documents"
        button = self.section.get_by_role("button", name=f"Extract {count} {noun}", exact=True)
        expect(button).to_be_visible(timeout=3 * PATIENCE_MS)
        button.click()

    def state_is(self, state: str, patience_ms: int = PATIENCE_MS) -> None:
        """Waits for a state of the batch."""
        expect(self.section).to_have_attribute("data-state", state, timeout=patience_ms)

    def in_state(self, state: str) -> Locator:
        """The rows in a state."""
        return self.page.locator(f'[data-testid="batch-row"][data-state="{state}"]')

    def wait_for_done(self, least: int) -> None:
        """Waits until so many rows are done."""
        self.page.wait_for_function(
            "(least) => document.querySelectorAll('tr[data-state=done]').length >= least",
            arg=least,
            timeout=PATIENCE_MS,
        )

    def cells(self) -> list[list[str]]:
        """What the table says, row by row."""
        found: list[list[str]] = self.rows.evaluate_all(
            "(rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
        )
        return found

    def export(self, label: str) -> Download:
        """Downloads the shown rows in a format."""
        self.section.get_by_role("combobox", name="Format").select_option(label=label)
        with self.page.expect_download() as download:
            self.section.get_by_role("button", name="Download", exact=True).click()
        return download.value


@pytest.fixture
def batch(tiny: Site, open_page: Callable[[Site], Page]) -> Batch:
    return Batch(open_page(tiny), tiny.origin)


def test_every_document_has_a_row_and_a_row_opens_its_result(batch: Batch, tmp_path: Path) -> None:
    batch.prepare(make_receipts(tmp_path, 5))
    batch.start(5)
    batch.state_is("ended")
    expect(batch.in_state("done")).to_have_count(5)
    cells = batch.cells()
    assert [row[0] for row in cells] == [f"receipt-{number:03}.txt" for number in range(1, 6)]
    assert all(row[2] == "" or row[2] in receipt_text(at) for at, row in enumerate(cells, start=1))
    for mark in batch.page.get_by_test_id("row-tier").all():
        expect(mark).to_have_attribute("data-tier", re.compile("wasm-(threads|single)"))
        expect(mark).to_have_text(
            re.compile(r"^CPU, .+ \(.*This browser offers no graphics processor\..*\)$")
        )
    expect(batch.page.get_by_test_id("row-tier")).to_have_count(5)
    batch.page.get_by_role("button", name="Open receipt-003.txt").click()
    expect(batch.page).to_have_url(re.compile(r"#/$"))
    batch.app.run_is("done")
    output = json.loads(batch.app.json.text_content() or "")
    assert (output["shop"] or "") == cells[2][2]


def test_rows_are_filtered_and_searched_and_those_that_failed_tried_again(
    batch: Batch, tmp_path: Path
) -> None:
    paths = make_receipts(tmp_path, 3)
    (tmp_path / "long.txt").write_text("word " * 40_000, encoding="utf-8")
    batch.prepare([*paths, tmp_path / "long.txt"])
    batch.start(4)
    batch.wait_for_done(3)
    batch.app.press("Cancel")
    batch.state_is("ended")
    expect(batch.in_state("cancelled")).to_have_count(1)
    filters = batch.page.get_by_role("group", name="Which rows")
    filters.get_by_role("button", name="Not done").click()
    expect(batch.rows).to_have_count(1)
    filters.get_by_role("button", name="Done", exact=False).first.click()
    filters.get_by_role("button", name="All").click()
    batch.page.get_by_role("searchbox", name="Search names and values").fill("receipt-002")
    expect(batch.rows).to_have_count(1)
    batch.page.get_by_role("searchbox", name="Search names and values").fill("")
    batch.page.get_by_role("button", name="Try long.txt again").click()
    batch.state_is("running")
    expect(batch.in_state("running")).to_have_count(1)
    batch.app.press("Pause")
    batch.state_is("paused")
    expect(batch.in_state("waiting")).to_have_count(1)


def test_a_pause_outlives_a_reload_and_a_running_batch_goes_on_by_itself(
    batch: Batch, tmp_path: Path
) -> None:
    batch.prepare(make_receipts(tmp_path, 40))
    batch.start(40)
    batch.wait_for_done(2)
    batch.app.press("Pause")
    batch.state_is("paused")
    expect(batch.in_state("running")).to_have_count(0)
    done = batch.cells()
    batch.page.reload()
    batch.state_is("paused")
    expect(batch.rows).to_have_count(40)
    assert batch.cells() == done
    batch.app.press("Go on")
    batch.wait_for_done(sum(row[1] == "done" for row in done) + 2)
    batch.page.reload()
    batch.state_is("ended")
    expect(batch.in_state("done")).to_have_count(40)


def test_a_batch_is_the_same_however_often_it_was_interrupted(batch: Batch, tmp_path: Path) -> None:
    batch.prepare(make_receipts(tmp_path, 8))
    batch.start(8)
    batch.state_is("ended")
    whole = batch.cells()
    batch.app.press("Close the table")
    batch.start(8)
    for done in (1, 3, 5):
        batch.wait_for_done(done)
        batch.page.reload()
    batch.state_is("ended")
    assert batch.cells() == whole


@pytest.fixture
def profile(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """Starts a browser on one profile, as often as it is asked for: what was kept is there again."""
    started: list[BrowserContext] = []

    def start() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"),
            executable_path=find_chromium(),
            args=list(FLAGS),
            viewport={"width": 1280, "height": 900},
        )
        context.set_default_timeout(PATIENCE_MS)
        started.append(context)
        return context

    yield start
    for context in started:
        context.close()


def parents() -> dict[int, int]:
    """The parent of each process."""
    found: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
        except OSError:
            continue  # It ended while we looked.
        found[int(status.parent.name)] = int(fields[1])
    return found


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def kill_tab(page: Page, profile: Path) -> None:
    """Kills the process of the tab, as a system short of memory does: the page hears nothing of it."""
    tree = parents()
    browsers = {one for one in tree if f"--user-data-dir={profile}" in command_of(one)}
    renderers = [
        one for one in tree if "--type=renderer" in command_of(one) and browsers & ancestors(one, tree)
    ]
    assert renderers
    with page.expect_event("crash", timeout=PATIENCE_MS):
        for renderer in renderers:
            os.kill(renderer, signal.SIGKILL)


def ancestors(process: int, tree: dict[int, int]) -> set[int]:
    found: set[int] = set()
    while process in tree:
        process = tree[process]
        found.add(process)
    return found


def test_a_batch_goes_on_in_a_new_tab_after_the_tab_was_killed(
    tiny: Site, profile: Callable[[], BrowserContext], tmp_path: Path
) -> None:
    context = profile()
    first = Batch(context.new_page(), tiny.origin)
    first.prepare(make_receipts(tmp_path, 30))
    first.start(30)
    first.wait_for_done(3)
    kill_tab(first.page, tmp_path / "profile")
    second = Batch(context.new_page(), tiny.origin)
    second.go()
    expect(second.rows).to_have_count(30)
    second.state_is("ended", 2 * PATIENCE_MS)
    expect(second.in_state("done")).to_have_count(30)
    second.page.evaluate("() => { location.hash = '#/'; }")
    expect(second.page.get_by_text("30 documents")).to_be_visible()


def test_a_document_that_took_the_tab_down_twice_is_given_up(
    tiny: Site, profile: Callable[[], BrowserContext], tmp_path: Path
) -> None:
    heavy = tmp_path / "heavy.txt"
    heavy.write_text("word " * 40_000, encoding="utf-8")
    context = profile()
    batch = Batch(context.new_page(), tiny.origin)
    batch.prepare([heavy, *make_receipts(tmp_path, 2)])
    batch.start(3)
    expect(batch.in_state("running")).to_have_count(1, timeout=PATIENCE_MS)
    kill_tab(batch.page, tmp_path / "profile")
    batch = Batch(context.new_page(), tiny.origin)
    batch.go()
    expect(batch.in_state("running")).to_have_count(1, timeout=PATIENCE_MS)
    kill_tab(batch.page, tmp_path / "profile")
    batch = Batch(context.new_page(), tiny.origin)
    batch.go()
    batch.state_is("ended")
    expect(batch.in_state("failed")).to_contain_text("The page stopped twice while it read this document.")
    expect(batch.in_state("done")).to_have_count(2)


def test_what_leaves_is_what_the_table_says(batch: Batch, tmp_path: Path) -> None:
    batch.prepare(make_receipts(tmp_path, 3))
    batch.start(3)
    batch.state_is("ended")
    cells = batch.cells()
    values = json.loads(batch.export("JSON").path().read_text(encoding="utf-8"))
    assert [one["document"] for one in values] == [row[0] for row in cells]
    assert [one["values"]["shop"] or "" for one in values] == [row[2] for row in cells]
    lines = batch.export("JSON Lines").path().read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == values

    batch.page.get_by_label("with evidence").check()
    batch.page.get_by_label("with confidence").check()
    rows = list(csv.DictReader(io.StringIO(batch.export("CSV").path().read_text(encoding="utf-8-sig"))))
    assert [row["Document"] for row in rows] == [row[0] for row in cells]
    for row, text in zip(rows, (receipt_text(number) for number in range(1, 4)), strict=True):
        assert row["shop (evidence)"] in text
        assert 0 <= float(row["shop (confidence)"]) <= 1

    workbook = batch.export("Excel (XLSX)")
    assert workbook.suggested_filename == "excerpt.xlsx"
    with zipfile.ZipFile(workbook.path()) as archive:
        assert archive.testzip() is None
        assert "xl/worksheets/sheet1.xml" in archive.namelist()
    batch.page.get_by_role("button", name="Copy as table").click()
    expect(batch.page.get_by_text("Copied. Paste it into a spreadsheet.")).to_be_visible()
    copied: str = batch.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.splitlines()[0].split("\t")[:3] == ["Document", "shop", "shop (evidence)"]
    assert len(copied.splitlines()) == 4


def test_a_file_read_later_joins_the_table(batch: Batch, tmp_path: Path) -> None:
    paths = make_receipts(tmp_path, 3)
    batch.prepare(paths[:2])
    batch.start(2)
    batch.state_is("ended")
    batch.page.get_by_label("Files", exact=True).set_input_files(paths[2:])
    batch.page.get_by_role("button", name="Extract 1 more document").click()
    expect(batch.in_state("done")).to_have_count(3)
    assert [row[0] for row in batch.cells()] == [path.name for path in paths]
