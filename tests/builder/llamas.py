"""A Llama that is small enough for a unit test, and tokens to feed it."""

from __future__ import annotations

import torch
from transformers import LlamaConfig, LlamaForCausalLM

PROMPTS = [
    [5, 81, 200, 33, 7, 7, 120, 255, 90, 14, 2, 68, 199, 41, 3, 110, 57, 58, 59, 12, 240, 17],
    [9] * 20,
]


def tiny_llama(**changes: object) -> LlamaForCausalLM:
    """Two layers of 64, four query heads on two key heads, weights large enough for clear choices."""
    config = {
        "vocab_size": 256,
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 128,
        "tie_word_embeddings": True,
        "initializer_range": 0.2,
    }
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        return LlamaForCausalLM(LlamaConfig(**config | changes)).float().eval()
