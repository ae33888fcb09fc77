"""Attention as ONNX nodes whose result is the same on each processor, and with any neighbours.

onnxruntime's Softmax, which its MultiHeadAttention contains, adds in another order on processors with
AVX-512 than on others, and in another one for rows that are padded. So the sum of the shares is a
matrix product here, which adds one token after the other everywhere. Padding is ruled out inside the
product of queries and keys, which saves a step. All of it takes 1.15 times as long as
MultiHeadAttention for 512 tokens.
"""

from collections.abc import Sequence

import numpy as np

from hyqa.models.bundled.nodes import FLOAT, Graph
from hyqa.models.bundled.weights import Shape

_FAR = 1e5
"""How unlike each query padding is: so far that its share is 0."""


def add_mask(graph: Graph, shape: Shape) -> None:
    """Add what all layers share: a further column of queries and keys that rules padding out."""
    graph.constant("heads", np.array([0, 0, shape.heads, shape.hidden // shape.heads]))
    graph.constant("together", np.array([0, 0, shape.hidden]))
    graph.constant("last", np.array([-1]))
    mask = graph.node("Cast", ["attention_mask"], "mask", to=FLOAT)
    real = graph.node("Unsqueeze", [mask, graph.constant("sides", np.array([1, 3]))], "real")
    ones = graph.constant("ones", np.ones((1, shape.heads, 1, 1), np.float32))
    of_queries = graph.node("Mul", [real, ones], "real.heads")
    padding = graph.node("Sub", [of_queries, ones], "padding")
    graph.node("Mul", [padding, graph.constant("far", np.float32(_FAR))], "padding.far")


def add_attention(graph: Graph, shape: Shape, products: Sequence[str], name: str) -> None:
    """Add what each token takes of the values of all tokens, by likeness of query and key.

    Args:
        graph: where the nodes go; it holds those of :func:`add_mask`.
        shape: sizes of the model.
        products: query, key and value, each of shape (batch, length, hidden).
        name: the output, of the same shape.
    """
    query, key, value = (_by_head(graph, product) for product in products)
    query = graph.node("Concat", [query, "real.heads"], f"{query}.masked", axis=3)
    key = graph.node("Concat", [key, "padding.far"], f"{key}.masked", axis=3)
    alpha = (shape.hidden // shape.heads) ** -0.5
    scores = graph.node("FusedMatMul", [query, key], f"{name}.scores", transB=1, alpha=alpha)
    greatest = graph.node("ReduceMax", [scores, "last"], f"{name}.greatest")
    below = graph.node("Sub", [scores, greatest], f"{name}.below")
    shares = graph.node("Exp", [below], f"{name}.shares")
    sums = graph.node("MatMul", [shares, "real"], f"{name}.sums")
    taken = graph.node("MatMul", [shares, value], f"{name}.taken")
    means = graph.node("Div", [taken, sums], f"{name}.means")
    by_token = graph.node("Transpose", [means], f"{name}.turned", perm=[0, 2, 1, 3])
    graph.node("Reshape", [by_token, "together"], name)


def _by_head(graph: Graph, product: str) -> str:
    """A product as (batch, heads, length, hidden / heads)."""
    split = graph.node("Reshape", [product, "heads"], f"{product}.split")
    return graph.node("Transpose", [split], f"{product}.heads", perm=[0, 2, 1, 3])
