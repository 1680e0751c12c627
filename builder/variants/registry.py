"""Every quantisation and every backend by its name in a recipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import onnx

from builder.cache import address_columns
from builder.recipe import VariantRecipe
from builder.variants import blocks, int8
from builder.variants.attention import take_apart

Samples = Sequence[list[int]]
# A float32 graph of the standard contract with its weights in the form that a recipe asks for; samples are
# prompts to calibrate by. The contract stays.
Quantization = Callable[[onnx.ModelProto, VariantRecipe, Samples], onnx.ModelProto]
# A graph whose cache has columns, in the form that a backend runs best.
Arrangement = Callable[[onnx.ModelProto], onnx.ModelProto]


def as_it_is(model: onnx.ModelProto, *_: object) -> onnx.ModelProto:
    """The graph unchanged."""
    return model


QUANTIZATIONS: Mapping[str, Quantization] = {
    "float32": as_it_is,
    "dynamic-int8": int8.quantize,
    "int4-blocks": blocks.quantize,
}
BACKENDS: Mapping[str, Arrangement] = {
    "wasm": as_it_is,
    "webgpu": take_apart,
    "cpu": as_it_is,
}


def quantized(standard: onnx.ModelProto, wanted: VariantRecipe, samples: Samples) -> onnx.ModelProto:
    """A float32 graph of the standard contract with its weights in another form."""
    return QUANTIZATIONS[wanted.quantization](standard, wanted, samples)


def arranged(standard: onnx.ModelProto, backend: str) -> onnx.ModelProto:
    """A graph of the standard contract as a backend runs it: with a cache of addressed columns."""
    return BACKENDS[backend](address_columns(standard))
