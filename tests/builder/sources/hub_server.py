"""A stand-in for a model hub that speaks its HTTP interface: resolve addresses with the headers that tell
commit, hash and size, a redirect of large files to another host, ranges, and its ways to refuse."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "0123456789abcdef0123456789abcdef01234567"
# Files from here on lie with the large ones, on another host.
LARGE = 4096


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    host: str
    path: str
    range: str | None
    authorization: str | None


@dataclass
class Hub:
    """One repository, and what was asked of it. `break_off` is how many bytes of the next large body arrive;
    `status` what every request is answered with instead."""

    repository: str
    files: dict[str, bytes]
    port: int = 0
    gated: str | None = None
    break_off: int | None = None
    status: int | None = None
    asked: list[Asked] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def storage(self) -> str:
        """The host of the large files: the same server under another name."""
        return f"127.0.0.1:{self.port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        pass

    def answer(self, with_body: bool) -> None:
        hub, headers = self.hub, self.headers
        host = headers["Host"]
        hub.asked.append(
            Asked(self.command, host, self.path, headers.get("Range"), headers.get("Authorization"))
        )
        if hub.status is not None:
            self.send(HTTPStatus(hub.status), {})
        elif self.path.startswith("/large/") and host == hub.storage:
            self.send_large(hub.files[self.path.removeprefix("/large/")], with_body)
        else:
            self.resolve(with_body)

    def resolve(self, with_body: bool) -> None:
        hub = self.hub
        repository, _, rest = self.path.lstrip("/").partition("/resolve/")
        revision, _, name = rest.partition("/")
        if repository != hub.repository:
            self.refuse(HTTPStatus.UNAUTHORIZED, "RepoNotFound")
        elif hub.gated is not None and self.headers.get("Authorization") != f"Bearer {hub.gated}":
            self.refuse(HTTPStatus.UNAUTHORIZED, "GatedRepo")
        elif revision not in ("main", COMMIT):
            self.refuse(HTTPStatus.NOT_FOUND, "RevisionNotFound")
        elif name not in hub.files:
            self.refuse(HTTPStatus.NOT_FOUND, "EntryNotFound")
        elif len(hub.files[name]) < LARGE:
            body = hub.files[name]
            tag = {"X-Repo-Commit": COMMIT, "ETag": f'"{hashlib.sha1(body).hexdigest()}"'}
            self.send(HTTPStatus.OK, tag, body, with_body)
        else:
            self.redirect(name)

    def redirect(self, name: str) -> None:
        body = self.hub.files[name]
        linked = {
            "X-Repo-Commit": COMMIT,
            "X-Linked-Size": str(len(body)),
            "X-Linked-ETag": f'"{hashlib.sha256(body).hexdigest()}"',
            "Location": f"http://{self.hub.storage}/large/{name}",
        }
        self.send(HTTPStatus.FOUND, linked)

    def send_large(self, body: bytes, with_body: bool) -> None:
        asked = self.headers.get("Range")
        start = 0 if asked is None else int(asked.removeprefix("bytes=").rstrip("-"))
        part = body[start:]
        headers = {"Accept-Ranges": "bytes"}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        status = HTTPStatus.PARTIAL_CONTENT if start else HTTPStatus.OK
        self.send(status, headers, part, with_body, self.hub.break_off)
        self.hub.break_off = None

    def refuse(self, status: HTTPStatus, code: str) -> None:
        self.send(status, {"X-Error-Code": code, "X-Error-Message": code})

    def send(
        self,
        status: HTTPStatus,
        headers: dict[str, str],
        body: bytes = b"",
        with_body: bool = True,
        arrives: int | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body[:arrives])
        if arrives is not None:
            self.close_connection = True


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """The hub on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("HubHandler", (Handler,), {"hub": hub}))
    hub.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
