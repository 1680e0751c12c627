"""`excerpt serve` as a process: what it prints, and how it ends."""

from __future__ import annotations

import dataclasses
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2 as httpx
import pytest

from server.settings import Settings
from tests.server.conftest import write_bundle

EXCERPT = (sys.executable, "-c", "from builder.cli import main; main()")


def arguments(settings: Settings, port: int) -> list[str]:
    return [
        *EXCERPT,
        "serve",
        *("--port", str(port)),
        *("--bundle", str(settings.bundle)),
        *("--web", str(settings.web)),
    ]


@contextmanager
def serving(settings: Settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, once it has said that it is ready, and the URL that it said."""
    process = subprocess.Popen(
        arguments(settings, 0),
        cwd=settings.cache.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Excerpt is ready: http://127.0.0.1:")
        yield process, line.split()[3]
    finally:
        process.kill()
        process.communicate()


def test_ctrl_c_stops_it_with_130(settings: Settings) -> None:
    with serving(settings) as (process, url):
        httpx.get(f"{url}/healthz?document=secret").raise_for_status()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert "GET /healthz 200" in errors
    assert "secret" not in errors


def test_a_transfer_that_never_ends_does_not_keep_it(settings: Settings) -> None:
    """The reader takes the headers and then nothing: 32 MB are more than the sockets can hold."""
    large = settings.bundle.with_name("large")
    shard = write_bundle(large, bytes(16 << 20)).variants[0].shards[0].file
    with (
        serving(dataclasses.replace(settings, bundle=large)) as (process, url),
        httpx.stream("GET", f"{url}/bundle/{shard}") as answer,
    ):
        assert answer.headers["content-length"] == str(16 << 20)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == -signal.SIGTERM


@pytest.mark.parametrize("missing", ["web", "bundle", "port"])
def test_what_is_missing_is_one_line(settings: Settings, missing: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1] if missing == "port" else 0
        if missing == "web":
            (settings.web / "index.html").unlink()
        if missing == "bundle":
            (settings.bundle / "manifest.json").unlink()
        done = subprocess.run(
            arguments(settings, port), cwd=settings.cache.parent, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
