"""Reviewing: each value beside its place: accepted, corrected, cleared, undone; by keys, mouse, finger."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app import App
from tests.browser.site import ROOT, Site
from tests.files.make import PASSWORD, long_pdf

FILES = ROOT / "tests" / "files"
TEXT = "Ada Lovelace paid 498.00 on 3 May 2026. Subtotal 415.00, VAT 83.00. DE89 3704 0044 0532 0130 00"


def schema(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


WORDS = {"type": "string", "description": "Any words"}
NUMBER = {"type": ["number", "null"]}
DAY = {"type": ["string", "null"], "format": "date"}
FIELDS = schema(name=WORDS, total=NUMBER, day=DAY, tags={"type": "array", "items": {"type": "string"}})

ACTIVE = "() => document.activeElement.id"
BOX_OF = """(pointer) => {
  const box = document.querySelector(`[data-pointer="${pointer}"] rect`).getBoundingClientRect();
  const pane = document.querySelector(".pages").getBoundingClientRect();
  return box.top >= pane.top && box.bottom <= pane.bottom;
}"""


@pytest.fixture
def app(tiny: Site, open_page: Callable[..., Page]) -> App:
    return App(open_page(tiny), tiny.origin)


def extracted(app: App, wanted: dict[str, Any], text: str = TEXT) -> App:
    """The app with a result of a text."""
    app.use_schema(wanted)
    app.text.fill(text)
    app.extract()
    expect(app.page.get_by_test_id("reviewed")).to_be_visible()
    return app


def opened(app: App, name: str, wanted: dict[str, Any] = FIELDS) -> App:
    """The app with a result of a file."""
    app.page.get_by_label("Files", exact=True).set_input_files(FILES / name)
    app.use_schema(wanted)
    expect(app.text).not_to_have_value("")
    app.extract()
    expect(app.page.get_by_test_id("reviewed")).to_be_visible()
    return app


def field(app: App, name: str) -> Locator:
    return app.page.get_by_test_id(f"field-{name}")


def value_of(app: App, name: str) -> Locator:
    return field(app, name).get_by_role("button").first


def output(app: App) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(app.json.text_content() or "")
    return found


def correct(app: App, name: str, typed: str) -> None:
    """Types a value into a field, as by keyboard."""
    value_of(app, name).click()
    app.page.keyboard.press("e")
    editor = field(app, name).get_by_role("textbox")
    expect(editor).to_be_focused()
    editor.fill(typed)
    app.page.keyboard.press("Enter")


def test_all_is_reviewed_by_keys_alone_and_still_there_after_a_reload(app: App) -> None:
    extracted(app, FIELDS)
    keys = app.page.keyboard
    for _ in range(4):
        if app.page.evaluate(ACTIVE) == "value/name":
            break
        keys.press("Tab")
    expect(value_of(app, "name")).to_be_focused()
    found = output(app)["name"]
    keys.press("a")
    expect(field(app, "name")).to_have_attribute("data-review", "accepted")
    expect(value_of(app, "total")).to_be_focused()
    keys.press("e")
    keys.press("ControlOrMeta+a")
    keys.type("498.00")
    keys.press("Enter")
    expect(field(app, "total")).to_have_attribute("data-review", "corrected")
    expect(value_of(app, "total")).to_be_focused()
    keys.press("ArrowUp")
    keys.press("x")
    expect(field(app, "name")).to_have_attribute("data-review", "cleared")
    keys.press("ControlOrMeta+z")
    expect(field(app, "name")).to_have_attribute("data-review", "accepted")
    keys.press("Shift+Z")
    expect(field(app, "name")).to_have_attribute("data-review", "cleared")
    keys.press("z")
    expect(field(app, "name")).to_have_attribute("data-review", "accepted")
    expect(app.page.get_by_test_id("reviewed")).to_contain_text("2 of")
    assert (output(app)["name"], output(app)["total"]) == (found, 498)
    app.page.reload()
    expect(field(app, "total")).to_have_attribute("data-review", "corrected")
    assert (output(app)["name"], output(app)["total"]) == (found, 498)


def test_the_models_value_stays_beside_the_persons(app: App) -> None:
    extracted(app, FIELDS)
    found = output(app)["name"]
    correct(app, "name", "Grace Hopper")
    expect(value_of(app, "name")).to_contain_text("Grace Hopper")
    expect(field(app, "name")).to_contain_text(f"The model: {found}")
    value_of(app, "name").focus()
    app.page.keyboard.press("z")
    expect(value_of(app, "name")).to_contain_text(found)
    app.page.get_by_role("button", name="Redo", exact=True).click()
    expect(value_of(app, "name")).to_contain_text("Grace Hopper")


def test_what_is_typed_has_to_be_of_the_fields_kind(app: App) -> None:
    extracted(app, FIELDS)
    correct(app, "day", "soon")
    expect(field(app, "day").get_by_role("alert")).to_contain_text("does not read as one full date")
    app.page.keyboard.press("Escape")
    expect(value_of(app, "day")).to_be_focused()
    correct(app, "day", "5 March 2026")
    expect(value_of(app, "day")).to_contain_text("2026-03-05")
    assert output(app)["day"] == "2026-03-05"


def test_words_of_the_text_are_taken_by_keys(app: App) -> None:
    extracted(app, FIELDS)
    value_of(app, "total").focus()
    keys = app.page.keyboard
    keys.press("d")
    expect(app.page.locator(".looking")).to_be_focused()
    keys.press("ArrowRight")
    keys.press("Home")
    for _ in range(3):
        keys.press("ArrowRight")
    expect(app.page.locator(".assign-words")).to_have_text("“498.00”")
    keys.press("Enter")
    expect(app.page.get_by_role("combobox", name="Use for")).to_be_focused()
    expect(app.page.get_by_role("combobox", name="Use for")).to_have_value("/total")
    keys.press("Tab")
    keys.press("Enter")
    expect(value_of(app, "total")).to_be_focused()
    assert output(app)["total"] == 498
    assert app.marked("total") == ["498.00"]


def test_words_of_the_text_are_taken_by_mouse_and_added_to_a_list(app: App) -> None:
    extracted(app, FIELDS)
    before = output(app)["tags"]
    place = app.page.evaluate(
        """() => {
          const pane = document.querySelector(".looking");
          const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.nodeValue.indexOf("Subtotal");
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 8);
            const { left, right, top, height } = range.getBoundingClientRect();
            return [left, right, top + height / 2];
          }
        }"""
    )
    left, right, middle = place
    app.page.mouse.move(left + 1, middle)
    app.page.mouse.down()
    app.page.mouse.move(right + 2, middle, steps=4)
    app.page.mouse.up()
    bar = app.page.locator(".assign")
    expect(bar.locator(".assign-words")).to_have_text("“Subtotal”")
    bar.get_by_role("combobox").select_option(f"/tags/{len(before)}")
    bar.get_by_role("button", name="Use", exact=True).click()
    expect(bar).to_have_count(0)
    after = output(app)["tags"]
    assert after[: len(before)] == before
    assert after[len(before) :] == ["Subtotal"]


@pytest.mark.parametrize("name", ["three-pages.pdf", "scan.pdf", "receipt-photo.jpg"])
def test_a_value_and_its_box_on_the_page_lead_to_each_other(app: App, name: str) -> None:
    opened(app, name)
    box = app.page.locator('[data-pointer="/name"]')
    expect(box).to_be_visible()
    value_of(app, "name").click()
    expect(box).to_have_class("box lit")
    app.page.wait_for_function(BOX_OF, arg="/name")
    expect(app.page.locator(".page-picture").first).to_have_attribute("data-state", "drawn")
    value_of(app, "total").click()
    box.locator("rect").first.click()
    expect(value_of(app, "name")).to_be_focused()
    expect(field(app, "name")).to_have_attribute("data-chosen", "true")


def word_on_page(app: App, words: str) -> tuple[float, float]:
    """Where words of the recognised text stand in the window: found by selecting them by keys."""
    pane = app.page.locator(".pages")
    pane.focus()
    app.page.keyboard.press("ArrowRight")
    for _ in range(80):
        if app.page.locator(".assign-words").text_content() == f"“{words}”":
            break
        app.page.keyboard.press("ArrowRight")
    shown = app.page.locator(".box-selected").bounding_box()
    assert shown is not None
    app.page.get_by_role("button", name="Dismiss").click()
    return shown["x"] + shown["width"] / 2, shown["y"] + shown["height"] / 2


def test_words_on_a_page_are_taken_by_dragging_over_them(app: App) -> None:
    opened(app, "three-pages.pdf")
    first, last = word_on_page(app, "Northwind"), word_on_page(app, "Ltd")
    app.page.mouse.move(*first)
    app.page.mouse.down()
    app.page.mouse.move(*last, steps=5)
    app.page.mouse.up()
    expect(app.page.locator(".assign-words")).to_have_text("“Northwind Print Ltd”")
    app.page.get_by_role("combobox", name="Use for").select_option(label="name")
    app.page.get_by_role("button", name="Use", exact=True).click()
    expect(value_of(app, "name")).to_contain_text("Northwind Print Ltd")
    assert output(app)["name"] == "Northwind Print Ltd"


def test_words_on_a_photo_are_taken_by_finger(tiny: Site, open_page: Callable[..., Page]) -> None:
    app = opened(App(open_page(tiny, phone=True), tiny.origin), "receipt-photo.jpg")
    app.page.locator(".pages").scroll_into_view_if_needed()
    first, last = word_on_page(app, "HARBOUR"), word_on_page(app, "GROCERS")
    app.page.touchscreen.tap(*first)
    app.page.touchscreen.tap(*last)
    expect(app.page.locator(".assign-words")).to_have_text("“HARBOUR STREET GROCERS”")
    app.page.get_by_role("combobox", name="Use for").select_option(label="name")
    app.page.get_by_role("button", name="Use", exact=True).tap()
    expect(value_of(app, "name")).to_contain_text("HARBOUR STREET GROCERS")


def test_of_three_hundred_pages_those_in_sight_are_drawn(app: App, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(long_pdf(300))
    app.page.get_by_label("Files", exact=True).set_input_files(path)
    expect(app.text).not_to_have_value("", timeout=120_000)
    app.page.get_by_role("button", name="Pages", exact=True).click()
    drawn = app.page.locator('.page-picture[data-state="drawn"]')
    expect(drawn.first).to_be_visible()
    expect(app.page.locator("[data-page]")).to_have_count(300)
    for number in (80, 190, 300):
        sheet = app.page.locator(f'[data-page="{number}"]')
        sheet.scroll_into_view_if_needed()
        expect(sheet.locator(".page-picture")).to_have_attribute("data-state", "drawn")
        assert app.page.locator("canvas").count() <= 5


def test_the_pages_of_a_locked_file_ask_for_its_password(app: App) -> None:
    app.page.get_by_label("Files", exact=True).set_input_files(FILES / "locked.pdf")
    app.page.get_by_label("Password of locked.pdf").fill(PASSWORD)
    app.page.keyboard.press("Enter")
    expect(app.text).not_to_have_value("")
    app.page.get_by_role("button", name="Pages", exact=True).click()
    password = app.page.get_by_label("Password", exact=True)
    password.fill("wrong")
    password.press("Enter")
    expect(app.page.get_by_role("alert").filter(has_text="not the password")).to_be_visible()
    password = app.page.get_by_label("Password", exact=True)
    password.fill(PASSWORD)
    password.press("Enter")
    expect(app.page.locator('.page-picture[data-state="drawn"]').first).to_be_visible()


def test_values_that_contradict_each_other_are_told_until_they_agree(app: App) -> None:
    extracted(app, schema(subtotal=NUMBER, tax=NUMBER, total=NUMBER, iban={"type": ["string", "null"]}))
    for name, typed in (("subtotal", "415"), ("tax", "83"), ("total", "489")):
        correct(app, name, typed)
        expect(field(app, name)).to_have_attribute("data-review", "corrected")
    correct(app, "iban", "DE89 3704 0044 0532 0130 01")
    checks = app.page.get_by_test_id("checks")
    expect(checks).to_contain_text("add up to 498, but total says 489")
    expect(field(app, "iban")).to_contain_text("wrong check digit")
    app.page.get_by_role("button", name="Least sure first").click()
    expect(app.page.get_by_test_id("values").locator(".leaf").first.locator(".doubt")).to_be_visible()
    checks.get_by_role("button").first.click()
    expect(value_of(app, "total")).to_be_focused()
    correct(app, "total", "498")
    correct(app, "iban", "DE89 3704 0044 0532 0130 00")
    expect(checks).to_contain_text("2 checks agree")
    expect(checks.get_by_role("button")).to_have_count(0)
