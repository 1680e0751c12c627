"""A decoder with the graph's inputs and outputs, on the weights of a transformers model of any family."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.cache_utils import DynamicCache

from builder.decoder.blocks import RMSNorm, causal_bias, merged_linear
from builder.decoder.mixers import AttentionMixer, ConvolutionMixer, LayerCache, Surroundings
from builder.decoder.parts import AttentionParts, DecoderParts, LayerParts
from builder.families import family_of


class GraphLayer(nn.Module):
    """One layer: a mixer and a feed-forward, with merged products."""

    def __init__(self, parts: LayerParts) -> None:
        """Take over the weights."""
        super().__init__()
        self.attends = isinstance(parts.mixer, AttentionParts)
        self.mixer: AttentionMixer | ConvolutionMixer = (
            AttentionMixer(parts.mixer)
            if isinstance(parts.mixer, AttentionParts)
            else ConvolutionMixer(parts.mixer)
        )
        feed_forward = parts.feed_forward
        self.gate_up = merged_linear(feed_forward.gate, feed_forward.up)
        self.down = merged_linear(feed_forward.down)
        self.widths = [feed_forward.gate.out_features, feed_forward.up.out_features]
        self.activation = feed_forward.activation
        self.before_mixer, self.before_feed_forward = (
            RMSNorm(parts.before_mixer),
            RMSNorm(parts.before_feed_forward),
        )
        self.after_mixer = None if parts.after_mixer is None else RMSNorm(parts.after_mixer)
        self.after_feed_forward = (
            None if parts.after_feed_forward is None else RMSNorm(parts.after_feed_forward)
        )
        self.residual = parts.residual

    def forward(
        self, hidden: Tensor, around: Surroundings, past: LayerCache, keep: Tensor | None
    ) -> tuple[Tensor, LayerCache]:
        """Hidden [B, N, hidden] through the layer; the cache comes back grown by N.

        With `keep`, only the last `keep` tokens go on after the mixer: all that the last layer owes.
        """
        mixed, cache = self.mixer(self.before_mixer(hidden), around, past)
        if keep is not None:
            mixed, hidden = mixed[:, -keep:], hidden[:, -keep:]
        hidden = hidden + self.scaled(self.mixer.outward(mixed), self.after_mixer)
        gate, up = self.gate_up(self.before_feed_forward(hidden)).split(self.widths, dim=-1)
        return hidden + self.scaled(self.down(self.activation(gate) * up), self.after_feed_forward), cache

    def scaled(self, change: Tensor, norm: RMSNorm | None) -> Tensor:
        """What a half of the layer adds to the hidden state."""
        if norm is not None:
            change = norm(change)
        return change if self.residual == 1.0 else change * self.residual

    def products(self) -> tuple[nn.Linear, ...]:
        """The four linear maps, in the order in which they run."""
        return self.mixer.inward, self.mixer.outward, self.gate_up, self.down


class GraphDecoder(nn.Module):
    """Any family's decoder. Raises BuildError for what its family cannot express."""

    def __init__(self, model: PreTrainedModel) -> None:
        """Take over the weights."""
        super().__init__()
        self.config = model.config
        parts: DecoderParts = family_of(model.config.model_type).parts(model)
        self.vocab_size, hidden = parts.embedding.shape
        # One [hidden, vocab] table serves the head as a matrix and the embedding by its columns.
        table = parts.embedding if parts.head is None else parts.head
        self.head = nn.Parameter(table.detach().T.contiguous())
        self.embedding = None if parts.head is None else nn.Parameter(parts.embedding.detach().clone())
        self.embedding_scale = nn.Parameter(torch.full((hidden,), parts.embedding_scale))
        self.logit_scale = parts.logit_scale
        self.tables = len(parts.rotary)
        for number, (cos, sin) in enumerate(parts.rotary):
            self.register_buffer(f"cos{number}", cos)
            self.register_buffer(f"sin{number}", sin)
        self.layers = nn.ModuleList(GraphLayer(layer) for layer in parts.layers)
        self.norm = RMSNorm(parts.norm)

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        position_ids: Tensor,
        past_key_values: DynamicCache,
        num_logits_to_keep: Tensor,
        past_conv: tuple[Tensor, ...] = (),
    ) -> dict[str, object]:
        """The contract of `builder/export/graph.py`; keys and values come back as pairs, by layer."""
        around = self.surroundings(input_ids, attention_mask, position_ids)
        keys_and_values, inputs = iter(past_key_values.to_legacy_cache()), iter(past_conv)
        hidden = self.embedded(input_ids)
        present: list[LayerCache] = []
        present_conv: list[Tensor] = []
        for layer in self.graph_layers():
            keep = num_logits_to_keep if layer is self.layers[-1] else None
            past = next(keys_and_values) if layer.attends else (next(inputs),)
            hidden, cache = layer(hidden, around, past, keep)
            if layer.attends:
                present.append(cache)
            else:
                present_conv.append(cache[0])
        logits = self.norm(hidden) @ self.head
        logits = logits if self.logit_scale == 1.0 else logits * self.logit_scale
        outputs: dict[str, object] = {"logits": logits, "past_key_values": tuple(present)}
        return outputs | ({"present_conv": tuple(present_conv)} if present_conv else {})

    def embedded(self, input_ids: Tensor) -> Tensor:
        """The tokens' embeddings [B, N, hidden]."""
        if self.embedding is not None:
            return self.embedding[input_ids] * self.embedding_scale
        return self.head[:, input_ids].permute(1, 2, 0) * self.embedding_scale

    def surroundings(self, input_ids: Tensor, attention_mask: Tensor, position_ids: Tensor) -> Surroundings:
        """What the layers share."""
        new = input_ids.shape[1]
        biases = {window: causal_bias(attention_mask, new, window) for window in self.windows()}
        return Surroundings(position_ids, attention_mask, biases, self.rotary())

    def rotary(self) -> list[tuple[Tensor, Tensor]]:
        """The tables of cosines and sines."""
        names = range(self.tables)
        return [(self.get_buffer(f"cos{number}"), self.get_buffer(f"sin{number}")) for number in names]

    def windows(self) -> list[int | None]:
        """Every window that some layer has, the whole text (None) first."""
        found = {mixer.window for mixer in self.attentions().values()}
        return sorted(found, key=lambda window: -1 if window is None else window)

    def attentions(self) -> dict[int, AttentionMixer]:
        """The attentions by the number of their layer."""
        layers = enumerate(self.graph_layers())
        return {number: layer.mixer for number, layer in layers if isinstance(layer.mixer, AttentionMixer)}

    def convolutions(self) -> dict[int, ConvolutionMixer]:
        """The short convolutions by the number of their layer."""
        layers = enumerate(self.graph_layers())
        return {number: layer.mixer for number, layer in layers if isinstance(layer.mixer, ConvolutionMixer)}

    def graph_layers(self) -> list[GraphLayer]:
        """The layers, with their type."""
        return [cast(GraphLayer, layer) for layer in self.layers]

    def empty_past(self, batch: int = 1, past: int = 0) -> tuple[list[tuple[Tensor, Tensor]], list[Tensor]]:
        """A cache of zeros: keys and values of each attention, inputs of each convolution."""
        shapes = [mixer.shape for mixer in self.attentions().values()]
        zeros = [torch.zeros(batch, shape.kv_heads, past, shape.size) for shape in shapes]
        inputs = [torch.zeros(batch, len(mixer.kernel), past) for mixer in self.convolutions().values()]
        return [(zero, zero) for zero in zeros], inputs
