"""What the aligner learnt on development data: weights, the calibration curve, thresholds.

``parameters.json`` is written by ``python -m align.training.weights``; no figure in it is typed in by hand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from align.adapt import KINDS, Habits

FILE = Path(__file__).with_name("parameters.json")


@dataclass(frozen=True, slots=True)
class Parameters:
    """Learnt figures.

    ``weights``: of the features (``align.score``); ``bare``: the same for encoders without vectors of words.
    ``slope``, ``intercept``: the line from a posterior's log-odds to the confidence's (Platt 1999).
    ``doubtful_below``: the confidence under which a bead is shown as doubtful. ``unrelated_below``: the similarity
    under which two texts are not taken for translations. ``habits``: what was usual where the weights were
    learnt (see ``align.adapt``); None: a pair's own habits change nothing.
    """

    weights: Mapping[str, float]
    slope: float
    intercept: float
    doubtful_below: float
    unrelated_below: float
    bare: Mapping[str, float] = field(default_factory=dict)
    habits: Habits | None = None

    @property
    def digest(self) -> str:
        """Eight hex digits that tell one set of parameters from another; part of every signature."""
        weights = [sorted(some.items()) for some in (self.weights, self.bare) if some]
        habits = [self.habits.null_rate, self.habits.shapes] if self.habits else []
        content = repr((*weights, self.slope, self.intercept, *habits))
        return sha256(content.encode()).hexdigest()[:8]

    def for_words(self, words: bool) -> Mapping[str, float]:
        """The weights for sides with or without words."""
        return self.weights if words or not self.bare else self.bare

    def confidence(self, posterior: float) -> float:
        """The calibrated probability, in [0, 1], that a bead with this posterior is right."""
        p = min(max(posterior, 1e-6), 1 - 1e-6)
        odds = self.slope * math.log(p / (1 - p)) + self.intercept
        return round(1 / (1 + math.exp(-odds)), 4)


@cache
def default_parameters() -> Parameters:
    """The parameters that ship with Concord."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    habits = found["habits"]
    return Parameters(
        weights=found["weights"],
        slope=found["slope"],
        intercept=found["intercept"],
        doubtful_below=found["doubtful_below"],
        unrelated_below=found["unrelated_below"],
        bare=found.get("bare", {}),
        habits=Habits(habits["null rate"], tuple(habits["shapes"][kind] for kind in KINDS)),
    )
