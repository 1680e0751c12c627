"""transformers.js with its structured-output package, on the very weights of a bundle, as somebody to ask."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from builder.bench.memory import Renderers
from builder.bench.rounds import open_system
from builder.bench.stage import Stage, staged
from builder.bench.systems import System
from builder.bench.tasks import Task
from builder.bench.turns import TRANSFORMERS, Failure
from builder.evaluate.browser import Conditions, Extracted, Failed
from builder.evaluate.scoring import JsonValue


class PeerEngine:
    """Asks a peer's page as the engine is asked; it names no places and claims no confidence."""

    def __init__(self, system: System, stage: Stage) -> None:
        """Asks `system`, loaded on `stage`."""
        self._system = system
        self._stage = stage

    @property
    def conditions(self) -> Conditions:
        """The browser's and the bundle's, from which its weights are."""
        loaded = self._stage.loaded
        browser = f"Chromium {self._stage.browser.version}"
        model, version, variant = loaded["name"], loaded["version"], loaded["variant"]
        return Conditions(browser, os.cpu_count() or 1, loaded["threads"], model, version, variant, ())

    def extract(self, record_id: str, text: str, schema: Mapping[str, JsonValue]) -> Extracted | Failed:
        """The peer's answer; one that is no JSON object, cut at its limit of tokens or not, is a failure."""
        task = Task("scoreboard", record_id, text, dict(schema), None)
        answer = self._system.turns(task)[self._system.name]
        if isinstance(answer, Failure):
            return Failed("peer", answer.code, answer.message)
        output = parsed(answer.output)
        if output is None:
            return Failed("peer", "cut" if answer.cut else "no-json", "The answer is no JSON object.")
        times = answer.prefill_ms, answer.decode_ms
        return Extracted(output, (), (), answer.prompt_tokens, answer.forwards, *times)


def parsed(output: str) -> dict[str, JsonValue] | None:
    """An answer's JSON object; None where it is none."""
    try:
        value = json.loads(output)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


@contextmanager
def open_peer(bundle: Path, report: Callable[[str], None]) -> Iterator[PeerEngine]:
    """transformers.js, loaded, for as long as a block runs; installs it on first use. Raises ExcerptError."""
    with staged(bundle, (TRANSFORMERS,), report) as stage:
        spec = next(one for one in stage.specs if one.name == TRANSFORMERS)
        system = open_system(stage.browser, Renderers(stage.browser), spec)
        try:
            yield PeerEngine(system, stage)
        finally:
            system.close()
