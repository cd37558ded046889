"""What the features of a bead need of one side: figures of all its spans, made once for a pair.

Features that are sums of products of a figure of either span cost one product of matrices for all of them
together (``OUTER``). Pure numpy; ``n`` segments.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from align.signs import ASKS, CALLS, ends_of
from align.spans import LARGEST, Floats

_SIZES = np.arange(LARGEST + 1)

OUTER = (
    ("shape", 1),
    ("paragraphs inside", 2),
    ("turns inside", 2),
    ("breaks agree", 1),
    ("breaks disagree", 2),
    ("turns disagree", 2),
    ("ends open", 1),
    ("ends pause", 1),
    ("ends stop", 1),
    ("ends open one", 2),
    ("ends pause stop", 2),
    ("questions agree", 1),
    ("questions disagree", 2),
    ("calls agree", 1),
    ("calls disagree", 2),
    ("hub × size", 2),
)
"""Features that are sums of products of a figure of either span, and of how many products."""


class Edge:
    """Figures of the spans of one side, float32 (LARGEST + 1, n + 1) each.

    ``[a, i]`` is of the span of size ``a`` that ends at node ``i`` (of what there is of it, at the start).
    Arguments: see ``align.score.Side`` and ``Scale``; ``ratio`` is what a character counts,
    ``source`` whether it is the source.
    """

    def __init__(
        self,
        weights: Floats,
        lengths: NDArray[np.float64],
        breaks: NDArray[np.int8],
        signs: NDArray[np.int8],
        hub: Floats,
        ratio: float,
        *,
        source: bool,
    ) -> None:
        nodes = np.arange(len(lengths) + 1)
        starts = np.maximum(nodes - _SIZES[:, None], 0)
        sizes = np.maximum(_SIZES, 1)[:, None]

        def sums(values: NDArray[np.float64]) -> NDArray[np.float64]:
            prefix = np.zeros(len(values) + 1)
            np.cumsum(values, out=prefix[1:])
            out: NDArray[np.float64] = prefix[nodes] - prefix[starts]
            return out

        mean_weight = sums(weights.astype(np.float64)) / sizes
        self.weight: Floats = np.sqrt(np.maximum(mean_weight, 0)).astype(np.float32)
        self.hub: Floats = (sums(hub.astype(np.float64)) / sizes).astype(np.float32)
        self.length: Floats = (sums(lengths) * ratio).astype(np.float32)
        self.opens = breaks[starts]  # what stands before the span
        self.ends = np.broadcast_to(ends_of(signs), starts.shape)  # how the span ends
        self.asks = sums(((signs & ASKS) > 0).astype(np.float64)) > 0
        self.calls = sums(((signs & CALLS) > 0).astype(np.float64)) > 0
        marks = np.zeros((2, len(lengths) + 2))
        for strength in (1, 2):
            np.cumsum(breaks == strength, out=marks[strength - 1, 1:])
        inner = np.minimum(starts + 1, nodes)  # breaks of this strength inside the span
        self.paragraphs: Floats = np.maximum(marks[0][nodes] - marks[0][inner], 0).astype(np.float32)
        self.turns: Floats = np.maximum(marks[1][nodes] - marks[1][inner], 0).astype(np.float32)
        self.outer = self._outer_figures(0 if source else 1)

    def _outer_figures(self, side: int) -> Floats:
        """Those of ``OUTER`` that this side brings: float32 (LARGEST + 1, n + 1, products)."""
        one, paragraphs, turns, weight = np.ones_like(self.weight), self.paragraphs, self.turns, self.weight
        hub, some, turn = self.weight * self.hub, self.opens > 0, self.opens == 2
        opened, pause, stop = (self.ends == kind for kind in (0, 1, 2))
        asks, calls = self.asks, self.calls
        pairs = (
            *((one, one), (paragraphs, one), (one, paragraphs), (turns, one), (one, turns)),
            *((some, some), (some, ~some), (~some, some), (turn, ~turn), (~turn, turn)),
            *((opened, opened), (pause, pause), (stop, stop), (opened, ~opened), (~opened, opened)),
            *((pause, stop), (stop, pause), (asks, asks), (asks, ~asks), (~asks, asks)),
            *((calls, calls), (calls, ~calls), (~calls, calls), (hub, weight), (weight, hub)),
        )
        out = np.empty((*one.shape, len(pairs)), dtype=np.float32)
        for k, pair in enumerate(pairs):
            out[..., k] = pair[side]
        return out


def outer_weights(a: int, b: int, weights: Mapping[str, float]) -> Floats:
    """The weight of each product of ``OUTER`` for the shape a-b, float32 (products,)."""
    found = [weights.get(shape_name(a, b), 0.0)]
    for name, count in OUTER[1:]:
        found += [weights.get(name, 0.0)] * count
    found[-2:] = [weight * (a + b) / 4 for weight in found[-2:]]  # half the size, and the mean of two hubs
    return np.array(found, dtype=np.float32)


def shape_name(a: int, b: int) -> str:
    """The feature that says how usual a shape is, either way round."""
    return f"shape {min(a, b)}-{max(a, b)}"
