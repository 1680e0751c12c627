"""Writes a bundle's model as a folder that transformers.js loads: the same graph, weights and tokenizer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def write_peer_model(bundle: Path, standard: Path | None, target: Path) -> str:
    """Writes `target` afresh and returns the name under which the graph refers to its weights.

    `standard` is a folder with `model.onnx` and its weights, for a bundle whose own graph hands back only the
    new columns of its cache, which the peer does not know.
    """
    manifest = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    shutil.copy(bundle / manifest["tokenizer"]["file"], target / "tokenizer.json")
    for name, content in _configurations(manifest, target / "tokenizer.json").items():
        (target / name).write_text(json.dumps(content, indent=1), encoding="utf-8")
    if standard is not None:
        return _copy_standard(standard, target)
    return _join(bundle, manifest, target)


def _join(bundle: Path, manifest: dict[str, Any], target: Path) -> str:
    """The bundle's own graph, its shards joined to one file of weights."""
    variant = next(one for one in manifest["variants"] if one["backend"] == "wasm")
    if any(tensor.get("returns", "all") != "all" for tensor in manifest["cache"]):
        raise SystemExit("error: this bundle's graph returns only new columns; give --standard FOLDER")
    shutil.copy(bundle / variant["graph"]["file"], target / "model.onnx")
    with (target / variant["weights_name"]).open("wb") as weights:
        for shard in variant["shards"]:
            weights.write((bundle / shard["file"]).read_bytes())
    return str(variant["weights_name"])


def _copy_standard(standard: Path, target: Path) -> str:
    weights = [path for path in standard.iterdir() if path.suffix != ".onnx" and path.is_file()]
    if len(weights) != 1 or not (standard / "model.onnx").is_file():
        raise SystemExit(f"error: {standard} should hold model.onnx and one file of weights")
    shutil.copy(standard / "model.onnx", target / "model.onnx")
    shutil.copy(weights[0], target / weights[0].name)
    return weights[0].name


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
