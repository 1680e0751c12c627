"""What goes wrong is said in the page's language, wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App
from tests.browser.site import Site
from tests.browser.states import FILES, LOOKING_BEHIND, Scene, german_problems, speak

DAMAGED = "„corrupt.pdf“ lässt sich nicht als PDF lesen: Die Datei ist beschädigt oder unvollständig."
LOCKED = "„locked.pdf“ ist mit einem Passwort geschützt. Gib es ein, um die Datei zu öffnen."
WRONG = "Das ist nicht das Passwort von „locked.pdf“. Prüfe Großbuchstaben"
REFUSED = "„pattern“ lässt sich nicht erzwingen: Es enthält ein Lookbehind."


@pytest.fixture
def app(tiny: Site, open_page: Callable[[Site], Page]) -> App:
    return App(open_page(tiny), tiny.origin)


def test_files_and_passwords_on_a_german_page(app: App) -> None:
    speak(app.page, "de")
    chooser = app.page.locator('input[type="file"][multiple]').first
    chooser.set_input_files([FILES / name for name in ("corrupt.pdf", "locked.pdf")])
    expect(app.problem("damaged-file")).to_contain_text(DAMAGED)
    expect(app.problem("damaged-file").locator("p")).to_have_attribute("lang", "de")
    expect(app.page.locator('[data-code="password-needed"]')).to_contain_text(LOCKED)
    password = app.page.get_by_label("Passwort von locked.pdf")
    password.fill("falsch")
    password.press("Enter")
    expect(app.problem("wrong-password")).to_contain_text(WRONG)


def test_what_was_read_in_a_picture_on_a_german_page(app: App) -> None:
    speak(app.page, "de")
    app.page.locator('input[type="file"][multiple]').first.set_input_files([FILES / "scan.pdf"])
    warning = app.page.locator('[data-code="recognised"]')
    expect(warning).to_have_text(
        "Der Text von S. 1 wurde in einem Bild erkannt: Vergleiche, worauf es ankommt, mit dem Original."
    )
    expect(warning).to_have_attribute("lang", "de")


def test_what_is_told_of_the_model_on_a_german_page(
    tiny_bundle: Path, start_site: Callable[..., Site], open_page: Callable[[Site], Page]
) -> None:
    site = start_site(tiny_bundle, isolated=False)
    app = App(open_page(site), site.origin)
    app.get_model()
    expect(app.model).to_contain_text("The model runs on one thread")
    speak(app.page, "de")
    told = app.model.locator(".notice")
    expect(told).to_contain_text("Das Modell läuft auf einem einzigen Thread")
    expect(told).to_have_attribute("lang", "de")


def test_what_has_gone_wrong_follows_the_language(app: App, tiny: Site) -> None:
    german_problems(Scene(app, tiny))
    field = app.page.locator("#schema-panel").get_by_role("alert")
    expect(field).to_contain_text(REFUSED)
    expect(app.problem("damaged-file")).to_contain_text(DAMAGED)
    expect(app.problem("wrong-password")).to_contain_text(WRONG)
    app.page.get_by_role("button", name="Auslesen", exact=True).click()
    app.run_is("failed")
    expect(app.problem("schema-refused")).to_contain_text(REFUSED)
    speak(app.page, "en")
    expect(app.problem("schema-refused")).to_contain_text(
        "“pattern” cannot be enforced: it has a lookbehind."
    )
    expect(field).to_contain_text("it has a lookbehind.")
    expect(app.problem("wrong-password")).to_contain_text("This is not the password of “locked.pdf”.")


def test_a_schema_refused_as_json_on_a_german_page(app: App) -> None:
    app.use_schema(LOOKING_BEHIND)
    speak(app.page, "de")
    panel = app.page.get_by_role("tabpanel")
    expect(panel).to_contain_text("/properties/mark/pattern")
    expect(panel).to_contain_text(REFUSED)
