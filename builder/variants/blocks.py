"""Weights of a few bits in blocks: MatMulNBits for products, GatherBlockQuantized for embeddings.

A matrix [inputs, outputs] is stored by outputs; each run of BLOCK inputs has a step and a zero point of its
own: weight = (level - zero point) * step. Zero points are always written out: what counts where there are
none differs between the runtime's backends. Steps have few digits, so that they compress.

A table from which an embedding gathers columns is stored once: the product and the gather read the same
bytes under two shapes, which `builder/bundle/shards.py` writes in one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from builder.recipe import VariantRecipe
from builder.variants.activations import Grams, measure_grams
from builder.variants.products import RUNTIME_DOMAIN, Matrix, array_of, find_weights, rebuilt
from builder.variants.rounding import rounded

BLOCK = 32
# Binary digits of a step behind its first one; float16 has ten.
STEP_DIGITS = 6
# The smallest step that float16 holds in full.
SMALLEST_STEP = 2.0**-14
# What a backend may do with activations: 0 leaves them as they are, 4 rounds them to eight bits.
ACCURACY_LEVEL = {"wasm": 0, "webgpu": 0, "cpu": 4}
# How much of a block's range its grid spans: the narrower loses the peaks and gains in between.
SPANS = (1.0, 0.95, 0.9, 0.85, 0.8)


@dataclass(frozen=True)
class Form:
    """How weights are stored: 4 or 8 bits; with `detail`, no step is finer than the root mean square of its
    matrix divided by it. `accuracy_level` 4 lets a runtime round activations to eight bits, 0 does not."""

    bits: int = 4
    detail: float | None = None
    accuracy_level: int = 0


@dataclass(frozen=True)
class Blocks:
    """A grid with a step and a zero point for each block of inputs: [blocks, outputs]."""

    steps: Matrix
    zero_points: Matrix
    bits: int

    def nearest(self, row: int, weights: Matrix) -> Matrix:
        """Levels from 0 to the highest that the bits hold."""
        block = row // BLOCK
        levels: Matrix = np.rint(weights / self.steps[block]) + self.zero_points[block]
        return np.clip(levels, 0, (1 << self.bits) - 1)

    def meaning(self, row: int, levels: Matrix) -> Matrix:
        """Levels above the zero point, times steps."""
        block = row // BLOCK
        meant: Matrix = (levels - self.zero_points[block]) * self.steps[block]
        return meant


def grid_of(matrix: Matrix, form: Form) -> Blocks:
    """The grid of a matrix [inputs, outputs], whose inputs are a multiple of BLOCK."""
    blocks = matrix.reshape(-1, BLOCK, matrix.shape[1])
    if form.detail is None:
        return tight_grid(blocks, form.bits)
    return even_grid(
        blocks, form.bits, float(np.sqrt(np.square(matrix, dtype=np.float64).mean())) / form.detail
    )


def even_grid(blocks: Matrix, bits: int, finest: float) -> Blocks:
    """Around zero, with steps no finer than `finest`: nearly all alike, so that few levels occur."""
    middle = 1 << (bits - 1)
    steps = few_digits(np.maximum(np.abs(blocks).max(axis=1) / (middle - 1), max(finest, SMALLEST_STEP)))
    return Blocks(steps, np.full_like(steps, middle), bits)


def tight_grid(blocks: Matrix, bits: int) -> Blocks:
    """Of some spans of each block's range, the one that loses least; `blocks` [blocks, BLOCK, outputs]."""
    lowest, highest = np.minimum(blocks.min(axis=1), 0), np.maximum(blocks.max(axis=1), 0)
    best = span_grid(lowest, highest, bits)
    least = loss(blocks, best)
    for span in SPANS[1:]:
        grid = span_grid(lowest * span, highest * span, bits)
        found = loss(blocks, grid)
        better = found < least
        least = np.where(better, found, least)
        best = Blocks(
            np.where(better, grid.steps, best.steps),
            np.where(better, grid.zero_points, best.zero_points),
            bits,
        )
    return best


def span_grid(lowest: Matrix, highest: Matrix, bits: int) -> Blocks:
    """The grid that reaches from the lowest to the highest weight of each block."""
    most = (1 << bits) - 1
    steps = few_digits(np.maximum((highest - lowest) / most, SMALLEST_STEP))
    zero_points = np.clip(np.rint(-lowest / steps), 0, most).astype(np.float32)
    return Blocks(steps, zero_points, bits)


def few_digits(steps: Matrix) -> Matrix:
    """Steps rounded to STEP_DIGITS binary digits behind the first."""
    fraction, exponent = np.frexp(steps)
    digits = 1 << (STEP_DIGITS + 1)
    short: Matrix = np.ldexp(np.rint(fraction * digits) / digits, exponent).astype(np.float32)
    return short


def loss(blocks: Matrix, grid: Blocks) -> Matrix:
    """The squared error of each block on a grid [blocks, outputs]; `blocks` [blocks, BLOCK, outputs]."""
    steps, zero_points = grid.steps[:, None], grid.zero_points[:, None]
    levels = np.clip(np.rint(blocks / steps) + zero_points, 0, (1 << grid.bits) - 1)
    lost: Matrix = np.square((levels - zero_points) * steps - blocks).sum(axis=1)
    return lost


def packed(levels: NDArray[np.uint8], bits: int) -> NDArray[np.uint8]:
    """Levels [outputs, count] of 4 or 8 bits as bytes, the first one low; each output begins at a byte."""
    if bits == 8:
        return levels
    even = np.pad(levels, ((0, 0), (0, levels.shape[1] % 2)))
    return (even[:, ::2] | even[:, 1::2] << 4).astype(np.uint8)


def in_blocks(model: onnx.ModelProto, form: Form, grams: Grams | None = None) -> onnx.ModelProto:
    """A float32 graph with its weights in blocks; the graph given is left alone.

    With `grams`, what is lost in rounding one input's weights is made good by those of others. Raises
    BuildError when the graph has no product with a constant matrix.
    """
    rewriting = BlockRewriting(model, form, grams or {})
    rewriting.run()
    return rebuilt(model, rewriting.nodes, rewriting.initializers)


def four_bits(model: onnx.ModelProto, wanted: VariantRecipe, samples: Sequence[list[int]]) -> onnx.ModelProto:
    """Blocks of four bits, rounded with the samples in view."""
    form = Form(4, wanted.detail, ACCURACY_LEVEL[wanted.backend])
    return in_blocks(model, form, measure_grams(model, samples))


def eight_bits(model: onnx.ModelProto, wanted: VariantRecipe, _: Sequence[list[int]]) -> onnx.ModelProto:
    """Blocks of eight bits; each weight by itself, for so little is lost that the samples would mislead."""
    return in_blocks(model, Form(8, wanted.detail, ACCURACY_LEVEL[wanted.backend]))


class BlockRewriting:
    """The rewriting of one graph: nodes are copied in order, products and gathers replaced on the way."""

    def __init__(self, model: onnx.ModelProto, form: Form, grams: Grams) -> None:
        """Find the weights to round."""
        self.model = model
        self.form = form
        self.grams = grams
        self.weights = find_weights(model)
        self.nodes: list[onnx.NodeProto] = []
        self.initializers = [tensor for tensor in model.graph.initializer if tensor.name not in self.weights]
        # What the runtime must know of each weight: inputs and outputs.
        self.shapes: dict[str, tuple[int, int]] = {}
        self.gathered = {node.input[0] for node in model.graph.node if node.op_type == "Gather"}

    def run(self) -> None:
        """Round every weight and rewrite every node that reads one."""
        for name, tensor in self.weights.matrices.items():
            self.add(name, array_of(tensor), self.grams.get(name))
        for name, tensor in self.weights.tables.items():
            self.add(name, np.ascontiguousarray(array_of(tensor).T), None)
        for node in self.model.graph.node:
            self.nodes.extend(self.rewritten(node))

    def add(self, name: str, matrix: Matrix, gram: Matrix | None) -> None:
        """Add the constants of a matrix [inputs, outputs]."""
        inputs, outputs = self.shapes[name] = matrix.shape
        grid = grid_of(matrix, self.form)
        levels = np.ascontiguousarray(rounded(matrix, grid, gram).T).astype(np.uint8)
        values = packed(levels, self.form.bits)
        zero_points = packed(np.ascontiguousarray(grid.zero_points.T).astype(np.uint8), self.form.bits)
        constants = {
            "steps": np.ascontiguousarray(grid.steps.T),
            "zero_points": zero_points,
            "blocks": values.reshape(outputs, inputs // BLOCK, -1),
        }
        if name in self.weights.tables:
            del constants["blocks"]
        if name in self.gathered:
            constants["rows"] = values
        self.initializers += [
            numpy_helper.from_array(value, f"{name}.{part}") for part, value in constants.items()
        ]

    def rewritten(self, node: onnx.NodeProto) -> list[onnx.NodeProto]:
        """The nodes that stand for `node` in the variant."""
        name = self.weights.read_by(node)
        if name is None:
            return [node]
        if node.op_type == "MatMul":
            return [self.product(node)]
        return self.gather(node) if name in self.weights.tables else self.gather_columns(node)

    def product(self, node: onnx.NodeProto) -> onnx.NodeProto:
        """A product with a matrix in blocks."""
        source, matrix = node.input
        inputs, outputs = self.shapes[matrix]
        return helper.make_node(
            "MatMulNBits",
            [source, f"{matrix}.blocks", f"{matrix}.steps", f"{matrix}.zero_points"],
            list(node.output),
            node.name,
            domain=RUNTIME_DOMAIN,
            K=inputs,
            N=outputs,
            bits=self.form.bits,
            block_size=BLOCK,
            accuracy_level=self.form.accuracy_level,
        )

    def gather(self, node: onnx.NodeProto) -> list[onnx.NodeProto]:
        """Rows of a table in blocks: [*indices, width]."""
        table, indices = node.input
        inputs = [f"{table}.rows", indices, f"{table}.steps", f"{table}.zero_points"]
        return [
            helper.make_node(
                "GatherBlockQuantized",
                inputs,
                list(node.output),
                node.name,
                domain=RUNTIME_DOMAIN,
                gather_axis=0,
                quantize_axis=1,
                bits=self.form.bits,
                block_size=BLOCK,
            )
        ]

    def gather_columns(self, node: onnx.NodeProto) -> list[onnx.NodeProto]:
        """Columns of a matrix in blocks, [inputs, *indices]: rows of what is stored, turned."""
        table, indices = node.input
        turned = node.output[0]
        straight = f"{turned}.rows"
        gather = helper.make_node("Gather", [table, indices], [straight], node.name)
        # The indices are [batch, tokens].
        turn = helper.make_node("Transpose", [straight], [turned], f"{turned}.turn", perm=[2, 0, 1])
        return [*self.gather(gather), turn]
