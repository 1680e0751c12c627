"""Serves a bundle and the web app on a free port of this machine for as long as a block runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.run import running
from server.settings import Settings

WEB = Path("web/dist")
CACHE = Path(".cache")


@contextmanager
def host(bundle: Path, web: Path = WEB) -> Iterator[str]:
    """Yields the origin, such as `http://127.0.0.1:40123`, at which the product's own server answers.

    Raises WebBuildError or BundleError when there is nothing whole to serve.
    """
    with running(Settings(web=web, bundle=bundle, cache=CACHE, port=0)) as origin:
        yield origin
