"""Everything in its place before the first turn: servers running, a browser started, conditions known."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from builder.bench.machine import load_average, processor
from builder.bench.memory import Renderers
from builder.bench.rounds import open_system
from builder.bench.systems import Spec
from builder.bench.tasks import SEED, Task
from builder.bench.turns import EXCERPT, TRANSFORMERS, WLLAMA
from builder.evaluate.browser import launched
from builder.evaluate.hosting import CACHE, host

WORK = CACHE / "bench"
SCRIPTS = Path(__file__).parent / "peers"
STANDARD = CACHE / "standard"

Report = Callable[[str], None]


@dataclass(frozen=True)
class Stage:
    """A browser, the systems to open in it, and what our own page said when it was loaded."""

    browser: Browser
    specs: tuple[Spec, ...]
    loaded: dict[str, Any]


@contextmanager
def staged(bundle: Path, peers: Sequence[str], report: Report) -> Iterator[Stage]:
    """Serve our bundle and the peers, start a browser, load our model once to learn what it says.

    Raises ExcerptError where something is missing or does not start.
    """
    with ExitStack() as stack:
        ours = Spec(EXCERPT, f"{stack.enter_context(host(bundle))}/healthz", (SCRIPTS / "excerpt.js",), {})
        theirs = [_PREPARE[name](stack, bundle, report) for name in peers]
        browser = stack.enter_context(launched())
        report(f"Chromium {browser.version}: loading the bundle")
        loaded = _probe(browser, ours)
        yield Stage(browser, (ours, *(_threaded(one, loaded["threads"]) for one in theirs)), loaded)


def conditions(stage: Stage, tasks: Sequence[Task]) -> dict[str, Any]:
    """Under which circumstances the numbers come about."""
    from builder.bench.peers.packages import pinned

    loaded = stage.loaded
    sets = dict.fromkeys(task.set for task in tasks)
    return {
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "browser": f"Chromium {stage.browser.version}",
        "machine": f"{platform.system()} {platform.machine()}, {processor()}",
        "cores": os.cpu_count(),
        "load_average": [load_average()],
        "threads": loaded["threads"],
        "systems": [spec.name for spec in stage.specs],
        "packages": pinned(),
        "model": loaded["name"],
        "bundle": loaded["version"],
        "variant": loaded["variant"],
        "seed": SEED,
        "records": {name: [task.id for task in tasks if task.set == name] for name in sets},
    }


def _probe(browser: Browser, spec: Spec) -> dict[str, Any]:
    system = open_system(browser, Renderers(browser), spec)
    system.close()
    return system.loaded


def _threaded(spec: Spec, threads: int) -> Spec:
    return replace(spec, load={**spec.load, "threads": threads})


def _transformers(stack: ExitStack, bundle: Path, report: Report) -> Spec:
    from builder.bench.peers.model import write_peer_model
    from builder.bench.peers.packages import install
    from builder.bench.peers.site import bundle_worker, transformers_site
    from server.run import serving

    packages, worker, model = install(WORK / "peers", report), WORK / "worker" / "worker.js", WORK / "model"
    bundle_worker(packages, worker)
    weights = write_peer_model(bundle, STANDARD, model)
    origin = stack.enter_context(serving(transformers_site(packages, worker, model)))
    return Spec(TRANSFORMERS, origin, (SCRIPTS / "transformers.js",), {"weightsName": weights})


def _wllama(stack: ExitStack, bundle: Path, report: Report) -> Spec:
    from builder.bench.peers.model import CHAT_TEMPLATE, checkpoint_file
    from builder.bench.peers.packages import install
    from builder.bench.peers.site import wllama_site
    from server.run import serving

    packages, gguf = install(WORK / "peers", report), checkpoint_file(CACHE)
    origin = stack.enter_context(serving(wllama_site(packages, gguf)))
    return Spec(WLLAMA, origin, (SCRIPTS / "wllama.js",), {"model": gguf.name, "chatTemplate": CHAT_TEMPLATE})


_PREPARE = {TRANSFORMERS: _transformers, WLLAMA: _wllama}
