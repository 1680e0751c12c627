from __future__ import annotations

import logging

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from server.access import LONGEST_PATH, AccessLog, path_of

SECRET = "the-text-of-a-document"


def test_one_line_without_the_query(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "excerpt.server")
    client.get(f"/healthz?document={SECRET}", headers={"X-Document": SECRET})
    lines = [record.getMessage() for record in caplog.records if record.name == "excerpt.server"]
    assert len(lines) == 1
    assert lines[0].startswith("GET /healthz 200 ")
    assert SECRET not in caplog.text


def test_a_defect_is_one_line_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    def fail(request: Request) -> Response:
        raise ValueError(SECRET)

    TestClient(AccessLog(Starlette(routes=[Route("/", fail)])), raise_server_exceptions=False).get("/")
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert errors[0].startswith("GET / raised ValueError at test_access.py:")
    assert SECRET not in caplog.text


def test_a_path_cannot_forge_a_line() -> None:
    assert path_of({"path": "/a\nGET /b"}) == "/a?GET /b"
    assert path_of({"path": "/a", "raw_path": b"/a%0aGET%20/b?query"}) == "/a%0aGET%20/b"


def test_a_long_path_is_cut() -> None:
    assert len(path_of({"path": "/" + "a" * 1000})) == LONGEST_PATH + 1
