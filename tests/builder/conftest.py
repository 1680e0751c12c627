"""A tiny Llama with grouped queries and tied embeddings, its graphs, and the bundles that lie ready."""

from __future__ import annotations

import warnings
from pathlib import Path

import onnx
import pytest

with warnings.catch_warnings():
    # The exporter's packages warn of their own deprecated parts while they are imported.
    warnings.simplefilter("ignore")
    from transformers import LlamaForCausalLM

    from builder.export.graph import GraphDecoder, export_graph
    from builder.export.smoothing import smooth

from builder.export.cache import address_columns
from builder.export.weights import load_weights
from builder.pipeline import CACHE, CHECKOUT, build_tiny_bundle
from builder.recipe import load_recipe
from builder.sources import LENDER, Files
from builder.sources.models import load_model
from builder.variants.int8 import dynamic_int8
from tests.builder.llamas import PROMPTS, tiny_llama


@pytest.fixture(scope="session")
def model() -> LlamaForCausalLM:
    return tiny_llama()


@pytest.fixture(scope="session")
def float_path(model: LlamaForCausalLM, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smoothed float32 graph of the tiny model."""
    path = tmp_path_factory.mktemp("graph") / "float.onnx"
    decoder = GraphDecoder(model)
    smooth(decoder, PROMPTS)
    export_graph(decoder, path)
    return path


@pytest.fixture(scope="session")
def float_model(float_path: Path) -> onnx.ModelProto:
    return onnx.load(float_path)


@pytest.fixture(scope="session")
def int8_model(float_model: onnx.ModelProto) -> onnx.ModelProto:
    return dynamic_int8(float_model)


@pytest.fixture(scope="session")
def browser_model(int8_model: onnx.ModelProto) -> onnx.ModelProto:
    return address_columns(int8_model)


@pytest.fixture(scope="session")
def checkpoint() -> Files:
    """The default checkpoint's file, which building the default bundle leaves in the cache."""
    if not (CACHE / "sources" / LENDER.sha256[:16] / Path(LENDER.member).name).is_file():
        pytest.skip("the default checkpoint is not in .cache; run `excerpt build`")
    return LENDER.fetch(CACHE)


@pytest.fixture(scope="session")
def gguf(checkpoint: Files) -> Path:
    assert checkpoint.gguf is not None
    return checkpoint.folder / checkpoint.gguf


@pytest.fixture(scope="session")
def real_model(checkpoint: Files) -> LlamaForCausalLM:
    """The default checkpoint."""
    return load_model(checkpoint)


@pytest.fixture(scope="session")
def tuned_model(checkpoint: Files) -> LlamaForCausalLM:
    """The default recipe's weights: the checkpoint with the adapter merged into it."""
    return load_weights(load_recipe("smollm2-135m-instruct"), checkpoint, lambda _: None)


@pytest.fixture(scope="session")
def tiny_bundle(gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of random weights; copy it to change it."""
    folder = tmp_path_factory.mktemp("bundles") / "tiny"
    build_tiny_bundle(folder)
    return folder


@pytest.fixture(scope="session")
def default_bundle() -> Path:
    """The default bundle, which `make test` builds before the tests."""
    folder = CHECKOUT / "dist" / "bundle"
    if not (folder / "manifest.json").is_file():
        pytest.skip("there is no bundle in dist/bundle; run `excerpt build`")
    return folder
