"""Runs the comparison, prints its conditions and medians, and writes them as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

import click
from playwright.sync_api import sync_playwright

from builder.evaluate.chromium import FLAGS, find_chromium
from builder.evaluate.hosting import host
from tests.bench.peers.model import write_peer_model
from tests.bench.peers.rounds import Excerpt, Peer, Round, Task, measure
from tests.bench.peers.site import HERE, bundle_worker, install, peer_site

DOCUMENTS = Path("tests/documents")
WORK = Path(".cache/bench")


@click.command()
@click.option(
    "--bundle", type=click.Path(exists=True, path_type=Path), default=Path("dist/bundle"), show_default=True
)
@click.option(
    "--standard",
    type=click.Path(path_type=Path),
    default=Path(".cache/standard"),
    show_default=True,
    help="Where the build keeps its graphs with the usual cache.",
)
@click.option("--rounds", type=click.IntRange(min=1), default=7, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=WORK / "peers.json", show_default=True)
def main(bundle: Path, standard: Path, rounds: int, out: Path) -> None:
    """Excerpt against transformers.js with structured output: one invoice, one schema, one set of weights."""
    executable = find_chromium()
    install()
    worker, model = WORK / "worker" / "worker.js", WORK / "model"
    bundle_worker(worker)
    weights_name = write_peer_model(bundle, standard, model)
    task = Task(
        (DOCUMENTS / "invoice.txt").read_text(encoding="utf-8"),
        json.loads((DOCUMENTS / "invoice.schema.json").read_text(encoding="utf-8")),
    )
    with host(bundle) as ours, peer_site(worker, model) as theirs, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        excerpt = Excerpt(browser, ours)
        peer = Peer(browser, theirs, weights_name, excerpt.loaded["threads"])
        conditions = _conditions(browser.version, excerpt, peer)
        click.echo(json.dumps(conditions, indent=1))
        measured = measure(excerpt, peer, task, rounds, _tell)
        samples = {"excerpt": excerpt.turn(task), "peer": peer.turn(task)}
        browser.close()
    report: dict[str, Any] = {"conditions": conditions, "medians": _medians(measured), "samples": samples}
    report["rounds"] = [asdict(one) | {"ratio": one.ratio} for one in measured]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(json.dumps(report["medians"], indent=1))
    click.echo(f"Report: {out}")


def _tell(number: int, one: Round) -> None:
    click.echo(
        f"round {number + 1}: Excerpt {one.excerpt_ms:.0f} ms, peer {one.peer_ms:.0f} ms, x {one.ratio:.2f}"
    )


def _medians(rounds: list[Round]) -> dict[str, float]:
    return {
        "excerpt_ms": round(median(one.excerpt_ms for one in rounds), 1),
        "peer_ms": round(median(one.peer_ms for one in rounds), 1),
        "ratio": round(median(one.ratio for one in rounds), 2),
    }


def _conditions(browser: str, excerpt: Excerpt, peer: Peer) -> dict[str, Any]:
    packages = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return {
        "browser": f"Chromium {browser}",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "model": excerpt.loaded["name"],
        "bundle": excerpt.loaded["version"],
        "variant": excerpt.loaded["variant"],
        "excerpt_threads": excerpt.loaded["threads"],
        "peer_threads": peer.loaded["threads"],
        "peer_runtime": f"onnxruntime-web {peer.loaded['runtime']}",
        "peer_packages": packages,
    }


if __name__ == "__main__":
    main()
