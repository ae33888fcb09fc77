"""An ONNX graph that is filled node by node."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

FLOAT = TensorProto.FLOAT
_MICROSOFT = "com.microsoft"
_STANDARD = set(
    "Add Cast Concat Div Exp LayerNormalization MatMul Mul QuantizeLinear ReduceMax Reshape Shape"
    " Slice Sub Sum Transpose Unsqueeze".split()
)
"""Operators of ONNX itself; the others are onnxruntime's own."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Takes constants and nodes; each is named by its output."""

    _model: onnx.ModelProto = field(default_factory=lambda: _empty_model())
    """Filled in place, because onnx's own helpers copy all weights at each step."""

    def tensor(self, tensor: onnx.TensorProto) -> None:
        """Add a constant that is a tensor already."""
        self._model.graph.initializer.append(tensor)

    def constant(self, name: str, value: NDArray[Any] | np.generic) -> str:
        """Add a constant; returns its name."""
        self.tensor(numpy_helper.from_array(np.asarray(value), name))
        return name

    def node(self, operator: str, inputs: Sequence[str], output: str, **settings: Any) -> str:  # noqa: ANN401
        """Add a node; returns the name of its output."""
        domain = "" if operator in _STANDARD else _MICROSOFT
        node = helper.make_node(operator, inputs, [output], domain=domain, **settings)
        self._model.graph.node.append(node)
        return output

    def finished(
        self, inputs: Sequence[str], outputs: Sequence[str], states: Sequence[str] = ()
    ) -> onnx.ModelProto:
        """Declare what goes in and out; returns the model.

        Args:
            inputs: int64, by batch and length.
            outputs: floats, a vector a token.
            states: further inputs, floats, a vector a token.
        """
        graph = self._model.graph
        graph.input.extend(_value(name, TensorProto.INT64, 2) for name in inputs)
        graph.input.extend(_value(name, FLOAT, 3) for name in states)
        graph.output.extend(_value(name, FLOAT, 3) for name in outputs)
        return self._model


def _value(name: str, kind: int, dimensions: int) -> onnx.ValueInfoProto:
    axes = ["batch", "length", None][:dimensions]
    return helper.make_tensor_value_info(name, kind, axes)


def _empty_model() -> onnx.ModelProto:
    opsets = [helper.make_opsetid("", 21), helper.make_opsetid(_MICROSOFT, 1)]
    return onnx.ModelProto(ir_version=10, opset_import=opsets, graph=onnx.GraphProto(name="e5"))
