"""One browser, two pages, turns in alternation: Excerpt first in even rounds, the peer first in odd ones.

Both read the same text with the same schema and the same weights, warm, reading the document included.
Between Excerpt's turns another document is read, untimed, so that no turn finds its own in the cache.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, Page

INSTRUCTION = (
    "Extract the following fields from the text. Return one JSON object with exactly these keys: {fields}. "
    "Copy every value from the text."
)
OTHER_DOCUMENT = "Minutes of the garden club. Present: Ada, Ben and Cleo. Next meeting on 3 May at noon."

_EXCERPT_LOAD = """async () => {
  const { EngineClient } = await import("/embed.js");
  globalThis.client = new EngineClient();
  return client.load(new URL("/bundle/manifest.json", location.href).href);
}"""
_EXCERPT_TURN = """async ([other, text, schema]) => {
  await client.prefill({ id: "other", text: other });
  const begin = performance.now();
  const { output, stats } = await client.extract({ id: "invoice", text }, schema);
  return { ms: performance.now() - begin, output: JSON.stringify(output), stats };
}"""
_PEER_START = """() => {
  const worker = new Worker("/worker/worker.js", { type: "module" });
  globalThis.ask = (request) => new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => {
      data.kind === "failed" ? reject(new Error(data.message)) : resolve(data.result);
    };
    worker.postMessage(request);
  });
}"""
_PEER_ASK = "(request) => ask(request)"


@dataclass(frozen=True)
class Task:
    """The document, the schema and the peer's way to be told about it."""

    text: str
    schema: dict[str, Any]

    @property
    def instruction(self) -> str:
        """Names and descriptions of the fields, as a person would put them to a chat model."""
        fields = ", ".join(
            f'"{name}" ({field["description"]})' for name, field in self.schema["properties"].items()
        )
        return INSTRUCTION.format(fields=fields)


@dataclass(frozen=True)
class Round:
    """One turn of each; milliseconds of wall-clock time seen from the page."""

    excerpt_ms: float
    peer_ms: float

    @property
    def ratio(self) -> float:
        """How many times as long the peer took."""
        return self.peer_ms / self.excerpt_ms


class Excerpt:
    """Our page: `/embed.js`, as an embedding page uses it."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.page = _open(browser, f"{origin}/healthz")
        self.loaded = cast("dict[str, Any]", self.page.evaluate(_EXCERPT_LOAD))

    def turn(self, task: Task) -> dict[str, Any]:
        """One extraction that reads the whole document; RuntimeError if some of it was in the cache."""
        answer = cast(
            "dict[str, Any]", self.page.evaluate(_EXCERPT_TURN, [OTHER_DOCUMENT, task.text, task.schema])
        )
        # The fixed instruction before the document is the same for every document and may stay in the cache.
        if answer["stats"]["prefixReused"] > answer["stats"]["promptTokens"] // 2:
            raise RuntimeError("the document was already in the cache: the round would not be fair")
        return _checked(answer, task)


class Peer:
    """transformers.js in a worker of its own page."""

    def __init__(self, browser: Browser, origin: str, weights_name: str, threads: int) -> None:
        self.page = _open(browser, origin)
        self.page.evaluate(_PEER_START)
        request = {"kind": "load", "weightsName": weights_name, "threads": threads}
        self.loaded = cast("dict[str, Any]", self.page.evaluate(_PEER_ASK, request))

    def turn(self, task: Task) -> dict[str, Any]:
        """One extraction, the prompt included."""
        request = {
            "kind": "extract",
            "instruction": task.instruction,
            "text": task.text,
            "schema": task.schema,
        }
        return _checked(cast("dict[str, Any]", self.page.evaluate(_PEER_ASK, request)), task)


def measure(
    excerpt: Excerpt, peer: Peer, task: Task, count: int, tell: Callable[[int, Round], None]
) -> list[Round]:
    """`count` rounds after one untimed turn of each."""
    excerpt.turn(task)
    peer.turn(task)
    rounds = []
    for number in range(count):
        first, second = (excerpt, peer) if number % 2 == 0 else (peer, excerpt)
        times = {one: one.turn(task)["ms"] for one in (first, second)}
        rounds.append(Round(times[excerpt], times[peer]))
        tell(number, rounds[-1])
    return rounds


def _open(browser: Browser, url: str) -> Page:
    page = browser.new_page()
    page.goto(url)
    if not page.evaluate("() => crossOriginIsolated"):
        raise RuntimeError(f"{url} is not cross-origin isolated: it would run on one thread")
    return page


def _checked(answer: dict[str, Any], task: Task) -> dict[str, Any]:
    """The answer, if it is what was asked for: a fast wrong one does not count."""
    Draft202012Validator(task.schema).validate(json.loads(answer["output"]))
    return answer
