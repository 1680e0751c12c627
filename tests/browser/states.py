"""The states that the page can be in, each brought about as a person would bring it about.

The pictures (shots.py) and the judge of accessibility (test_axe.py) go through all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.app import PATIENCE_MS, App
from tests.browser.schema_editor import ORDER, SchemaEditor
from tests.browser.site import ROOT, Site

FILES = ROOT / "tests" / "files"
INVOICE = (ROOT / "tests" / "documents" / "invoice.txt").read_text(encoding="utf-8")

# No automaton looks behind.
LOOKING_BEHIND = {"type": "object", "properties": {"mark": {"type": "string", "pattern": "(?<=A)B"}}}

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

IOS = "Object.defineProperty(Navigator.prototype, 'standalone', { value: false, configurable: true });"


@dataclass(frozen=True)
class Device:
    """What a page is looked at with."""

    viewport: ViewportSize
    touch: bool


DEVICES = {
    "desktop": Device({"width": 1280, "height": 900}, touch=False),
    "phone": Device({"width": 390, "height": 844}, touch=True),
}


@dataclass(frozen=True)
class Scene:
    """A page at its beginning, and the site it comes from."""

    app: App
    site: Site


def screen(scene: Scene, name: str) -> None:
    """Opens another screen, as its link in the header does."""
    page = scene.app.page
    page.locator(f'nav a[href="#/{name}"]').click()
    expect(page.locator(f'main[data-screen="{name}"][aria-busy="false"]')).to_be_visible()


def open_files(scene: Scene, *names: str) -> None:
    """Opens files of the tests and waits until each was read, refused or asks for a password."""
    page = scene.app.page
    page.locator('input[type="file"][multiple]').first.set_input_files([FILES / name for name in names])
    expect(page.locator(".files li")).not_to_have_count(0)
    for state in ("waiting", "reading"):
        expect(page.locator(f'.files li[data-state="{state}"]')).to_have_count(0, timeout=PATIENCE_MS)


def speak(page: Page, language: str) -> None:
    """Chooses the page's language."""
    page.locator(".language select").select_option(language)
    expect(page.locator("html")).to_have_attribute("lang", language)


def typed(scene: Scene) -> None:
    """A text has been typed."""
    scene.app.text.fill(INVOICE)


def loading(scene: Scene) -> None:
    """The model is on its way."""
    scene.site.gate.hold_shards(after=0)
    scene.app.press("Get the model")
    scene.app.model_is("loading")


def ready(scene: Scene) -> None:
    """The model is there, and a text."""
    scene.app.get_model()
    typed(scene)


def found(scene: Scene) -> None:
    """Fields have been found."""
    scene.app.page.get_by_role("combobox", name="Kind of document").select_option(label="Invoice")
    ready(scene)
    scene.app.extract()


def photo(scene: Scene) -> None:
    """Fields have been found on a photographed receipt, the page itself is shown."""
    open_files(scene, "receipt-photo.jpg")
    scene.app.get_model()
    scene.app.extract()
    expect(scene.app.page.locator(".page-picture").first).to_have_attribute("data-state", "drawn")


def nothing_to_read(scene: Scene) -> None:
    """Extract was pressed without a text."""
    scene.app.press("Extract")
    scene.app.run_is("failed")


def files(scene: Scene) -> None:
    """Files that were read, one that is damaged, and one that is locked."""
    open_files(scene, "letter.docx", "mail.eml", "corrupt.pdf", "locked.pdf", "expenses.xlsx")


def offline(scene: Scene) -> None:
    """The network is gone."""
    ready(scene)
    scene.app.page.context.set_offline(True)
    expect(scene.app.page.get_by_test_id("offline")).to_be_visible()


def install_by_hand(scene: Scene) -> None:
    """On iOS the page says how it is installed."""
    scene.app.page.context.add_init_script(IOS)
    scene.app.page.reload()
    scene.app.page.locator("button.install").click()
    expect(scene.app.page.get_by_role("dialog")).to_be_visible()


def fields(scene: Scene) -> None:
    """The fields are edited: one in a group is open, and the document suggests others."""
    typed(scene)
    editor = SchemaEditor(scene.app)
    editor.put_json(ORDER)
    editor.open("count")
    editor.button("Suggest from the document").click()
    expect(scene.app.page.get_by_role("heading", name="Found in the document")).to_be_visible()


def fields_refused(scene: Scene) -> None:
    """The engine refuses a field, and a schema is brought along."""
    editor = SchemaEditor(scene.app)
    editor.put_json({"type": "object", "properties": {"mark": {"type": "string", "pattern": "("}}})
    editor.open("mark")
    expect(scene.app.page.locator("#schema-panel").get_by_role("alert")).to_be_visible()
    editor.button("Import").click()


def german(scene: Scene) -> None:
    """The page speaks German."""
    found(scene)
    speak(scene.app.page, "de")


def german_problems(scene: Scene) -> None:
    """In German: a file that is damaged, a password that is wrong, a schema that cannot be enforced."""
    open_files(scene, "corrupt.pdf", "locked.pdf")
    password = scene.app.page.locator('.files input[type="password"]')
    password.fill("wrong")
    password.press("Enter")
    expect(scene.app.problem("wrong-password")).to_be_visible()
    SchemaEditor(scene.app).put_json(LOOKING_BEHIND)
    expect(scene.app.page.locator("#schema-panel").get_by_role("alert")).to_be_visible()
    speak(scene.app.page, "de")


def empty_screen(name: str) -> Callable[[Scene], None]:
    """A screen on which there is nothing yet."""
    return lambda scene: screen(scene, name)


def batch_done(scene: Scene) -> None:
    """Two documents stand in the table."""
    open_files(scene, "letter.docx", "expenses.csv")
    scene.app.get_model()
    screen(scene, "batch")
    scene.app.press("Extract 2 documents")
    rows = scene.app.page.locator('[data-testid="batch-row"][data-state="done"]')
    expect(rows).to_have_count(2, timeout=PATIENCE_MS)


def filled_screen(name: str) -> Callable[[Scene], None]:
    """A screen after fields have been found in a document."""

    def after_finding(scene: Scene) -> None:
        open_files(scene, "letter.docx", "expenses.csv")
        scene.app.get_model()
        scene.app.extract()
        screen(scene, name)

    return after_finding


STATES: dict[str, Callable[[Scene], None]] = {
    "work-empty": lambda scene: None,
    "work-typed": typed,
    "work-loading": loading,
    "work-ready": ready,
    "work-found": found,
    "work-photo": photo,
    "work-nothing-to-read": nothing_to_read,
    "work-files": files,
    "work-offline": offline,
    "work-install-by-hand": install_by_hand,
    "work-german": german,
    "work-german-problems": german_problems,
    "schema-fields": fields,
    "schema-refused": fields_refused,
    "batch-empty": empty_screen("batch"),
    "history-empty": empty_screen("history"),
    "batch-done": batch_done,
    "history-filled": filled_screen("history"),
    "numbers-filled": filled_screen("numbers"),
    "models": empty_screen("models"),
    "numbers-empty": empty_screen("numbers"),
}


def looked_at_with(device: Device, browser: Browser, service_worker: bool = True) -> BrowserContext:
    """A new context of a browser, on a device."""
    return browser.new_context(
        viewport=device.viewport,
        has_touch=device.touch,
        is_mobile=device.touch,
        reduced_motion="reduce",
        locale="en-GB",
        service_workers="allow" if service_worker else "block",
    )


def bring_about(state: str, context: BrowserContext, site: Site) -> App:
    """Opens the page in a fresh context and brings it into a state."""
    context.set_default_timeout(PATIENCE_MS)
    app = App(context.new_page(), site.origin)
    expect(app.page.locator("main[aria-busy=false]")).to_be_visible()
    STATES[state](Scene(app, site))
    return app


def picture_of(folder: Path, state: str, device: str, scheme: str) -> Path:
    """Where the picture of a state lies."""
    return folder / f"{state}-{device}-{scheme}.png"
