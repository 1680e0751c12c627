from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.bundle.manifest import Shard, parse_manifest
from builder.bundle.shards import (
    ALIGNMENT,
    deflate,
    expand,
    split_weights,
    unpack,
    write_file,
    write_shard,
    write_shards,
)
from builder.errors import BundleError
from builder.export.session import GraphSession
from tests.builder.llamas import PROMPTS

# Eight-bit weights with the spread that weights have.
WEIGHTS = np.random.default_rng(0).normal(0, 20, 20000).astype(np.int8).tobytes()


def test_the_split_graph_runs_on_the_weights_beside_it(
    browser_model: onnx.ModelProto, tmp_path: Path
) -> None:
    split = split_weights(browser_model, "model.weights")
    (tmp_path / "model.onnx").write_bytes(split.graph)
    (tmp_path / "model.weights").write_bytes(split.weights)
    expected = GraphSession(browser_model.SerializeToString()).feed(PROMPTS[0])
    assert np.array_equal(GraphSession(tmp_path / "model.onnx").feed(PROMPTS[0]), expected)
    assert len(split.graph) < len(split.weights)


def test_weights_lie_aligned_and_do_not_overlap(browser_model: onnx.ModelProto) -> None:
    split = split_weights(browser_model, "w")
    end = 0
    for tensor in onnx.load_model_from_string(split.graph).graph.initializer:
        place = {item.key: item.value for item in tensor.external_data}
        if place:
            assert place["location"] == "w"
            assert int(place["offset"]) % ALIGNMENT == 0
            assert int(place["offset"]) >= end
            end = int(place["offset"]) + int(place["length"])
    assert end == len(split.weights)


def test_equal_models_give_equal_bytes_and_stay_as_they_are(browser_model: onnx.ModelProto) -> None:
    before = browser_model.SerializeToString(deterministic=True)
    assert split_weights(browser_model, "w") == split_weights(browser_model, "w")
    assert browser_model.SerializeToString(deterministic=True) == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weights=st.binary(min_size=1, max_size=200), size=st.integers(1, 64))
def test_shards_join_to_the_weights(tmp_path: Path, weights: bytes, size: int) -> None:
    shards = write_shards(tmp_path, weights, size)
    assert b"".join(expand(shard, (tmp_path / shard.file).read_bytes()) for shard in shards) == weights
    assert all(shard.raw_bytes == size for shard in shards[:-1])
    assert 0 < shards[-1].raw_bytes <= size
    assert all(shard.bytes <= shard.raw_bytes for shard in shards)


def test_weights_of_few_values_are_stored_smaller(tmp_path: Path) -> None:
    shard = write_shard(tmp_path, WEIGHTS)
    assert (shard.encoding, shard.raw_bytes) == ("deflate-raw", len(WEIGHTS))
    assert shard.bytes == (tmp_path / shard.file).stat().st_size < 0.9 * len(WEIGHTS)


def test_what_does_not_get_smaller_is_stored_as_it_is(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).bytes(5000)
    shard = write_shard(tmp_path, noise)
    assert shard.encoding == "none"
    assert (tmp_path / shard.file).read_bytes() == noise


def test_every_variant_is_laid_out_as_the_processor_runs_it(tiny_bundle: Path, tmp_path: Path) -> None:
    manifest = parse_manifest((tiny_bundle / "manifest.json").read_bytes())
    assert [variant.name for variant in manifest.variants if variant.backend == "cpu"] == ["cpu-int4"]
    for variant in manifest.variants:
        graph = unpack(tiny_bundle, variant, tmp_path / variant.name)
        weights = graph.with_name(variant.weights_name)
        assert weights.stat().st_size == sum(shard.raw_bytes for shard in variant.shards)
        known = variant.known_answer
        logits = GraphSession(graph).feed(list(known.tokens))
        assert tuple(logits.argmax(axis=-1)[list(known.positions)]) == known.answers


PACKED = deflate(WEIGHTS)


@pytest.mark.parametrize(
    ("stored", "raw_bytes"),
    [
        (PACKED, len(WEIGHTS) - 1),
        (PACKED, len(WEIGHTS) + 1),
        (PACKED[:-9], len(WEIGHTS)),
        (PACKED + PACKED, len(WEIGHTS)),
        (WEIGHTS, len(WEIGHTS)),
        (deflate(bytes(64 * 2**20)), 1000),
    ],
    ids=["more", "less", "cut off", "two", "no deflate", "huge"],
)
def test_a_shard_that_is_not_what_it_says_is_refused(stored: bytes, raw_bytes: int) -> None:
    shard = Shard("0123456789abcdef.bin", len(stored), "0" * 64, "deflate-raw", raw_bytes)
    with pytest.raises(BundleError, match=f"does not expand to the {raw_bytes} bytes"):
        expand(shard, stored)


def test_a_file_is_named_by_its_content(tmp_path: Path) -> None:
    written = write_file(tmp_path, b"content", "bin")
    assert written.sha256 == hashlib.sha256(b"content").hexdigest()
    assert written.file == f"{written.sha256[:16]}.bin"


def test_a_damaged_file_of_that_name_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / write_file(tmp_path, b"content", "bin").file
    path.write_bytes(b"c0ntent")
    write_file(tmp_path, b"content", "bin")
    assert path.read_bytes() == b"content"


@pytest.mark.parametrize("threshold", [1024])
def test_small_tensors_stay_in_the_graph(browser_model: onnx.ModelProto, threshold: int) -> None:
    graph = onnx.load_model_from_string(split_weights(browser_model, "w").graph).graph
    assert all(len(tensor.raw_data) < threshold for tensor in graph.initializer)
