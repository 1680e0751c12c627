"""The weights of a float32 graph that variants round, and how a graph with others is put together.

A matrix [inputs, outputs] is what a product reads as its right side; a table is what an embedding gathers
from: columns of such a matrix (axis 1) where head and embedding share it, else rows of its own (axis 0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from builder.errors import BuildError

RUNTIME_DOMAIN = "com.microsoft"
# Positions and other small tables are not worth rounding.
SMALLEST_TABLE = 1 << 20

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """The initializers that are rounded: matrices, and tables [rows, width] that no product reads."""

    matrices: Mapping[str, TensorProto]
    tables: Mapping[str, TensorProto]

    def __contains__(self, name: object) -> bool:
        """Whether an initializer is rounded."""
        return name in self.matrices or name in self.tables

    def read_by(self, node: onnx.NodeProto) -> str | None:
        """The rounded initializer that a node reads. Raises BuildError where it is no reader of such."""
        names = [name for name in node.input if name in self]
        if not names:
            return None
        name: str = names[0]
        if name != node.input[1 if node.op_type == "MatMul" else 0] or not reads(node, name in self.tables):
            raise BuildError(
                f"a {node.op_type} node reads the matrix {name!r}",
                "teach builder/variants to read it rounded",
            )
        return name


def reads(node: onnx.NodeProto, table: bool) -> bool:
    """Whether a node is a product, or a gather of a matrix's columns or of a table's rows."""
    return axis_of(node) == (0 if table else 1) if node.op_type == "Gather" else node.op_type == "MatMul"


def axis_of(gather: onnx.NodeProto) -> int:
    """The axis along which a node gathers."""
    return next((int(attribute.i) for attribute in gather.attribute if attribute.name == "axis"), 0)


def find_weights(model: onnx.ModelProto) -> Weights:
    """The weights of a graph. Raises BuildError when no product has a constant matrix."""
    constants = {
        tensor.name: tensor
        for tensor in model.graph.initializer
        if len(tensor.dims) == 2 and tensor.data_type == TensorProto.FLOAT
    }
    matrices = {name: constants[name] for name in read_at(model, "MatMul", 1) if name in constants}
    if not matrices:
        raise BuildError("the graph has no product with a constant matrix", "export the graph again")
    tables = {
        name: constants[name]
        for name in read_at(model, "Gather", 0)
        if name in constants and name not in matrices and np.prod(constants[name].dims) >= SMALLEST_TABLE
    }
    return Weights(matrices, tables)


def read_at(model: onnx.ModelProto, operator: str, place: int) -> list[str]:
    """What the nodes of an operator read in one of their places, each name once."""
    names = (node.input[place] for node in model.graph.node if node.op_type == operator)
    return list(dict.fromkeys(names))


def array_of(tensor: TensorProto) -> Matrix:
    """The content of a matrix."""
    matrix: Matrix = numpy_helper.to_array(tensor)
    return matrix


def rebuilt(
    model: onnx.ModelProto, nodes: Iterable[onnx.NodeProto], initializers: Iterable[TensorProto]
) -> onnx.ModelProto:
    """A graph of other nodes and constants, with the inputs and outputs, the operators' bodies and the notes
    of the one it came from."""
    graph = model.graph
    made = helper.make_graph(nodes, graph.name, graph.input, graph.output, initializers)
    opsets = [opset for opset in model.opset_import if opset.domain != RUNTIME_DOMAIN]
    changed = helper.make_model(
        made,
        opset_imports=[*opsets, helper.make_opsetid(RUNTIME_DOMAIN, 1)],
        functions=model.functions,
        ir_version=model.ir_version,
        producer_name="excerpt",
    )
    changed.metadata_props.extend(model.metadata_props)
    return changed
