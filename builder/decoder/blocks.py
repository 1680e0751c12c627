"""The small modules that layers are built of."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import torch
from torch import Tensor, nn

from builder.decoder.parts import NormParts
from builder.export.operators import HIDDEN_SCORE, RMSNormalization


def apply(operator: type[torch.autograd.Function], *inputs: object) -> object:
    """Run a fused operator: one tensor or a tuple of them; torch leaves `apply` untyped."""
    run: Callable[..., object] = operator.apply
    return run(*inputs)


class RMSNorm(nn.Module):
    """Root mean square normalisation over the last axis."""

    def __init__(self, parts: NormParts) -> None:
        """Take over the gain and the epsilon."""
        super().__init__()
        self.weight = nn.Parameter(parts.gain.detach().clone())
        self.epsilon = parts.epsilon

    def forward(self, hidden: Tensor) -> Tensor:
        """Normalise hidden [..., width]."""
        return cast(Tensor, apply(RMSNormalization, hidden, self.weight, self.epsilon))


def merged_linear(*parts: nn.Linear) -> nn.Linear:
    """Several linear maps of one input as one, their outputs side by side; a missing bias is zero where
    another part has one."""
    weight = torch.cat([part.weight.detach() for part in parts])
    biased = any(part.bias is not None for part in parts)
    merged = nn.Linear(weight.shape[1], weight.shape[0], bias=biased)
    merged.weight = nn.Parameter(weight)
    if biased:
        biases = [
            part.weight.new_zeros(part.out_features) if part.bias is None else part.bias for part in parts
        ]
        merged.bias = nn.Parameter(torch.cat([bias.detach() for bias in biases]))
    return merged


def causal_bias(attention_mask: Tensor, new: int, window: int | None = None) -> Tensor:
    """What is added to the attention scores: [B, 1, new, P+N], 0 where a place may be seen.

    `new` is the number of new tokens (a traced scalar while exporting); they stand in the last columns.
    `window` hides what lies as many places back, or more.
    """
    total = attention_mask.shape[1]
    columns = torch.arange(total)
    own = columns[total - new :].unsqueeze(1)
    visible = (columns <= own) & attention_mask.bool().unsqueeze(1)
    if window is not None:
        visible = visible & (columns > own - window)
    return torch.where(visible, 0.0, HIDDEN_SCORE).unsqueeze(1)
