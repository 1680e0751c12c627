"""The access log: one line a request, with the path and never a query string, a header or a body."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import error_response, explain

LOGGER = logging.getLogger("excerpt.server")
LONGEST_PATH = 120


class AccessLog:
    """ASGI middleware: logs each answer, and answers 500 when the app raises."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, then log its method, path, status, bytes and milliseconds."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send)
        begin = time.monotonic()
        try:
            await self.app(scope, receive, answer)
        except Exception as error:  # the border: whatever it is, the client gets JSON and the log one line
            LOGGER.error("%s %s raised %s", scope["method"], path_of(scope), _where(error))
            if answer.status is None:
                await error_response(500, explain(500))(scope, receive, answer)
        spent = 1000 * (time.monotonic() - begin)
        LOGGER.info(
            "%s %s %s %d B %.0f ms", scope["method"], path_of(scope), answer.status, answer.bytes, spent
        )


class _Answer:
    """A `send` that remembers what went through it."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.status: int | None = None
        self.bytes = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        self.bytes += len(message.get("body", b""))
        await self.send(message)


def path_of(scope: Scope) -> str:
    """The path as it came, percent-encoded (so no line break can forge a log line), cut at `LONGEST_PATH`."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.partition(b"?")[0].decode("ascii", "backslashreplace")
    path = "".join(letter if letter.isprintable() else "?" for letter in path)
    return path if len(path) <= LONGEST_PATH else path[:LONGEST_PATH] + "…"


def _where(error: Exception) -> str:
    """The error's type and line of code; not its text, which may repeat what was sent."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return type(error).__name__
    return f"{type(error).__name__} at {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}"
