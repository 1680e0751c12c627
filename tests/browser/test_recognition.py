"""How well letters in pictures are recognised: a bound for each way in which a picture can be spoiled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app import PATIENCE_MS, App
from tests.browser.receipts import RECEIPTS, Receipt, spoil
from tests.browser.site import Site

# Wrong letters of all letters, and rows of an article and its price that may be wrong, over all receipts.
BOUNDS = {"clean": (0.01, 0), "small": (0.01, 0), "photo": (0.03, 1)}


@pytest.fixture(scope="module")
def pictures(browser: Browser) -> list[bytes]:
    """Every receipt, as the browser draws it."""
    page = browser.new_page(viewport={"width": 480, "height": 420}, device_scale_factor=2)
    drawn = []
    for receipt in RECEIPTS:
        page.set_content(receipt.html)
        drawn.append(page.screenshot())
    page.close()
    return drawn


def recognise(app: App, name: str, picture: bytes) -> str:
    """The text of a picture."""
    app.page.get_by_label("Files", exact=True).set_input_files(
        {"name": name, "mimeType": "image/jpeg", "buffer": picture}
    )
    row = app.page.get_by_role("listitem").filter(has_text=name)
    expect(row).to_have_attribute("data-state", "ready", timeout=PATIENCE_MS)
    text = app.text.input_value()
    app.press("Clear")
    return text


def wrong_letters(wanted: str, found: str) -> int:
    """The fewest letters to change, add or remove, white space being one space."""
    a, b = " ".join(wanted.split()), " ".join(found.split())
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        above, row = row, [i]
        for j, other in enumerate(b, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other)))
    return row[-1]


def wrong_rows(receipt: Receipt, found: str) -> int:
    """Rows of which article and price do not stand together on a line."""
    lines = [" ".join(line.split()) for line in found.split("\n")]
    return sum(not any(name in line and price in line for line in lines) for name, price in receipt.rows)


@pytest.mark.parametrize("how", BOUNDS)
def test_receipts_are_recognised(
    tiny: Site, open_page: Callable[[Site], Page], pictures: list[bytes], how: str
) -> None:
    app = App(open_page(tiny), tiny.origin)
    texts = [recognise(app, f"{how}-{n}.jpg", spoil(picture, how)) for n, picture in enumerate(pictures)]
    pairs = list(zip(RECEIPTS, texts, strict=True))
    letters = sum(wrong_letters(receipt.text, text) for receipt, text in pairs)
    share = letters / sum(len(receipt.text) for receipt in RECEIPTS)
    rows = sum(wrong_rows(receipt, text) for receipt, text in pairs)
    print(f"{how}: {share:.3f} of the letters wrong, {rows} rows wrong")
    most_letters, most_rows = BOUNDS[how]
    assert share <= most_letters
    assert rows <= most_rows
