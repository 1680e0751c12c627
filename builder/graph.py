"""The float32 ONNX graph of a Llama checkpoint, exported by optimum from a decoder written for the graph.

Transformers' own `forward` traces into a graph with a mask built from chains of Shape, Gather and Where and a
copy of the whole cache for each group of query heads in every layer. `GraphDecoder` holds the same weights
and computes the same function with what a runtime likes: one product for query, key and value, one for gate
and up, mask and rotary tables computed once, and query heads stacked on the rows of their key head, so that
the cache is never repeated.

Contract of the graph (B batch, N new tokens, P past tokens, K logits kept):
    in   input_ids [B, N] int64 · attention_mask [B, P+N] int64 · position_ids [B, N] int64
         past_key_values.L.key/value [B, kv_heads, P, head_dim] float32 · num_logits_to_keep [] int64
    out  logits [B, K, vocab] float32 · present.L.key/value [B, kv_heads, P+N, head_dim] float32
K counts from the end; 0 keeps every position.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import onnx
import torch
from optimum.exporters.onnx.convert import export_pytorch
from optimum.exporters.onnx.model_configs import LlamaOnnxConfig
from torch import Tensor, nn
from transformers import LlamaConfig, LlamaForCausalLM
from transformers.cache_utils import DynamicCache
from transformers.models.llama.modeling_llama import LlamaDecoderLayer
from transformers.utils import logging as transformers_logging

from builder.errors import BuildError
from builder.operators import (
    EXPORT_OPSET,
    Attention,
    HeadShape,
    RMSNormalization,
    RotaryEmbedding,
    declare_outputs,
    use_standard_operators,
)

# Added to the score of a place that must not be seen: far below any score, far above float32's overflow.
HIDDEN_SCORE = -1e9

LayerCache = tuple[Tensor, Tensor]
# Cosine table, sine table, position_ids.
Rotary = tuple[Tensor, Tensor, Tensor]


def apply(operator: type[torch.autograd.Function], *inputs: object) -> object:
    """Run a fused operator: one tensor or a tuple of them; torch leaves `apply` untyped."""
    run: Callable[..., object] = operator.apply
    return run(*inputs)


class RMSNorm(nn.Module):
    """Root mean square normalisation with the gain and epsilon of the checkpoint."""

    def __init__(self, weight: Tensor, epsilon: float) -> None:
        """Keep the gain [hidden] and the epsilon."""
        super().__init__()
        self.weight = nn.Parameter(weight.detach().clone())
        self.epsilon = epsilon

    def forward(self, hidden: Tensor) -> Tensor:
        """Normalise hidden [B, N, hidden]."""
        return cast(Tensor, apply(RMSNormalization, hidden, self.weight, self.epsilon))


def merged_linear(*parts: nn.Module) -> nn.Linear:
    """Several linear maps of one input as one, their outputs side by side."""
    weight = torch.cat([cast(Tensor, part.weight).detach() for part in parts])
    merged = nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    merged.weight = nn.Parameter(weight)
    return merged


def causal_bias(attention_mask: Tensor, new: int) -> Tensor:
    """What is added to the attention scores: [B, 1, new, P+N], 0 where a place may be seen.

    `new` is the number of new tokens (a traced scalar while exporting); they stand in the last columns.
    """
    total = attention_mask.shape[1]
    columns = torch.arange(total)
    visible = (columns <= columns[total - new :].unsqueeze(1)) & attention_mask.bool().unsqueeze(1)
    return torch.where(visible, 0.0, HIDDEN_SCORE).unsqueeze(1)


def rotary_tables(model: LlamaForCausalLM) -> tuple[Tensor, Tensor]:
    """Cosine and sine of every rotary angle, [max_positions, head_dim / 2], by transformers' own module."""
    positions = torch.arange(model.config.max_position_embeddings).unsqueeze(0)
    with torch.no_grad():
        cos, sin = model.model.rotary_emb(torch.zeros(1, dtype=torch.float32), positions)
    half = cos.shape[-1] // 2
    return cos[0, :, :half].contiguous(), sin[0, :, :half].contiguous()


class GraphLayer(nn.Module):
    """One decoder layer: attention and feed-forward, with merged products."""

    def __init__(self, layer: LlamaDecoderLayer, config: LlamaConfig) -> None:
        """Take over the weights of a transformers `LlamaDecoderLayer`."""
        super().__init__()
        attention, feed_forward = layer.self_attn, layer.mlp
        heads, kv_heads = config.num_attention_heads, config.num_key_value_heads
        self.shape = HeadShape(heads, kv_heads, attention.head_dim, attention.scaling)
        self.query_key_value = merged_linear(attention.q_proj, attention.k_proj, attention.v_proj)
        self.attention_output = merged_linear(attention.o_proj)
        self.gate_up = merged_linear(feed_forward.gate_proj, feed_forward.up_proj)
        self.down = merged_linear(feed_forward.down_proj)
        self.widths = [config.intermediate_size, config.intermediate_size]
        self.activation = feed_forward.act_fn
        self.attention_norm = RMSNorm(layer.input_layernorm.weight, config.rms_norm_eps)
        self.feed_forward_norm = RMSNorm(layer.post_attention_layernorm.weight, config.rms_norm_eps)

    def forward(
        self, hidden: Tensor, rotary: Rotary, bias: Tensor, past: LayerCache, keep: Tensor | None
    ) -> tuple[Tensor, LayerCache]:
        """Hidden [B, N, hidden] through the layer; the cache comes back grown by N.

        With `keep`, only the last `keep` tokens go on after the attention: all that the last layer owes.
        """
        mixed, cache = self.attend(self.attention_norm(hidden), rotary, bias, past)
        if keep is not None:
            mixed, hidden = mixed[:, -keep:], hidden[:, -keep:]
        hidden = hidden + self.attention_output(mixed)
        gate, up = self.gate_up(self.feed_forward_norm(hidden)).split(self.widths, dim=-1)
        return hidden + self.down(self.activation(gate) * up), cache

    def products(self) -> tuple[nn.Linear, ...]:
        """The four linear maps, in the order in which they run."""
        return self.query_key_value, self.attention_output, self.gate_up, self.down

    def attend(
        self, normed: Tensor, rotary: Rotary, bias: Tensor, past: LayerCache
    ) -> tuple[Tensor, LayerCache]:
        """Attention before its output product: [B, N, heads * head_dim], and the grown cache."""
        shape = self.shape
        widths = [shape.heads * shape.size, shape.kv_heads * shape.size, shape.kv_heads * shape.size]
        query, key, value = self.query_key_value(normed).split(widths, dim=-1)
        query = apply(RotaryEmbedding, query, *rotary, shape.heads)
        key = apply(RotaryEmbedding, key, *rotary, shape.kv_heads)
        outputs = apply(Attention, shape, bias, query, key, value, *past)
        mixed, keys, values = cast(tuple[Tensor, Tensor, Tensor], outputs)
        return mixed, (keys, values)


class GraphDecoder(nn.Module):
    """A Llama decoder with the graph's inputs and outputs, on the weights of a transformers model."""

    def __init__(self, model: LlamaForCausalLM) -> None:
        """Take over the weights; refuses what this form cannot express."""
        super().__init__()
        refuse_unsupported(model.config)
        self.config = model.config
        # One [hidden, vocab] table serves the head as a matrix and the embedding by its columns.
        self.head = nn.Parameter(model.lm_head.weight.detach().T.contiguous())
        self.embedding_scale = nn.Parameter(torch.ones(model.config.hidden_size))
        cos, sin = rotary_tables(model)
        self.register_buffer("cos", cos)
        self.register_buffer("sin", sin)
        self.layers = nn.ModuleList(GraphLayer(layer, model.config) for layer in model.model.layers)
        self.norm = RMSNorm(model.model.norm.weight, model.config.rms_norm_eps)

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        position_ids: Tensor,
        past_key_values: DynamicCache,
        num_logits_to_keep: Tensor,
    ) -> dict[str, object]:
        """The graph's contract, see the module's docstring; the cache comes back as pairs by layer."""
        hidden = self.head[:, input_ids].permute(1, 2, 0) * self.embedding_scale
        bias = causal_bias(attention_mask, input_ids.shape[1])
        rotary = (self.cos, self.sin, position_ids)
        present = []
        for layer, past in zip(self.layers, past_key_values.to_legacy_cache(), strict=True):
            keep = num_logits_to_keep if layer is self.layers[-1] else None
            hidden, cache = layer(hidden, rotary, bias, past, keep)
            present.append(cache)
        return {"logits": self.norm(hidden) @ self.head, "past_key_values": tuple(present)}

    def graph_layers(self) -> list[GraphLayer]:
        """The layers, with their type."""
        return [cast(GraphLayer, layer) for layer in self.layers]


def refuse_unsupported(config: LlamaConfig) -> None:
    """Raise `BuildError` for a configuration whose meaning `GraphDecoder` would change."""
    if config.model_type != "llama":
        raise BuildError(
            f"the checkpoint is a {config.model_type!r} model",
            "use a Llama checkpoint, or add a decoder for this architecture to builder/graph.py",
        )
    if not config.tie_word_embeddings:
        raise BuildError(
            "the checkpoint has a head of its own",
            "use a checkpoint with tied embeddings, or give GraphDecoder both tables",
        )
    if config.attention_bias or config.mlp_bias:
        raise BuildError(
            "the checkpoint has biases in its linear maps", "merge them in builder/graph.py first"
        )
    scaling = config.rope_scaling or {}
    if scaling.get("rope_type", "default") not in ("default", "linear", "llama3"):
        raise BuildError(
            f"rotary scaling {scaling['rope_type']!r} depends on the length of the text",
            "use a checkpoint with fixed rotary angles",
        )


class GraphConfig(LlamaOnnxConfig):  # type: ignore[misc]
    """Optimum's export configuration for Llama, with the contract's axes and `num_logits_to_keep`."""

    @property
    def inputs(self) -> dict[str, dict[int, str]]:
        """Names and dynamic axes of the inputs."""
        return {
            "input_ids": {0: "batch", 1: "new"},
            "attention_mask": {0: "batch", 1: "past+new"},
            "position_ids": {0: "batch", 1: "new"},
            **self.cache_axes("past_key_values", "past"),
            "num_logits_to_keep": {},
        }

    @property
    def outputs(self) -> dict[str, dict[int, str]]:
        """Names and dynamic axes of the outputs."""
        return {"logits": {0: "batch", 1: "kept"}, **self.cache_axes("present", "past+new")}

    def cache_axes(self, prefix: str, length: str) -> dict[str, dict[int, str]]:
        """Dynamic axes of every cache tensor whose name begins with `prefix`."""
        names = [
            f"{prefix}.{n}.{part}"
            for n in range(self._normalized_config.num_layers)
            for part in ("key", "value")
        ]
        return {name: {0: "batch", 2: length} for name in names}

    def generate_dummy_inputs(self, framework: str = "pt", **shapes: int) -> dict[str, Any]:
        """Example inputs for tracing: a past, several new tokens and more than one logit."""
        batch, past, new = 2, 5, 4
        kv_heads = self._config.num_key_value_heads
        cache_shape = (batch, kv_heads, past, self._config.head_dim)
        layer = (torch.zeros(cache_shape), torch.zeros(cache_shape))
        return {
            "input_ids": torch.zeros((batch, new), dtype=torch.int64),
            "attention_mask": torch.ones((batch, past + new), dtype=torch.int64),
            "position_ids": torch.arange(past, past + new).expand(batch, -1),
            "past_key_values": [layer] * self._config.num_hidden_layers,
            "num_logits_to_keep": torch.tensor(2),
        }


def export_graph(decoder: GraphDecoder, path: Path) -> None:
    """Write the float32 graph of a decoder to `path` (weights inside, below 2 GB).

    Raises BuildError when the exporter fails.
    """
    config = GraphConfig(decoder.config, task="text-generation", use_past=True, use_past_in_inputs=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with quiet_exporter():
        try:
            export_pytorch(decoder, config, EXPORT_OPSET, path)
        except (RuntimeError, ValueError, TypeError) as error:
            raise BuildError(
                f"optimum could not export the checkpoint: {error}", "see the cause above"
            ) from error
    exported = onnx.load(path)
    use_standard_operators(exported)
    declare_outputs(exported, decoder.config.vocab_size)
    onnx.save(exported, path)


@contextlib.contextmanager
def quiet_exporter() -> Iterator[None]:
    """Keep the tracer's warnings (constants it folds, its own deprecation) off the console."""
    verbosity = transformers_logging.get_verbosity()
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        transformers_logging.set_verbosity_error()
        try:
            yield
        finally:
            transformers_logging.set_verbosity(verbosity)
