"""Serves a bundle and the web app on a free port of this machine for as long as a block runs."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from server.app import create_app
from server.settings import Settings

WEB = Path("web/dist")
CACHE = Path(".cache/encoded")


@contextmanager
def host(bundle: Path, web: Path = WEB) -> Iterator[str]:
    """Yields the origin, such as `http://127.0.0.1:40123`, at which the product's own server answers.

    Raises WebBuildError or BundleError when there is nothing whole to serve.
    """
    settings = Settings(web=web, bundle=bundle, cache=CACHE, port=0)
    with serve_app(create_app(settings)) as origin:
        yield origin


@contextmanager
def serve_app(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """Serves any ASGI application in a thread; yields its origin once it answers."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        server = _Announcing(uvicorn.Config(app, log_level="warning", lifespan="auto", ws="none"))
        thread = threading.Thread(target=server.run, args=([listener],), name="excerpt-host")
        thread.start()
        try:
            server.wait()
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


class _Announcing(uvicorn.Server):
    """A uvicorn server that says when it has started, or that it never will."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._settled = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self._settled.set()

    def wait(self) -> None:
        """Returns once the server answers; RuntimeError when it gave up before."""
        self._settled.wait()
        if not self.started:
            raise RuntimeError("the server did not start; its log says why")
