"""The real server on a free port, and the real command."""

from __future__ import annotations

import dataclasses
import http.client
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest

from server.errors import AddressError
from server.headers import SECURITY_HEADERS
from server.run import running, serve
from server.settings import Settings
from tests.server.conftest import SHARD


def test_many_downloads_at_once(settings: Settings, shard_url: str) -> None:
    with running(settings) as url, ThreadPoolExecutor(8) as pool, httpx.Client(base_url=url) as client:
        answers = list(pool.map(lambda _: client.get(shard_url), range(16)))
    assert all(answer.content == SHARD for answer in answers)


def test_head_and_ranges_over_a_socket(settings: Settings, shard_url: str) -> None:
    with running(settings) as url, httpx.Client(base_url=url) as client:
        head = client.head(shard_url)
        part = client.get(shard_url, headers={"Range": "bytes=-10"})
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(SHARD)))
    assert (part.status_code, part.content) == (206, SHARD[-10:])
    assert {name: head.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


@pytest.mark.parametrize(
    "target", ["/../../etc/passwd", "/bundle/../../../etc/passwd", "/./", "//", "/%2e%2e/"]
)
def test_a_path_is_not_resolved(settings: Settings, target: str) -> None:
    """httpx would tidy the path up, so this speaks HTTP by itself."""
    with running(settings) as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
        connection.putrequest("GET", target)
        connection.endheaders()
        status = connection.getresponse().status
        connection.close()
    assert status == 404


def test_a_reader_who_leaves_does_no_harm(settings: Settings, shard_url: str) -> None:
    with running(settings) as url, httpx.Client(base_url=url) as client:
        with client.stream("GET", shard_url) as answer:
            assert answer.status_code == 200
        assert client.get("/healthz").json()["status"] == "ok"


def test_a_taken_port_is_told(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressError, match=rf"port {port} of 127.0.0.1 is in use.*--port"):
            serve(dataclasses.replace(settings, port=port), lambda url: None)


def test_an_unknown_host_is_told(settings: Settings) -> None:
    with pytest.raises(AddressError, match="--host"):
        serve(dataclasses.replace(settings, host="256.0.0.1"), lambda url: None)


def test_the_server_is_gone_after_the_block(settings: Settings) -> None:
    with running(settings) as url:
        httpx.get(f"{url}/healthz").raise_for_status()
    assert not any(thread.name == "excerpt-server" for thread in threading.enumerate())
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/healthz")
