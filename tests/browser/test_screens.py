"""The screens and the language: addresses, back and forward, focus, title, and what the device remembers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App
from tests.browser.site import Site

SCREENS = {"batch": "Batch", "history": "History", "models": "Models", "numbers": "Numbers"}


@pytest.fixture
def app(tiny: Site, open_page: Callable[[Site], Page]) -> App:
    return App(open_page(tiny), tiny.origin)


def shown(page: Page, screen: str) -> None:
    """Waits until a screen is there."""
    expect(page.locator("main")).to_have_attribute("data-screen", screen)
    expect(page.locator("main")).to_have_attribute("aria-busy", "false")


def test_each_screen_has_an_address_a_title_and_the_focus(app: App) -> None:
    page = app.page
    expect(page).to_have_title("Excerpt")
    for screen, name in SCREENS.items():
        link = page.get_by_role("navigation").get_by_role("link", name=name, exact=True)
        link.click()
        shown(page, screen)
        expect(page).to_have_title(f"{name} \u2013 Excerpt")
        expect(page).to_have_url(f"{page.url.split('#')[0]}#/{screen}")
        expect(page.locator("main")).to_be_focused()
        expect(link).to_have_attribute("aria-current", "page")
        expect(page.get_by_role("heading", level=2).first).to_be_visible()


def test_back_forward_and_a_reload_keep_the_screen(app: App) -> None:
    page = app.page
    page.get_by_role("link", name="Models").click()
    page.get_by_role("link", name="Numbers").click()
    page.go_back()
    shown(page, "models")
    page.go_forward()
    shown(page, "numbers")
    page.reload()
    shown(page, "numbers")


def test_an_address_of_no_screen_leads_to_the_document(app: App, tiny: Site) -> None:
    app.page.goto(f"{tiny.origin}/#/nowhere")
    app.page.reload()
    shown(app.page, "work")


def test_the_text_is_there_after_a_look_at_another_screen(app: App, receipt: str) -> None:
    app.text.fill(receipt)
    app.page.get_by_role("link", name="Models").click()
    shown(app.page, "models")
    app.page.get_by_role("link", name="Document").click()
    expect(app.text).to_have_value(receipt)


def test_a_screen_that_cannot_be_loaded_says_so_and_can_be_tried_again(
    tiny: Site, open_page: Callable[[Site], Page]
) -> None:
    page = open_page(tiny)
    page.route("**/assets/ModelsScreen-*", lambda route: route.abort())
    page.goto(f"{tiny.origin}/#/models")
    problem = page.locator('[data-code="screen-not-loaded"]')
    expect(problem).to_be_visible()
    page.unroute("**/assets/ModelsScreen-*")
    page.get_by_role("button", name="Try again").click()
    shown(page, "models")


def test_by_keyboard_one_tab_leads_past_the_header(app: App) -> None:
    page = app.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_the_language_changes_at_once_and_is_kept(app: App) -> None:
    page = app.page
    page.get_by_label("Language").select_option("de")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("heading", name="Dokument", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Auslesen", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Verlauf")).to_be_visible()
    page.get_by_label("Sprache").select_option("en")
    expect(page.get_by_role("link", name="History")).to_be_visible()


def test_a_german_browser_is_met_in_german(tiny: Site, open_page: Callable[[Site], Page]) -> None:
    page = open_page(tiny)
    page.add_init_script("Object.defineProperty(navigator, 'languages', { value: ['de-AT', 'en'] });")
    page.goto(tiny.origin)
    expect(page.get_by_role("button", name="Modell laden")).to_be_visible()
    expect(page.get_by_role("link", name="Stapel")).to_be_visible()
