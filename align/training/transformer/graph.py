"""The student as an ONNX graph, written node by node: no tracing of torch code, no exporter.

Tables of tokens are int8 with a scale for each row, matrices int8 with a scale for each column. What they are
multiplied by is made uint8 as the graph runs, with a scale for each token. (onnxruntime's own dynamic quantisation
finds one scale for a whole batch: a text's vector then depends on the texts beside it, by a cosine of 0.991.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from align.training.transformer.body import EPSILON, POSITIONS, TOKENS, TYPES, Shape

Arrays = Mapping[str, NDArray[np.float32]]
OPSET = 20  # the first with Gelu
_RUNTIME = "com.microsoft"  # onnxruntime's own operators
_WEIGHT = 63  # the largest whole number of a weight


class Graph:
    """Nodes and constants while they are put together; every method gives back the name of what it adds."""

    def __init__(self, *, int8: bool = True) -> None:
        self.int8 = int8
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._names: dict[bytes, str] = {}

    def constant(self, values: Any, kind: Any = np.float32) -> str:
        """A constant array; small ones are shared."""
        from onnx import numpy_helper

        array = np.array(values, dtype=kind, order="C")
        key = array.dtype.str.encode() + repr(array.shape).encode() + array.tobytes()
        if array.size > 16 or key not in self._names:
            name = f"c{len(self.constants)}"
            self.constants.append(numpy_helper.from_array(array, name))
            self._names[key if array.size <= 16 else name.encode()] = name
            return name
        return self._names[key]

    def add(self, kind: str, *inputs: str, out: str = "", **attributes: Any) -> str:
        """A node with one output."""
        from onnx import helper

        name = out or f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def table(self, values: NDArray[np.float32], ids: str) -> str:
        """Rows of a table that is kept as int8: at most 1/254 of a row's largest value is lost."""
        scales = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-9) / 127
        rows = self.add("Gather", self.constant(np.round(values / scales), np.int8), ids)
        return self.add("Mul", self.add("Cast", rows, to=1), self.add("Gather", self.constant(scales), ids))

    def linear(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """x · weight + bias; x is (rows, inputs), ``weight`` (inputs, outputs)."""
        product = self._integers(x, weight) if self.int8 else self.add("MatMul", x, self.constant(weight))
        return self.add("Add", product, self.constant(bias))

    def _integers(self, x: str, weight: NDArray[np.float32]) -> str:
        """x · weight in whole numbers: eight bits for x, a scale a row; seven for the weight, a scale a column.

        Seven, because pairs of products of full bytes overflow on processors without VNNI, and a vector must not
        depend on the processor more than by rounding.
        """
        columns = np.maximum(np.abs(weight).max(axis=0), 1e-9) / _WEIGHT
        axis = self.constant([1], np.int64)
        ends = (
            self.add("ReduceMax", x, axis, keepdims=1),
            self.add("Neg", self.add("ReduceMin", x, axis, keepdims=1)),
        )
        rows = self.add("Mul", self.add("Max", *ends, self.constant(1e-9)), self.constant(1 / 127))
        flat = self.add("Squeeze", rows, axis)
        zeros = self.add("Expand", self.constant([128], np.uint8), self.add("Shape", flat))
        product = self.add(
            "MatMulIntegerToFloat",
            self.add("QuantizeLinear", x, flat, zeros, axis=0),
            self.constant(np.round(weight / columns), np.int8),
            self.constant(1.0),
            self.constant(columns),
            self.constant(128, np.uint8),
            domain=_RUNTIME,
        )
        return self.add("Mul", product, rows)

    def norm(self, x: str, weights: Arrays, name: str) -> str:
        """Layer normalisation."""
        scale, bias = (self.constant(weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)

    def unit(self, x: str) -> str:
        """Rows at length 1; rows of zeros stay zeros."""
        length = self.add("ReduceL2", x, self.constant([1], np.int64), keepdims=1)
        return self.add("Div", x, self.add("Max", length, self.constant(1e-12)))


def write_graph(
    path: Path, weights: Arrays, shape: Shape, static: NDArray[np.float32], share: float, *, int8: bool = True
) -> None:
    """Write the student's graph.

    ``static`` is (tokens, dimension), rows of zeros for what does not count. A text's vector is its transformer
    vector beside its static one, both of length 1, weighted so that the static one makes up ``share`` of a cosine.
    """
    import onnx
    from onnx import TensorProto, helper

    graph = Graph(int8=int8)
    seen, bias = _masks(graph)
    pooled = _pooled(graph, weights, shape, seen, bias)
    parts, width = [(pooled, 1 - share)], shape.width
    if share > 0:
        bag = graph.add("ReduceSum", graph.table(static, "ids"), graph.constant([1], np.int64), keepdims=0)
        parts, width = [(bag, share), *parts], width + static.shape[1]
    weighted = [graph.add("Mul", graph.unit(part), graph.constant(np.sqrt(weight))) for part, weight in parts]
    graph.add("Identity", graph.unit(graph.add("Concat", *weighted, axis=1)), out="vectors")
    made = helper.make_graph(
        graph.nodes,
        "student",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "longest"]),
            helper.make_tensor_value_info("lengths", TensorProto.INT64, ["texts"]),
        ],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", width])],
        graph.constants,
    )
    model = helper.make_model(
        made, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(_RUNTIME, 1)], ir_version=10
    )
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def _masks(graph: Graph) -> tuple[str, str]:
    """1 where there is a token, float (texts, longest, 1); and what is added to the attention's scores."""
    longest = graph.add("Gather", graph.add("Shape", "ids"), graph.constant(1, np.int64))
    zero, one = graph.constant(0, np.int64), graph.constant(1, np.int64)
    places = graph.add("Range", zero, longest, one)
    ends = graph.add("Unsqueeze", "lengths", graph.constant([1], np.int64))
    inside = graph.add("Cast", graph.add("Less", places, ends), to=1)
    away = graph.add("Mul", graph.add("Sub", inside, graph.constant(1.0)), graph.constant(1e4))
    return (
        graph.add("Unsqueeze", inside, graph.constant([2], np.int64)),
        graph.add("Unsqueeze", away, graph.constant([1, 2], np.int64)),
    )


def _pooled(graph: Graph, weights: Arrays, shape: Shape, seen: str, bias: str) -> str:
    """The sum of the last layer over a text's tokens: its direction is that of the mean."""
    longest = graph.add("Slice", graph.add("Shape", "ids"), *(graph.constant([n], np.int64) for n in (1, 2)))
    places = graph.constant(weights[POSITIONS] + weights[TYPES][0])
    places = graph.add("Slice", places, graph.constant([0], np.int64), longest)
    x = graph.add("Add", graph.table(weights[TOKENS], "ids"), places)
    x = graph.add("Reshape", x, graph.constant([-1, shape.width], np.int64))  # tokens one below the other
    x = graph.norm(x, weights, "embeddings.LayerNorm")
    for layer in range(shape.layers):
        x = _layer(graph, x, bias, weights, f"encoder.layer.{layer}", shape)
    x = _per_text(graph, x, graph.constant([shape.width], np.int64))
    return graph.add("ReduceSum", graph.add("Mul", x, seen), graph.constant([1], np.int64), keepdims=0)


def _per_text(graph: Graph, x: str, *rest: str) -> str:
    """What has a row for every token, as (texts, longest, …)."""
    return graph.add("Reshape", x, graph.add("Concat", graph.add("Shape", "ids"), *rest, axis=0))


def _layer(graph: Graph, x: str, bias: str, weights: Arrays, name: str, shape: Shape) -> str:
    query, key, value = _attention_inputs(graph, x, weights, f"{name}.attention.self", shape)
    scores = graph.add("Softmax", graph.add("Add", graph.add("MatMul", query, key), bias), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", scores, value), perm=[0, 2, 1, 3])
    mixed = graph.add("Reshape", mixed, graph.constant([-1, shape.width], np.int64))
    x = _with_rest(graph, x, mixed, weights, f"{name}.attention.output")
    weight, own = weights[f"{name}.intermediate.dense.weight"], weights[f"{name}.intermediate.dense.bias"]
    return _with_rest(graph, x, graph.add("Gelu", graph.linear(x, weight.T, own)), weights, f"{name}.output")


def _with_rest(graph: Graph, x: str, y: str, weights: Arrays, name: str) -> str:
    """Normalised x + linear(y)."""
    y = graph.linear(y, weights[f"{name}.dense.weight"].T, weights[f"{name}.dense.bias"])
    return graph.norm(graph.add("Add", y, x), weights, f"{name}.LayerNorm")


def _attention_inputs(graph: Graph, x: str, weights: Arrays, name: str, shape: Shape) -> Sequence[str]:
    """Queries, keys (transposed) and values, a head each: one multiplication for all three, scaled beforehand."""
    head = shape.width // shape.heads
    factors = {"query": head**-0.5, "key": 1.0, "value": 1.0}
    matrix = np.concatenate([f * weights[f"{name}.{part}.weight"].T for part, f in factors.items()], axis=1)
    own = np.concatenate([f * weights[f"{name}.{part}.bias"] for part, f in factors.items()])
    whole = graph.linear(x, matrix, own)
    whole = _per_text(graph, whole, graph.constant([3, shape.heads, head], np.int64))
    found = []
    for place, order in enumerate(([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])):
        part = graph.add("Gather", whole, graph.constant(place, np.int64), axis=2)
        found.append(graph.add("Transpose", part, perm=order))
    return found
