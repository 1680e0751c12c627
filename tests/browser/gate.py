"""Stands between the browser and the server in these tests: counts requests and can hold them back."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ISOLATING = {b"cross-origin-opener-policy", b"cross-origin-embedder-policy"}
PATIENCE_S = 60.0


def is_shard(path: str) -> bool:
    """Whether a path names a piece of the weights."""
    return path.startswith("/bundle/") and path.endswith(".bin")


class Gate:
    """ASGI middleware under a test's control; the test's thread and the server's thread both use it."""

    def __init__(self, app: ASGIApp, isolated: bool = True) -> None:
        """Wraps `app`; with `isolated` false its answers lose COOP and COEP, and the page its threads."""
        self._app = app
        self._isolated = isolated
        self._changed = threading.Condition()
        self._seen: Counter[str] = Counter()
        self._open_shards: int | None = None
        self._held: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def put(self, app: ASGIApp) -> None:
        """Stands before another application from now on."""
        self._app = app

    def hold_shards(self, after: int) -> None:
        """Lets `after` more requests for shards through and keeps the others waiting until `release`."""
        self._open_shards = after

    def release(self) -> None:
        """Lets everything through again."""
        self._open_shards = None
        with self._changed:
            held, self._held = self._held, []
        for loop, released in held:
            if not loop.is_closed():
                loop.call_soon_threadsafe(released.set)

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        with self._changed:
            return self._seen[path]

    def counts(self) -> Counter[str]:
        """How often each path was asked for."""
        with self._changed:
            return Counter(self._seen)

    def forget(self) -> None:
        """Counts from zero again."""
        with self._changed:
            self._seen.clear()

    def shards(self) -> Counter[str]:
        """How often each shard was asked for."""
        with self._changed:
            return Counter({path: n for path, n in self._seen.items() if is_shard(path)})

    def wait_for(self, reached: Callable[[Counter[str]], bool]) -> None:
        """Returns once the counts of requests are as `reached` wants them; fails after a minute."""
        with self._changed:
            if not self._changed.wait_for(lambda: reached(self._seen), PATIENCE_S):
                raise TimeoutError(f"the expected requests did not come; seen so far: {dict(self._seen)}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Counts a request, holds it back if it is to wait, and passes it on."""
        path = scope["path"]
        with self._changed:
            self._seen[path] += 1
            self._changed.notify_all()
        if is_shard(path) and not self._may_pass():
            await self._hold()
        await self._app(scope, receive, send if self._isolated else _without_isolation(send))

    async def _hold(self) -> None:
        released = asyncio.Event()
        with self._changed:
            self._held.append((asyncio.get_running_loop(), released))
        await released.wait()

    def _may_pass(self) -> bool:
        if self._open_shards is None:
            return True
        self._open_shards -= 1
        return self._open_shards >= 0


def _without_isolation(send: Send) -> Send:
    async def stripped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [pair for pair in message["headers"] if pair[0].lower() not in ISOLATING]
        await send(message)

    return stripped
