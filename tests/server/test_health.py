from __future__ import annotations

from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings


def test_it_names_what_is_served(client: TestClient) -> None:
    answer = client.get("/healthz")
    manifest = client.get("/bundle/manifest.json").json()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert body["status"] == "ok"
    assert body["bundle"] == {"name": "tiny", "version": manifest["version"], "missing": []}
    assert len(body["web"]["version"]) == 16


def test_a_missing_file_is_named(client: TestClient, settings: Settings, shard_url: str) -> None:
    name = shard_url.rpartition("/")[2]
    (settings.bundle / name).unlink()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "incomplete"
    assert answer.json()["bundle"]["missing"] == [name]


def test_the_web_version_follows_the_files(settings: Settings) -> None:
    def version() -> str:
        found: str = TestClient(create_app(settings)).get("/healthz").json()["web"]["version"]
        return found

    before = version()
    assert version() == before
    (settings.web / "sw.js").write_text("changed")
    assert version() != before
