"""Eight bits for WASM: weights rounded by the builder, activations while the graph runs.

A weight matrix becomes int8 with one scale for each output column; the activations are rounded to eight bits
with one scale for each token (QuantizeLinear in blocks of a row, then MatMulIntegerToFloat, which onnxruntime
has in every build). DynamicQuantizeLinear would take one scale for all tokens of a run: the few tokens with
huge activations, the first one above all, then cost the others their precision, and a token's result would
depend on its neighbours in the run. A table from which an embedding gathers columns stays shared with the
product that reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from builder.errors import BuildError

LAST_AXIS = "round.last_axis"
STEPS_BELOW_PEAK = "round.steps_below_peak"
SMALLEST_STEP = "round.smallest_step"
ONE = "round.one"
ZERO_POINT = "round.zero_point"
RUNTIME_DOMAIN = "com.microsoft"


@dataclass(frozen=True)
class QuantizedMatrix:
    """An int8 matrix [inputs, outputs] and its scales [outputs]: matrix ≈ values * scales."""

    values: NDArray[np.int8]
    scales: NDArray[np.float32]


def quantize_columns(matrix: NDArray[np.float32]) -> QuantizedMatrix:
    """Round a matrix [inputs, outputs] to int8, symmetric, one scale for each column."""
    peak = np.abs(matrix).max(axis=0)
    scales = np.where(peak > 0, peak / 127, 1).astype(np.float32)
    values = np.clip(np.rint(matrix / scales), -127, 127).astype(np.int8)
    return QuantizedMatrix(values, scales)


def dynamic_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """The int8 variant of a float32 graph; the graph given is left alone.

    Raises BuildError when the graph has no product with a constant matrix.
    """
    quantizer = DynamicInt8(model)
    quantizer.run()
    return quantizer.result()


class DynamicInt8:
    """The rewriting of one graph: nodes are copied in order, products and gathers replaced on the way."""

    def __init__(self, model: onnx.ModelProto) -> None:
        """Find the matrices that a product reads as its right side."""
        self.model = model
        weights = {tensor.name: tensor for tensor in model.graph.initializer}
        self.matrices = {
            node.input[1]: weights[node.input[1]]
            for node in model.graph.node
            if node.op_type == "MatMul" and node.input[1] in weights
        }
        if not self.matrices:
            raise BuildError("the graph has no product with a constant matrix", "export the graph again")
        self.nodes: list[onnx.NodeProto] = []
        self.initializers = [tensor for tensor in model.graph.initializer if tensor.name not in self.matrices]
        # Activations that are rounded already, and everything that has a row for each kept logit.
        self.rounded: set[str] = set()
        self.kept = {"num_logits_to_keep"}

    def run(self) -> None:
        """Quantise every matrix and rewrite every node that reads one."""
        self.initializers.extend(rounding_constants())
        for name, tensor in self.matrices.items():
            matrix = quantize_columns(numpy_helper.to_array(tensor))
            self.initializers.append(numpy_helper.from_array(matrix.values, f"{name}.int8"))
            self.initializers.append(numpy_helper.from_array(matrix.scales, f"{name}.scale"))
        for node in self.model.graph.node:
            if self.kept.intersection(node.input):
                self.kept.update(node.output)
            self.nodes.extend(self.rewritten(node))

    def rewritten(self, node: onnx.NodeProto) -> list[onnx.NodeProto]:
        """The nodes that stand for `node` in the variant."""
        matrices = [name for name in node.input if name in self.matrices]
        if not matrices:
            return [node]
        if node.op_type == "MatMul":
            return self.product(node)
        if node.op_type == "Gather" and helper.get_node_attr_value(node, "axis") == 1:
            return self.gathered_columns(node)
        raise BuildError(
            f"a {node.op_type} node reads the matrix {matrices[0]!r}",
            "teach builder/variants/int8.py to read it as int8",
        )

    def product(self, node: onnx.NodeProto) -> list[onnx.NodeProto]:
        """A product of rounded activations [.., inputs] and an int8 matrix, scaled back to float32."""
        source, matrix = node.input
        name = node.output[0]
        rounding = [] if source in self.rounded else self.round_tokens(source, self.matrices[matrix].dims[0])
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

    def gathered_columns(self, node: onnx.NodeProto) -> list[onnx.NodeProto]:
        """Columns of an int8 table, scaled back to float32: [inputs, *indices]."""
        table, indices = node.input
        name = node.output[0]
        return [
            helper.make_node(
                "Gather", [f"{table}.int8", indices], [f"{name}.int8"], f"{name}.columns", axis=1
            ),
            helper.make_node(
                "Gather", [f"{table}.scale", indices], [f"{name}.scale"], f"{name}.scales", axis=0
            ),
            helper.make_node(
                "Cast", [f"{name}.int8"], [f"{name}.cast"], f"{name}.casted", to=onnx.TensorProto.FLOAT
            ),
            helper.make_node("Mul", [f"{name}.cast", f"{name}.scale"], [name], f"{name}.scaled"),
        ]

    def result(self) -> onnx.ModelProto:
        """The rewritten graph with everything of the one it came from that is not a product: its inputs and
        outputs, its operators' bodies and its notes."""
        changed = onnx.ModelProto()
        changed.CopyFrom(self.model)
        changed.producer_name = "excerpt"
        changed.opset_import.append(helper.make_opsetid(RUNTIME_DOMAIN, 1))
        for field, values in (("node", self.nodes), ("initializer", self.initializers)):
            changed.graph.ClearField(field)
            getattr(changed.graph, field).extend(values)
        return changed


def rounding_constants() -> list[onnx.TensorProto]:
    """The constants that rounding and products read."""
    return [
        numpy_helper.from_array(np.array([-1], np.int64), LAST_AXIS),
        numpy_helper.from_array(np.array(1 / 127, np.float32), STEPS_BELOW_PEAK),
        numpy_helper.from_array(np.array(1e-20, np.float32), SMALLEST_STEP),
        numpy_helper.from_array(np.array(1, np.float32), ONE),
        numpy_helper.from_array(np.array(128, np.uint8), ZERO_POINT),
    ]
