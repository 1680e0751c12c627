"""The float32 ONNX graph of a Llama checkpoint, exported by optimum from a decoder written for the graph.

Transformers' own `forward` traces into a graph with a mask built from chains of Shape, Gather and Where and a
copy of the whole cache for each group of query heads in every layer. `GraphDecoder` holds the same weights
and computes the same function with what a runtime likes: one product for query, key and value, one for gate and
up, mask and rotary tables computed once, and query heads stacked on the rows of their key head, so that the
cache is never repeated.

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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import onnx
import torch
from optimum.exporters.onnx.convert import export_pytorch
from optimum.exporters.onnx.model_configs import LlamaOnnxConfig
from torch import Tensor, nn
from transformers import LlamaForCausalLM
from transformers.cache_utils import DynamicCache
from transformers.utils import logging as transformers_logging

from builder.errors import BuildError

EXPORT_OPSET = 20
# The standard fused operators (RMSNormalization, RotaryEmbedding, Attention) came with this version; the other
# operators in the graph mean the same in both.
OPSET = 23
# The exporter knows no such operators; they pass through it under a domain of their own.
FUSED_DOMAIN = "excerpt"
# Added to the score of a place that must not be seen: far below any score, far above float32's overflow.
HIDDEN_SCORE = -1e9

LayerCache = tuple[Tensor, Tensor]
# Cosine table, sine table, position_ids.
Rotary = tuple[Tensor, Tensor, Tensor]


class FusedNorm(torch.autograd.Function):
    """Root mean square normalisation over the last axis: RMSNormalization."""

    @staticmethod
    def forward(ctx: Any, hidden: Tensor, gain: Tensor, epsilon: float) -> Tensor:
        """Normalise hidden [B, N, hidden] and multiply by gain [hidden]."""
        return gain * (hidden * torch.rsqrt(hidden.pow(2).mean(-1, keepdim=True) + epsilon))

    @staticmethod
    def symbolic(g: Any, hidden: Any, gain: Any, epsilon: float) -> Any:
        """The operator in the graph."""
        node = g.op(f"{FUSED_DOMAIN}::RMSNormalization", hidden, gain, epsilon_f=epsilon)
        return node.setType(hidden.type())


class FusedRotary(torch.autograd.Function):
    """Heads turned by the angles of their positions, halves paired as Llama does: RotaryEmbedding."""

    @staticmethod
    def forward(ctx: Any, heads: Tensor, cos: Tensor, sin: Tensor, positions: Tensor, count: int) -> Tensor:
        """Turn heads [B, N, count * head_dim] by tables [max_positions, head_dim / 2] at positions [B, N]."""
        first, second = heads.unflatten(-1, (count, -1)).chunk(2, dim=-1)
        c, s = cos[positions].unsqueeze(2), sin[positions].unsqueeze(2)
        return torch.cat((first * c - second * s, second * c + first * s), dim=-1).flatten(2)

    @staticmethod
    def symbolic(g: Any, heads: Any, cos: Any, sin: Any, positions: Any, count: int) -> Any:
        """The operator in the graph."""
        node = g.op(f"{FUSED_DOMAIN}::RotaryEmbedding", heads, cos, sin, positions, num_heads_i=count)
        return node.setType(heads.type())


@dataclass(frozen=True)
class HeadShape:
    """How many query heads, how many key heads that they share, how wide each is, and the scale of the scores."""

    heads: int
    kv_heads: int
    size: int
    scale: float


class FusedAttention(torch.autograd.Function):
    """Attention over the past and the new tokens, which it appends to the cache: Attention."""

    @staticmethod
    def forward(ctx: Any, shape: HeadShape, bias: Tensor, *tensors: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Mixed values [B, N, heads * size] and the grown cache.

        `tensors` are query [B, N, heads * size], key and value [B, N, kv_heads * size], past keys and past values
        [B, kv_heads, P, size].
        """
        query, key, value, past, past_value = tensors
        keys, values = (
            torch.cat((old, new.unflatten(-1, (shape.kv_heads, shape.size)).transpose(1, 2)), dim=2)
            for old, new in ((past, key), (past_value, value))
        )
        # [B, kv_heads, N, group, size] against the keys of each group's own head.
        queries = query.unflatten(-1, (shape.kv_heads, -1, shape.size)).transpose(1, 2)
        scores = torch.einsum("bkngs,bkts->bkngt", queries, keys) * shape.scale + bias.unsqueeze(3)
        mixed = torch.einsum("bkngt,bkts->bkngs", scores.softmax(dim=-1), values)
        return mixed.transpose(1, 2).flatten(2), keys, values

    @staticmethod
    def symbolic(g: Any, shape: HeadShape, bias: Any, *tensors: Any) -> Any:
        """The operator in the graph."""
        query, key, value, past, past_value = tensors
        sizes = {"q_num_heads_i": shape.heads, "kv_num_heads_i": shape.kv_heads}
        mixed, keys, values = g.op(
            f"{FUSED_DOMAIN}::Attention",
            *(query, key, value, bias, past, past_value),
            scale_f=shape.scale,
            outputs=3,
            **sizes,
        )
        return mixed.setType(query.type()), keys.setType(past.type()), values.setType(past.type())


class RMSNorm(nn.Module):
    """Root mean square normalisation with the gain and epsilon of the checkpoint."""

    def __init__(self, weight: Tensor, epsilon: float) -> None:
        """Keep the gain [hidden] and the epsilon."""
        super().__init__()
        self.weight = nn.Parameter(weight.detach().clone())
        self.epsilon = epsilon

    def forward(self, hidden: Tensor) -> Tensor:
        """Normalise hidden [B, N, hidden]."""
        return cast(Tensor, FusedNorm.apply(hidden, self.weight, self.epsilon))


def merged_linear(*parts: nn.Module) -> nn.Linear:
    """Several linear maps of one input as one, their outputs side by side."""
    weight = torch.cat([cast(Tensor, part.weight).detach() for part in parts])
    merged = nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    merged.weight = nn.Parameter(weight)
    return merged


def causal_bias(attention_mask: Tensor, new: Tensor) -> Tensor:
    """What is added to the attention scores: [B, 1, new, P+N], 0 where a place may be seen.

    `new` is the number of new tokens, a scalar; they stand in the last columns.
    """
    total = attention_mask.shape[1]
    columns = torch.arange(total)
    visible = (columns <= columns[total - new :].unsqueeze(1)) & attention_mask.bool().unsqueeze(1)
    return torch.where(visible, 0.0, HIDDEN_SCORE).unsqueeze(1)


def rotary_tables(model: LlamaForCausalLM) -> tuple[Tensor, Tensor]:
    """Cosine and sine of every rotary angle, [max_positions, head_dim / 2], by the checkpoint's own rotary module."""
    positions = torch.arange(model.config.max_position_embeddings).unsqueeze(0)
    with torch.no_grad():
        cos, sin = model.model.rotary_emb(torch.zeros(1, dtype=torch.float32), positions)
    half = cos.shape[-1] // 2
    return cos[0, :, :half].contiguous(), sin[0, :, :half].contiguous()


class GraphLayer(nn.Module):
    """One decoder layer: attention and feed-forward, with merged products."""

    def __init__(self, layer: Any, config: Any) -> None:
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

    def forward(self, hidden: Tensor, rotary: Rotary, bias: Tensor, past: LayerCache) -> tuple[Tensor, LayerCache]:
        """Hidden [B, N, hidden] through the layer; the cache comes back grown by N."""
        mixed, cache = self.attend(self.attention_norm(hidden), rotary, bias, past)
        hidden = hidden + self.attention_output(mixed)
        gate, up = self.gate_up(self.feed_forward_norm(hidden)).split(self.widths, dim=-1)
        return hidden + self.down(self.activation(gate) * up), cache

    def products(self) -> tuple[nn.Linear, ...]:
        """The four linear maps, in the order in which they run."""
        return self.query_key_value, self.attention_output, self.gate_up, self.down

    def attend(self, normed: Tensor, rotary: Rotary, bias: Tensor, past: LayerCache) -> tuple[Tensor, LayerCache]:
        """Attention before its output product: [B, N, heads * head_dim], and the grown cache."""
        shape = self.shape
        widths = [shape.heads * shape.size, shape.kv_heads * shape.size, shape.kv_heads * shape.size]
        query, key, value = self.query_key_value(normed).split(widths, dim=-1)
        query = FusedRotary.apply(query, *rotary, shape.heads)
        key = FusedRotary.apply(key, *rotary, shape.kv_heads)
        mixed, keys, values = FusedAttention.apply(shape, bias, query, key, value, *past)
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
            hidden, cache = layer(hidden, rotary, bias, past)
            present.append(cache)
        kept = hidden[:, -num_logits_to_keep:]
        return {"logits": self.norm(kept) @ self.head, "past_key_values": tuple(present)}


    def graph_layers(self) -> list[GraphLayer]:
        """The layers, with their type."""
        return [cast(GraphLayer, layer) for layer in self.layers]


def refuse_unsupported(config: Any) -> None:
    """Raise `BuildError` for a configuration whose meaning `GraphDecoder` would change."""
    if config.model_type != "llama":
        raise BuildError(
            f"the checkpoint is a {config.model_type!r} model",
            "use a Llama checkpoint, or add a decoder for this architecture to builder/graph.py",
        )
    if not config.tie_word_embeddings:
        raise BuildError(
            "the checkpoint has a head of its own", "use a checkpoint with tied embeddings, or give GraphDecoder both tables"
        )
    if config.attention_bias or config.mlp_bias:
        raise BuildError("the checkpoint has biases in its linear maps", "merge them in builder/graph.py first")
    scaling = config.rope_scaling or {}
    if scaling.get("rope_type", "default") not in ("default", "linear", "llama3"):
        raise BuildError(
            f"rotary scaling {scaling['rope_type']!r} depends on the length of the text",
            "use a checkpoint with fixed rotary angles",
        )


class GraphConfig(LlamaOnnxConfig):  # type: ignore[misc]
    """Optimum's export configuration for Llama, with the axes' names of the contract and `num_logits_to_keep`."""

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
        names = [f"{prefix}.{n}.{part}" for n in range(self._normalized_config.num_layers) for part in ("key", "value")]
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
            raise BuildError(f"optimum could not export the checkpoint: {error}", "see the cause above") from error
    exported = onnx.load(path)
    use_standard_operators(exported)
    declare_outputs(exported, decoder.config.vocab_size)
    onnx.save(exported, path)


def declare_outputs(model: onnx.ModelProto, vocab_size: int) -> None:
    """Give the outputs the shapes of the contract; the exporter cannot infer them through fused operators."""
    inputs = {value.name: value.type.tensor_type.shape.dim for value in model.graph.input}
    for value in model.graph.output:
        dims = value.type.tensor_type.shape.dim
        if value.name == "logits":
            dims[2].dim_value = vocab_size
            continue
        past = inputs[value.name.replace("present.", "past_key_values.")]
        dims[1].dim_value, dims[3].dim_value = past[1].dim_value, past[3].dim_value


def use_standard_operators(model: onnx.ModelProto) -> None:
    """Put the fused operators of an exported graph into the standard's own domain."""
    for node in model.graph.node:
        if node.domain == FUSED_DOMAIN:
            node.domain = ""
    del model.opset_import[:]
    model.opset_import.append(onnx.helper.make_opsetid("", OPSET))


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
