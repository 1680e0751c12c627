"""A worker or a page that dies in the middle: the work goes on, and the next start is more careful."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Worker
from playwright.sync_api import Error as PlaywrightError

from tests.browser.app import PATIENCE_MS
from tests.browser.engine import read_case, start_engine
from tests.browser.site import Site

_START_BATCH = """([texts, schema]) => {
  globalThis.started = [];
  const documents = texts.map((text, index) => ({ id: String(index), text }));
  const onEvent = (event) => { if (event.stage === "started") started.push(event.document); };
  globalThis.batch = client.extractAll(documents, schema, { onEvent });
}"""
_OUTPUTS = """async () => JSON.stringify(
  (await batch).map(({ status, extraction, error }) => extraction?.output ?? error?.code ?? status),
)"""
_START_ONE = """([text, schema]) => { globalThis.one = client.extract({ id: "one", text }, schema); }"""


def engine_worker(page: Page) -> Worker:
    """The engine's newest worker: one that was ended may be listed still, and the runtime's threads are
    workers too."""
    return [worker for worker in page.workers if "/assets/worker-" in worker.url][-1]


def kill(page: Page) -> None:
    """Ends the engine's worker without a word to the page, whatever it is doing."""
    worker = engine_worker(page)
    with page.expect_event("worker", timeout=PATIENCE_MS):
        worker.evaluate("() => self.close()")


def wait_for_start(page: Page, document: str, times: int = 1) -> None:
    """Waits until a document of the batch is under way for the `times`th time."""
    page.wait_for_function(
        "([id, times]) => started.filter((one) => one === id).length >= times", arg=[document, times]
    )


def test_a_batch_goes_on_when_the_worker_is_gone_and_gives_up_what_kills_it_twice(
    tiny: Site, open_page: Callable[[Site], Page]
) -> None:
    page = open_page(tiny)
    case = read_case("receipt")
    # The second one takes so long that it is always under way when the worker is ended.
    texts = [case.text, case.text * 40, f"{case.text}\nThe last."]
    start_engine(page, tiny.origin)
    page.evaluate(_START_BATCH, [texts, case.schema])
    expected: list[Any] = json.loads(page.evaluate(_OUTPUTS))
    assert all(isinstance(output, dict) for output in expected)

    page.evaluate(_START_BATCH, [texts, case.schema])
    wait_for_start(page, "1")
    kill(page)
    assert json.loads(page.evaluate(_OUTPUTS)) == expected

    page.evaluate(_START_BATCH, [texts, case.schema])
    for times in (1, 2):
        wait_for_start(page, "1", times)
        kill(page)
    assert json.loads(page.evaluate(_OUTPUTS)) == [expected[0], "engine-stopped", expected[2]]


def open_in(context: BrowserContext, site: Site) -> tuple[Page, dict[str, Any]]:
    page = context.new_page()
    return page, start_engine(page, site.origin)


def test_after_a_crash_of_the_page_the_model_starts_on_fewer_threads_and_says_so(
    browser: Browser, tiny: Site
) -> None:
    context = browser.new_context()
    page, loaded = open_in(context, tiny)
    assert loaded["threads"] > 1
    assert loaded["notices"] == []

    beside, loaded = open_in(context, tiny)
    assert loaded["notices"] == [], "another tab is no crash"
    beside.close()

    case = read_case("receipt")
    page.evaluate(_START_ONE, [case.text * 40, case.schema])
    page.wait_for_function("() => localStorage.getItem('excerpt.at-work') !== null")
    with page.expect_event("crash"), pytest.raises(PlaywrightError):
        page.goto("chrome://crash")
    again, loaded_again = open_in(context, tiny)
    assert loaded_again["threads"] == loaded["threads"] // 2
    assert any("stopped in the middle" in notice["message"] for notice in loaded_again["notices"])
    again.evaluate(_START_ONE, [case.text, case.schema])
    assert again.evaluate("async () => Object.keys((await one).output)")
    context.close()
