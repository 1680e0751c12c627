"""Pictures of every state, on a desktop and a phone, light and dark: `python -m tests.browser.shots`.

They are for people to look at, and lie in tests/browser/screenshots; nothing compares them. Those of the web
app's manifest (`--manifest`) are made by the same road and lie in web/public/screenshots.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from builder.evaluate.chromium import FLAGS, find_chromium
from tests.browser.site import ROOT, Site
from tests.browser.states import DEVICES, SCHEMES, STATES, bring_about, looked_at_with, picture_of

FOLDER = Path(__file__).parent / "screenshots"
MANIFEST_FOLDER = ROOT / "web" / "public" / "screenshots"
BUNDLE = ROOT / "dist" / "bundle"

# What the system shows when the app is to be installed: one picture for wide screens, one for narrow ones.
MANIFEST_STATE = "work-found"


def arguments() -> argparse.Namespace:
    """What the command was called with."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.shots", description=__doc__)
    parser.add_argument("states", nargs="*", help=f"which states (default: all): {', '.join(STATES)}")
    parser.add_argument(
        "--bundle", type=Path, default=BUNDLE, help="the bundle to show (default: %(default)s)"
    )
    parser.add_argument("--out", type=Path, default=FOLDER, help="where to (default: %(default)s)")
    parser.add_argument("--manifest", action="store_true", help="make the manifest's pictures instead")
    chosen = parser.parse_args()
    unknown = sorted(set(chosen.states) - set(STATES))
    if unknown:
        parser.error(f"there is no state {', '.join(unknown)}; there are {', '.join(STATES)}")
    return chosen


def settle(page: Page) -> None:
    """Waits until what was asked to move has moved, and everything is drawn."""
    page.mouse.move(0, 0)
    page.evaluate("() => { scrollTo(0, 0); }")
    page.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))")


def shoot(browser: Browser, bundle: Path, state: str, device: str, folder: Path) -> None:
    """Makes the pictures of one state on one device."""
    site = Site(bundle)
    context = looked_at_with(DEVICES[device], browser)
    try:
        page = bring_about(state, context, site).page
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            settle(page)
            # A phone shows one part after the other: the whole page, its bar where the first screen ends.
            picture = picture_of(folder, state, device, scheme)
            page.screenshot(path=picture, animations="disabled", full_page=DEVICES[device].touch)
    finally:
        site.gate.release()
        context.close()
        site.stop()


def shoot_for_manifest(browser: Browser, bundle: Path) -> None:
    """Makes the pictures that web/public/manifest.webmanifest names."""
    for device, name in (("desktop", "wide"), ("phone", "narrow")):
        shoot(browser, bundle, MANIFEST_STATE, device, MANIFEST_FOLDER)
        for scheme in SCHEMES:
            made = picture_of(MANIFEST_FOLDER, MANIFEST_STATE, device, scheme)
            if scheme == "light":
                made.replace(MANIFEST_FOLDER / f"{name}.png")
            else:
                made.unlink()


def main() -> None:
    """Makes the pictures that were asked for; says which state it is at."""
    chosen = arguments()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        if chosen.manifest:
            shoot_for_manifest(browser, chosen.bundle)
        for state in () if chosen.manifest else chosen.states or STATES:
            for device in DEVICES:
                sys.stdout.write(f"{state}, {device}\n")
                shoot(browser, chosen.bundle, state, device, chosen.out)
        browser.close()


if __name__ == "__main__":
    main()
