"""A tiny tokenizer and a tiny model: everything real but the size."""

from __future__ import annotations

import pytest
import torch
from tokenizers import AddedToken, Tokenizer
from tokenizers.decoders import ByteLevel as ByteLevelDecoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from transformers import LlamaConfig, LlamaForCausalLM

from builder.finetune.examples import ExampleMaker
from builder.finetune.model import TunedModel, tune
from builder.finetune.tuning import LoraRecipe
from builder.finetune.vocabulary import Vocabulary, byte_alphabet
from builder.recipe import load_recipe

SPECIAL = ["<|im_start|>", "<|im_end|>"]
MERGES = [
    ("n", "u"),
    ("l", "l"),
    ("nu", "ll"),
    ("Ġ", "null"),
    ("Ġ", '"'),
    ('"', ","),
    ('",', '"'),
    ('"', "]"),
]
LORA = LoraRecipe(
    rank=2, alpha=4.0, layers=("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    tokens = [*SPECIAL, *byte_alphabet(), *("".join(pair) for pair in MERGES)]
    tokenizer = Tokenizer(BPE(vocab={token: index for index, token in enumerate(tokens)}, merges=MERGES))
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = ByteLevelDecoder()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    return Vocabulary(tokenizer)


@pytest.fixture(scope="session")
def maker(vocabulary: Vocabulary) -> ExampleMaker:
    return ExampleMaker(load_recipe("smollm2-135m-instruct").prompt, vocabulary)


def tiny_base(vocabulary: Vocabulary) -> LlamaForCausalLM:
    config = LlamaConfig(
        vocab_size=len(vocabulary.bytes_of),
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=1024,
        tie_word_embeddings=True,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        return LlamaForCausalLM(config).float()


def tiny_model(vocabulary: Vocabulary) -> TunedModel:
    model = tune(tiny_base(vocabulary), LORA, seed=5, device=torch.device("cpu"), dtype=torch.float32)
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(7)
        for layer in model.layers.values():
            layer.lora_B.normal_(std=0.1)
    return model
