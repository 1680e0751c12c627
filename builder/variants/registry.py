"""Every quantisation and every backend by its name in a recipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import onnx

from builder.export.cache import address_columns
from builder.recipe import VariantRecipe
from builder.variants import blocks, int8
from builder.variants.attention import take_apart
from builder.variants.fusing import fuse_norms, fuse_rotary
from builder.variants.half import in_half

Samples = Sequence[list[int]]
# A float32 graph of the standard contract with its weights in the form that a recipe asks for; samples are
# prompts to calibrate by. The contract stays.
Quantization = Callable[[onnx.ModelProto, VariantRecipe, Samples], onnx.ModelProto]
# A graph whose cache has columns, in another form that says the same.
Arrangement = Callable[[onnx.ModelProto], onnx.ModelProto]


def as_it_is(model: onnx.ModelProto, *_: object) -> onnx.ModelProto:
    """The graph unchanged."""
    return model


QUANTIZATIONS: Mapping[str, Quantization] = {
    "float32": as_it_is,
    "dynamic-int8": int8.quantize,
    "int4-blocks": blocks.four_bits,
    "int8-blocks": blocks.eight_bits,
}
# What each backend runs best, pass by pass.
BACKENDS: Mapping[str, Sequence[Arrangement]] = {
    "wasm": (),
    "webgpu": (take_apart, fuse_norms, fuse_rotary),
    "cpu": (),
}
# What is done with a graph whose devices must offer a feature.
FEATURES: Mapping[str, Arrangement] = {"shader-f16": in_half}


def quantized(standard: onnx.ModelProto, wanted: VariantRecipe, samples: Samples) -> onnx.ModelProto:
    """A float32 graph of the standard contract with its weights in another form."""
    return QUANTIZATIONS[wanted.quantization](standard, wanted, samples)


def arranged(standard: onnx.ModelProto, wanted: VariantRecipe) -> onnx.ModelProto:
    """A graph of the standard contract as a backend runs it: with a cache of addressed columns."""
    model = address_columns(standard)
    for change in (*BACKENDS[wanted.backend], *(FEATURES[feature] for feature in wanted.requires)):
        model = change(model)
    return model
