"""Drives the real engine in a real Chromium: the page a user's browser would run, records one by one.

The engine is reached through `/embed.js`, as any embedding page would. The page that hosts it is
`/healthz`: it has the origin and its headers, and runs no script of its own beside the engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from playwright.sync_api import Browser, JSHandle, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from builder.evaluate.chromium import FLAGS, find_chromium
from builder.evaluate.errors import BrowserError
from builder.evaluate.scoring import JsonValue
from builder.evaluate.spans import code_point_span

RECORD_LIMIT_MS = 300_000
LOAD_LIMIT_MS = 600_000

_CREATE = 'async () => { const { EngineClient } = await import("/embed.js"); return new EngineClient(); }'

# Runs one request under a time limit and answers with JSON text, so that numbers and the order of keys
# arrive as the engine wrote them. A failure is an answer, not an exception.
_REQUEST = """
async ([client, limit, kind, ...rest]) => {
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => controller.abort(), limit);
  const bundleUrl = new URL("/bundle/manifest.json", location.href).href;
  const run = {
    load: () => client.load(bundleUrl, { signal }),
    extract: (document, schema, drafts) => client.extract(document, schema, { signal, drafts }),
  };
  const explain = ({ name, kind, code, message, place }) => signal.aborted
    ? { kind: "device", code: "time-limit", message: `No answer within ${limit} ms.` }
    : { kind: kind ?? "internal", code: code ?? name, message: message ?? "", place };
  try {
    return JSON.stringify({ result: await run[kind](...rest) });
  } catch (error) {
    return JSON.stringify({ failure: explain(error) });
  } finally {
    clearTimeout(timer);
  }
}
"""


@dataclass(frozen=True)
class Evidence:
    """Where a value stands: `start` inclusive, `end` exclusive, in code points of the text."""

    path: str
    start: int
    end: int
    origin: str


@dataclass(frozen=True)
class Uncalibrated:
    """The model's own probabilities: that the field is absent (None where that was not to be chosen), and of
    all its choices."""

    kind: str
    absence: float | None
    confidence: float


@dataclass(frozen=True)
class FieldAnswer:
    """One field as the engine answered it; `path` is a JSON pointer into the output."""

    path: str
    value: JsonValue
    confidence: float
    raw: Uncalibrated | None


@dataclass(frozen=True)
class Extracted:
    """What the engine answered for one record."""

    output: dict[str, JsonValue]
    evidence: tuple[Evidence, ...]
    answers: tuple[FieldAnswer, ...]
    prompt_tokens: int
    forwards: int
    prefill_ms: float
    decode_ms: float


@dataclass(frozen=True)
class Failed:
    """Why a record has no answer. `kind` and `code` are the engine's; `crash` is a page that died."""

    kind: str
    code: str
    message: str
    place: str | None = None


@dataclass(frozen=True)
class Conditions:
    """Under which circumstances the numbers came about."""

    browser: str
    cores: int
    threads: int
    model: str
    bundle_version: str
    variant: str
    notices: tuple[str, ...]


class BrowserEngine:
    """A loaded engine in a page. After a crash a fresh page takes over with the next record."""

    def __init__(self, browser: Browser, origin: str, drafts: bool = True) -> None:
        """Opens a page on `origin` and loads its bundle; BrowserError where that fails."""
        self._browser = browser
        self._origin = origin
        self._drafts = drafts
        self._page, self._client, self.conditions = self._start()

    def extract(self, record_id: str, text: str, schema: Mapping[str, JsonValue]) -> Extracted | Failed:
        """Asks the engine about one record; whatever goes wrong comes back as `Failed`."""
        document = {"id": record_id, "text": text}
        try:
            request = ("extract", document, dict(schema), self._drafts)
            answer = _request(self._page, self._client, RECORD_LIMIT_MS, *request)
        except PlaywrightError as error:
            self._page.close()
            self._page, self._client, self.conditions = self._start()
            return Failed("crash", "page-crashed", _first_line(error))
        if isinstance(answer, Failed):
            return answer
        try:
            return _extracted(answer, text)
        except ValueError as error:
            return Failed("internal", "evidence-outside-text", str(error))

    def _start(self) -> tuple[Page, JSHandle, Conditions]:
        page = self._browser.new_page()
        try:
            page.goto(f"{self._origin}/healthz")
            client = page.evaluate_handle(_CREATE)
            loaded = _request(page, client, LOAD_LIMIT_MS, "load")
            cores = page.evaluate("() => navigator.hardwareConcurrency")
        except PlaywrightError as error:
            raise BrowserError(
                f"the engine does not start in the browser ({_first_line(error)})",
                "build the web app and the bundle first, `excerpt up` does both",
            ) from error
        if isinstance(loaded, Failed):
            raise BrowserError(
                f"the bundle does not load ({loaded.code}): {loaded.message.rstrip('.')}",
                "try `excerpt verify`",
            )
        return page, client, _conditions(self._browser.version, int(cores), loaded)


@contextmanager
def open_engine(origin: str, drafts: bool = True) -> Iterator[BrowserEngine]:
    """Starts a headless Chromium with the engine of `origin` loaded in it. Raises BrowserError."""
    with launched() as browser:
        yield BrowserEngine(browser, origin, drafts)


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium. Raises BrowserError."""
    executable = find_chromium()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        except PlaywrightError as error:
            raise BrowserError(
                f"{executable} does not start ({_first_line(error)})",
                "set EXCERPT_CHROMIUM to one that does",
            ) from error
        try:
            yield browser
        finally:
            browser.close()


def _request(page: Page, client: JSHandle, limit_ms: int, *request: object) -> dict[str, Any] | Failed:
    answer = json.loads(page.evaluate(_REQUEST, [client, limit_ms, *request]))
    if "failure" in answer:
        return Failed(**answer["failure"])
    return cast("dict[str, Any]", answer["result"])


def _extracted(result: dict[str, Any], text: str) -> Extracted:
    stats = result["stats"]
    return Extracted(
        output=result["output"],
        evidence=tuple(_evidence(result["fields"], text)),
        answers=tuple(_field_answer(field) for field in result["fields"]),
        prompt_tokens=stats["promptTokens"],
        forwards=stats["forwards"],
        prefill_ms=stats["prefillMs"],
        decode_ms=stats["decodeMs"],
    )


def _field_answer(field: dict[str, Any]) -> FieldAnswer:
    raw = field.get("uncalibrated")
    return FieldAnswer(
        path=field["path"],
        value=field["value"],
        confidence=field["confidence"],
        raw=None if raw is None else Uncalibrated(raw["kind"], raw["absence"], raw["confidence"]),
    )


def _evidence(fields: list[dict[str, Any]], text: str) -> Iterator[Evidence]:
    for field in fields:
        for value in field["values"]:
            span = value["evidence"]
            if span is not None:
                start, end = code_point_span(text, span["start"], span["end"])
                yield Evidence(field["path"], start, end, value["origin"])


def _conditions(version: str, cores: int, loaded: dict[str, Any]) -> Conditions:
    return Conditions(
        browser=f"Chromium {version}",
        cores=cores,
        threads=loaded["threads"],
        model=loaded["name"],
        bundle_version=loaded["version"],
        variant=loaded["variant"],
        notices=tuple(notice["message"] for notice in loaded["notices"]),
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
