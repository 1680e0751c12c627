"""Fields are edited, moved, imported, saved and suggested, and who takes a preset sees nothing of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app import App
from tests.browser.conftest import PATIENCE_MS
from tests.browser.schema_editor import ORDER, SchemaEditor
from tests.browser.site import ROOT, Site
from tests.browser.states import DEVICES

AGENCY = (ROOT / "tests" / "presets" / "invoice" / "agency.txt").read_text(encoding="utf-8")

TOO_SMALL = """(all) => all
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML)"""


@pytest.fixture
def app(tiny: Site, open_page: Callable[[Site], Page]) -> App:
    return App(open_page(tiny), tiny.origin)


@pytest.fixture
def editor(app: App) -> SchemaEditor:
    return SchemaEditor(app)


def test_who_takes_a_preset_sees_nothing_of_the_editor(tiny: Site, open_page: Callable[[Site], Page]) -> None:
    page = open_page(tiny)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    app = App(page, tiny.origin)
    page.get_by_role("combobox", name="Kind of document").select_option(label="Invoice")
    expect(page.get_by_text("invoice_number")).to_be_visible()
    assert page.get_by_role("tab").count() == 0
    assert [url for url in loaded if "SchemaEditor" in url] == []
    app.edit_fields()
    assert [url for url in loaded if "SchemaEditor" in url] != []


def test_json_that_says_more_is_kept_whole(editor: SchemaEditor) -> None:
    editor.put_json(ORDER)
    editor.names_are("number", "note", "buyer", "lines", "what", "count")
    editor.open("number")
    expect(editor.page.get_by_text("minLength")).to_be_visible()
    editor.page.get_by_label("Description").fill("The order's own mark")
    changed = json.loads(json.dumps(ORDER))
    changed["properties"]["number"]["description"] = "The order's own mark"
    assert json.dumps(editor.json()) == json.dumps(changed)


def test_references_become_plain_fields_when_asked_for(editor: SchemaEditor) -> None:
    editor.put_json(ORDER)
    for name in ("note", "buyer"):
        editor.open(name)
        editor.button("Turn into plain fields").click()
    editor.names_are("number", "note", "buyer", "name", "city", "lines", "what", "count")
    properties = editor.json()["properties"]
    assert properties["note"] == {"type": ["string", "null"]}
    assert properties["buyer"] == {**ORDER["$defs"]["Party"], "description": "Who buys"}


def test_by_keyboard_alone(app: App) -> None:
    page = app.page
    page.get_by_role("button", name="Change the fields").focus()
    page.keyboard.press("Enter")
    editor = SchemaEditor(app)
    editor.button("Start with an empty list").focus()
    page.keyboard.press("Enter")
    editor.button("Add a field").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("buyer")
    page.keyboard.press("Tab")
    page.keyboard.type("Group")
    editor.button("Add a field").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("city")
    editor.line("city").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("li", has=page.locator("li")).get_by_text("city", exact=True)).to_be_visible()
    expect(editor.line("city")).to_be_focused()
    properties = editor.json()["properties"]
    assert list(properties) == ["buyer"]
    assert list(properties["buyer"]["properties"]) == ["city"]
    editor.line("city").focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(editor.line("city")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    editor.names_are("city", "buyer")
    page.keyboard.press("Delete")
    editor.names_are("buyer")
    expect(editor.line("buyer")).to_be_focused()
    page.keyboard.press("ControlOrMeta+z")
    editor.names_are("city", "buyer")
    page.keyboard.press("ControlOrMeta+Shift+z")
    editor.names_are("buyer")


def test_fields_are_dragged_before_others_and_into_groups(editor: SchemaEditor) -> None:
    editor.put_json(
        {
            "type": "object",
            "properties": {
                "a": {"type": "string"},
                "b": {"type": "object", "properties": {"c": {"type": "string"}}},
                "d": {"type": "string"},
            },
        }
    )
    editor.line("d").drag_to(editor.line("a"), target_position={"x": 60, "y": 3})
    editor.names_are("d", "a", "b", "c")
    editor.line("a").drag_to(editor.line("b"))
    editor.names_are("d", "b", "c", "a")
    assert list(editor.json()["properties"]["b"]["properties"]) == ["c", "a"]
    editor.page.keyboard.press("Escape")
    editor.button("Undo").click()
    editor.button("Undo").click()
    editor.names_are("a", "b", "c", "d")


def test_what_the_engine_refuses_is_shown_at_its_field_before_running(editor: SchemaEditor) -> None:
    editor.put_json(ORDER)
    editor.open("what")
    editor.page.get_by_text("How it is written").click()
    editor.page.get_by_label("Pattern").fill("(")
    marked = editor.page.locator("li", has=editor.line("what")).last
    expect(marked.get_by_role("alert")).to_contain_text("pattern")
    assert editor.page.locator("#schema-panel").get_by_role("alert").count() == 1
    editor.line("what").focus()
    editor.page.keyboard.press("ControlOrMeta+z")
    expect(marked.get_by_role("alert")).to_have_count(0)
    assert editor.json() == ORDER


@pytest.mark.parametrize(
    "wrapped",
    [
        ORDER,
        {"type": "json_schema", "json_schema": {"name": "order", "strict": False, "schema": ORDER}},
        {"type": "function", "function": {"name": "order", "parameters": ORDER}},
    ],
    ids=["schema", "response_format", "tool"],
)
def test_a_schema_is_imported_and_exported_as_it_was(
    editor: SchemaEditor, wrapped: dict[str, Any], tmp_path: Path
) -> None:
    editor.bring(wrapped)
    editor.names_are("number", "note", "buyer", "lines", "what", "count")
    editor.button("Export").click()
    saved = tmp_path / "saved.json"
    with editor.page.expect_download() as download:
        editor.button("Download").click()
    download.value.save_as(saved)
    assert saved.read_text(encoding="utf-8") == json.dumps(ORDER, indent=2) + "\n"
    editor.button("Undo").click()
    expect(editor.line("company")).to_be_visible()


def test_one_of_several_tools_in_a_file_is_chosen(editor: SchemaEditor, tmp_path: Path) -> None:
    path = tmp_path / "tools.json"
    path.write_text(
        json.dumps(
            [
                {"name": "first", "input_schema": ORDER},
                {"name": "second", "input_schema": ORDER["$defs"]["Party"]},
            ]
        )
    )
    editor.button("Import").click()
    with editor.page.expect_file_chooser() as chooser:
        editor.button("Choose a file").click()
    chooser.value.set_files(path)
    editor.button("second").click()
    editor.names_are("name", "city")
    editor.button("Save under a name").click()
    expect(editor.page.get_by_label("Name of the schema")).to_have_value("second")


def test_what_is_no_schema_is_said(editor: SchemaEditor) -> None:
    editor.bring({"name": "Ada"})
    expect(editor.page.get_by_text("No schema was found in it.")).to_be_visible()
    editor.page.get_by_label("JSON text").fill("{")
    editor.button("Use it").click()
    expect(editor.page.get_by_text("This is not JSON")).to_be_visible()


def test_saved_schemas_are_there_after_a_reload(editor: SchemaEditor) -> None:
    page = editor.page
    chooser = page.get_by_role("combobox", name="Kind of document")
    editor.line("company").focus()
    page.keyboard.press("Delete")
    editor.button("Save under a name").click()
    page.get_by_label("Name of the schema").fill("Petrol")
    page.keyboard.press("Enter")
    expect(chooser.locator("option:checked")).to_have_text("Petrol")
    editor.line("address").focus()
    page.keyboard.press("Delete")
    page.reload()
    expect(chooser.locator("option:checked")).to_have_text("Petrol")
    again = SchemaEditor(editor.app)
    assert "address" not in again.names()
    again.button("Duplicate").click()
    page.get_by_label("Name of the schema").fill("Diesel")
    page.keyboard.press("Enter")
    expect(chooser.locator("optgroup").last.locator("option")).to_have_text(["Diesel", "Petrol"])
    again.button("Delete").click()
    again.page.get_by_role("group", name="Delete “Diesel”").get_by_role("button", name="Delete").click()
    expect(chooser.locator("option:checked")).to_have_text("Receipt")
    page.reload()
    expect(chooser.locator("optgroup").last.locator("option")).to_have_text(["Petrol"])
    chooser.select_option(label="Petrol")
    SchemaEditor(editor.app)
    assert editor.names() == again.names()


def test_the_document_suggests_fields_to_be_taken_or_left(editor: SchemaEditor) -> None:
    page = editor.page
    editor.button("Suggest from the document").click()
    expect(page.get_by_text("Open or paste a document first")).to_be_visible()
    editor.app.text.fill(AGENCY)
    page.get_by_role("checkbox", name="purchase_order").uncheck()
    editor.button("Use these instead").click()
    editor.names_are(
        "invoice", "issued", "due", "items", "description", "hours", "rate", "amount", "subtotal", "total"
    )
    schema = editor.json()
    assert schema["properties"]["items"]["items"]["properties"]["hours"]["type"] == ["integer", "null"]
    assert schema["properties"]["issued"] == {
        "type": ["string", "null"],
        "format": "date",
        "description": "Issued",
    }
    editor.button("Suggest from the document").click()
    expect(page.get_by_role("button", name="Add 1 field")).to_be_enabled()
    page.get_by_role("button", name="Add 1 field").click()
    expect(editor.line("purchase_order")).to_be_visible()


@pytest.fixture
def phone(browser: Browser, tiny: Site) -> Iterator[App]:
    context = browser.new_context(viewport=DEVICES["phone"].viewport, has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE_MS)
    yield App(context.new_page(), tiny.origin)
    context.close()


def test_on_a_phone_everything_can_be_hit_by_a_thumb(phone: App) -> None:
    page = phone.page
    page.get_by_role("button", name="Change the fields").tap()
    editor = SchemaEditor(phone)
    editor.button("Start with an empty list").tap()
    editor.button("Add a field").tap()
    page.get_by_label("Name", exact=True).fill("rows")
    page.get_by_label("Kind of value").select_option(label="List")
    page.get_by_label("Each entry is").select_option(label="Group of fields")
    page.get_by_role("button", name="Add a field to “rows”").tap()
    page.get_by_label("Name", exact=True).fill("paid")
    page.get_by_label("Kind of value").select_option(label="Choice")
    page.get_by_label("Values, one a line").fill("cash\ncard\n")
    page.get_by_label("If the document does not say it").select_option(label="Leave the field out")
    assert editor.json()["properties"] == {
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"paid": {"type": "string", "enum": ["cash", "card"]}},
                "required": [],
                "additionalProperties": False,
            },
        }
    }
    small = page.locator("#schema-editor :is(button, select, input, summary)").evaluate_all(TOO_SMALL)
    assert small == []
    width = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
