from __future__ import annotations

import brotli
import pytest
from starlette.testclient import TestClient

from server.settings import Settings
from tests.server.conftest import SCRIPT, SCRIPT_URL, SHARD, WASM_URL


@pytest.mark.parametrize("url", ["/", "/index.html"])
def test_the_shell_is_asked_for_again(client: TestClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert "<title>Excerpt</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("url", "media_type", "immutable"),
    [
        (SCRIPT_URL, "text/javascript; charset=utf-8", True),
        (WASM_URL, "application/wasm", True),
        ("/sw.js", "text/javascript; charset=utf-8", False),
        ("/manifest.webmanifest", "application/manifest+json", False),
        ("/icons/192.png", "image/png", False),
        ("/bundle/manifest.json", "application/json", False),
        ("/bundle/manifest.sig", "application/json", False),
    ],
)
def test_types_and_cache_rules(client: TestClient, url: str, media_type: str, immutable: bool) -> None:
    headers = client.get(url).headers
    assert headers["content-type"] == media_type
    assert headers["cache-control"] == ("public, max-age=31536000, immutable" if immutable else "no-cache")


def test_a_shard_is_immutable_and_whole(client: TestClient, shard_url: str) -> None:
    answer = client.get(shard_url, headers={"Accept-Encoding": "br, gzip"})
    assert answer.content == SHARD
    assert answer.headers["content-length"] == str(len(SHARD))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers


def test_each_coding_has_its_own_validator(client: TestClient) -> None:
    answers = {
        coding: client.get(SCRIPT_URL, headers={"Accept-Encoding": coding})
        for coding in ("br", "gzip", "identity")
    }
    assert {answer.text for answer in answers.values()} == {SCRIPT}
    assert len({answer.headers["etag"] for answer in answers.values()}) == 3
    assert all(answer.headers["vary"] == "Accept-Encoding" for answer in answers.values())
    assert answers["br"].headers["content-encoding"] == "br"
    assert int(answers["br"].headers["content-length"]) < len(SCRIPT) / 10
    assert not any(answer.headers["etag"].startswith("W/") for answer in answers.values())


def test_compressed_bytes_are_really_compressed(client: TestClient) -> None:
    with client.stream("GET", SCRIPT_URL, headers={"Accept-Encoding": "br"}) as answer:
        assert brotli.decompress(b"".join(answer.iter_raw())) == SCRIPT.encode()


def test_nothing_acceptable_is_406(client: TestClient, shard_url: str) -> None:
    answer = client.get(shard_url, headers={"Accept-Encoding": "identity;q=0"})
    assert answer.status_code == 406
    assert answer.json()["error"]["code"] == "not-acceptable"


def test_a_known_validator_is_304(client: TestClient) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert again.status_code == 304
    assert again.content == b""
    for name in ("etag", "cache-control", "vary"):
        assert again.headers[name] == first.headers[name]
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get("/", headers={"If-None-Match": "*"}).status_code == 304


def test_the_validator_of_another_coding_is_no_match(client: TestClient) -> None:
    plain = client.get("/").headers["etag"]
    answer = client.get("/", headers={"If-None-Match": plain, "Accept-Encoding": "br"})
    assert answer.status_code == 200


def test_head_has_the_headers_and_no_body(client: TestClient, shard_url: str) -> None:
    get, head = client.get(shard_url), client.head(shard_url)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers == get.headers


def test_a_download_is_resumed(client: TestClient, shard_url: str) -> None:
    start = client.get(shard_url, headers={"Range": "bytes=0-999"})
    rest = client.get(shard_url, headers={"Range": "bytes=1000-", "If-Range": start.headers["etag"]})
    assert (start.status_code, rest.status_code) == (206, 206)
    assert start.content + rest.content == SHARD
    assert rest.headers["content-range"] == f"bytes 1000-{len(SHARD) - 1}/{len(SHARD)}"
    assert rest.headers["content-length"] == str(len(SHARD) - 1000)
    assert start.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("condition", ['"another"', "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_download_of_something_else_starts_anew(client: TestClient, shard_url: str, condition: str) -> None:
    answer = client.get(shard_url, headers={"Range": "bytes=1000-", "If-Range": condition})
    assert answer.status_code == 200
    assert answer.content == SHARD


def test_a_range_behind_the_end_is_416(client: TestClient, shard_url: str) -> None:
    answer = client.get(shard_url, headers={"Range": f"bytes={len(SHARD)}-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(SHARD)}"
    assert answer.json()["error"]["code"] == "range-not-satisfiable"


def test_a_missing_shard_is_404(client: TestClient, settings: Settings, shard_url: str) -> None:
    (settings.bundle / shard_url.rpartition("/")[2]).unlink()
    for answer in (client.get(shard_url), client.get(shard_url, headers={"Range": "bytes=5-"})):
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "missing-file"
        assert answer.headers["cache-control"] == "no-store"
    assert client.get("/").status_code == 200


def test_a_shortened_shard_is_404(client: TestClient, settings: Settings, shard_url: str) -> None:
    (settings.bundle / shard_url.rpartition("/")[2]).write_bytes(SHARD[:100])
    answer = client.get(shard_url)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "damaged-file"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/bundle/",
        "/bundle/../web/index.html",
        "/bundle/%2e%2e/web/index.html",
        "/bundle/..%2fbundle/manifest.json",
        "/assets/..%5c..%5cmanifest.json",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/assets/%00",
        "/bundle/unnamed.txt",
    ],
)
def test_only_known_files(client: TestClient, settings: Settings, path: str) -> None:
    (settings.bundle / "unnamed.txt").write_text("in the folder, but not in the manifest")
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not-found"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_405(client: TestClient, method: str) -> None:
    answer = client.request(method, "/")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert answer.json()["error"]["code"] == "method-not-allowed"
