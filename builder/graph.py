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
from pathlib import Path
from typing import Any, cast

import torch
from optimum.exporters.onnx.convert import export_pytorch
from optimum.exporters.onnx.model_configs import LlamaOnnxConfig
from torch import Tensor, nn
from transformers import LlamaForCausalLM
from transformers.cache_utils import DynamicCache
from transformers.utils import logging as transformers_logging

from builder.errors import BuildError

OPSET = 18
# Added to the score of a place that must not be seen: far below any score, far above float32's overflow.
HIDDEN_SCORE = -1e9

LayerCache = tuple[Tensor, Tensor]


class RMSNorm(nn.Module):
    """Root mean square normalisation over the last axis, in the form that runtimes recognise and fuse."""

    def __init__(self, weight: Tensor, epsilon: float) -> None:
        """Keep the gain [hidden] and the epsilon of the checkpoint."""
        super().__init__()
        self.weight = nn.Parameter(weight.detach())
        self.epsilon = epsilon

    def forward(self, hidden: Tensor) -> Tensor:
        """Normalise hidden [B, N, hidden]."""
        mean_square = hidden.pow(2).mean(-1, keepdim=True)
        return self.weight * (hidden * torch.rsqrt(mean_square + self.epsilon))


def merged_linear(*parts: nn.Module) -> nn.Linear:
    """Several linear maps of one input as one, their outputs side by side."""
    weight = torch.cat([cast(Tensor, part.weight).detach() for part in parts])
    merged = nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    merged.weight = nn.Parameter(weight)
    return merged


def causal_bias(attention_mask: Tensor, new: Tensor, repeats: int) -> Tensor:
    """What is added to the attention scores: [B, 1, new * repeats, P+N], 0 where a place may be seen.

    `new` is the number of new tokens, a scalar. A row stands for one query head of one token; the query
    heads of a key head follow each other, hence the repeats.
    """
    total = attention_mask.shape[1]
    columns = torch.arange(total)
    rows = columns[total - new :].unsqueeze(1).expand(-1, repeats).reshape(-1, 1)
    visible = (columns <= rows).unsqueeze(0) & attention_mask.bool().unsqueeze(1)
    return torch.where(visible, 0.0, HIDDEN_SCORE).unsqueeze(1)


class RotaryTables(nn.Module):
    """Cosine and sine of every rotary angle, as tables to gather from."""

    def __init__(self, model: LlamaForCausalLM) -> None:
        """Compute the tables with the checkpoint's own rotary module, for all positions it was made for."""
        super().__init__()
        positions = torch.arange(model.config.max_position_embeddings).unsqueeze(0)
        cos, sin = model.model.rotary_emb(torch.zeros(1, dtype=torch.float32), positions)
        half = cos.shape[-1] // 2
        self.register_buffer("cos", cos[0, :, :half].contiguous())
        self.register_buffer("sin", sin[0, :, :half].contiguous())

    def forward(self, position_ids: Tensor) -> tuple[Tensor, Tensor]:
        """Cosines and sines for position_ids [B, N], each [B, N, 1, head_dim / 2]."""
        cos, sin = cast(Tensor, self.cos), cast(Tensor, self.sin)
        return cos[position_ids].unsqueeze(2), sin[position_ids].unsqueeze(2)


def rotate(heads: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn heads [B, N, heads, head_dim] by the angles of their positions (halves paired, as Llama does)."""
    first, second = heads.chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1)


class GraphLayer(nn.Module):
    """One decoder layer: attention and feed-forward, with merged products."""

    def __init__(self, layer: Any, config: Any) -> None:
        """Take over the weights of a transformers `LlamaDecoderLayer`."""
        super().__init__()
        attention, feed_forward = layer.self_attn, layer.mlp
        self.head_dim: int = attention.head_dim
        self.kv_heads: int = config.num_key_value_heads
        self.group: int = attention.num_key_value_groups
        self.query_key_value = merged_linear(attention.q_proj, attention.k_proj, attention.v_proj)
        with torch.no_grad():
            # The scale of the scores goes into the query's rows: one node less in each layer.
            self.query_key_value.weight[: attention.q_proj.weight.shape[0]] *= attention.scaling
        self.attention_output = merged_linear(attention.o_proj)
        self.gate_up = merged_linear(feed_forward.gate_proj, feed_forward.up_proj)
        self.down = merged_linear(feed_forward.down_proj)
        self.activation = feed_forward.act_fn
        self.attention_norm = RMSNorm(layer.input_layernorm.weight, config.rms_norm_eps)
        self.feed_forward_norm = RMSNorm(layer.post_attention_layernorm.weight, config.rms_norm_eps)

    def forward(
        self, hidden: Tensor, rotary: tuple[Tensor, Tensor], bias: Tensor, past: LayerCache
    ) -> tuple[Tensor, LayerCache]:
        """Hidden [B, N, hidden] through the layer; the cache comes back grown by N."""
        attended, cache = self.attend(self.attention_norm(hidden), rotary, bias, past)
        hidden = hidden + self.attention_output(attended)
        gate, up = self.gate_up(self.feed_forward_norm(hidden)).chunk(2, dim=-1)
        return hidden + self.down(self.activation(gate) * up), cache

    def attend(
        self, normed: Tensor, rotary: tuple[Tensor, Tensor], bias: Tensor, past: LayerCache
    ) -> tuple[Tensor, LayerCache]:
        """Attention before its output product: [B, N, query heads * head_dim], and the grown cache."""
        batch, kv_heads, group, size = normed.shape[0], self.kv_heads, self.group, self.head_dim
        heads = self.query_key_value(normed).view(batch, -1, kv_heads * (group + 2), size)
        turned, value = heads.split([kv_heads * (group + 1), kv_heads], dim=2)
        query, key = rotate(turned, *rotary).split([kv_heads * group, kv_heads], dim=2)
        keys = torch.cat((past[0], key.transpose(1, 2)), dim=2)
        values = torch.cat((past[1], value.transpose(1, 2)), dim=2)
        rows = query.reshape(batch, -1, kv_heads, group * size).transpose(1, 2).reshape(batch, kv_heads, -1, size)
        scores = rows @ keys.transpose(2, 3) + bias
        mixed = scores.softmax(dim=-1) @ values
        by_token = mixed.reshape(batch, kv_heads, -1, group * size).transpose(1, 2)
        return by_token.reshape(batch, -1, kv_heads * group * size), (keys, values)


class GraphDecoder(nn.Module):
    """A Llama decoder with the graph's inputs and outputs, on the weights of a transformers model."""

    def __init__(self, model: LlamaForCausalLM) -> None:
        """Take over the weights; refuses what this form cannot express."""
        super().__init__()
        refuse_unsupported(model.config)
        self.config = model.config
        # One [hidden, vocab] table serves the head as a matrix and the embedding by its columns.
        self.head = nn.Parameter(model.lm_head.weight.detach().T.contiguous())
        self.rotary = RotaryTables(model)
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
        hidden = self.head[:, input_ids].permute(1, 2, 0)
        bias = causal_bias(attention_mask, input_ids.shape[1], self.layers[0].group)
        rotary = self.rotary(position_ids)
        present = []
        for layer, past in zip(self.layers, past_key_values.to_legacy_cache(), strict=True):
            hidden, cache = layer(hidden, rotary, bias, past)
            present.append(cache)
        kept = hidden[:, -num_logits_to_keep:]
        return {"logits": self.norm(kept) @ self.head, "past_key_values": tuple(present)}


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


def export_graph(model: LlamaForCausalLM, path: Path) -> None:
    """Write the float32 graph of a checkpoint to `path` (weights inside, below 2 GB).

    Raises BuildError when the checkpoint cannot be expressed or the exporter fails.
    """
    decoder = GraphDecoder(model)
    config = GraphConfig(model.config, task="text-generation", use_past=True, use_past_in_inputs=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with quiet_exporter():
        try:
            export_pytorch(decoder, config, OPSET, path)
        except (RuntimeError, ValueError, TypeError) as error:
            raise BuildError(f"optimum could not export the checkpoint: {error}", "see the cause above") from error


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
