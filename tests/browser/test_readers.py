"""Files of every kind: each ends in its text, from which data comes, or in words on what is wrong."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app import PATIENCE_MS, App
from tests.browser.site import ROOT, Site
from tests.files.make import LEFT_COLUMN, PASSWORD, RIGHT_COLUMN, long_pdf

FILES = ROOT / "tests" / "files"
ANY_WORDS: dict[str, Any] = {
    "type": "object",
    "properties": {"name": {"type": "string", "description": "Any words"}},
    "required": ["name"],
    "additionalProperties": False,
}
INVOICE_LINES = "500 bookmarks, two colours  180.00\n40 posters A2  220.00\nDelivery  15.00\n"

READABLE = {
    "three-pages.pdf": ("Date: 3 February 2026  Payment due: 5 March 2026\n", INVOICE_LINES),
    "japanese.pdf": ("領収書 東京都港区 合計 1,200円",),
    "letter.docx": ("Order confirmation\n\nDear Ms Okafor", "Item\tPrice\nDesk lamp\t49.90\n"),
    "expenses.xlsx": (
        "Expenses\nDate\tWhat\tAmount\n2026-03-02\tTrain to Leeds\t41.5\n",
        "Approved by\tInes Alvarez",
    ),
    "expenses.csv": ('2026-03-02,"Train, to Leeds",41.50\n',),
    "mail.eml": (
        "From: Zoë Marchetti <zoe@northwind.example>\nTo: Calder Bookshop <orders@calder.example>\n",
        "Zoë Marchetti\nNorthwind Print Ltd\n+44 113 496 0021",
    ),
    "scan.pdf": ("Rye bread  3.20\nOlive oil 500 ml  7.85\n", "TOTAL GBP  14.57"),
    "receipt.png": ("HARBOUR STREET GROCERS\n14 Harbour Street, Bristol\n", "TOTAL GBP  14.57"),
    "receipt-photo.jpg": ("Rye bread  3.20\nOlive oil 500 ml  7.85\n", "TOTAL GBP  14.57"),
    "page.html": ("Order 7731\n\nDesk lamp, 49.90\u00a0€\n\nTotal\t49.90",),
}
RECOGNISED = ("scan.pdf", "receipt.png", "receipt-photo.jpg")
REFUSED = {
    "corrupt.pdf": ("damaged-file", "cannot be read as a PDF"),
    "damaged.docx": ("damaged-file", "it is damaged or incomplete"),
    "archive.zip": ("not-text", "is a ZIP archive. Unpack it"),
    "empty.txt": ("empty-text", "holds no text"),
}

DROP = """([name, type, content]) => {
  const transfer = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  transfer.items.add(new File([bytes], name, { type }));
  const options = { bubbles: true, cancelable: true };
  const target = document.querySelector("h1");
  target.dispatchEvent(new DragEvent("dragover", { ...options, dataTransfer: transfer }));
  target.dispatchEvent(new DragEvent("drop", { ...options, dataTransfer: transfer }));
}"""
PASTE = """([name, type, content]) => {
  const clipboardData = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  clipboardData.items.add(new File([bytes], name, { type }));
  const target = document.querySelector("textarea");
  target.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
}"""


@pytest.fixture
def app(tiny: Site, open_page: Callable[[Site], Page]) -> App:
    return App(open_page(tiny), tiny.origin)


def open_files(app: App, *paths: Path) -> None:
    """Chooses files as a person does in the system's dialogue."""
    app.page.get_by_label("Files", exact=True).set_input_files(list(paths))


def row(app: App, name: str) -> Locator:
    """An opened document in the list."""
    return app.page.get_by_role("listitem").filter(has=app.page.locator(".file-title", has_text=name))


def row_is(app: App, name: str, state: str) -> None:
    expect(row(app, name)).to_have_attribute("data-state", state, timeout=PATIENCE_MS)


def given(path: Path, media_type: str) -> list[str]:
    """A file as the scripts above take it."""
    return [path.name, media_type, base64.b64encode(path.read_bytes()).decode()]


@pytest.mark.parametrize("name", READABLE)
def test_a_file_becomes_text_and_the_text_data(app: App, name: str) -> None:
    open_files(app, FILES / name)
    row_is(app, name, "ready")
    text = app.text.input_value()
    for piece in READABLE[name]:
        assert piece in text
    app.use_schema(ANY_WORDS)
    app.extract()
    assert app.marked("name") != []


def test_what_a_page_hides_or_would_run_is_not_read(app: App) -> None:
    open_files(app, FILES / "page.html")
    row_is(app, "page.html", "ready")
    text = app.text.input_value()
    assert "nobody" not in text
    assert "taken over" not in text
    expect(app.page).to_have_title("Excerpt")


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_says_why_and_what_was_there_stays(app: App, name: str) -> None:
    app.text.fill("Something typed before.")
    open_files(app, FILES / name)
    row_is(app, name, "failed")
    code, words = REFUSED[name]
    expect(app.problem(code)).to_contain_text(words)
    expect(app.text).to_have_value("Something typed before.")


def test_pages_are_read_column_by_column_and_one_without_text_from_its_picture(app: App) -> None:
    open_files(app, FILES / "three-pages.pdf")
    row_is(app, "three-pages.pdf", "ready")
    expect(row(app, "three-pages.pdf")).to_contain_text("3 pages")
    expect(row(app, "three-pages.pdf")).to_contain_text("The text of page 3 was recognised in a picture")
    text = app.text.input_value()
    assert "Subtotal  13.45" in text
    assert "\n".join(LEFT_COLUMN) + "\n\n" + "\n".join(RIGHT_COLUMN) in text


def test_a_password_is_asked_for_until_it_is_right(app: App) -> None:
    open_files(app, FILES / "locked.pdf")
    row_is(app, "locked.pdf", "locked")
    password = app.page.get_by_label("Password of locked.pdf")
    password.fill("wrong")
    password.press("Enter")
    expect(app.problem("wrong-password")).to_contain_text("not the password")
    password.fill(PASSWORD)
    password.press("Enter")
    row_is(app, "locked.pdf", "ready")
    assert INVOICE_LINES in app.text.input_value()


def test_what_is_attached_to_a_mail_is_a_document_of_its_own(app: App) -> None:
    open_files(app, FILES / "mail.eml")
    row_is(app, "mail.eml", "ready")
    row_is(app, "invoice.pdf", "ready")
    expect(row(app, "invoice.pdf")).to_contain_text("attached to mail.eml")
    expect(app.page.get_by_role("listitem").filter(has=app.page.locator(".file-title"))).to_have_count(2)
    assert app.text.input_value().startswith("From: Zoë")
    row(app, "invoice.pdf").get_by_role("button", name="invoice.pdf attached").click()
    expect(app.text).to_have_value(re.compile(re.escape(INVOICE_LINES)))


def test_three_hundred_pages_show_how_far_they_are_and_can_be_stopped(app: App, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(long_pdf(300))
    open_files(app, path)
    bar = app.page.get_by_role("progressbar", name="Reading report.pdf")
    expect(bar).to_have_attribute("max", "300")
    app.press("Stop report.pdf")
    expect(row(app, "report.pdf")).to_have_count(0)
    expect(app.text).to_have_value("")
    open_files(app, path)
    row_is(app, "report.pdf", "ready")
    assert "Report, sheet 300 of 300" in app.text.input_value()


def test_fifty_megabytes_of_text_are_refused_in_words(app: App, tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(b"one line of a log\n" * (50_000_000 // 18))
    app.text.fill("Something typed before.")
    open_files(app, path)
    expect(app.problem("file-too-large")).to_contain_text("3,000,000")
    expect(app.text).to_have_value("Something typed before.")


def test_many_files_are_a_list_to_choose_from_and_nothing_is_lost(app: App) -> None:
    app.text.fill("Something typed before.")
    open_files(app, FILES / "corrupt.pdf", FILES / "letter.docx", FILES / "expenses.csv")
    row_is(app, "expenses.csv", "ready")
    expect(app.page.get_by_text("4 documents, 1 not read.")).to_be_visible()
    assert "Order confirmation" in app.text.input_value()
    for name, start in (("expenses.csv", "Date,What"), ("Typed text", "Something typed")):
        choice = row(app, name).get_by_role("button").first
        choice.focus()
        app.page.keyboard.press("Enter")
        expect(choice).to_have_attribute("aria-current", "true")
        expect(app.text).to_have_value(re.compile(f"^{re.escape(start)}"))


def test_a_folder_is_opened_with_all_that_is_in_it(app: App, tmp_path: Path) -> None:
    inner = tmp_path / "papers" / "march"
    inner.mkdir(parents=True)
    (tmp_path / "papers" / "a.txt").write_text("first", encoding="utf-8")
    (tmp_path / "papers" / ".hidden").write_text("not a document", encoding="utf-8")
    (inner / "b.txt").write_text("second", encoding="utf-8")
    app.page.get_by_label("Folder", exact=True).set_input_files(tmp_path / "papers")
    row_is(app, "a.txt", "ready")
    row_is(app, "b.txt", "ready")
    expect(row(app, ".hidden")).to_have_count(0)


@pytest.mark.parametrize("way", [DROP, PASTE], ids=["dropped", "pasted"])
def test_a_file_is_taken_anywhere_on_the_page(app: App, way: str) -> None:
    app.page.evaluate(way, given(FILES / "letter.docx", "application/octet-stream"))
    row_is(app, "letter.docx", "ready")
    assert "Order confirmation" in app.text.input_value()


def test_a_text_pasted_beside_the_box_is_taken_too(app: App) -> None:
    app.page.evaluate("(text) => navigator.clipboard.writeText(text)", "Total 12.50")
    app.page.keyboard.press("ControlOrMeta+v")
    expect(app.text).to_have_value("Total 12.50")


def test_no_reader_is_fetched_before_a_file_of_its_kind_is_opened(
    tiny: Site, open_page: Callable[[Site], Page]
) -> None:
    page = open_page(tiny)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    app = App(page, tiny.origin)
    app.model_is("absent")
    readers = ("pdf", "in-worker", "word", "sheets", "mail", "html-", "office")
    assert [name for name in asked if name.startswith(readers)] == []
    open_files(app, FILES / "letter.docx")
    row_is(app, "letter.docx", "ready")
    assert [name for name in asked if name.startswith("pdf")] == []


def test_files_of_kinds_never_opened_before_are_read_without_a_network(app: App, tiny: Site) -> None:
    app.wait_for_service_worker()
    tiny.stop()
    app.page.reload()
    names = [name for name in READABLE if name not in ("expenses.csv", *RECOGNISED)]
    open_files(app, *(FILES / name for name in names))
    for name in names:
        row_is(app, name, "ready")
    row(app, "japanese.pdf").get_by_role("button").first.click()
    expect(app.text).to_have_value(re.compile("東京都港区"))


def test_pictures_are_read_without_a_network_once_one_was_read_with_it(app: App, tiny: Site) -> None:
    app.wait_for_service_worker()
    open_files(app, FILES / "receipt.png")
    row_is(app, "receipt.png", "ready")
    tiny.stop()
    app.page.reload()
    open_files(app, FILES / "scan.pdf")
    row_is(app, "scan.pdf", "ready")
    assert "TOTAL GBP  14.57" in app.text.input_value()


def test_without_a_network_and_a_recogniser_the_pages_that_are_pictures_are_named(
    app: App, tiny: Site
) -> None:
    app.wait_for_service_worker()
    tiny.stop()
    app.page.reload()
    open_files(app, FILES / "three-pages.pdf", FILES / "receipt.png")
    row_is(app, "receipt.png", "failed")
    expect(app.problem("recogniser-missing")).to_contain_text("Connect to the network once")
    expect(row(app, "three-pages.pdf")).to_contain_text("not read: page 3.")
    assert INVOICE_LINES in app.text.input_value()
