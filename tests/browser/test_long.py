"""Texts longer than the model reads at once: read to their end, window by window."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.app import PATIENCE_MS, App
from tests.browser.engine import start_engine
from tests.browser.site import Site

# No digit anywhere: only the last line can answer for a number.
LINES = [
    f"{who} wrote to {whom} about the {what}, and nothing was decided.\n"
    for who in ("The harbour office", "The printer", "Our landlord", "The choir", "A carpenter")
    for whom in ("the council", "the school", "the library", "two farmers", "the ferry company")
    for what in ("roof", "old pier", "summer market", "lost letters", "noise at night", "new lamps")
]
FILLER = "".join(LINES)
TOTAL: dict[str, Any] = {
    "type": "object",
    "properties": {"total": {"type": "number", "description": "The amount to pay"}},
    "required": ["total"],
    "additionalProperties": False,
}
LONGEST = 500_000

_EXTRACT = """async ([text, schema]) => {
  const windows = [];
  const onEvent = (event) => { if (event.stage === "window") windows.push([event.done, event.of]); };
  const { output, fields, coverage } = await client.extract({ id: "long", text }, schema, { onEvent });
  return JSON.stringify({ output, evidence: fields[0].values[0].evidence, coverage, windows });
}"""


def test_a_value_of_the_last_window_is_found_at_its_place(site: Site, page: Page) -> None:
    text = FILLER + FILLER[: int(0.9 * len(FILLER))] + "The total to pay is 1,284.50 in all.\n"
    loaded = start_engine(page, site.origin)
    answer = json.loads(page.evaluate(_EXTRACT, [text, TOTAL]))

    assert answer["output"] == {"total": 1284.5}
    evidence = answer["evidence"]
    assert text[evidence["start"] : evidence["end"]] == "1,284.50"
    coverage = answer["coverage"]
    assert coverage["read"] == [{"start": 0, "end": len(text)}]
    spans = [(window["start"], window["end"]) for window in coverage["windows"]]
    assert len(spans) in range(4, 9), loaded["maxDocumentTokens"]
    assert all(after < end for (_, end), (after, _) in pairwise(spans))
    assert answer["windows"] == [[done, len(spans)] for done in range(len(spans) + 1)]


def test_half_a_million_characters_are_begun_told_and_cancelled(
    tiny: Site, open_page: Callable[[Site], Page]
) -> None:
    app = App(open_page(tiny), tiny.origin)
    app.get_model()
    app.use_schema(TOTAL)
    app.paste((FILLER * (LONGEST // len(FILLER) + 1))[:LONGEST])
    app.press("Extract")
    app.run_is("running")
    expect(app.run).to_contain_text(re.compile(r"part \d+ of \d+, about .+ left"), timeout=PATIENCE_MS)
    app.press("Cancel")
    app.run_is("cancelled")
    app.edit_text()
    app.text.fill("The total to pay is 12.50.")
    assert json.loads(app.extract()) == {"total": 12.5}
