"""Weights made easier to round: loud channels lend their size to the weights that read them.

Eight-bit activations share one scale per token, so one loud channel silences the others. Dividing each
channel by a factor where it is produced (a norm's gain, the rows of the value and up projections) and
multiplying the weights that read it changes no result in float32 and costs nothing at run time, yet the
rounded model comes some three times closer to the float one. The factors follow SmoothQuant (Xiao et al.
2023), with one difference: an activation counts by its share of its own token's peak, because that is what
one scale per token makes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from transformers.cache_utils import DynamicCache

from builder.decoder.decoder import GraphDecoder, GraphLayer
from builder.decoder.mixers import AttentionMixer, ConvolutionMixer

# How the burden is split: 0 leaves the activations alone, 1 makes all channels equally loud. Flat between 0.4
# and 0.6.
STRENGTH = 0.5
# Factors are powers of two with exponents up to this, so that a silent channel does no harm.
BOUND = 10

Loudness = dict[nn.Module, Tensor]


def smooth(decoder: GraphDecoder, prompts: Sequence[list[int]]) -> None:
    """Rescale a decoder's channels in place by what the prompts make of them; its function stays."""
    loudness = measure_loudness(decoder, prompts)
    with torch.no_grad():
        for layer in decoder.graph_layers():
            smooth_layer(layer, loudness)
        factors = channel_factors(loudness[decoder.norm], decoder.head.T)
        decoder.norm.weight.div_(factors)
        decoder.head.mul_(factors.unsqueeze(1))
        if decoder.embedding is None:
            # The embedding gathers from the same table and has to undo what the head's rows were given.
            decoder.embedding_scale.div_(factors)


def smooth_layer(layer: GraphLayer, loudness: Loudness) -> None:
    """Rescale the channels between the products of one layer."""
    mixer = layer.mixer
    down = channel_factors(loudness[layer.down], layer.down.weight)
    layer.down.weight.mul_(down)
    divide_rows(layer.gate_up, slice(layer.widths[0], None), down)
    if isinstance(mixer, AttentionMixer):
        smooth_values(mixer, loudness[mixer.outward])
    else:
        smooth_gate(mixer, loudness[mixer.outward])
    for norm, product in (
        (layer.before_mixer, mixer.inward),
        (layer.before_feed_forward, layer.gate_up),
    ):
        factors = channel_factors(loudness[product], product.weight)
        product.weight.mul_(factors)
        norm.weight.div_(factors)


def smooth_values(mixer: AttentionMixer, loudness: Tensor) -> None:
    """Rescale the values; the query heads of a key head mix the same values and share its factors."""
    shape, output = mixer.shape, mixer.outward
    grouped = (shape.kv_heads, -1, shape.size)
    loudest = loudness.view(grouped).amax(1).flatten()
    weights = output.weight.view(-1, *grouped[:1], shape.heads // shape.kv_heads, shape.size)
    factors = channel_factors(loudest, weights.transpose(1, 2).reshape(-1, loudest.numel()))
    output.weight.mul_(factors.view(shape.kv_heads, 1, shape.size).expand(weights.shape[1:]).reshape(-1))
    divide_rows(mixer.inward, slice(-factors.numel(), None), factors)


def smooth_gate(mixer: ConvolutionMixer, loudness: Tensor) -> None:
    """Rescale the gate behind a convolution, the second of the three that the inward product makes."""
    factors = channel_factors(loudness, mixer.outward.weight)
    mixer.outward.weight.mul_(factors)
    divide_rows(mixer.inward, slice(len(factors), 2 * len(factors)), factors)


def divide_rows(product: nn.Linear, rows: slice, factors: Tensor) -> None:
    """Divide some of a product's outputs, its bias with them, in place."""
    product.weight[rows].div_(factors.unsqueeze(1))
    if product.bias is not None:
        product.bias[rows].div_(factors)


def channel_factors(loudness: Tensor, weight: Tensor) -> Tensor:
    """Factors [inputs] for a product's weight [outputs, inputs]; their geometric mean is about 1."""
    share = weight.abs() / weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-9)
    burden = share.pow(2).mean(dim=0).sqrt().clamp(min=1e-6)
    factors = loudness.clamp(min=1e-6) ** STRENGTH / burden ** (1 - STRENGTH)
    centred = factors.log2() - factors.log2().mean()
    # Powers of two change only a weight's exponent, and hide the last bits of this processor's sums.
    return torch.exp2(centred.round().clamp(-BOUND, BOUND))


def measure_loudness(decoder: GraphDecoder, prompts: Sequence[list[int]]) -> Loudness:
    """How loud each channel is that a product reads, by product; the head's under the norm before it."""
    loudness: Loudness = {}
    products = [product for layer in decoder.graph_layers() for product in layer.products()]
    hooks = [product.register_forward_pre_hook(listener(loudness)) for product in products]
    listen_to_head = listener(loudness)
    hooks.append(decoder.norm.register_forward_hook(lambda norm, _, normed: listen_to_head(norm, (normed,))))
    try:
        for tokens in prompts:
            run_decoder(decoder, tokens)
    finally:
        for hook in hooks:
            hook.remove()
    return loudness


def listener(loudness: Loudness) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
    """A hook that notes the loudest that each channel of a module's input has been over the prompts."""

    def listen(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        tokens = inputs[0].detach().abs().flatten(0, -2)
        shares = tokens / tokens.amax(dim=-1, keepdim=True).clamp(min=1e-9)
        found = shares.pow(2).mean(dim=0).sqrt()
        loudness[module] = torch.maximum(loudness[module], found) if module in loudness else found

    return listen


def run_decoder(decoder: GraphDecoder, tokens: list[int]) -> None:
    """One prefill without a past."""
    count = len(tokens)
    keys_and_values, convolved = decoder.empty_past()
    with torch.no_grad():
        decoder(
            torch.tensor([tokens]),
            torch.ones(1, count, dtype=torch.int64),
            torch.arange(count).unsqueeze(0),
            DynamicCache.from_legacy_cache(keys_and_values),
            torch.tensor(0),
            tuple(convolved),
        )
