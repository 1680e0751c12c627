"""Writes a bundle's model as a folder that transformers.js loads: the same graph, weights and tokenizer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import onnx

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def write_peer_model(bundle: Path, standard: Path, target: Path) -> str:
    """Writes `target` afresh and returns the name under which the graph refers to its weights.

    The bundle's own graph hands back only the new columns of its cache, which the peer does not know. The
    build keeps the same weights under a graph with the usual contract, in a folder of `standard`.
    """
    manifest = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    variant = next(one for one in manifest["variants"] if one["backend"] == "wasm")
    source = standard / f"{manifest['name']}-{variant['name']}"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    shutil.copy(bundle / manifest["tokenizer"]["file"], target / "tokenizer.json")
    for name, content in _configurations(manifest, target / "tokenizer.json").items():
        (target / name).write_text(json.dumps(content, indent=1), encoding="utf-8")
    return _copy_graph(source, target)


def _copy_graph(source: Path, target: Path) -> str:
    weights = [path for path in source.glob("*") if path.is_file() and path.suffix != ".onnx"]
    if len(weights) != 1 or not (source / "model.onnx").is_file():
        raise SystemExit(f"error: {source} should hold model.onnx and its weights; build the bundle again")
    onnx.save(_named_for_peer(source / "model.onnx"), target / "model.onnx")
    shutil.copy(weights[0], target / weights[0].name)
    return weights[0].name


def _named_for_peer(path: Path) -> onnx.ModelProto:
    """The graph with its batch axis under the name that transformers.js knows; nothing else changes."""
    model = onnx.load(path, load_external_data=False)
    for value in (*model.graph.input, *model.graph.output):
        for axis in value.type.tensor_type.shape.dim:
            if axis.dim_param == "batch":
                axis.dim_param = "batch_size"
    return model


def _configurations(manifest: dict[str, Any], tokenizer: Path) -> dict[str, dict[str, Any]]:
    model = manifest["model"]
    added = json.loads(tokenizer.read_text(encoding="utf-8"))["added_tokens"]
    content = {token["id"]: token["content"] for token in added}
    eos, bos = model["eos_token_id"], model["bos_token_id"]
    ids = {"bos_token_id": bos, "eos_token_id": eos, "pad_token_id": eos}
    return {
        "config.json": _architecture(manifest["cache"]) | {"vocab_size": model["vocab_size"]} | ids,
        "generation_config.json": ids,
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizer",
            "eos_token": content[eos],
            "bos_token": content.get(bos),
            "clean_up_tokenization_spaces": False,
            "chat_template": CHAT_TEMPLATE,
        },
    }


def _architecture(cache: list[dict[str, Any]]) -> dict[str, Any]:
    """What transformers.js reads of a Llama: enough to name and shape its cache."""
    heads, size = (side for side in cache[0]["shape"] if isinstance(side, int))
    return {
        "model_type": "llama",
        "architectures": ["LlamaForCausalLM"],
        "num_hidden_layers": len(cache) // 2,
        "num_attention_heads": heads,
        "num_key_value_heads": heads,
        "head_dim": size,
        "hidden_size": heads * size,
    }
