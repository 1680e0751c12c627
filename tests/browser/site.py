"""The product's own server with a gate before it, started and stopped at will."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from starlette.applications import Starlette

from server.app import create_app
from server.settings import Settings
from tests.browser.gate import Gate
from tests.serving import serve_app

ROOT = Path(__file__).parents[2]
# EXCERPT_WEB names another build of the app than the one in its place.
WEB = Path(os.environ.get("EXCERPT_WEB", ROOT / "web" / "dist"))
CACHE = ROOT / ".cache"


def serving(bundle: Path) -> Starlette:
    """The product's server with the built web app and a bundle."""
    return create_app(Settings(web=WEB, bundle=bundle, cache=CACHE, port=0))


class Site:
    """One origin of its own: storage and service worker of one test never meet another's."""

    def __init__(self, bundle: Path, isolated: bool = True) -> None:
        """Starts serving `bundle` on a free port."""
        self.gate = Gate(serving(bundle), isolated)
        self._running = ExitStack()
        self.origin = self._running.enter_context(serve_app(self.gate))

    @property
    def port(self) -> int:
        """The port of its origin."""
        return int(self.origin.rpartition(":")[2])

    def publish(self, bundle: Path) -> None:
        """Serves another bundle at the same address."""
        self.gate.put(serving(bundle))

    def stop(self) -> None:
        """Stops serving; requests that are held are cut off. Does nothing when it has stopped."""
        self._running.close()
        self.gate.release()

    def start_again(self) -> None:
        """Serves again, on the same origin."""
        self._running.enter_context(serve_app(self.gate, self.port))


def altered_bundle(bundle: Path, target: Path, *, flip: str | None = None, drop: str | None = None) -> Path:
    """A copy of a bundle in which one byte of the file `flip` is wrong, or the file `drop` is missing.

    Files that are as they were are links to the original.
    """
    target.mkdir()
    for path in bundle.iterdir():
        if path.name == flip:
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            (target / path.name).write_bytes(data)
        elif path.name != drop:
            (target / path.name).symlink_to(path.resolve())
    return target
