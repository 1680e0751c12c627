"""Known files over HTTP: negotiation, validators, ranges, and streaming from the disk.

A request is a look-up in a table from URL path to `Resource`; no path of the file system is ever made from
what a client sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import anyio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.copies import Representation
from server.errors import Explanation, FileUnavailable
from server.negotiation import IDENTITY, choose_encoding
from server.ranges import UnsatisfiableRange, resolve_range

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
CHUNK = 256 * 1024

RESTORE = "The operator can restore it: excerpt verify."
MISSING = Explanation("missing-file", "A file of this server is missing from its disk.", RESTORE)
DAMAGED = Explanation("damaged-file", "A file of this server has the wrong length on its disk.", RESTORE)


@dataclass(frozen=True, slots=True)
class Resource:
    """What one URL stands for. `representations` differ in coding only; the best comes first."""

    media_type: str
    cache_control: str
    representations: tuple[Representation, ...]


class Files:
    """The endpoint that answers for every URL in its table."""

    def __init__(self, table: Mapping[str, Resource]) -> None:
        """Serve `table`, from URL path to resource."""
        self.table = table

    async def answer(self, request: Request) -> Response:
        """Answer GET or HEAD: 200, 206, 304; raises HTTPException for 404, 406 and 416."""
        resource = self.table.get(request.scope["path"])
        if resource is None:
            raise HTTPException(404)
        chosen = _choose(resource, request.headers.get("accept-encoding"))
        headers = _headers(resource, chosen)
        if _is_known(chosen, request.headers.get("if-none-match")):
            return Response(status_code=304, headers=headers)
        await _check(chosen)
        return _content(request, resource, chosen, headers)


def etag(representation: Representation) -> str:
    """A strong validator: it is made from the very bytes that are sent, so each coding has its own."""
    return f'"{representation.sha256[:32]}"'


def _choose(resource: Resource, accept: str | None) -> Representation:
    by_encoding = {form.encoding: form for form in resource.representations}
    encoding = choose_encoding(accept, tuple(by_encoding))
    if encoding is None:
        raise HTTPException(406)
    return by_encoding[encoding]


def _headers(resource: Resource, chosen: Representation) -> dict[str, str]:
    headers = {"Cache-Control": resource.cache_control, "ETag": etag(chosen), "Accept-Ranges": "bytes"}
    if chosen.encoding != IDENTITY:
        headers["Content-Encoding"] = chosen.encoding
    if len(resource.representations) > 1:
        headers["Vary"] = "Accept-Encoding"
    return headers


def _is_known(chosen: Representation, if_none_match: str | None) -> bool:
    if if_none_match is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or etag(chosen) in tags


async def _check(chosen: Representation) -> None:
    try:
        found = await anyio.Path(chosen.path).stat()
    except FileNotFoundError:
        raise FileUnavailable(MISSING) from None
    if found.st_size != chosen.bytes:
        raise FileUnavailable(DAMAGED)


def _content(
    request: Request, resource: Resource, chosen: Representation, headers: dict[str, str]
) -> Response:
    part = _part(request, chosen)
    status = 200
    if part is not None:
        status = 206
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{chosen.bytes}"
    return _Stream(chosen.path, part or range(chosen.bytes), status, headers, resource.media_type)


def _part(request: Request, chosen: Representation) -> range | None:
    """The range to send; None for the whole file. If-Range with another validator cancels the range."""
    condition = request.headers.get("if-range")
    if condition is not None and condition.strip() != etag(chosen):
        return None
    try:
        return resolve_range(request.headers.get("range"), chosen.bytes)
    except UnsatisfiableRange:
        raise HTTPException(416, headers={"Content-Range": f"bytes */{chosen.bytes}"}) from None


class _Stream(Response):
    """Sends `part` of a file in chunks, read in a worker thread so that other requests go on."""

    def __init__(
        self, path: Path, part: range, status: int, headers: dict[str, str], media_type: str
    ) -> None:
        headers = {**headers, "Content-Length": str(len(part))}
        super().__init__(None, status, headers, media_type)
        self.path = path
        self.part = part

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if scope["method"] != "HEAD":
            await self._send_body(send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_body(self, send: Send) -> None:
        left = len(self.part)
        async with await anyio.open_file(self.path, "rb") as file:
            await file.seek(self.part.start)
            while left and (chunk := await file.read(min(CHUNK, left))):
                left -= len(chunk)
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
