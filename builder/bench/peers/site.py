"""Each peer's own origin: its code, its runtime, its model, cross-origin isolated as Excerpt is."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from builder.bench.errors import BenchError
from builder.bench.peers.packages import HERE

ESBUILD = Path("web/node_modules/.bin/esbuild")
ISOLATION = [
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-embedder-policy", b"require-corp"),
]


def transformers_site(packages: Path, worker: Path, model: Path) -> Starlette:
    """The site of transformers.js; `worker` is what `bundle_worker` wrote."""
    return _site(
        Mount("/models/peer", StaticFiles(directory=model)),
        Mount("/ort", StaticFiles(directory=packages / "onnxruntime-web" / "dist")),
        Mount("/worker", StaticFiles(directory=worker.parent)),
    )


def wllama_site(packages: Path, gguf: Path) -> Starlette:
    """The site of wllama."""
    return _site(
        Mount("/models", StaticFiles(directory=gguf.parent)),
        Mount("/wllama", StaticFiles(directory=packages / "@wllama" / "wllama" / "esm")),
    )


def bundle_worker(packages: Path, target: Path) -> None:
    """Bundle the worker of transformers.js with the web app's esbuild. Raises BenchError."""
    if not ESBUILD.is_file():
        raise BenchError(f"there is no {ESBUILD}", "install the web app's packages: make setup")
    source = target.parent / "source" / "transformers-worker.js"
    source.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / source.name, source)
    done = subprocess.run(
        [ESBUILD, source, "--bundle", "--format=esm", "--log-level=error", f"--outfile={target}"],
        env={"NODE_PATH": str(packages.resolve())},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BenchError(f"esbuild could not bundle {source.name}: {done.stderr.strip()}", "report this")


def _site(*routes: BaseRoute) -> Starlette:
    every: Sequence[BaseRoute] = [Route("/", _blank), *routes]
    return Starlette(routes=every, middleware=[Middleware(_Isolated)])


async def _blank(request: Request) -> Response:
    return Response("<!doctype html><title>Peer</title>", media_type="text/html")


class _Isolated:
    """ASGI middleware: sets the headers without which a page has one thread."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, isolated."""

        async def isolated(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *ISOLATION]
            await send(message)

        await self.app(scope, receive, isolated)
