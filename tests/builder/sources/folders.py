"""Small checkpoints on this disk, saved as transformers saves them."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import AddedToken, Tokenizer
from tokenizers.decoders import ByteLevel as ByteLevelDecoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from transformers import PreTrainedModel

from builder.finetune.vocabulary import byte_alphabet
from builder.sources.architecture import Architecture
from builder.sources.folder import SHARD_INDEX, TOKENIZER, WEIGHTS
from builder.sources.models import random_model

SPECIAL = ["<|pad|>", "<|startoftext|>", "<|im_start|>", "<|im_end|>"]
LLAMA: Architecture = {
    "model_type": "llama",
    "vocab_size": 264,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 1024,
    "tie_word_embeddings": True,
    "bos_token_id": 1,
    "eos_token_id": 3,
}
QWEN3: Architecture = {**LLAMA, "model_type": "qwen3", "head_dim": 16, "rope_theta": 1000000.0}


def byte_tokenizer() -> Tokenizer:
    """One token for each byte, and four special ones before them."""
    tokenizer = Tokenizer(
        BPE(vocab={token: index for index, token in enumerate([*SPECIAL, *byte_alphabet()])}, merges=[])
    )
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = ByteLevelDecoder()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    return tokenizer


def save_checkpoint(
    folder: Path, architecture: Architecture = LLAMA, dtype: torch.dtype = torch.float32
) -> PreTrainedModel:
    """Write a checkpoint with random weights in one file; the model comes back, in that precision."""
    model = random_model(architecture, 1, {}).to(dtype)
    model.save_pretrained(folder)
    byte_tokenizer().save(str(folder / TOKENIZER))
    return model


def cut_into_shards(folder: Path) -> list[str]:
    """Cut a folder's weights into two shards with an index."""
    from safetensors.torch import load_file

    tensors = load_file(folder / WEIGHTS)
    (folder / WEIGHTS).unlink()
    names = [f"model-0000{part}-of-00002.safetensors" for part in (1, 2)]
    weight_map = {name: names[index % 2] for index, name in enumerate(sorted(tensors))}
    for shard in names:
        part = {name: tensors[name] for name, place in weight_map.items() if place == shard}
        save_file(part, folder / shard, metadata={"format": "pt"})
    (folder / SHARD_INDEX).write_text(json.dumps({"metadata": {}, "weight_map": weight_map}))
    return names


def change_json(path: Path, **changes: object) -> None:
    """Change some fields of a JSON file."""
    path.write_text(json.dumps(json.loads(path.read_text()) | changes), encoding="utf-8")
