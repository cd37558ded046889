"""What matching learnt: the weights that turn a candidate pair's features into the probability that it is right.

``match_parameters.json`` is written by ``python -m align.archive.match_learn``; no figure in it is typed in by hand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.archive.match_score import FEATURES

FILE = Path(__file__).with_name("match_parameters.json")


@dataclass(frozen=True, slots=True)
class MatchParameters:
    """Weights of the features (in the order of ``FEATURES``) and the intercept of a logistic regression."""

    weights: tuple[float, ...]
    intercept: float

    @property
    def digest(self) -> str:
        """Eight hex digits that tell one set of parameters from another; part of the signature."""
        return sha256(repr((self.weights, self.intercept)).encode()).hexdigest()[:8]

    def confidence(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of each pair, in [0, 1], from its features (c, FEATURES)."""
        odds = features @ np.array(self.weights) + self.intercept
        found: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        return found


@cache
def default_match_parameters() -> MatchParameters:
    """The parameters that ship with Concord."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return MatchParameters(
        tuple(float(found["weights"][name]) for name in FEATURES), float(found["intercept"])
    )
