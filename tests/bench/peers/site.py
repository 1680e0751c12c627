"""The peer's own origin: its worker, its runtime, its model, cross-origin isolated as Excerpt is."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.serving import serve_app

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PACKAGES = HERE / "node_modules"
ISOLATION = [
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-embedder-policy", b"require-corp"),
]


def install() -> None:
    """Installs the pinned peer packages beside their lock file, unless that was done for this very lock."""
    lock, mark = HERE / "package-lock.json", PACKAGES / ".excerpt-lock"
    if mark.is_file() and mark.read_bytes() == lock.read_bytes():
        return
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    mark.write_bytes(lock.read_bytes())


def bundle_worker(target: Path) -> None:
    """Bundles the peer's worker with the web app's esbuild."""
    esbuild = ROOT / "web" / "node_modules" / ".bin" / "esbuild"
    subprocess.run(
        [esbuild, HERE / "worker.js", "--bundle", "--format=esm", "--log-level=error", f"--outfile={target}"],
        check=True,
    )


@contextmanager
def peer_site(worker: Path, model: Path) -> Iterator[str]:
    """Serves the peer; yields its origin."""
    app = Starlette(
        routes=[
            Route("/", _blank),
            Mount("/models/peer", StaticFiles(directory=model)),
            Mount("/ort", StaticFiles(directory=PACKAGES / "onnxruntime-web" / "dist")),
            Mount("/worker", StaticFiles(directory=worker.parent)),
        ],
        middleware=[Middleware(_Isolated)],
    )
    with serve_app(app) as origin:
        yield origin


async def _blank(request: Request) -> Response:
    return Response("<!doctype html><title>Peer</title>", media_type="text/html")


class _Isolated:
    """ASGI middleware: sets the headers without which ONNX Runtime has one thread."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def isolated(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *ISOLATION]
            await send(message)

        await self.app(scope, receive, isolated)
