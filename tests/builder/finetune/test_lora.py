from __future__ import annotations

from pathlib import Path

import pytest
import torch

from builder.errors import SourceError
from builder.export.adapter import WEIGHTS
from builder.finetune.export import write_adapter
from builder.finetune.lora import LoraLinear
from builder.finetune.merge import merge_adapter
from builder.finetune.tuning import load_tuning
from builder.finetune.vocabulary import Vocabulary

from .conftest import LORA, tiny_base, tiny_model

TOKENS = torch.tensor([[3, 1, 4, 1, 5, 9]])


def test_its_gradients_are_those_of_plain_products() -> None:
    torch.manual_seed(0)
    layer = LoraLinear(torch.nn.Linear(6, 5, bias=False).double().requires_grad_(False), 2, 0.5)
    layer.lora_B.data.normal_()
    x = torch.randn(2, 3, 6, dtype=torch.double, requires_grad=True)
    assert torch.autograd.gradcheck(layer, (x,))
    plain = x @ layer.base.weight.t() + 0.5 * (x @ layer.lora_A.t()) @ layer.lora_B.t()
    assert torch.allclose(layer(x), plain)
    aim = torch.randn(2, 3, 5, dtype=torch.double)
    wanted = torch.autograd.grad((plain * aim).sum(), (layer.lora_A, layer.lora_B), retain_graph=True)
    found = torch.autograd.grad((layer(x) * aim).sum(), (layer.lora_A, layer.lora_B))
    assert all(torch.allclose(one, other) for one, other in zip(found, wanted, strict=True))


def test_the_merged_model_says_what_the_tuned_one_says(vocabulary: Vocabulary, tmp_path: Path) -> None:
    model = tiny_model(vocabulary)
    recipe = load_tuning("default")
    write_adapter(tmp_path, model, type(recipe)(**{**vars(recipe), "lora": LORA}))
    with torch.no_grad():
        before = tiny_base(vocabulary)(TOKENS).logits
        merged = merge_adapter(tiny_base(vocabulary), tmp_path)(TOKENS).logits
        model.base.config._attn_implementation = "sdpa"
        tuned = model.base(TOKENS).logits
    assert not torch.allclose(before, tuned, atol=1e-2)
    assert torch.allclose(merged, tuned, atol=2e-3)


def test_an_adapter_that_cannot_be_read_is_named(vocabulary: Vocabulary, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        merge_adapter(tiny_base(vocabulary), tmp_path)
    write_adapter(tmp_path, tiny_model(vocabulary), load_tuning("default"))
    (tmp_path / WEIGHTS).write_bytes(b"broken")
    with pytest.raises(SourceError, match="cannot be read"):
        merge_adapter(tiny_base(vocabulary), tmp_path)
