"""The ONNX graph of the bundled model: of floats, to observe it, or of 8-bit integers, to run it.

Both take the vectors of a text's pieces, see :mod:`hyqa.models.bundled.words`. The integer graph quantises what
enters each matrix product with a constant scale, so that a text's vector does not depend on its
neighbours in a batch, and balances columns first: a few columns of this model reach a hundred times
the others, and would leave those no levels. What a column is divided by, the weights take up (Xiao
et al., "SmoothQuant", arXiv 2211.10438).

A vector is the same, to the last bit, on each x86 processor with AVX2 and FMA, with whatever texts it
is encoded, and by however many threads (`python -m benchmarks.arithmetic` compares two processors).
A last bit may change a level, and that a vector by a cosine of .0004. That is why `attention.py` writes
attention out, why the reaches that scales are chosen by come along (`reaches.py`) and are not observed
by each processor anew, and why divisors are reckoned in double precision.

Tried on one core of a processor with VNNI, and not kept: one product for query, key and value with a
split behind it (.98 to .99 of the speed), shapes fixed for each batch (1.00 to 1.03), a scale for each
column in place of balancing (.2), and an approximated GELU (1.00 to 1.02, at a cosine of .9996).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import onnx

from hyqa.models.bundled.attention import add_attention, add_mask
from hyqa.models.bundled.nodes import Graph
from hyqa.models.bundled.reaches import Reaches
from hyqa.models.bundled.weights import Floats, Weights
from hyqa.models.onnx import EMBEDDED

OUTPUT = "last_hidden_state"
SHARED = 6
"""Lower layers that the model, its question matcher and its pair reader have in common."""
MIDDLE = f"l{SHARED}.in"
"""What the lower layers give, a vector a token."""
_BALANCE = 0.7
"""SmoothQuant's alpha: the share of a column's reach that moves into its weights. Of .5, .65, .7,
.75, .85 and 1.0, the best mean cosine with the float model on the shipped corpus, .9987."""
_HEADROOM = 1.3
"""How much further than observed a value may reach before it is clipped."""
_LARGEST_WEIGHT = 63
"""Weights keep 7 bits: processors without VNNI add two products of 8 bits in 16 bits, which
larger ones overflow. With 8 bits the mean cosine would be .9991."""
_LARGEST_INPUT = 255


def float_graph(weights: Weights) -> onnx.ModelProto:
    """Build the model in float32, which also gives what enters each matrix product, to be observed."""
    return _Builder(weights, None).build()


def lower_graph(weights: Weights, reaches: Reaches) -> onnx.ModelProto:
    """Build the embeddings and lower layers with products of 8-bit integers; they give ``MIDDLE``.

    Args:
        weights: the packed weights.
        reaches: by the names of the float graph's further outputs.
    """
    return _Builder(weights, reaches).build_lower()


def upper_graph(weights: Weights, reaches: Reaches) -> onnx.ModelProto:
    """Build the upper layers like :func:`lower_graph`; they take ``MIDDLE``."""
    return _Builder(weights, reaches).build_upper()


@dataclass
class _Builder:
    weights: Weights
    reaches: Reaches | None
    graph: Graph = field(default_factory=Graph)
    observed: list[str] = field(default_factory=list)

    def build(self) -> onnx.ModelProto:
        self._layers(0, self.weights.shape.layers, self._embeddings(), OUTPUT)
        return self.graph.finished(["attention_mask"], [OUTPUT, *self.observed], [EMBEDDED])

    def build_lower(self) -> onnx.ModelProto:
        self._layers(0, SHARED, self._embeddings(), MIDDLE)
        return self.graph.finished(["attention_mask"], [MIDDLE], [EMBEDDED])

    def build_upper(self) -> onnx.ModelProto:
        add_mask(self.graph, self.weights.shape)
        self._layers(SHARED, self.weights.shape.layers, MIDDLE, OUTPUT)
        return self.graph.finished(["attention_mask"], [OUTPUT], [MIDDLE])

    def _layers(self, first: int, end: int, hidden: str, output: str) -> None:
        for number in range(first, end):
            hidden = self._layer(number, hidden, output if number == end - 1 else "")

    def _embeddings(self) -> str:
        shape, weights = self.weights.shape, self.weights
        places = weights.matrix("emb.pos", shape.hidden)
        kinds = weights.matrix("emb.type", shape.hidden)
        first = self.graph.constant("first", np.array([0]))
        one = self.graph.constant("one", np.array([1]))
        at = self.graph.constant("places", places + kinds[0])
        length = self.graph.node("Shape", [EMBEDDED], "length", start=1, end=2)
        near = self.graph.node("Slice", [at, first, length, first, one], "at")
        both = self.graph.node("Add", [EMBEDDED, near], "placed")
        add_mask(self.graph, shape)
        scale, shift = (self._stored("emb.ln.w"), self._stored("emb.ln.b"))
        return self.graph.node(
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
        add_attention(self.graph, self.weights.shape, heads, context)
        entry = self._entering(context, [f"{layer}.ao"], balanced=True)
        new = self._product(f"{layer}.ao", entry)
        attended = self._joined(f"{layer}.aln", new, hidden, f"{layer}.attended")
        entry = self._entering(attended, [f"{layer}.fi"])
        inner = self.graph.node(
            "BiasGelu",
            [self._product(f"{layer}.fi", entry, bias=False), self._stored(f"{layer}.fi.b")],
            f"{layer}.inner",
        )
        entry = self._entering(inner, [f"{layer}.fo"])
        new = self._product(f"{layer}.fo", entry)
        return self._joined(f"{layer}.oln", new, attended, name or f"l{number + 1}.in")

    def _joined(self, norm: str, new: str, old: str, name: str) -> str:
        """Add what a part gives to what it started from, and normalise the sum.

        The node is a Sum, as onnxruntime would make SkipLayerNormalization of an Add: six times as slow.
        """
        both = self.graph.node("Sum", [new, old], f"{name}.sum")
        inputs = [both, self._stored(f"{norm}.w"), self._stored(f"{norm}.b")]
        epsilon = self.weights.shape.epsilon
        return self.graph.node("LayerNormalization", inputs, name, axis=-1, epsilon=epsilon)

    def _divisor(self, site: str, parts: Sequence[str]) -> Floats:
        """What each column is divided by before it is quantised; ones in the float graph."""
        largest = np.max([np.abs(self._matrix(part)).max(axis=0) for part in parts], axis=0)
        if self.reaches is None:
            return np.ones_like(largest)
        reach = self.reaches[site]
        # In double precision: numpy's powers of floats differ in their last digit from one kind of
        # processor to another, and with them would the model.
        column = np.maximum(np.maximum(reach.high, -reach.low), 1e-3).astype(np.float64)
        divisor = column**_BALANCE / np.maximum(largest, 1e-6).astype(np.float64) ** (1 - _BALANCE)
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
            inverse = self.graph.constant(f"{site}.inverse", 1 / divisor)
            value = self.graph.node("Mul", [site, inverse], f"{site}.balanced")
        scale_name = self.graph.constant(f"{site}.scale", scale)
        zero_name = self.graph.constant(f"{site}.zero", zero)
        levels = self.graph.node("QuantizeLinear", [value, scale_name, zero_name], f"{site}.levels")
        return _Entry((levels, scale_name, zero_name), divisor)

    def _product(
        self, part: str, entry: "_Entry", *, divided: Floats | None = None, bias: bool = True
    ) -> str:
        """A part's product, its outputs divided by ``divided`` where that is given."""
        matrix = self._matrix(part).T * entry.divisor[:, None]
        shift = self.weights.floats(f"{part}.b")
        if divided is not None:
            matrix, shift = matrix / divided, shift / divided
        biases = [self.graph.constant(f"{part}.shift", shift)] if bias else []
        if self.reaches is None:
            name = self.graph.constant(f"{part}.w", matrix)
            product = self.graph.node("MatMul", [*entry.inputs, name], f"{part}.product")
            return self.graph.node("Add", [product, *biases], f"{part}.out") if bias else product
        scales = np.asarray(np.abs(matrix).max(axis=0) / _LARGEST_WEIGHT, np.float32)
        levels = self.graph.constant(f"{part}.levels", np.round(matrix / scales).astype(np.int8))
        value, scale, zero = entry.inputs
        outward = self.graph.constant(f"{part}.scales", scales)
        inputs = [value, levels, scale, outward, zero, "", *biases]
        return self.graph.node("MatMulIntegerToFloat", inputs, f"{part}.out")

    def _matrix(self, part: str) -> Floats:
        shape = self.weights.shape
        columns = shape.inner if part.endswith(".fo") else shape.hidden
        return self.weights.matrix(f"{part}.w", columns)

    def _stored(self, name: str) -> str:
        return self.graph.constant(name, self.weights.floats(name))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What enters a product: its value, or levels, scale and zero; and the columns' divisors."""

    inputs: tuple[str, ...]
    divisor: Floats
