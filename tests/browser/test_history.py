"""What is kept on the device: documents and results over a reload, the history, and the way out of it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app import PATIENCE_MS, App
from tests.browser.site import ROOT, Site

FILES = ROOT / "tests" / "files"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"name": {"type": "string", "description": "Any words"}},
    "required": ["name"],
    "additionalProperties": False,
}


class History:
    """The history's screen."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.page = app.page
        self.section = app.page.get_by_test_id("history")
        self.entries = app.page.get_by_test_id("history-entry")

    def go(self) -> None:
        """Opens the screen."""
        self.page.evaluate("() => { location.hash = '#/history'; }")
        expect(self.section).to_have_attribute("aria-busy", "false")

    def leave(self) -> None:
        """Goes back to the work."""
        self.page.evaluate("() => { location.hash = '#/'; }")
        expect(self.app.run).to_be_visible()

    def export(self) -> Path:
        """Takes everything along as one file."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Export everything").click()
        return download.value.path()

    def import_file(self, path: Path) -> None:
        """Takes a file in."""
        self.page.get_by_label("History file").set_input_files(path)


@pytest.fixture
def app(tiny: Site, open_page: Callable[[Site], Page]) -> App:
    return App(open_page(tiny), tiny.origin)


def row(app: App, name: str) -> Locator:
    return app.page.get_by_role("listitem").filter(has=app.page.locator(".file-title", has_text=name))


def open_and_extract(app: App, *names: str) -> list[str]:
    """Opens files and asks each by the schema; answers with what was found."""
    app.use_schema(SCHEMA)
    app.page.get_by_label("Files", exact=True).set_input_files([FILES / name for name in names])
    found = []
    for name in names:
        expect(row(app, name)).to_have_attribute("data-state", "ready", timeout=PATIENCE_MS)
        choice = row(app, name).get_by_role("button").first
        choice.click()
        expect(choice).to_have_attribute("aria-current", "true")
        found.append(app.extract())
    return found


def test_documents_and_their_results_are_there_after_a_reload(app: App) -> None:
    letter, expenses = open_and_extract(app, "letter.docx", "expenses.csv")
    app.page.reload()
    app.run_is("done")
    expect(app.json).to_have_text(expenses)
    expect(row(app, "expenses.csv").get_by_role("button").first).to_have_attribute("aria-current", "true")
    row(app, "letter.docx").get_by_role("button").first.click()
    expect(app.json).to_have_text(letter)
    assert app.marked("name") != []


def test_files_that_wait_are_read_after_the_reload(app: App, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number:02}.txt" for number in range(40)]
    for path in paths:
        path.write_text(f"This is the text of {path.name}", encoding="utf-8")
    app.page.get_by_label("Files", exact=True).set_input_files([FILES / "scan.pdf", *paths])
    expect(row(app, "39.txt")).to_have_attribute("data-state", "waiting")
    app.page.evaluate(WRITTEN, 41)
    app.page.reload()
    expect(row(app, "39.txt")).to_have_attribute("data-state", "ready", timeout=PATIENCE_MS)
    expect(row(app, "scan.pdf")).to_have_attribute("data-state", "ready")
    row(app, "39.txt").get_by_role("button").first.click()
    expect(app.text).to_have_value("This is the text of 39.txt")


# Both the list and what is on it. Asks again by itself: Playwright's wait for a function takes a promise for
# a yes. A database that is not there yet must not be made here: it would be one without tables.
WRITTEN = """async (count) => {
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => { resolve(request.result); };
  });
  for (;;) {
    const there = await indexedDB.databases();
    if (there.some(({ name }) => name === "excerpt")) {
      const database = await done(indexedDB.open("excerpt"));
      const stored = database.transaction(["desks", "documents"]);
      const [desks, documents] = await Promise.all([
        done(stored.objectStore("desks").getAll()),
        done(stored.objectStore("documents").count()),
      ]);
      database.close();
      if (documents >= count && desks.some(({ documentIds }) => documentIds.length >= count)) return;
    }
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
  }
}"""


def test_an_edited_text_has_no_result_and_the_old_one_stays_in_the_history(app: App) -> None:
    (found,) = open_and_extract(app, "expenses.csv")
    app.press("Edit text")
    app.text.fill("Another text altogether")
    app.extract()
    history = History(app)
    history.go()
    expect(history.entries).to_have_count(2)
    history.entries.nth(1).get_by_role("button", name="Open").click()
    expect(app.json).to_have_text(found)
    expect(app.page.get_by_text("2 documents")).to_be_visible()


def test_each_result_says_where_it_was_read_and_why_there_in_either_language(app: App) -> None:
    open_and_extract(app, "expenses.csv")
    why = app.page.get_by_test_id("tier").get_attribute("data-why")
    history = History(app)
    history.go()
    mark = history.entries.get_by_test_id("row-tier")
    assert mark.get_attribute("data-why") == why
    expect(mark).to_have_text(re.compile(r"^CPU, .+ \(.*This browser offers no graphics processor\..*\)$"))
    app.page.locator(".language select").select_option("de")
    expect(mark).to_have_text(
        re.compile(r"^CPU, .+ \(.*Dieser Browser bietet keinen Grafikprozessor an\..*\)$")
    )


def test_what_is_cleared_is_off_the_desk_and_may_be_forgotten_at_once(app: App) -> None:
    open_and_extract(app, "expenses.csv")
    app.press("Clear")
    expect(app.page.get_by_test_id("left")).to_contain_text("1 result went into the history.")
    app.page.reload()
    expect(app.text).to_have_value("")
    history = History(app)
    history.go()
    expect(history.entries).to_have_count(1)
    history.leave()
    open_and_extract(app, "letter.docx")
    app.press("Clear")
    app.press("Delete from there too")
    expect(app.page.get_by_test_id("left")).to_have_count(0)
    history.go()
    expect(history.entries).to_have_count(1)
    expect(history.entries).to_contain_text("expenses.csv")


def test_the_history_is_searched_and_deleted_one_by_one_or_as_a_whole(app: App) -> None:
    open_and_extract(app, "letter.docx", "expenses.csv")
    history = History(app)
    history.go()
    expect(history.entries).to_have_count(2)
    search = app.page.get_by_role("searchbox", name="Search documents and values")
    search.fill("LETTER")
    expect(history.entries).to_have_count(1)
    search.fill("nobody wrote this")
    expect(app.page.get_by_text("Nothing in the history says that.")).to_be_visible()
    search.fill("")
    app.press("Delete the result of letter.docx")
    expect(history.entries).to_have_count(1)
    app.press("Delete everything")
    app.press("Keep them")
    expect(history.entries).to_have_count(1)
    app.press("Delete everything")
    app.press("Delete now")
    expect(history.entries).to_have_count(0)
    expect(app.page.get_by_text("What was found in your documents is listed here")).to_be_visible()
    app.page.reload()
    history.leave()
    expect(app.text).to_have_value("")
    expect(row(app, "expenses.csv")).to_have_count(0)


def test_everything_goes_as_one_file_to_another_browser(
    app: App, tiny: Site, open_page: Callable[[Site], Page], tmp_path: Path
) -> None:
    (found,) = open_and_extract(app, "three-pages.pdf")
    history = History(app)
    history.go()
    file = tmp_path / "history.jsonl.gz"
    file.write_bytes(history.export().read_bytes())

    other = App(open_page(tiny), tiny.origin)
    there = History(other)
    there.go()
    expect(there.entries).to_have_count(0)
    there.import_file(file)
    expect(other.page.get_by_text("Taken over: documents 1, results 1, schemas 0.")).to_be_visible()
    there.entries.get_by_role("button", name="Open").click()
    expect(other.json).to_have_text(found)
    assert other.marked("name") != []


def save_schema(app: App, schema: dict[str, Any], name: str) -> None:
    """Saves a schema under a name, as a person does."""
    app.edit_fields()
    app.press("Start with an empty list")
    app.use_schema(schema)
    app.press("Save under a name")
    app.page.get_by_label("Name of the schema").fill(name)
    app.page.locator("form.panel").get_by_role("button", name="Save").click()
    expect(app.page.get_by_role("combobox", name="Kind of document")).to_have_value(re.compile("-"))


def test_saved_schemas_go_along_and_take_no_others_place(
    app: App, tiny: Site, open_page: Callable[[Site], Page], tmp_path: Path
) -> None:
    save_schema(app, SCHEMA, "Visit")
    refused = {"type": "object", "properties": {"mark": {"type": "string", "pattern": "("}}}
    save_schema(app, refused, "Broken")
    history = History(app)
    history.go()
    file = tmp_path / "history.jsonl.gz"
    file.write_bytes(history.export().read_bytes())
    head = json.loads(gzip.decompress(file.read_bytes()).splitlines()[0])
    assert (head["format"], head["version"]) == ("excerpt-history", 2)

    other = App(open_page(tiny), tiny.origin)
    mine = {**SCHEMA, "title": "Another visit"}
    save_schema(other, mine, "Visit")
    there = History(other)
    there.go()
    there.import_file(file)
    expect(other.page.get_by_text("Taken over: documents 0, results 0, schemas 2.")).to_be_visible()
    expect(other.page.get_by_text("have a number now: “Visit 2”.")).to_be_visible()
    there.import_file(file)
    expect(
        other.page.get_by_text("Taken over: documents 0, results 0, schemas 0. Already here: 2.")
    ).to_be_visible()
    there.leave()
    assert other.choose("Visit") == mine
    assert other.choose("Visit 2") == SCHEMA
    # What is refused when it is typed is refused when it comes from elsewhere.
    other.page.get_by_role("combobox", name="Kind of document").select_option(label="Broken")
    other.text.fill("Ada came on 3 May.")
    other.press("Extract")
    expect(other.problem("schema-refused")).to_be_visible()


@pytest.mark.parametrize("damage", ["cut", "changed", "foreign"])
def test_a_file_that_is_not_right_is_refused_whole(app: App, tmp_path: Path, damage: str) -> None:
    open_and_extract(app, "expenses.csv")
    history = History(app)
    history.go()
    data = gzip.decompress(history.export().read_bytes())
    lines = [json.loads(line) for line in data.splitlines()]
    app.press("Delete everything")
    app.press("Delete now")
    expect(history.entries).to_have_count(0)
    path = tmp_path / "history.jsonl.gz"
    if damage == "cut":
        path.write_bytes(gzip.compress(data)[:-40])
    elif damage == "changed":
        lines[-2]["unknown"] = True
        path.write_bytes(gzip.compress("\n".join(json.dumps(line) for line in lines).encode()))
    else:
        path.write_bytes((FILES / "three-pages.pdf").read_bytes())
    history.import_file(path)
    expect(app.problem("history-file")).to_contain_text(re.compile("wrong|damaged"))
    expect(history.entries).to_have_count(0)


def test_two_tabs_have_a_desk_each_and_one_history(app: App) -> None:
    open_and_extract(app, "expenses.csv")
    page = app.page.context.new_page()
    second = App(page, app.page.url.rpartition("/")[0])
    expect(row(second, "expenses.csv")).to_have_count(0)
    history = History(second)
    history.go()
    expect(history.entries).to_have_count(1)
    history.entries.get_by_role("button", name="Open").click()
    expect(second.json).to_have_text(app.json.text_content() or "")
