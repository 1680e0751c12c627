"""Fused operators, as torch functions that the exporter writes as one node each.

RMSNormalization, RotaryEmbedding and Attention came with opset 23, which the tracing exporter does not know:
they pass through it under a domain of their own, and `use_standard_operators` puts them into the standard's.
The other operators of our graphs mean the same in both versions. The standard has no short convolution with a
cache: that one stays in our domain, and its body travels with the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, cast

import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor, Value
from torch.nn import functional

EXPORT_OPSET = 20
OPSET = 23
FUSED_DOMAIN = "excerpt"
SHORT_CONVOLUTION = "ShortConvolution"
# Under this name a graph's metadata notes which layers see a window only: `layer:window`, blanks between.
WINDOW_NOTE = "excerpt.windows"
# Added to the score of a place that must not be seen: far below any score, far above float32's overflow.
HIDDEN_SCORE = -1e9


class GraphContext(Protocol):
    """The exporter's graph under construction."""

    def op(self, name: str, *inputs: Value, **attributes: int | float) -> Value:
        """Add a node; its output, or a tuple of them where `outputs` asks for several."""


class RMSNormalization(torch.autograd.Function):
    """Root mean square normalisation over the last axis."""

    @staticmethod
    def forward(ctx: object, hidden: Tensor, gain: Tensor, epsilon: float) -> Tensor:
        """Normalise hidden [B, N, hidden] and multiply by gain [hidden]."""
        return gain * (hidden * torch.rsqrt(hidden.pow(2).mean(-1, keepdim=True) + epsilon))

    @staticmethod
    def symbolic(g: GraphContext, hidden: Value, gain: Value, epsilon: float) -> Value:
        """The node."""
        return typed(g.op(f"{FUSED_DOMAIN}::RMSNormalization", hidden, gain, epsilon_f=epsilon), hidden)


class RotaryEmbedding(torch.autograd.Function):
    """Heads turned by the angles of their positions, halves paired as Llama does."""

    @staticmethod
    def forward(
        ctx: object, heads: Tensor, tables: Tensor, sines: Tensor, positions: Tensor, count: int
    ) -> Tensor:
        """Turn heads [B, N, count * size] by tables [max_positions, size / 2] at positions [B, N]."""
        first, second = split_heads(heads, count).chunk(2, dim=-1)
        cos, sin = tables[positions].unsqueeze(2), sines[positions].unsqueeze(2)
        return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1).flatten(2)

    @staticmethod
    def symbolic(
        g: GraphContext, heads: Value, cos: Value, sin: Value, positions: Value, count: int
    ) -> Value:
        """The node."""
        return typed(
            g.op(f"{FUSED_DOMAIN}::RotaryEmbedding", heads, cos, sin, positions, num_heads_i=count), heads
        )


@dataclass(frozen=True)
class HeadShape:
    """How many query heads, how many key heads they share, how wide each is, and the scale of the scores."""

    heads: int
    kv_heads: int
    size: int
    scale: float


class Attention(torch.autograd.Function):
    """Attention over the past and the new tokens, which it appends to the cache."""

    @staticmethod
    def forward(
        ctx: object, shape: HeadShape, bias: Tensor, *tensors: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Mixed values [B, N, heads * size] and the grown cache [B, kv_heads, P+N, size].

        `tensors` are query [B, N, heads * size], key and value [B, N, kv_heads * size], past keys and past
        values [B, kv_heads, P, size].
        """
        query, key, value, past_key, past_value = tensors
        keys = torch.cat((past_key, split_heads(key, shape.kv_heads).transpose(1, 2)), dim=2)
        values = torch.cat((past_value, split_heads(value, shape.kv_heads).transpose(1, 2)), dim=2)
        # The query heads of a key head side by side: [B, kv_heads, N, group, size].
        queries = query.reshape(*query.shape[:2], shape.kv_heads, -1, shape.size).transpose(1, 2)
        scores = torch.einsum("bkngs,bkts->bkngt", queries, keys) * shape.scale + bias.unsqueeze(3)
        mixed = torch.einsum("bkngt,bkts->bkngs", scores.softmax(dim=-1), values)
        return mixed.transpose(1, 2).flatten(2), keys, values

    @staticmethod
    def symbolic(
        g: GraphContext, shape: HeadShape, bias: Value, *tensors: Value
    ) -> tuple[Value, Value, Value]:
        """The node."""
        query, key, value, past_key, past_value = tensors
        sizes = {"q_num_heads_i": shape.heads, "kv_num_heads_i": shape.kv_heads, "outputs": 3}
        inputs = (query, key, value, bias, past_key, past_value)
        outputs = g.op(f"{FUSED_DOMAIN}::Attention", *inputs, scale_f=shape.scale, **sizes)
        mixed, keys, values = cast(tuple[Value, Value, Value], outputs)
        return typed(mixed, query), typed(keys, past_key), typed(values, past_value)


class ShortConvolution(torch.autograd.Function):
    """A causal depthwise convolution over the past and the new tokens, which it appends to the cache."""

    @staticmethod
    def forward(
        ctx: object, new: Tensor, kernel: Tensor, bias: Tensor, attention_mask: Tensor, past: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Convolved [B, N, hidden] and the grown cache [B, hidden, P+N].

        `new` is [B, N, hidden], `kernel` [hidden, length], `bias` [hidden], `past` [B, hidden, P]; tokens
        that the mask [B, P+N] hides count as zeros. Since the whole past comes back, to take tokens back is
        to cut its end off.
        """
        seen = attention_mask[:, -new.shape[1] :].unsqueeze(2)
        grown = torch.cat((past, (new * seen).transpose(1, 2)), dim=2)
        padded = functional.pad(grown, (kernel.shape[1] - 1, 0))
        convolved = functional.conv1d(padded, kernel.unsqueeze(1), bias, groups=len(kernel))
        return convolved[:, :, -new.shape[1] :].transpose(1, 2), grown

    @staticmethod
    def symbolic(g: GraphContext, *inputs: Value) -> tuple[Value, Value]:
        """The node."""
        new, kernel, bias, attention_mask, past = inputs
        (channels, _) = cast(torch.TensorType, kernel.type()).sizes() or (0, 0)
        name = f"{FUSED_DOMAIN}::{SHORT_CONVOLUTION}"
        outputs = g.op(name, new, kernel, bias, attention_mask, past, channels_i=channels, outputs=2)
        mixed, grown = cast(tuple[Value, Value], outputs)
        return typed(mixed, new), typed(grown, past)


def short_convolution_body() -> onnx.FunctionProto:
    """`ShortConvolution` in the standard's operators; its attribute `channels` is the width of the model."""

    def constant(name: str, values: list[int]) -> onnx.NodeProto:
        tensor = helper.make_tensor(name, TensorProto.INT64, [len(values)], values)
        return helper.make_node("Constant", [], [name], value=tensor)

    convolution = helper.make_node("Conv", ["padded", "weight", "bias"], ["convolved"])
    group = onnx.AttributeProto(name="group", ref_attr_name="channels", type=onnx.AttributeProto.INT)
    convolution.attribute.append(group)
    nodes = [
        constant("one", [1]),
        constant("two", [2]),
        constant("none", [0, 0]),
        constant("no_end", [0, 0, 0]),
        constant("last", [2**62]),
        helper.make_node("Shape", ["new"], ["count"], start=1, end=2),
        helper.make_node("Neg", ["count"], ["first"]),
        helper.make_node("Slice", ["attention_mask", "first", "last", "one"], ["own_mask"]),
        helper.make_node("Unsqueeze", ["own_mask", "two"], ["mask_columns"]),
        helper.make_node("Cast", ["mask_columns"], ["seen"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["new", "seen"], ["masked"]),
        helper.make_node("Transpose", ["masked"], ["columns"], perm=[0, 2, 1]),
        helper.make_node("Concat", ["past", "columns"], ["grown"], axis=2),
        helper.make_node("Shape", ["kernel"], ["length"], start=1, end=2),
        helper.make_node("Sub", ["length", "one"], ["before"]),
        helper.make_node("Concat", ["none", "before", "no_end"], ["pads"], axis=0),
        helper.make_node("Pad", ["grown", "pads"], ["padded"]),
        helper.make_node("Unsqueeze", ["kernel", "one"], ["weight"]),
        convolution,
        helper.make_node("Slice", ["convolved", "first", "last", "two"], ["tail"]),
        helper.make_node("Transpose", ["tail"], ["mixed"], perm=[0, 2, 1]),
    ]
    inputs = ["new", "kernel", "bias", "attention_mask", "past"]
    opsets = [helper.make_opsetid("", OPSET)]
    return helper.make_function(
        FUSED_DOMAIN, SHORT_CONVOLUTION, inputs, ["mixed", "grown"], nodes, opsets, ["channels"]
    )


def split_heads(tensor: Tensor, count: int) -> Tensor:
    """[B, N, count * size] as [B, N, count, size]."""
    return tensor.reshape(*tensor.shape[:2], count, -1)


def typed(value: Value, like: Value) -> Value:
    """A node's output with the type of another: the exporter infers none for what it does not know."""
    value.setType(like.type())
    return value


def use_standard_operators(model: onnx.ModelProto) -> None:
    """Put the fused operators of an exported graph into the standard's own domain, in place; those that the
    standard has not get their body."""
    own = [node for node in model.graph.node if node.domain == FUSED_DOMAIN]
    for node in own:
        if node.op_type != SHORT_CONVOLUTION:
            node.domain = ""
    del model.opset_import[:]
    model.opset_import.append(helper.make_opsetid("", OPSET))
    if any(node.op_type == SHORT_CONVOLUTION for node in own):
        model.opset_import.append(helper.make_opsetid(FUSED_DOMAIN, 1))
        model.functions.append(short_convolution_body())


def declare_outputs(model: onnx.ModelProto, vocab_size: int) -> None:
    """Give the outputs the shapes of the contract; the exporter cannot infer them through fused operators."""
    inputs = {value.name: value.type.tensor_type.shape.dim for value in model.graph.input}
    for value in model.graph.output:
        dims = value.type.tensor_type.shape.dim
        if value.name == "logits":
            dims[2].dim_value = vocab_size
            continue
        past = inputs[past_name(value.name)]
        for number, dim in enumerate(past):
            if dim.HasField("dim_value"):
                dims[number].dim_value = dim.dim_value


def past_name(present: str) -> str:
    """The input that takes up what the output `present` hands back."""
    return present.replace("present_conv.", "past_conv.").replace("present.", "past_key_values.")
