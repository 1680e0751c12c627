from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from builder.bundle.sealing import seal
from builder.bundle.signing import sign_manifest
from builder.errors import BundleError
from server.app import create_app
from server.errors import WebBuildError
from server.settings import Settings
from tests.server.conftest import KEY, SCRIPT_URL


def test_a_missing_web_build_is_told(settings: Settings) -> None:
    (settings.web / "index.html").unlink()
    with pytest.raises(WebBuildError, match=r"not built.*excerpt up"):
        create_app(settings)


def test_a_missing_bundle_is_told(settings: Settings) -> None:
    (settings.bundle / "manifest.json").unlink()
    with pytest.raises(BundleError, match=r"no bundle.*excerpt build"):
        create_app(settings)


def test_an_unsigned_bundle_is_told(settings: Settings) -> None:
    (settings.bundle / "manifest.sig").unlink()
    with pytest.raises(BundleError, match=r"not signed.*excerpt sign"):
        create_app(settings)


def test_a_signature_of_another_manifest_is_told(settings: Settings) -> None:
    path = settings.bundle / "manifest.sig"
    path.write_bytes(sign_manifest(b"{}", KEY, 1, 2))
    with pytest.raises(BundleError, match=r"not the one that was signed.*excerpt sign") as caught:
        create_app(settings)
    assert caught.value.code == "manifest-altered"


def test_an_expired_signature_is_served_with_a_warning(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Readers who have the model go on; the operator is told of the others."""
    seal(settings.bundle, KEY, 0, days=1)
    create_app(settings)
    assert "good until 1970-01-02" in caplog.text


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format":2}', b"\xff\xfe"])
def test_a_broken_manifest_is_told(settings: Settings, content: bytes) -> None:
    (settings.bundle / "manifest.json").write_bytes(content)
    with pytest.raises(BundleError, match="excerpt build"):
        create_app(settings)


def test_a_manifest_cannot_name_a_file_outside(settings: Settings) -> None:
    path = settings.bundle / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["tokenizer"]["file"] = "../web/index.html"
    path.write_text(json.dumps(manifest, sort_keys=True, separators=(",", ":")))
    with pytest.raises(BundleError):
        create_app(settings)


def test_a_rebuilt_web_app_does_not_mix_with_the_served_one(client: TestClient, settings: Settings) -> None:
    shell, script = client.get("/").content, client.get(SCRIPT_URL).content
    (settings.web / "index.html").write_text("another build")
    (settings.web / SCRIPT_URL[1:]).unlink()
    assert client.get("/").content == shell
    assert client.get(SCRIPT_URL).content == script


def test_nothing_is_written_into_what_is_served(settings: Settings) -> None:
    before = sorted(_files(settings.web) + _files(settings.bundle))
    TestClient(create_app(settings)).get("/")
    assert sorted(_files(settings.web) + _files(settings.bundle)) == before


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
