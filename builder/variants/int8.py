"""Eight bits for WASM: weights rounded by the builder, activations while the graph runs.

A weight matrix becomes int8 with one scale for each output column; the activations are rounded to eight bits
with one scale for each token (QuantizeLinear in blocks of a row, then MatMulIntegerToFloat, which onnxruntime
has in every build). DynamicQuantizeLinear would take one scale for all tokens of a run: the few tokens with
huge activations, the first one above all, then cost the others their precision, and a token's result would
depend on its neighbours in the run. A table from which an embedding gathers columns stays shared with the
product that reads it.

A column need not use all its 255 values. Where the weights of a matrix are small beside one column's peak,
steps as fine as eight bits allow tell nothing that another column's steps have not lost already, and cost
bytes: what is downloaded shrinks with the number of values that occur. So no step of a matrix is finer than
its root mean square divided by `detail`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from builder.recipe import VariantRecipe
from builder.variants.activations import Grams
from builder.variants.products import RUNTIME_DOMAIN, Matrix, array_of, axis_of, find_weights, rebuilt
from builder.variants.rounding import rounded

LAST_AXIS = "round.last_axis"
STEPS_BELOW_PEAK = "round.steps_below_peak"
SMALLEST_STEP = "round.smallest_step"
ONE = "round.one"
ZERO_POINT = "round.zero_point"
HIGHEST = 127


@dataclass(frozen=True)
class Columns:
    """A grid with one scale for each column, [outputs]."""

    scales: NDArray[np.float32]

    def nearest(self, row: int, weights: Matrix) -> Matrix:
        """Levels from -127 to 127."""
        levels: Matrix = np.clip(np.rint(weights / self.scales), -HIGHEST, HIGHEST)
        return levels

    def meaning(self, row: int, levels: Matrix) -> Matrix:
        """Levels times scales."""
        meant: Matrix = levels * self.scales
        return meant


def columns_of(matrix: Matrix, detail: float | None = None) -> Columns:
    """The grid of a matrix [inputs, outputs]: symmetric, one scale for each column."""
    finest = 0.0 if detail is None else float(np.sqrt(np.square(matrix, dtype=np.float64).mean())) / detail
    scales = np.maximum(np.abs(matrix).max(axis=0) / HIGHEST, finest)
    return Columns(np.where(scales > 0, scales, 1).astype(np.float32))


def dynamic_int8(
    model: onnx.ModelProto, grams: Grams | None = None, detail: float | None = None
) -> onnx.ModelProto:
    """The int8 variant of a float32 graph; the graph given is left alone.

    With `grams`, what is lost in rounding one input's weights is made good by those of others. Raises
    BuildError when the graph has no product with a constant matrix.
    """
    quantizer = DynamicInt8(model, grams or {}, detail)
    quantizer.run()
    return rebuilt(model, quantizer.nodes, quantizer.initializers)


def quantize(model: onnx.ModelProto, wanted: VariantRecipe, _: Sequence[list[int]]) -> onnx.ModelProto:
    """The int8 form that a recipe asks for."""
    return dynamic_int8(model, detail=wanted.detail)


class DynamicInt8:
    """The rewriting of one graph: nodes are copied in order, products and gathers replaced on the way."""

    def __init__(self, model: onnx.ModelProto, grams: Grams, detail: float | None) -> None:
        """Find the weights to round."""
        self.model = model
        self.grams = grams
        self.columns = partial(columns_of, detail=detail)
        self.weights = find_weights(model)
        self.nodes: list[onnx.NodeProto] = []
        self.initializers = [tensor for tensor in model.graph.initializer if tensor.name not in self.weights]
        # Activations that are rounded already, and everything that has a row for each kept logit.
        self.rounded: set[str] = set()
        self.kept = {"num_logits_to_keep"}

    def run(self) -> None:
        """Quantise every matrix and table, and rewrite every node that reads one."""
        self.initializers.extend(rounding_constants())
        for name, tensor in self.weights.matrices.items():
            matrix = array_of(tensor)
            grid = self.columns(matrix)
            self.add(name, rounded(matrix, grid, self.grams.get(name)), grid)
        for name, tensor in self.weights.tables.items():
            # A row is gathered as a column is: with a scale of its own.
            by_column = np.ascontiguousarray(array_of(tensor).T)
            grid = self.columns(by_column)
            self.add(name, np.ascontiguousarray(rounded(by_column, grid, None).T), grid)
        for node in self.model.graph.node:
            if self.kept.intersection(node.input):
                self.kept.update(node.output)
            self.nodes.extend(self.rewritten(node))

    def add(self, name: str, levels: Matrix, grid: Columns) -> None:
        """Add a rounded initializer."""
        self.initializers.append(numpy_helper.from_array(levels.astype(np.int8), f"{name}.int8"))
        self.initializers.append(numpy_helper.from_array(grid.scales, f"{name}.scale"))

    def rewritten(self, node: onnx.NodeProto) -> list[onnx.NodeProto]:
        """The nodes that stand for `node` in the variant."""
        name = self.weights.read_by(node)
        if name is None:
            return [node]
        if node.op_type == "MatMul":
            return self.product(node)
        return gathered_rows(node) if name in self.weights.tables else gathered_columns(node)

    def product(self, node: onnx.NodeProto) -> list[onnx.NodeProto]:
        """A product of rounded activations [.., inputs] and an int8 matrix, scaled back to float32."""
        source, matrix = node.input
        name = node.output[0]
        width = self.weights.matrices[matrix].dims[0]
        rounding = [] if source in self.rounded else self.round_tokens(source, width)
        self.rounded.add(source)
        inputs = [f"{source}.uint8", f"{matrix}.int8", ONE, f"{matrix}.scale", ZERO_POINT]
        return [
            *rounding,
            helper.make_node(
                "MatMulIntegerToFloat",
                inputs,
                [f"{name}.by_column"],
                f"{name}.product",
                domain=RUNTIME_DOMAIN,
            ),
            helper.make_node("Mul", [f"{name}.by_column", f"{source}.scale"], [name], f"{name}.by_token"),
        ]

    def round_tokens(self, source: str, width: int) -> list[onnx.NodeProto]:
        """Round activations [.., width] to eight bits around 128, each token by its own peak."""
        step = f"{source}.scale"
        zero_points, expansion = self.zero_points(source, step)
        return [
            helper.make_node("Abs", [source], [f"{source}.abs"], f"{source}.size"),
            helper.make_node(
                "ReduceMax", [f"{source}.abs", LAST_AXIS], [f"{source}.peak"], f"{source}.max", keepdims=1
            ),
            helper.make_node(
                "Mul", [f"{source}.peak", STEPS_BELOW_PEAK], [f"{source}.bare_scale"], f"{source}.step"
            ),
            helper.make_node("Add", [f"{source}.bare_scale", SMALLEST_STEP], [step], f"{source}.safe_step"),
            *expansion,
            helper.make_node(
                "QuantizeLinear",
                [source, step, zero_points],
                [f"{source}.uint8"],
                f"{source}.round",
                axis=-1,
                block_size=width,
            ),
        ]

    def zero_points(self, source: str, step: str) -> tuple[str, list[onnx.NodeProto]]:
        """The name of a tensor of zero points, one for each token, and the nodes that make it on first use.

        There are as many tokens as were fed, or as many as the logits are kept of.
        """
        name = "round.zero_points_kept" if source in self.kept else "round.zero_points"
        if name in self.rounded:
            return name, []
        self.rounded.add(name)
        shape = f"{name}.shape"
        return name, [
            helper.make_node("Shape", [step], [shape], shape),
            helper.make_node("Expand", [ZERO_POINT, shape], [name], name),
        ]


def gathered_columns(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """Columns of an int8 matrix, scaled back to float32: [inputs, *indices]."""
    table, indices = node.input
    return gathered(node, helper.make_node("Gather", [f"{table}.scale", indices], ["scale"], axis=0))


def gathered_rows(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """Rows of an int8 table, scaled back to float32: [*indices, width]."""
    table, indices = node.input
    by_row = helper.make_node("Gather", [f"{table}.scale", indices], ["scale"], axis=0)
    return gathered(node, by_row, LAST_AXIS)


def gathered(node: onnx.NodeProto, scales: onnx.NodeProto, wide: str | None = None) -> list[onnx.NodeProto]:
    """What is gathered from int8 values, times the scales; `wide` names the axis that these lack."""
    table, indices = node.input
    name = node.output[0]
    axis = axis_of(node)
    scales.name, scales.output[0] = f"{name}.scales", f"{name}.scale_found"
    factor = scales.output[0] if wide is None else f"{name}.scale_wide"
    widened = (
        [] if wide is None else [helper.make_node("Unsqueeze", [scales.output[0], wide], [factor], factor)]
    )
    return [
        helper.make_node(
            "Gather", [f"{table}.int8", indices], [f"{name}.int8"], f"{name}.columns", axis=axis
        ),
        scales,
        *widened,
        helper.make_node(
            "Cast", [f"{name}.int8"], [f"{name}.cast"], f"{name}.casted", to=onnx.TensorProto.FLOAT
        ),
        helper.make_node("Mul", [f"{name}.cast", factor], [name], f"{name}.scaled"),
    ]


def rounding_constants() -> list[onnx.TensorProto]:
    """The constants that rounding and products read."""
    return [
        numpy_helper.from_array(np.array([-1], np.int64), LAST_AXIS),
        numpy_helper.from_array(np.array(1 / HIGHEST, np.float32), STEPS_BELOW_PEAK),
        numpy_helper.from_array(np.array(1e-20, np.float32), SMALLEST_STEP),
        numpy_helper.from_array(np.array(1, np.float32), ONE),
        numpy_helper.from_array(np.array(128, np.uint8), ZERO_POINT),
    ]
