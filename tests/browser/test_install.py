"""The page as an app: installed by a real Chromium, opened with files, shared with by other apps."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, expect

from builder.evaluate.chromium import FLAGS, find_chromium
from tests.browser.app import PATIENCE_MS, App
from tests.browser.conftest import Watch
from tests.browser.site import ROOT, Site
from tests.browser.states import IOS

RECEIPT = ROOT / "tests" / "documents" / "receipt.txt"

# Chromium offers an installation only where a person has been for a while; here it does at once.
OFFER_AT_ONCE = "--bypass-app-banner-engagement-checks"

# What a system's share sheet makes of the manifest's `share_target`: the browser posts this form.
SHARE_FORM = """
<form action="{origin}/share" method="post" enctype="multipart/form-data">
  <input name="title" value="A note"><input name="text" value="Total 12.50"><input name="url">
  <input type="file" name="files" multiple><button>Share</button>
</form>
"""

COUNT_QUESTIONS = """() => {
  globalThis.asked = 0;
  const { prompt } = BeforeInstallPromptEvent.prototype;
  BeforeInstallPromptEvent.prototype.prompt = function () { asked += 1; return prompt.call(this); };
}"""


@pytest.fixture
def profile(playwright: Playwright, tiny: Site, tmp_path: Path) -> Iterator[BrowserContext]:
    """A Chromium with a profile in which apps can be installed; what it tells the system stays there."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=find_chromium(),
        args=[*FLAGS, OFFER_AT_ONCE],
        ignore_default_args=["--disable-extensions"],  # Chromium installs apps as it does extensions.
        env={**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")},
        locale="en-GB",
    )
    watch = Watch(context, tiny.origin)
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()
    assert (watch.foreign, watch.violations) == ([], [])


@pytest.fixture
def app(profile: BrowserContext, tiny: Site) -> App:
    """The page, with its service worker at work."""
    app = App(profile.new_page(), tiny.origin)
    app.wait_for_service_worker()
    return app


@pytest.fixture
def devtools(profile: BrowserContext, app: App) -> CDPSession:
    """What Chromium's own tools are told."""
    return profile.new_cdp_session(app.page)


def test_chromium_finds_nothing_that_speaks_against_installing_it(
    app: App, devtools: CDPSession, tiny: Site
) -> None:
    assert devtools.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}
    read = devtools.send("Page.getAppManifest")
    assert read["errors"] == []
    manifest = read["manifest"]
    assert manifest["id"] == f"{tiny.origin}/"
    assert manifest["shareTarget"]["action"] == f"{tiny.origin}/share"
    assert [shortcut["url"] for shortcut in manifest["shortcuts"]] == [
        f"{tiny.origin}/{address}" for address in ("#/", "#/batch", "#/history")
    ]


def test_the_button_is_there_when_the_browser_would_ask_and_asks_once(app: App) -> None:
    button = app.page.get_by_role("button", name="Install")
    expect(button).to_be_visible()
    app.page.evaluate(COUNT_QUESTIONS)
    button.click()
    expect(button).to_have_count(0)
    assert app.page.evaluate("() => asked") == 1


def test_a_file_opened_with_the_installed_app_is_read(
    app: App, devtools: CDPSession, tiny: Site, receipt: str
) -> None:
    app_id = {"manifestId": f"{tiny.origin}/"}
    devtools.send("PWA.install", app_id)
    devtools.send("PWA.launchFilesInApp", {**app_id, "files": [str(RECEIPT)]})
    expect(app.text).to_have_value(receipt)


def share(page: Page, site: Site, files: list[Path]) -> None:
    """Shares files and a text with the app."""
    page.set_content(SHARE_FORM.format(origin=site.origin))
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="Share").click()
    page.wait_for_url(f"{site.origin}/#/")


@pytest.mark.parametrize("network", [True, False], ids=["online", "offline"])
def test_what_is_shared_with_the_app_is_read_and_never_sent(
    network: bool, profile: BrowserContext, app: App, tiny: Site, receipt: str
) -> None:
    app.page.close()
    page = profile.new_page()
    profile.set_offline(not network)
    share(page, tiny, [RECEIPT])
    expect(page.locator(".files li")).to_have_count(2)
    expect(page.locator(".files")).to_contain_text("receipt.txt")
    expect(page.locator(".files")).to_contain_text("Shared text.txt")
    page.get_by_role("button", name="receipt.txt").first.click()
    expect(page.get_by_role("textbox", name="Text of the document")).to_have_value(receipt)
    assert tiny.gate.count("/share") == 0
    # It is handed out once.
    assert page.evaluate("async () => (await fetch('/share')).status") == 404


def test_on_ios_the_page_says_how_it_is_installed_until_it_is_told_not_to(
    tiny: Site, open_page: Callable[[Site], Page]
) -> None:
    page = open_page(tiny)
    page.add_init_script(IOS)
    page.goto(tiny.origin)
    page.get_by_role("button", name="Install").click()
    dialog = page.get_by_role("dialog", name="Put Excerpt on your home screen")
    expect(dialog).to_contain_text("Add to Home Screen")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Install")).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Do not offer this again").click()
    expect(page.get_by_role("button", name="Install")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Document")).to_be_visible()
    expect(page.get_by_role("button", name="Install")).to_have_count(0)
