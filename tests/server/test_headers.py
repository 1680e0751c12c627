from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from server.access import AccessLog
from server.headers import SECURITY_HEADERS, SecurityHeaders


@pytest.mark.parametrize("url", ["/", "/healthz", "/bundle/manifest.json", "/nothing"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_answer_has_them(client: TestClient, method: str, url: str) -> None:
    headers = client.request(method, url).headers
    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_a_defect_has_them_too() -> None:
    def fail(request: Request) -> Response:
        raise RuntimeError("the text of a document")

    middleware = [Middleware(SecurityHeaders), Middleware(AccessLog)]
    answer = TestClient(Starlette(routes=[Route("/", fail)], middleware=middleware)).get("/")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal"
    assert answer.headers["content-security-policy"] == SECURITY_HEADERS["Content-Security-Policy"]


def test_the_policy_allows_no_inline_and_no_eval() -> None:
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "require-trusted-types-for 'script'" in policy
