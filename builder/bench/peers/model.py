"""What the peers load: for transformers.js a bundle's own weights, for wllama the checkpoint's GGUF file."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import onnx

from builder.bench.errors import BenchError
from builder.bundle.manifest import Manifest, Variant, parse_manifest
from builder.bundle.shards import read_weights

BUILD_AGAIN = "build the bundle again: excerpt build"

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def write_peer_model(bundle: Path, standard: Path, target: Path) -> str:
    """Writes `target` afresh for transformers.js; returns the name under which the graph finds its weights.

    The bundle's own graph hands back only the new columns of its cache, which the peer does not know. The
    build keeps the same weights under a graph with the usual contract, in a folder of `standard`.
    Raises BenchError where that is missing or belongs to another bundle.
    """
    manifest = parse_manifest((bundle / "manifest.json").read_bytes())
    variant = next(one for one in manifest.variants if one.backend == "wasm")
    source = standard / f"{manifest.name}-{variant.name}"
    _check_weights(bundle, variant, source)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    shutil.copy(bundle / manifest.tokenizer.file, target / "tokenizer.json")
    for name, content in _configurations(manifest, target / "tokenizer.json").items():
        (target / name).write_text(json.dumps(content, indent=1), encoding="utf-8")
    onnx.save(_named_for_peer(source / "model.onnx"), target / "model.onnx")
    shutil.copy(source / variant.weights_name, target / variant.weights_name)
    return variant.weights_name


def checkpoint_file(cache: Path) -> Path:
    """The GGUF file of the default recipe, fetched on first use. Raises SourceError, and BenchError where the
    recipe has none."""
    from builder.recipe import DEFAULT_RECIPE, load_recipe

    files = load_recipe(DEFAULT_RECIPE).source.fetch(cache)
    if files.gguf is None:
        raise BenchError(f"the recipe {DEFAULT_RECIPE} has no GGUF file", "give it a source that has one")
    return files.folder / files.gguf


def _check_weights(bundle: Path, variant: Variant, source: Path) -> None:
    weights = source / variant.weights_name
    if not ((source / "model.onnx").is_file() and weights.is_file()):
        raise BenchError(f"{source} does not hold model.onnx and {variant.weights_name}", BUILD_AGAIN)
    with weights.open("rb") as file:
        beside = _digest(iter(partial(file.read, 1 << 20), b""))
    if beside != _digest(read_weights(bundle, variant)):
        raise BenchError(f"{weights} holds other weights than {bundle}", BUILD_AGAIN)


def _digest(parts: Iterable[bytes]) -> bytes:
    """The SHA-256 of pieces one after the other."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.digest()


def _named_for_peer(path: Path) -> onnx.ModelProto:
    """The graph with its batch axis under the name that transformers.js knows; nothing else changes."""
    model = onnx.load(path, load_external_data=False)
    for value in (*model.graph.input, *model.graph.output):
        for axis in value.type.tensor_type.shape.dim:
            if axis.dim_param == "batch":
                axis.dim_param = "batch_size"
    return model


def _configurations(manifest: Manifest, tokenizer: Path) -> dict[str, dict[str, Any]]:
    model = manifest.model
    added = json.loads(tokenizer.read_text(encoding="utf-8"))["added_tokens"]
    content = {token["id"]: token["content"] for token in added}
    eos, bos = model.eos_token_id, model.bos_token_id
    ids = {"bos_token_id": bos, "eos_token_id": eos, "pad_token_id": eos}
    return {
        "config.json": _architecture(manifest) | {"vocab_size": model.vocab_size} | ids,
        "generation_config.json": ids,
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizer",
            "eos_token": content[eos],
            "bos_token": None if bos is None else content.get(bos),
            "clean_up_tokenization_spaces": False,
            "chat_template": CHAT_TEMPLATE,
        },
    }


def _architecture(manifest: Manifest) -> dict[str, Any]:
    """What transformers.js reads of a Llama: enough to name and shape its cache."""
    heads, size = (side for side in manifest.cache[0].shape if isinstance(side, int))
    return {
        "model_type": "llama",
        "architectures": ["LlamaForCausalLM"],
        "num_hidden_layers": len(manifest.cache) // 2,
        "num_attention_heads": heads,
        "num_key_value_heads": heads,
        "head_dim": size,
        "hidden_size": heads * size,
    }
