"""Runs the app with uvicorn: in the foreground for a person, or in a thread for tests and evaluation."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from server.app import create_app
from server.errors import AddressError
from server.settings import Settings

# How long a stopping server lets transfers in progress finish.
GRACE_SECONDS = 3
START_SECONDS = 30


def serve(settings: Settings, on_ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `on_ready` gets the URL once requests are answered.

    Raises SettingsError, WebBuildError, BundleError, AddressError before anything is served. After SIGINT the
    server stops gracefully, then KeyboardInterrupt is raised.
    """
    app = create_app(settings)
    # A shell starts background jobs with SIGINT ignored; uvicorn would then stop and say nothing of why.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with _listen(settings.host, settings.port) as listener:
        url = _url(settings.host, listener)
        _log_to_stderr()
        _Server(app, lambda: on_ready(url)).run(sockets=[listener])


def check_address(host: str, port: int) -> None:
    """Raise AddressError unless `port` of `host` can be listened on now."""
    _listen(host, port).close()


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """Serve in a thread while the block runs; gives the URL. Raises what `serve` does."""
    with serving(create_app(settings), settings.host, settings.port) as url:
        yield url


@contextmanager
def serving(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve any application in a thread while the block runs; gives the URL. Raises AddressError."""
    with _listen(host, port) as listener:
        ready = threading.Event()
        server = _Server(app, ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="excerpt-server")
        thread.start()
        try:
            if not ready.wait(START_SECONDS):
                raise AddressError(
                    f"the server did not start in {START_SECONDS} s",
                    "try again when the machine is less busy",
                )
            yield _url(host, listener)
        finally:
            server.should_exit = True
            thread.join()


class _Server(uvicorn.Server):
    """uvicorn, telling when it has begun to answer, and quiet otherwise."""

    def __init__(self, app: ASGIApp, on_started: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        super().__init__(config)
        self.on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.on_started()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except socket.gaierror as error:
        raise AddressError(f"there is no address {host}", "give another: --host 127.0.0.1") from error
    except OSError as error:
        raise _address_error(host, port, error) from error


def _address_error(host: str, port: int, error: OSError) -> AddressError:
    if error.errno == errno.EADDRINUSE:
        return AddressError(
            f"port {port} of {host} is in use",
            "stop the program that uses it, or choose another: --port 8001",
        )
    if error.errno == errno.EACCES:
        return AddressError(f"port {port} needs more rights", "choose one above 1023: --port 8000")
    return AddressError(f"cannot listen on {host}:{port}: {error.strerror}", "give another: --host 127.0.0.1")


def _url(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    logger = logging.getLogger("excerpt")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
