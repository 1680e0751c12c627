"""The editor of fields as a person uses it."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.app import App

# As programs write it: keywords that the form has no words for, references, a choice of null.
ORDER: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Order",
    "x-note": {"kept": True},
    "type": "object",
    "required": ["lines", "number"],
    "properties": {
        "number": {"minLength": 2, "type": "string", "pattern": "^[A-Z]", "description": "Mark of the order"},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "buyer": {"$ref": "#/$defs/Party", "description": "Who buys"},
        "lines": {
            "type": "array",
            "minItems": 0,
            "items": {
                "type": "object",
                "properties": {"what": {"type": "string"}, "count": {"type": "integer", "minimum": 1}},
            },
        },
    },
    "$defs": {
        "Party": {"type": "object", "properties": {"name": {"type": "string"}, "city": {"type": "string"}}}
    },
}


class SchemaEditor:
    """The editor on an app's page, opened."""

    def __init__(self, app: App) -> None:
        """Opens the editor."""
        self.app = app
        self.page: Page = app.page
        app.edit_fields()

    def line(self, name: str) -> Locator:
        """A field's line."""
        named = self.page.locator(".field-name").get_by_text(name, exact=True)
        return self.page.locator("button.field-line").filter(has=named)

    def names(self) -> list[str]:
        """All fields in their order, those of groups below theirs."""
        return self.page.locator("button.field-line .field-name").all_text_contents()

    def names_are(self, *names: str) -> None:
        """Waits until these are the fields."""
        expect(self.page.locator("button.field-line .field-name")).to_have_text(list(names))

    def button(self, name: str) -> Locator:
        """A button of the editor."""
        return self.page.locator("#schema-editor").get_by_role("button", name=name, exact=True)

    def open(self, name: str) -> None:
        """Opens a field's form."""
        self.line(name).click()
        expect(self.page.get_by_label("Name", exact=True)).to_have_value(name)

    def put_json(self, schema: dict[str, Any]) -> None:
        """Replaces the schema by one's own, and goes back to the fields."""
        self.app.use_schema(schema)
        self.page.get_by_role("tab", name="Fields").click()

    def json(self) -> dict[str, Any]:
        """The schema as the page shows it, its keys in their order."""
        self.page.get_by_role("tab", name="JSON Schema").click()
        shown: dict[str, Any] = json.loads(self.page.get_by_role("textbox", name="JSON Schema").input_value())
        self.page.get_by_role("tab", name="Fields").click()
        return shown

    def bring(self, value: object) -> None:
        """Imports what was pasted."""
        self.button("Import").click()
        self.page.get_by_label("JSON text").fill(json.dumps(value))
        self.button("Use it").click()
