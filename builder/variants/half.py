"""Sixteen bits while a graph runs: half the memory and twice the speed where a device's shaders know them.

Weights, steps and activations become float16. Scores, their bias and the softmax stay float32, where sixteen
bits would no longer tell close scores apart; so do the inputs and outputs, so that an engine need not know.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from builder.variants.products import rebuilt

SINGLE, HALF = TensorProto.FLOAT, TensorProto.FLOAT16
# Parts of an attention (`builder/variants/attention.py`) and of its mask (`builder/export/cache.py`).
PRECISE_PARTS = (".scaled", ".scores", ".weights")
PRECISE_PREFIXES = ("cache.scores", "cache.bias", "webgpu.bias")
# Operators whose output is no number of the kind that they read.
COUNTING = {"Shape", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "And", "Or", "Not"}


def in_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """The graph with float16 inside; the one given is left alone."""
    halving = Halving(model)
    halving.run()
    return rebuilt(model, halving.nodes, halving.constants.values())


def is_precise(node: onnx.NodeProto) -> bool:
    """Whether a node computes in float32."""
    return bool(node.name.endswith(PRECISE_PARTS) or node.name.startswith(PRECISE_PREFIXES))


class Halving:
    """The rewriting of one graph: nodes are copied in order, with a Cast where kinds of numbers meet."""

    def __init__(self, model: onnx.ModelProto) -> None:
        """Note what comes in."""
        self.model = model
        self.nodes: list[onnx.NodeProto] = []
        self.floats = {
            tensor.name: tensor for tensor in model.graph.initializer if tensor.data_type == SINGLE
        }
        self.constants = {
            tensor.name: tensor for tensor in model.graph.initializer if tensor.data_type != SINGLE
        }
        # The kind of each tensor of floats, by its name.
        self.kinds: dict[str, int] = {
            value.name: SINGLE for value in model.graph.input if value.type.tensor_type.elem_type == SINGLE
        }

    def run(self) -> None:
        """Rewrite every node, and give the outputs back as they were."""
        results = {output.name for output in self.model.graph.output}
        for node in self.model.graph.node:
            self.rewrite(node, results)

    def rewrite(self, node: onnx.NodeProto, results: set[str]) -> None:
        """One node, its floats cast to its kind; what it gives out of the graph is cast back."""
        kind = SINGLE if is_precise(node) else HALF
        changed = onnx.NodeProto()
        changed.CopyFrom(node)
        floats = [name for name in node.input if name in self.kinds or name in self.floats]
        for place, name in enumerate(node.input):
            if name in floats:
                changed.input[place] = self.cast(name, kind)
        if node.op_type == "Cast":
            floats = self.retarget(changed, kind)
        self.nodes.append(changed)
        if not floats or node.op_type in COUNTING:
            return
        for place, name in enumerate(node.output):
            self.kinds[name] = kind
            if name in results and kind == HALF:
                changed.output[place] = f"{name}.half"
                self.nodes.append(
                    helper.make_node("Cast", [f"{name}.half"], [name], f"{name}.back", to=SINGLE)
                )
                self.kinds |= {name: SINGLE, f"{name}.half": HALF}

    def retarget(self, cast: onnx.NodeProto, kind: int) -> list[str]:
        """Let a Cast to floats make the wanted kind; the floats that it makes."""
        (target,) = (attribute for attribute in cast.attribute if attribute.name == "to")
        if target.i != SINGLE:
            return []
        target.i = kind
        return list(cast.output)

    def cast(self, name: str, kind: int) -> str:
        """A tensor of floats in the wanted kind, cast once."""
        if name in self.floats:
            return self.constant(self.floats[name], kind)
        if self.kinds[name] == kind:
            return name
        other = f"{name}.{'half' if kind == HALF else 'single'}"
        if other not in self.kinds:
            self.nodes.append(helper.make_node("Cast", [name], [other], other, to=kind))
            self.kinds[other] = kind
        return other

    def constant(self, tensor: TensorProto, kind: int) -> str:
        """A constant in the wanted kind, converted once; what float16 cannot hold becomes its largest."""
        if kind == SINGLE:
            self.constants[tensor.name] = tensor
            return str(tensor.name)
        name = f"{tensor.name}.half"
        if name not in self.constants:
            largest = float(np.finfo(np.float16).max)
            values = np.clip(numpy_helper.to_array(tensor), -largest, largest).astype(np.float16)
            self.constants[name] = numpy_helper.from_array(values, name)
        return name
