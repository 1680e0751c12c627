"""Small random models of every family, with the structure of the real ones: layer pattern, head counts,
windows, multipliers, the convolutions' length, tied tables or not."""

from __future__ import annotations

import torch
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedModel

SHARED = {
    "vocab_size": 256,
    "intermediate_size": 96,
    "max_position_embeddings": 128,
    "tie_word_embeddings": True,
    "initializer_range": 0.2,
    "pad_token_id": 0,
    "bos_token_id": 1,
    "eos_token_id": 2,
}
# SmolLM2-135M's nine heads on three, as narrow as a head can be here.
LLAMA: dict[str, object] = {
    "hidden_size": 72,
    "num_hidden_layers": 3,
    "num_attention_heads": 9,
    "num_key_value_heads": 3,
}
LLAMA3_ANGLES = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 32,
}
FAMILIES: dict[str, tuple[str, dict[str, object]]] = {
    "llama": ("llama", LLAMA),
    "llama with scaled angles and biases": (
        "llama",
        {**LLAMA, "attention_bias": True, "rope_scaling": LLAMA3_ANGLES},
    ),
    "llama with a head of its own": ("llama", {**LLAMA, "tie_word_embeddings": False}),
    "qwen2, as Qwen2.5-0.5B": (
        "qwen2",
        {"hidden_size": 112, "num_hidden_layers": 3, "num_attention_heads": 14, "num_key_value_heads": 2},
    ),
    "qwen3, as Qwen3-0.6B": (
        "qwen3",
        {
            "hidden_size": 64,
            "num_hidden_layers": 3,
            "num_attention_heads": 16,
            "num_key_value_heads": 8,
            "head_dim": 8,
        },
    ),
    "granite, as Granite 3 2B": (
        "granite",
        {
            "hidden_size": 128,
            "num_hidden_layers": 3,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "embedding_multiplier": 12.0,
            "residual_multiplier": 0.22,
            "attention_multiplier": 0.1,
            "logits_scaling": 8.0,
        },
    ),
    "gemma 3, as Gemma 3 270M": (
        "gemma3_text",
        {
            "hidden_size": 80,
            "num_hidden_layers": 6,
            "num_attention_heads": 4,
            "num_key_value_heads": 1,
            "head_dim": 32,
            "query_pre_attn_scalar": 32,
            "sliding_window": 6,
            "layer_types": [*["sliding_attention"] * 5, "full_attention"],
            "rope_theta": 1_000_000.0,
            "rope_local_base_freq": 10_000.0,
        },
    ),
    "lfm2, as LFM2-350M": (
        "lfm2",
        {
            "hidden_size": 128,
            "num_hidden_layers": 16,
            "num_attention_heads": 16,
            "num_key_value_heads": 8,
            "layer_types": [
                "full_attention" if layer in (2, 5, 8, 10, 12, 14) else "conv" for layer in range(16)
            ],
            "conv_L_cache": 3,
            "block_auto_adjust_ff_dim": True,
            "block_multiple_of": 32,
            "rope_theta": 1_000_000.0,
        },
    ),
}


def family_model(name: str) -> PreTrainedModel:
    """A model of one of FAMILIES, the same at every call, with norms that are not one and biases that are
    not zero."""
    model_type, changes = FAMILIES[name]
    config = AutoConfig.for_model(model_type, **SHARED | changes)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        model: PreTrainedModel = AutoModelForCausalLM.from_config(config, attn_implementation="eager")
        with torch.no_grad():
            for parameter_name, parameter in model.named_parameters():
                if parameter.dim() == 1:
                    parameter.add_(torch.randn_like(parameter) * 0.2)
                elif "conv.conv" in parameter_name:
                    parameter.normal_(std=0.5)
    return model.float().eval()
