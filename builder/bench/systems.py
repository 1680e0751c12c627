"""A system in a page of its own: opened, loaded, asked. Whatever goes wrong in a turn is its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request
from playwright.sync_api import Error as PlaywrightError

from builder.bench.errors import BenchError
from builder.bench.memory import Renderers, peak_bytes
from builder.bench.tasks import Task
from builder.bench.turns import AFTER_CLICK, EXCERPT, Failure, Measured, measured

LOAD_LIMIT_MS = 600_000
TURN_LIMIT_MS = 300_000
OTHER_DOCUMENT = "Minutes of the garden club. Present: Ada, Ben and Cleo. Next meeting on 3 May at noon."

# A failure is an answer; a page that does not answer in time is closed by whoever asked.
_ASK = """async ([request, limit]) => {
  let timer;
  const late = new Promise((_, reject) => {
    const error = Object.assign(new Error(`No answer within ${limit} ms.`), { code: "time-limit" });
    timer = setTimeout(() => { reject(error); }, limit);
  });
  try {
    return { result: await Promise.race([globalThis.ask(request), late]) };
  } catch (error) {
    const { name = "Error", code = name, message = String(error) } = error ?? {};
    return { failure: { code: String(code), message } };
  } finally {
    clearTimeout(timer);
  }
}"""

# After these the page is of no more use.
FATAL = ("crash", "time-limit")

Answer = Measured | Failure


@dataclass(frozen=True)
class Spec:
    """How a system starts: its address, the scripts that give its page `ask`, what it loads."""

    name: str
    url: str
    scripts: tuple[Path, ...]
    load: Mapping[str, Any]
    # A tab in which a benchmark runs workers of its own beside the product's needs this.
    bypass_csp: bool = False


class System:
    """A loaded system. Opening raises BenchError where it does not start."""

    def __init__(self, browser: Browser, renderers: Renderers, spec: Spec) -> None:
        """Opens a page and loads the model in it."""
        self._browser = browser
        self._renderers = renderers
        self.spec = spec
        self._page: Page
        self._strangers: set[str] = set()
        self.loaded: dict[str, Any]
        self.pid: int
        self.open()

    @property
    def name(self) -> str:
        """As it is called in reports."""
        return self.spec.name

    def open(self) -> None:
        """Starts over in a fresh page."""
        self._page = self._browser.new_page(bypass_csp=self.spec.bypass_csp)
        self._page.on("request", self._note_stranger)
        self.loaded, self.pid = self._renderers.working(self._load)

    def close(self) -> None:
        """Ends the page and its process."""
        self._page.close()

    def peak(self) -> int | None:
        """The most memory that the page's process held."""
        return peak_bytes(self.pid)

    def cold_turn(self, task: Task) -> Answer:
        """The first extraction after the model was loaded."""
        answer = self._extract(task)
        self._recover(answer)
        return answer

    def turns(self, task: Task) -> dict[str, Answer]:
        """One extraction of a document that is not in the cache; what the page measured, by system's name."""
        answer = self._extract(task, "forget")
        self._recover(answer)
        return {self.name: answer}

    def ask(
        self, kind: str, request: Mapping[str, object], limit_ms: int = TURN_LIMIT_MS
    ) -> dict[str, Any] | Failure:
        """What the page answers. Raises BenchError where it needed a file from elsewhere to do so."""
        try:
            self._page.bring_to_front()
            answer = self._page.evaluate(_ASK, [{"kind": kind, **request}, limit_ms])
        except PlaywrightError as error:
            return Failure("crash", str(error).strip().splitlines()[0])
        if self._strangers:
            asked = ", ".join(sorted(self._strangers))
            raise BenchError(f"{self.name} asks {asked} for files: that measures a network", "leave it out")
        if "failure" in answer:
            return Failure(**answer["failure"])
        return cast("dict[str, Any]", answer["result"])

    def _extract(self, task: Task, *before: str) -> Answer:
        """The document, after what comes before it untimed."""
        request: dict[str, Any] = {
            "text": task.text,
            "schema": task.schema,
            "instruction": task.instruction,
            "other": OTHER_DOCUMENT,
        }
        for kind in before:
            done = self.ask(kind, request)
            if isinstance(done, Failure):
                return done
        answer = self.ask("extract", request)
        return answer if isinstance(answer, Failure) else measured(answer)

    def _recover(self, *answers: Answer) -> None:
        """A fresh page, where the old one is lost."""
        if any(isinstance(answer, Failure) and answer.code in FATAL for answer in answers):
            self._page.close()
            self.open()

    def _load(self) -> dict[str, Any]:
        try:
            self._page.goto(self.spec.url)
            isolated = self._page.evaluate("() => crossOriginIsolated")
            for script in self.spec.scripts:
                self._page.evaluate(script.read_text(encoding="utf-8"))
        except PlaywrightError as error:
            raise self._unable(str(error).strip().splitlines()[0]) from error
        if not isolated:
            raise self._unable(f"{self.spec.url} is not isolated and would have one thread")
        loaded = self.ask("load", self.spec.load, LOAD_LIMIT_MS)
        if isinstance(loaded, Failure):
            raise self._unable(f"{loaded.code}: {loaded.message}")
        return loaded

    def _unable(self, why: str) -> BenchError:
        return BenchError(f"{self.name} does not start ({why})", "leave it out with --peers, or mend it")

    def _note_stranger(self, request: Request) -> None:
        address, own = urlsplit(request.url), urlsplit(self.spec.url)
        if address.scheme in ("http", "https") and address.netloc != own.netloc:
            self._strangers.add(address.netloc)


class Excerpt(System):
    """Ours: the whole time from text to result, and that after the click, the text read before."""

    def turns(self, task: Task) -> dict[str, Answer]:
        """Both, each from a cache that holds another document."""
        whole = _unread(self._extract(task, "forget"), self.loaded["ownTokens"])
        after_click = self._extract(task, "forget", "prefill")
        self._recover(whole, after_click)
        return {EXCERPT: whole, AFTER_CLICK: after_click}


def _unread(answer: Answer, own_tokens: int) -> Answer:
    """The answer, unless the document was in the cache: then the turn would not be fair."""
    if isinstance(answer, Measured) and answer.reused_tokens > own_tokens:
        return Failure(
            "in-cache", f"{answer.reused_tokens} tokens were read before, {own_tokens} are our own"
        )
    return answer
