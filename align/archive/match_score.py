"""How likely two documents belong together: features of candidate pairs, their probability, and who gets whom.

Candidates are each document's nearest neighbours on the other side, both ways. The margin is the cosine less the
mean of both documents' cosines to their nearest (Artetxe & Schwenk 2019, in its difference form), which tells a
counterpart from a document that is like many. Cosines are taken after each side's mean direction is out, and stand in
units of a typical match of this archive, the median over mutual nearest neighbours; lengths likewise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PARTS = 3
NEAREST = 8
"""Neighbours that are candidates, of each document and either way."""
HUB = 4
"""Neighbours of which the margin takes the mean."""
_FEW = (
    10  # documents that the mean direction is shrunk by: those of three would all be alike without their mean
)
FEATURES = (
    "margin", "cosine", "typical", "parts", "least part", "lead", "behind", "words", "words margin", "words lead",
    "length", "length in spreads", "size", "size squared", "size × margin", "size × lead",
    "documents", "documents × lead", "documents × size",
)  # fmt: skip
"""*lead*: how far ahead of the best other candidate; *behind*: the same where that is below 0. *parts*: mean cosine
of the same thirds. *words*: numbers, dates and words that sound alike. *size*: log of the documents' characters, less
6. *documents*: log of how many there are."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Contents:
    """The documents of one side.

    ``vectors``: float16 (n, PARTS, d). ``lengths``: characters, float64 (n,). The sorted signs of document i are
    ``signs[starts[i] : starts[i + 1]]``, uint32.
    """

    vectors: NDArray[np.float16]
    lengths: NDArray[np.float64]
    signs: NDArray[np.uint32]
    starts: Ints

    @property
    def count(self) -> int:
        """How many documents there are."""
        return len(self.lengths)

    def only(self, rows: Ints) -> Contents:
        """Some of the documents, in this order."""
        signs = [self.signs[self.starts[row] : self.starts[row + 1]] for row in rows]
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([len(names) for names in signs], out=starts[1:])
        flat = np.concatenate(signs) if signs else self.signs[:0]
        return Contents(self.vectors[rows], self.lengths[rows], flat, starts)


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each document of a side its neighbours on the other, the nearest first: int64 and float32 (n, k)."""

    rows: Ints
    cosines: Floats


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs (source, target), int64 (c,) each, by source and then target; and their features, (c, FEATURES)."""

    source: Ints
    target: Ints
    features: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Pairs that were chosen, and their probabilities in [0, 1]."""

    source: Ints
    target: Ints
    confidence: NDArray[np.float64]


def whole(contents: Contents) -> Floats:
    """The vectors of whole documents, mean direction out, of length 1: float32 (n, d)."""
    return _centred(contents.vectors.sum(axis=1, dtype=np.float32))


def _centred(vectors: Floats) -> Floats:
    """Unit vectors without what all have in common; of few documents only a part of their mean is that."""
    vectors = _unit(vectors)
    mean = vectors.sum(axis=0, dtype=np.float64) / (len(vectors) + _FEW)
    return _unit(vectors - mean.astype(np.float32))


def _unit(vectors: Floats) -> Floats:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    out: Floats = vectors / np.maximum(norms, 1e-9)
    return out


def candidates(source: Contents, target: Contents, there: Nearest, back: Nearest) -> Candidates:
    """All pairs that are near either way, with their features. ``back``: the sources near each target."""
    pairs = np.unique(np.concatenate([_keys(there, target.count), _keys(back, target.count, turned=True)]))
    i, j = np.divmod(pairs, target.count)
    # A pair that only one side has among its nearest has the same cosine from the other.
    cosines = np.empty(len(pairs), dtype=np.float64)
    cosines[np.searchsorted(pairs, _keys(there, target.count))] = there.cosines.ravel()
    cosines[np.searchsorted(pairs, _keys(back, target.count, turned=True))] = back.cosines.ravel()
    margins = cosines - (_hubness(there)[i] + _hubness(back)[j]) / 2
    best = _mutual(i, j, margins, source.count, target.count)
    typical = max(float(np.median(cosines[best])), 0.05)
    parts = _part_cosines(source, target, i, j) / typical
    words = _word_cosines(source, target, i, j)
    length, in_spreads = _lengths(source, target, i, j, best)
    size = (np.log(source.lengths[i]) + np.log(target.lengths[j])) / 2 - 6
    ahead = lead(i, j, margins / typical)
    many = np.full(len(i), np.log(source.count * target.count) / 2)
    features = np.stack(
        [
            margins / typical, cosines / typical, np.full(len(i), typical),
            parts.mean(axis=1), parts.min(axis=1), ahead, np.minimum(ahead, 0),
            words, words - (_mean_of_best(i, words) + _mean_of_best(j, words)) / 2, lead(i, j, words),
            length, in_spreads, size, size**2, size * margins / typical, size * ahead,
            many, many * ahead, many * size,
        ],
        axis=1,
    )  # fmt: skip
    return Candidates(i, j, features)


def _keys(nearest: Nearest, targets: int, *, turned: bool = False) -> Ints:
    """source * targets + target of each neighbour; ``turned``: the rows are targets."""
    own = np.repeat(np.arange(len(nearest.rows), dtype=np.int64), nearest.rows.shape[1])
    other = nearest.rows.ravel()
    return other * targets + own if turned else own * targets + other


def _hubness(nearest: Nearest) -> NDArray[np.float64]:
    """The mean cosine of each document to its HUB nearest, (n,)."""
    found: NDArray[np.float64] = nearest.cosines[:, :HUB].mean(axis=1, dtype=np.float64)
    return found


def _mutual(i: Ints, j: Ints, score: NDArray[np.float64], sources: int, targets: int) -> NDArray[np.bool_]:
    """Which pairs are the best of both their documents. Documents without a candidate do no harm."""
    top = np.full(sources, -np.inf), np.full(targets, -np.inf)
    np.maximum.at(top[0], i, score)
    np.maximum.at(top[1], j, score)
    return (score >= top[0][i]) & (score >= top[1][j])


def lead(i: Ints, j: Ints, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each pair is ahead of the best other candidate of either document; 1 where there is none."""
    other = np.maximum(_best_other(i, score), _best_other(j, score))
    return np.where(np.isfinite(other), score - other, 1.0)


def _best_other(group: Ints, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """The best score among the other members of each one's group; -inf where it is alone."""
    order = np.lexsort((-score, group))
    first = np.ones(len(order), dtype=bool)
    first[1:] = group[order][1:] != group[order][:-1]
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    second = np.where(start + 1 < len(order), start + 1, start)
    alone = (second == start) | (group[order][second] != group[order][start])
    best, runner = score[order][start], np.where(alone, -np.inf, score[order][second])
    found = np.empty(len(order))
    found[order] = np.where(first, runner, best)
    return found


def _mean_of_best(group: Ints, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of the HUB best scores of each one's group."""
    order = np.lexsort((-score, group))
    first = np.ones(len(order), dtype=bool)
    first[1:] = group[order][1:] != group[order][:-1]
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    counted = np.arange(len(order)) - start < HUB
    size = int(group.max()) + 1 if len(group) else 0
    sums = np.bincount(group[order][counted], score[order][counted], minlength=size)
    counts = np.bincount(group[order][counted], minlength=size)
    found: NDArray[np.float64] = (sums / np.maximum(counts, 1))[group]
    return found


def _part_cosines(source: Contents, target: Contents, i: Ints, j: Ints) -> NDArray[np.float64]:
    """The cosines of the same thirds of each pair, (c, PARTS); a third at a time is in memory as float32."""
    found = np.empty((len(i), PARTS))
    for part in range(PARTS):
        left = _centred(source.vectors[:, part].astype(np.float32))
        right = _centred(target.vectors[:, part].astype(np.float32))
        for at in range(0, len(i), 65_536):
            some = slice(at, at + 65_536)
            found[some, part] = np.einsum("cd,cd->c", left[i[some]], right[j[some]])
    return found


def _word_cosines(source: Contents, target: Contents, i: Ints, j: Ints) -> NDArray[np.float64]:
    """The cosine of each pair's signs, weighted by rarity; a sign that one side never has says nothing. (c,)"""
    shared = np.intersect1d(source.signs, target.signs)
    places = [np.searchsorted(shared, side.signs) for side in (source, target)]
    known = [
        shared[np.minimum(at, max(len(shared) - 1, 0))] == side.signs
        if len(shared)
        else np.zeros(len(at), bool)
        for at, side in zip(places, (source, target), strict=True)
    ]
    counts = sum(np.bincount(at[ok], minlength=len(shared)) for at, ok in zip(places, known, strict=True))
    weights = np.log((source.count + target.count + 1) / np.maximum(counts, 1)) ** 2
    flats, starts, norms = [], [], []
    for side, at, ok in zip((source, target), places, known, strict=True):
        flats.append(at[ok])
        starts.append(np.concatenate([[0], np.cumsum(ok)])[side.starts])
        sums = np.concatenate([[0.0], np.cumsum(weights[at[ok]])])
        norms.append(np.sqrt(np.maximum(sums[starts[-1][1:]] - sums[starts[-1][:-1]], 1e-9)))
    products = _products(i, j, flats, starts, weights)
    found: NDArray[np.float64] = products / (norms[0][i] * norms[1][j])
    return found


def _products(
    i: Ints, j: Ints, flats: list[Ints], starts: list[Ints], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The summed weights of the signs that both documents of a pair have; ``i`` is sorted."""
    found = np.zeros(len(i))
    own = np.zeros(len(weights))
    ends = np.flatnonzero(np.diff(i, append=-1)) + 1
    for begin, end in zip(np.concatenate([[0], ends[:-1]]), ends, strict=True):
        mine = flats[0][starts[0][i[begin]] : starts[0][i[begin] + 1]]
        own[mine] = weights[mine]
        for pair in range(begin, end):
            found[pair] = own[flats[1][starts[1][j[pair]] : starts[1][j[pair] + 1]]].sum()
        own[mine] = 0.0
    return found


def _lengths(
    source: Contents, target: Contents, i: Ints, j: Ints, best: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far the ratio of lengths is from the usual one, in log units and in spreads of this archive; (c,) each."""
    ratio = np.log(target.lengths[j]) - np.log(source.lengths[i])
    usual = float(np.median(ratio[best]))
    spread = 1.4826 * float(np.median(np.abs(ratio[best] - usual))) + 0.03
    away = np.abs(ratio - usual)
    return np.minimum(away, 1.5), np.minimum(away / spread, 6.0)


def one_to_one(found: Candidates, confidence: NDArray[np.float64], least: float) -> Chosen:
    """Competitive linking (Melamed 2000): the likeliest pair first, each document in one pair at most.

    Pairs below ``least`` are left out; of equals the first in order is taken.
    """
    order = np.argsort(-confidence, kind="stable")
    order = order[confidence[order] >= least]
    used: tuple[set[int], set[int]] = (set(), set())
    kept = []
    for k in order:
        i, j = int(found.source[k]), int(found.target[k])
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            kept.append(k)
    return _chosen(found, confidence, np.array(sorted(kept), dtype=np.int64))


def many_to_many(found: Candidates, confidence: NDArray[np.float64], least: float) -> Chosen:
    """Every pair that is likely enough, whatever else its documents are paired with."""
    return _chosen(found, confidence, np.flatnonzero(confidence >= least))


def _chosen(found: Candidates, confidence: NDArray[np.float64], kept: Ints) -> Chosen:
    return Chosen(found.source[kept], found.target[kept], confidence[kept])
