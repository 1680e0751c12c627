"""The page as a person uses it: found by role and name, states by the attributes that it publishes."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 60_000

STORED_SIZES = """async () => {
  const sizes = {};
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("excerpt-bundle");
    for await (const [name, handle] of folder.entries()) sizes[name] = (await handle.getFile()).size;
  } catch (error) {
    if (error.name !== "NotFoundError") throw error;
  }
  return sizes;
}"""

WAIT_UNTIL_STORED = f"""async ([sizes, count]) => {{
  const limit = performance.now() + {PATIENCE_MS};
  for (;;) {{
    const stored = await ({STORED_SIZES})();
    const whole = Object.keys(sizes).filter((name) => stored[name] === sizes[name]);
    if (whole.length === count) return whole;
    if (performance.now() > limit) throw new Error(`kept only ${{JSON.stringify(stored)}}`);
    await new Promise(requestAnimationFrame);
  }}
}}"""


class App:
    """The page at an origin's root."""

    def __init__(self, page: Page, origin: str) -> None:
        """Opens the page."""
        self.page = page
        page.goto(f"{origin}/")
        self.model = page.get_by_test_id("model")
        self.run = page.get_by_test_id("run")
        self.json = page.get_by_test_id("json")
        self.text = page.get_by_role("textbox", name="Text of the document")

    def model_is(self, state: str) -> None:
        """Waits until the model is in a state."""
        expect(self.model).to_have_attribute("data-state", state, timeout=PATIENCE_MS)

    def run_is(self, state: str) -> None:
        """Waits until the extraction is in a state."""
        expect(self.run).to_have_attribute("data-state", state, timeout=PATIENCE_MS)

    def press(self, name: str) -> None:
        """Presses the button whose name begins so."""
        self.page.get_by_role("button", name=name).first.click()

    def get_model(self) -> None:
        """Gets the model and waits for it."""
        self.press("Get the model")
        self.model_is("ready")

    def choose(self, preset: str) -> dict[str, Any]:
        """Takes a preset; answers with its schema, as the page itself shows it."""
        self.page.get_by_role("combobox", name="Kind of document").select_option(label=preset)
        self.open_json()
        schema: dict[str, Any] = json.loads(self._schema_source().input_value())
        self.page.get_by_role("tab", name="Fields").click()
        self.press("Done")
        return schema

    def use_schema(self, schema: dict[str, Any]) -> None:
        """Replaces the schema by one's own."""
        self.open_json()
        self._schema_source().fill(json.dumps(schema))

    def edit_fields(self) -> None:
        """Opens the editor of the fields, where it is not open yet."""
        done = self.page.get_by_role("button", name="Done", exact=True)
        change = self.page.get_by_role("button", name="Change the fields")
        expect(done.or_(change)).to_be_visible()
        if change.is_visible():
            change.click()
        expect(self.page.get_by_role("tablist", name="View of the schema")).to_be_visible()

    def edit_text(self) -> None:
        """Shows the text as a box to write in; it is one already where a stopped run had found nothing."""
        edit = self.page.get_by_role("button", name="Edit text")
        expect(edit.or_(self.text)).to_be_visible()
        if edit.is_visible():
            edit.click()
        expect(self.text).to_be_editable()

    def open_json(self) -> None:
        """Opens the editor on the schema's JSON."""
        self.edit_fields()
        self.page.get_by_role("tab", name="JSON Schema").click()

    def paste(self, text: str) -> None:
        """Replaces the text by a real paste, through the clipboard: faster than to fill in a long one."""
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.text.focus()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("ControlOrMeta+v")

    def extract(self) -> str:
        """Extracts and waits; answers with the JSON as it stands on the page."""
        self.page.get_by_role("button", name="Extract", exact=True).click()
        self.run_is("done")
        return self.json.text_content() or ""

    def marked(self, field: str) -> list[str]:
        """The marked places of a field, as they read."""
        found: list[str] = self.page.locator("mark[data-field]").evaluate_all(
            "(marks, name) => marks.filter((one) => one.dataset.field === name).map((m) => m.textContent)",
            field,
        )
        return found

    def problem(self, code: str) -> Locator:
        """The message with this code."""
        return self.page.locator(f'[role="alert"][data-code="{code}"]')

    def stored(self) -> dict[str, int]:
        """The files of the bundle that the browser keeps, with their sizes."""
        sizes: dict[str, int] = self.page.evaluate(STORED_SIZES)
        return sizes

    def wait_until_stored(self, sizes: dict[str, int], count: int) -> set[str]:
        """Waits until `count` of these files are kept whole; answers with their names."""
        return set(self.page.evaluate(WAIT_UNTIL_STORED, [sizes, count]))

    def wait_for_service_worker(self) -> None:
        """Waits until the shell is kept for a visit without a network."""
        self.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        self.page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")

    def _schema_source(self) -> Locator:
        return self.page.get_by_role("textbox", name="JSON Schema")
