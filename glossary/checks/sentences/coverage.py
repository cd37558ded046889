"""What one side of a bead says that the other does not: word by word, where the model has vectors of tokens.

A word is covered as far as the likest word of the other side is like it (cosine). The stretch of words that is worst
covered is looked for, and a logistic regression on professional translations (ru, uk, de, cs with en, both ways) of
which halves of sentences had been taken out says how surely it is missing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from glossary.checks.sentences.fit import Extra, Fit, Ids, Unit, other_side, size
from glossary.checks.views import Side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

UNLIKE = 0.33
"""Cosine below which a word speaks for a missing part, above which against it."""
LONGER = 0.7
"""Standard deviations by which a side has to be too long for its words to be looked at."""
FEW = 4
_WORD = re.compile(r"[^\W_]+")
_CLAUSE = re.compile(r"(?:[^\s,;]+\s)?[^\s,;]+[,;]\s+")
"""A word or two that end a clause: what is missing begins behind them."""


@runtime_checkable
class Tokens(Protocol):
    """A model that gives a vector to each token of a text."""

    def token_vectors(self, text: str) -> tuple[list[tuple[int, int]], Vectors]:
        """Spans (start, end) of the tokens, and float32 (tokens, dimension)."""
        ...


class Words(NamedTuple):
    """The words of one side of a bead: spans in the document, unit vectors (words, dimension), weights (words,)."""

    spans: list[tuple[int, int]]
    vectors: Vectors
    weights: Vectors


def uncovered(fit: Fit, unit: Unit, side: Side, model: Tokens) -> Extra | None:
    """The stretch of ``side`` that the other side says nothing of; None where that side is not too long."""
    own, across = (unit.source, unit.target) if side == "source" else (unit.target, unit.source)
    text, other = fit.text(side, own), fit.text(other_side(side), across)
    long, length = size(text), size(other)
    before = fit.excess(side, long, length)
    if before < LONGER:
        return None
    here, there = _words(fit, side, own, model), _words(fit, other_side(side), across, model)
    if len(here.spans) < FEW or not there.spans:
        return None
    likes = here.vectors @ there.vectors.T
    gain, first, last = heaviest(list(here.weights * (UNLIKE - likes.max(axis=1))))
    if gain <= 0:
        return None
    ends = first == 0, last == len(here.spans)
    view = fit.pair.view(side)
    segments = view.document.segments
    start = segments[own[0]].start if ends[0] else here.spans[first][0]
    end = segments[own[-1]].end if ends[1] else here.spans[last - 1][1]
    if not ends[0] and (clause := _CLAUSE.match(view.text, start, end)):
        start = clause.end()
    part = view.text[start:end]
    lost = set(re.findall(r"\d+", part)) - set(re.findall(r"\d+", other))
    back = float(there.weights @ likes.max(axis=0)) / max(float(there.weights.sum()), 1e-6)
    dense = gain / math.sqrt(max(float(here.weights.sum()), 1e-6))
    score = covered_score(before, size(part) / long, dense, back, len(lost), any(ends), long, length)
    return Extra(start, end, score)


def covered_score(
    before: float,
    lost: float,
    dense: float,
    back: float,
    numbers: int,
    edge: bool,
    long: float,
    length: float,
) -> float:
    """Log odds that a stretch has no counterpart.

    From how much too long its side is (standard deviations), its share of it, its uncovered weight by the root of
    the side's, how well the other side's words are covered (0 to 1), the numbers in it that the other side has not,
    whether it reaches an end of the side, and both lengths in letters.
    """
    sizes = 6.35 * math.log(long) - 6.37 * math.log(max(1.0, length))
    words = 12.78 * dense + 6.72 * back + 2.26 * min(2, numbers) + 0.87 * edge
    return 1.61 * min(7.0, before) + 1.93 * lost + words + sizes - 13.87


def heaviest(values: Sequence[float]) -> tuple[float, int, int]:
    """The run of values with the greatest sum: (sum, first, one behind the last); (0, 0, 0) where none is positive.

    Kadane's algorithm (Bentley 1984).
    """
    best, total, start = (0.0, 0, 0), 0.0, 0
    for n, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, n
        total += float(value)
        if total > best[0]:
            best = total, start, n + 1
    return best


def _words(fit: Fit, side: Side, ids: Ids, model: Tokens) -> Words:
    """The words of some segments with their vectors, those in legal marks left out."""
    import numpy as np

    view = fit.pair.view(side)
    segments = view.document.segments
    begin, end = segments[ids[0]].start, segments[ids[-1]].end
    text = view.text[begin:end]
    spans = [match.span() for match in _WORD.finditer(text)]
    tokens, rows = model.token_vectors(text)
    sums = np.zeros((len(spans), rows.shape[1]), dtype=np.float32)
    if spans and tokens:
        starts, ends = np.asarray(spans).T
        at = np.asarray([max(a, b - 1) for a, b in tokens])
        owner = np.searchsorted(starts, at, side="right") - 1
        inside = (owner >= 0) & (at < ends[owner])
        np.add.at(sums, owner[inside], rows[inside])
    marked = view.in_mark(begin, end)
    kept = [n for n, (a, b) in enumerate(spans) if not marked or not view.in_mark(begin + a, begin + b)]
    weights = np.linalg.norm(sums[kept], axis=1)
    unit = sums[kept] / np.maximum(weights, 1e-6)[:, None]
    return Words([(begin + spans[n][0], begin + spans[n][1]) for n in kept], unit, weights)
