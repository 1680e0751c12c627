"""Low-rank layers: a frozen linear layer with a trainable difference of low rank beside it.

y = x Wᵀ + scale · (x Aᵀ) Bᵀ, with A random and B zero at first. Forward and backward add the difference
inside the matrix product and save nothing but the input: on two cores that is what makes a step of 2,048
tokens bearable (peft's layers, made for every case, took more time in casts and additions than in products).
Names and files are those of peft.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

from builder.finetune.tuning import LoraRecipe


class LowRank(torch.autograd.Function):
    """The product with its low-rank difference, differentiable in the input, A and B; W is frozen."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, down: Tensor, up: Tensor) -> Tensor:  # noqa: ANN401 (torch's own type)
        """[rows, in] to [rows, out]; `up` holds the scale already."""
        inner = x @ down.t()
        ctx.save_for_backward(x, inner, weight, down, up)
        return (x @ weight.t()).addmm_(inner, up.t())

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, Tensor, Tensor]:  # noqa: ANN401 (torch's own type)
        """The gradients by input, A and B."""
        x, inner, weight, down, up = ctx.saved_tensors
        (gradient,) = gradients
        by_inner = gradient @ up
        return (gradient @ weight).addmm_(by_inner, down), None, by_inner.t() @ x, gradient.t() @ inner


class LoraLinear(nn.Module):
    """A linear layer without bias and its difference."""

    def __init__(self, base: nn.Linear, rank: int, scale: float) -> None:
        """Wrap a layer; A as torch starts a linear layer, B zero."""
        super().__init__()
        self.base, self.scale = base, scale
        dtype, bound = base.weight.dtype, 1 / math.sqrt(base.in_features)
        self.lora_A = nn.Parameter(torch.empty(rank, base.in_features).uniform_(-bound, bound).to(dtype))
        self.lora_B = nn.Parameter(torch.zeros(base.out_features, rank, dtype=dtype))

    def forward(self, x: Tensor) -> Tensor:
        """[..., in] to [..., out]."""
        scaled = self.lora_B * self.scale
        flat: Tensor = LowRank.apply(x.reshape(-1, x.shape[-1]), self.base.weight, self.lora_A, scaled)  # type: ignore[no-untyped-call] # torch's own
        return flat.view(*x.shape[:-1], -1)


def add_lora(model: nn.Module, recipe: LoraRecipe) -> dict[str, LoraLinear]:
    """Put a difference beside every layer that the recipe names; the layers by their place in the model."""
    layers: dict[str, LoraLinear] = {}
    for name, layer in list(model.named_modules()):
        parent, _, own = name.rpartition(".")
        if not isinstance(layer, nn.Linear) or own not in recipe.layers:
            continue
        layers[name] = LoraLinear(layer, recipe.rank, recipe.alpha / recipe.rank)
        setattr(model.get_submodule(parent), own, layers[name])
    return layers
