"""Every quantisation and every backend by its name in a recipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from builder.cache import address_columns
from builder.variants.attention import take_apart
from builder.variants.int8 import dynamic_int8

if TYPE_CHECKING:
    import onnx

Pass = Callable[["onnx.ModelProto"], "onnx.ModelProto"]


def unchanged(model: onnx.ModelProto) -> onnx.ModelProto:
    """The graph as it is."""
    return model


QUANTIZATIONS: Mapping[str, Pass] = {
    "float32": unchanged,
    "dynamic-int8": dynamic_int8,
}
BACKENDS: Mapping[str, Pass] = {
    "wasm": unchanged,
    "webgpu": take_apart,
}


def quantized(standard: onnx.ModelProto, quantization: str) -> onnx.ModelProto:
    """A float32 graph of the standard contract with its weights in another form; the contract stays."""
    return QUANTIZATIONS[quantization](standard)


def arranged(standard: onnx.ModelProto, backend: str) -> onnx.ModelProto:
    """A graph of the standard contract as a backend runs it: with a cache of addressed columns."""
    return BACKENDS[backend](address_columns(standard))
