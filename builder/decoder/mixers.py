"""How the tokens of a layer hear of each other: attention, or a short convolution. Each has a cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from torch import Tensor, nn

from builder.decoder.blocks import RMSNorm, apply, merged_linear
from builder.decoder.parts import AttentionParts, ConvolutionParts
from builder.export.operators import Attention, HeadShape, RotaryEmbedding, ShortConvolution, split_heads

# Keys and values, or the convolution's inputs alone.
LayerCache = tuple[Tensor, ...]


@dataclass(frozen=True)
class Surroundings:
    """What every layer of a run reads: positions and mask, and what follows from them."""

    position_ids: Tensor
    attention_mask: Tensor
    # The bias of each window that some layer has; None is the whole text.
    biases: dict[int | None, Tensor]
    # Cosines and sines by number.
    rotary: list[tuple[Tensor, Tensor]]


class AttentionMixer(nn.Module):
    """Grouped-query attention before its output product."""

    def __init__(self, parts: AttentionParts) -> None:
        """Take over the weights."""
        super().__init__()
        self.shape = HeadShape(parts.heads, parts.kv_heads, parts.size, parts.scale)
        self.inward = merged_linear(parts.query, parts.key, parts.value)
        self.outward = merged_linear(parts.output)
        self.rotary, self.window = parts.rotary, parts.window
        self.query_norm = None if parts.query_norm is None else RMSNorm(parts.query_norm)
        self.key_norm = None if parts.key_norm is None else RMSNorm(parts.key_norm)

    def forward(self, normed: Tensor, around: Surroundings, past: LayerCache) -> tuple[Tensor, LayerCache]:
        """Normed [B, N, hidden] to mixed [B, N, heads * size], and the grown keys and values."""
        shape = self.shape
        widths = [shape.heads * shape.size, shape.kv_heads * shape.size, shape.kv_heads * shape.size]
        query, key, value = self.inward(normed).split(widths, dim=-1)
        query = self.turned(self.query_norm, query, shape.heads, around)
        key = self.turned(self.key_norm, key, shape.kv_heads, around)
        outputs = apply(Attention, shape, around.biases[self.window], query, key, value, *past)
        mixed, keys, values = cast(tuple[Tensor, Tensor, Tensor], outputs)
        return mixed, (keys, values)

    def turned(self, norm: RMSNorm | None, heads: Tensor, count: int, around: Surroundings) -> Tensor:
        """Heads [B, N, count * size], normalised where they have a norm, then turned."""
        if norm is not None:
            heads = norm(split_heads(heads, count)).flatten(2)
        tables = around.rotary[self.rotary]
        return cast(Tensor, apply(RotaryEmbedding, heads, *tables, around.position_ids, count))


class ConvolutionMixer(nn.Module):
    """A gated short convolution before its output product."""

    def __init__(self, parts: ConvolutionParts) -> None:
        """Take over the weights."""
        super().__init__()
        self.inward, self.outward = merged_linear(parts.inward), merged_linear(parts.outward)
        self.kernel = nn.Parameter(parts.kernel.detach().clone())
        bias = self.kernel.new_zeros(len(self.kernel)) if parts.bias is None else parts.bias.detach().clone()
        self.bias = nn.Parameter(bias)

    def forward(self, normed: Tensor, around: Surroundings, past: LayerCache) -> tuple[Tensor, LayerCache]:
        """Normed [B, N, hidden] to mixed [B, N, hidden], and the grown inputs of the convolution."""
        before, after, value = self.inward(normed).chunk(3, dim=-1)
        outputs = apply(
            ShortConvolution, before * value, self.kernel, self.bias, around.attention_mask, *past
        )
        mixed, grown = cast(tuple[Tensor, Tensor], outputs)
        return after * mixed, (grown,)
