from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.errors import SourceError
from builder.sources.files import sha256_of
from builder.sources.folder import SHARD_INDEX
from builder.sources.hub import HubSource, Lock, read_lock

from .hub_server import COMMIT, LARGE, Hub, serving

WEIGHTS = bytes(range(256)) * 64
PIECE = 10 * 1024 * 1024
FILES = {"config.json": b'{"model_type": "llama"}', "tokenizer.json": b"{}", "model.safetensors": WEIGHTS}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serving(Hub("owner/model", dict(FILES))) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        monkeypatch.delenv("HF_TOKEN", raising=False)
        yield hub


@pytest.fixture
def source(tmp_path: Path) -> HubSource:
    recipe = tmp_path / "recipes" / "mine.toml"
    recipe.parent.mkdir()
    return HubSource("hub", "owner/model", "main", tuple(FILES)).placed(recipe)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def changed_lock(source: HubSource, **changes: object) -> None:
    said = json.loads(Path(source.lock).read_text())
    Path(source.lock).write_text(json.dumps(said | changes), encoding="utf-8")


def test_the_first_fetch_records_commit_and_hashes(hub: Hub, source: HubSource, cache: Path) -> None:
    source.settle(cache)
    lock = read_lock(source)
    assert (Path(source.lock).name, lock.commit) == ("mine.lock.json", COMMIT)
    files = source.fetch(cache)
    assert {name: (files.folder / name).read_bytes() for name in FILES} == FILES
    assert {name: locked.sha256 for name, locked in lock.files.items()} == {
        name: sha256_of(files.folder / name) for name in FILES
    }
    assert lock.files["model.safetensors"].bytes == len(WEIGHTS) > LARGE
    assert source.identity()["commit"] == source.describe()["commit"] == COMMIT


def test_what_lies_in_the_cache_is_not_asked_for_again(hub: Hub, source: HubSource, cache: Path) -> None:
    source.settle(cache)
    hub.asked.clear()
    source.settle(cache)
    source.fetch(cache)
    assert hub.asked == []


def test_with_the_lock_file_another_machine_fetches_that_commit(
    hub: Hub, source: HubSource, cache: Path, tmp_path: Path
) -> None:
    source.settle(cache)
    hub.asked.clear()
    source.fetch(tmp_path / "other")
    assert {asked.path.split("/")[4] for asked in hub.asked if "/resolve/" in asked.path} == {COMMIT}


def test_a_download_that_broke_off_goes_on(hub: Hub, source: HubSource, cache: Path) -> None:
    # The library writes what it has received in pieces of 10 MiB.
    hub.files["model.safetensors"] = WEIGHTS * 800
    hub.break_off = PIECE + 5000
    with pytest.raises(SourceError, match=r"could not be fetched .*; check the network"):
        source.settle(cache)
    hub.asked.clear()
    source.settle(cache)
    ranges = [asked.range for asked in hub.asked if asked.method == "GET" and "/large/" in asked.path]
    assert ranges == [f"bytes={PIECE}-"]
    assert (source.fetch(cache).folder / "model.safetensors").read_bytes() == WEIGHTS * 800


def test_the_token_goes_to_the_hub_and_to_nobody_else(
    hub: Hub,
    source: HubSource,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hub.gated = "hf_secret"
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with caplog.at_level(logging.DEBUG):
        source.settle(cache)
    sent = {(asked.host == hub.storage, asked.authorization) for asked in hub.asked}
    assert sent == {(False, "Bearer hf_secret"), (True, None)}
    assert "hf_secret" not in caplog.text
    assert not any(b"hf_secret" in path.read_bytes() for path in cache.rglob("*") if path.is_file())


def test_a_gated_repository_says_how_to_get_in(hub: Hub, source: HubSource, cache: Path) -> None:
    hub.gated = "hf_secret"
    with pytest.raises(SourceError, match=r"open only to those who asked .* then set HF_TOKEN"):
        source.settle(cache)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"repository": "owner/other"}, r"no repository owner/other, .*correct `repository`"),
        ({"revision": "v9"}, r"has no revision 'v9'; correct `revision`"),
        ({"files": ("config.json", "weights.bin")}, r"has no file 'weights.bin' at .*; correct `files`"),
    ],
)
def test_what_the_hub_does_not_have_is_named(
    hub: Hub, source: HubSource, cache: Path, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(SourceError, match=said):
        dataclasses.replace(source, **changes).settle(cache)  # type: ignore[arg-type]
    assert not Path(source.lock).exists()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            403,
            r"refused config.json of owner/model \(status 403\); set HF_TOKEN to a token that may read it$",
        ),
        (418, r"could not serve config.json of owner/model \(status 418\); check the network"),
    ],
)
def test_a_refusal_is_told_by_its_status(
    hub: Hub, source: HubSource, cache: Path, status: int, said: str
) -> None:
    hub.status = status
    with pytest.raises(SourceError, match=said):
        source.settle(cache)


def test_no_network_says_so(source: HubSource, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    # The library waits between its attempts; the wait itself is not what is tried here.
    monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", lambda seconds: None)
    with pytest.raises(
        SourceError, match=r"config.json of owner/model could not be fetched .*check the network"
    ):
        source.settle(cache)


def test_an_address_that_is_none_is_refused(
    source: HubSource, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "hub.example")
    with pytest.raises(SourceError, match=r"HF_ENDPOINT is 'hub.example'; set it to the address"):
        source.settle(cache)


def test_another_file_than_the_recorded_one_is_refused_and_removed(
    hub: Hub, source: HubSource, cache: Path, tmp_path: Path
) -> None:
    source.settle(cache)
    hub.files["model.safetensors"] = WEIGHTS[::-1]
    other = tmp_path / "other"
    with pytest.raises(SourceError, match=r"mine.lock.json records .*the file was removed; try again"):
        source.fetch(other)
    assert not list(other.rglob("model.safetensors"))


def test_shards_come_with_their_index(hub: Hub, source: HubSource, cache: Path) -> None:
    shards = {f"model-{part}-of-2.safetensors": bytes([part]) * 8 for part in (1, 2)}
    weight_map = dict(zip("abc", sorted(shards) * 2, strict=False))
    hub.files |= {SHARD_INDEX: json.dumps({"weight_map": weight_map}).encode(), **shards}
    named = ("config.json", "tokenizer.json", SHARD_INDEX)
    sharded = dataclasses.replace(source, files=named)
    sharded.settle(cache)
    assert set(read_lock(sharded).files) == {*named, *shards}
    assert all((sharded.fetch(cache).folder / name).is_file() for name in shards)


def test_a_lock_of_other_files_is_refused(hub: Hub, source: HubSource, cache: Path) -> None:
    source.settle(cache)
    other = dataclasses.replace(source, revision="v2")
    with pytest.raises(SourceError, match=r"is for other files than the recipe names; remove the lock file"):
        other.identity()


@pytest.mark.parametrize(
    "changes", [{"commit": "main"}, {"files": {}}, {"files": {"../x": {"bytes": 1, "sha256": "0" * 64}}}]
)
def test_a_lock_that_is_none_is_refused(
    hub: Hub, source: HubSource, cache: Path, changes: dict[str, object]
) -> None:
    source.settle(cache)
    changed_lock(source, **changes)
    with pytest.raises(SourceError, match=r"the lock file .*; remove the lock file to record the files anew"):
        source.fetch(cache)


def test_a_missing_lock_is_named(source: HubSource) -> None:
    with pytest.raises(SourceError, match=r"mine.lock.json cannot be read"):
        source.identity()


def test_a_lock_file_may_have_another_name(tmp_path: Path) -> None:
    source = HubSource("hub", "owner/model", "main", ("config.json",), "../locks/a.json")
    assert source.placed(tmp_path / "recipes" / "mine.toml").lock == str(tmp_path / "locks" / "a.json")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"repository": "model"}, "not of the form owner/name"),
        ({"repository": "owner/../model"}, "not of the form owner/name"),
        ({"revision": "a..b"}, "no branch, tag or commit"),
        ({"files": ("../config.json",)}, "not a plain file name"),
        ({"files": ()}, "one or more names"),
        ({"files": ("a", "a")}, "each once"),
    ],
)
def test_a_malformed_source_is_told(source: HubSource, changes: dict[str, object], said: str) -> None:
    assert source.complaint() is None
    assert said in (dataclasses.replace(source, **changes).complaint() or "")  # type: ignore[arg-type]


def test_the_lock_reads_as_it_was_written(hub: Hub, source: HubSource, cache: Path) -> None:
    source.settle(cache)
    assert dataclasses.asdict(read_lock(source)) == json.loads(Path(source.lock).read_text())
    assert isinstance(read_lock(source), Lock)
