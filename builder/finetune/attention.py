"""Attention of documents that lie end to end, each under its own mask.

Everything but attention treats tokens one by one, so documents of a batch are laid one behind the other
without padding, and only here they are taken apart. On two cores torch's fused attention in bfloat16 takes
two and a half times as long as these plain products, which keep the probabilities for the way back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AttentionInterface

NAME = "documents"


class DocumentAttention(torch.autograd.Function):
    """softmax(s Q Kᵀ + mask) V for each document, differentiable in Q, K and V.

    Heads that share keys (grouped queries, Ainslie et al. 2023) go into one product.
    """

    @staticmethod
    def forward(
        ctx: Any,  # noqa: ANN401 (torch's own type)
        query: Tensor,
        key: Tensor,
        value: Tensor,
        masks: Sequence[Tensor],
        scale: float,
    ) -> Tensor:
        """[heads, tokens, size], [key heads, tokens, size] twice, a mask [n, n] to add for each document, to
        [tokens, heads, size]."""
        heads, tokens, size = query.shape
        groups = key.shape[0]
        out = query.new_empty(tokens, heads, size)
        kept: list[Tensor] = []
        start = 0
        for mask in masks:
            length = mask.shape[0]
            place = slice(start, start + length)
            start += length
            asked = (query[:, place] * scale).reshape(groups, -1, size)
            keys, values = key[:, place].contiguous(), value[:, place].contiguous()
            scores = torch.bmm(asked, keys.transpose(1, 2)).view(heads, length, length).add_(mask)
            shares = torch.softmax(scores, -1).view(groups, -1, length)
            out[place] = torch.bmm(shares, values).view(heads, length, size).transpose(0, 1)
            kept += [asked, keys, values, shares]
        ctx.save_for_backward(*kept)
        ctx.scale, ctx.heads = scale, heads
        return out

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor, None, None]:  # noqa: ANN401 (torch's own type)
        """The gradients by query, key and value."""
        gradient = gradients[0].transpose(0, 1)
        heads, tokens, size = gradient.shape
        kept = ctx.saved_tensors
        groups = kept[1].shape[0]
        by_query = gradient.new_empty(heads, tokens, size)
        by_key, by_value = gradient.new_empty(2, groups, tokens, size).unbind(0)
        start = 0
        for asked, keys, values, shares in zip(*(kept[at::4] for at in range(4)), strict=True):
            length = keys.shape[1]
            place = slice(start, start + length)
            start += length
            own = gradient[:, place].reshape(groups, -1, size)
            by_shares = torch.bmm(own, values.transpose(1, 2))
            by_scores = torch._softmax_backward_data(by_shares, shares, -1, shares.dtype)
            by_query[:, place] = (torch.bmm(by_scores, keys) * ctx.scale).view(heads, length, size)
            by_key[:, place] = torch.bmm(by_scores.transpose(1, 2), asked)
            by_value[:, place] = torch.bmm(shares.transpose(1, 2), own)
        return by_query, by_key, by_value, None, None


def attend(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    scaling: float,
    documents: Sequence[Tensor],
    **_: object,
) -> tuple[Tensor, None]:
    """What transformers calls: [1, heads, tokens, size] to [1, tokens, heads, size]; `documents` holds what
    `added` made of each document's mask."""
    result = DocumentAttention.apply(query[0], key[0], value[0], documents, scaling)  # type: ignore[no-untyped-call] # torch's own
    return result.unsqueeze(0), None


def added(mask: Tensor, dtype: torch.dtype) -> Tensor:
    """0 where a token may look, the least number elsewhere, from a mask that is true where it may."""
    return torch.zeros(mask.shape, dtype=dtype, device=mask.device).masked_fill_(
        ~mask, torch.finfo(dtype).min
    )


AttentionInterface.register(NAME, attend)
