"""Whether every word of a bead has its counterpart in it: the evidence that a span is too short, or too long.

Each word of a segment is compared with the words of the segments near it in the other text; a span of these covers it
as well as its nearest word does (the greedy matching of Zhang et al. 2020, BERTScore, and of Thompson & Post 2020's
adequacy, over static vectors). Likeness is counted from half of what words of this pair typically reach to all of it,
so that no figure depends on the encoder. A word counts by the length of its vector, which static models learn to be
its importance.

Only cells near the coarse path are looked at: memory and time grow with the texts' length. Pure numpy; ``n`` segments
of the one text, ``m`` of the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from align.spans import LARGEST, Floats

Ints = NDArray[np.int64]

ROWS = 12
"""Segments that are looked at together."""
WIDTH = ROWS + 12
"""… and segments of the other text that they are compared with."""
REACH = 6
"""How far the path may be from the middle of the rows' window."""
LEFT_OUT = 0.4
"""The words of least weight that hold this share of it all are not looked at."""
TYPICAL = 0.6
"""The typical likeness of words: this quantile of what they reach at best."""


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of some texts.

    ``starts`` int64 (n + 1,): text i has ``rows[starts[i] : starts[i + 1]]``, int64 rows of ``units``, float32 (k, d)
    unit vectors. ``weights`` float32 (k,): how much each counts.
    """

    starts: Ints
    rows: Ints
    units: Floats
    weights: Floats

    def part(self, first: int, stop: int) -> TextWords:
        """The words of texts first … stop - 1."""
        starts = self.starts[first : stop + 1]
        return TextWords(starts - starts[0], self.rows[starts[0] : starts[-1]], self.units, self.weights)

    def heavier(self) -> TextWords:
        """Without the words that carry least."""
        weights = self.weights[self.rows].astype(np.float64)
        order = np.sort(weights)
        light = np.searchsorted(np.cumsum(order), LEFT_OUT * order.sum()) if len(order) else 0
        kept = weights >= (order[light] if len(order) else 0.0)
        starts = np.concatenate([[0], np.cumsum(kept)])[self.starts]
        return TextWords(starts, self.rows[kept], self.units, self.weights)


@dataclass(frozen=True, slots=True)
class Cover:
    """How well the segments of one text are covered by spans of the other, near the path.

    ``first`` int64 (n,): each segment's first column. ``covered[b - 1, i, k]``, float32 (LARGEST, n, WIDTH + 2): how
    much of segment i is covered by the span of size b that ends at node ``first[i] + k``; ``beside``: how much better
    its words are covered by the segments right before and after that span. ``mass`` float32 (n, WIDTH + 2): the
    weight of the segment; 0 in the last column, which stands for whatever lies elsewhere. All in mean segments.
    """

    first: Ints
    covered: Floats
    beside: Floats
    mass: Floats

    def places(self, rows: Ints, columns: Ints) -> Ints:
        """Places in ``mass.ravel()`` for segments before nodes ``rows`` (t, r), and nodes ``columns``: (t, r, c)."""
        segments = np.clip(rows - 1, 0, len(self.first) - 1)
        at = columns[:, None, :] - self.first[segments][:, :, None]
        outside = (at < 0) | (at > WIDTH) | (rows < 1)[:, :, None] | (rows > len(self.first))[:, :, None]
        at[outside] = WIDTH + 1
        out: Ints = at + segments[:, :, None] * (WIDTH + 2)
        return out


def covers(left: TextWords, right: TextWords, chain: tuple[Ints, Ints]) -> tuple[Cover, Cover]:
    """How the left texts' words are covered by the right texts', and the other way round.

    ``chain``: pairs of segments that belong together, rising in both.
    """
    left, right = left.heavier(), right.heavier()
    counts = len(left.starts) - 1, len(right.starts) - 1
    ours = _windows(counts[0], counts[1], chain)
    theirs = _windows(counts[1], counts[0], (chain[1], chain[0]))
    nearest = [_tables(left, ours), _tables(right, theirs)]
    of_segment = np.repeat(np.arange(len(theirs)), [w.stop - w.first for w in theirs])
    for window, across in zip(ours, nearest[0], strict=True):
        start, end = max(window.column, 0), min(window.column + WIDTH, counts[1])
        if start >= end:
            continue
        bounds, own = right.starts[start : end + 1], left.starts[window.first : window.stop + 1]
        cosines = right.units[right.rows[bounds[0] : bounds[-1]]] @ left.units[left.rows[own[0] : own[-1]]].T
        if not cosines.size:
            continue
        some = np.flatnonzero(np.diff(bounds))
        across[start - window.column + some] = np.maximum.reduceat(cosines, bounds[some] - bounds[0], axis=0)
        some = np.flatnonzero(np.diff(own))
        down = np.zeros((window.stop - window.first, len(cosines)), np.float32)
        down[some] = np.maximum.reduceat(cosines.T, own[some] - own[0], axis=0)
        for number in range(of_segment[start], of_segment[end - 1] + 1):
            _enter(nearest[1][number], theirs[number], down, window, right.starts, (start, end))
    return _cover(left, ours, nearest[0]), _cover(right, theirs, nearest[1])


def _tables(side: TextWords, windows: Sequence[_Window]) -> list[Floats]:
    """For each window zeros, float32 (WIDTH, its words): parts of one table, which is given back whole."""
    table = np.zeros(WIDTH * int(side.starts[-1]), np.float32)
    return [
        table[WIDTH * side.starts[w.first] : WIDTH * side.starts[w.stop]].reshape(WIDTH, -1) for w in windows
    ]


def _enter(
    out: Floats, theirs: _Window, down: Floats, ours: _Window, starts: Ints, seen: tuple[int, int]
) -> None:
    """Writes what words of the other text reach in our rows where their window looks: ``down`` (rows, words)."""
    first, stop = max(theirs.first, seen[0]), min(theirs.stop, seen[1])
    low, high = max(ours.first, theirs.column), min(ours.stop, theirs.column + WIDTH)
    if low < high:
        words = slice(starts[first] - starts[theirs.first], starts[stop] - starts[theirs.first])
        known = slice(starts[first] - starts[seen[0]], starts[stop] - starts[seen[0]])
        out[low - theirs.column : high - theirs.column, words] = down[
            low - ours.first : high - ours.first, known
        ]


class _Window(NamedTuple):
    """Rows whose path stays within ``WIDTH`` columns of the other text from ``column`` on."""

    first: int
    stop: int
    column: int


def _windows(count: int, others: int, chain: tuple[Ints, Ints]) -> list[_Window]:
    path = _path(count, others, chain)
    out: list[_Window] = []
    first = 0
    low = high = int(path[0]) if count else 0
    for row in range(1, count + 1):
        here = int(path[row]) if row < count else 0
        lower, higher = min(low, here), max(high, here)
        if row == count or row - first >= ROWS or higher - lower > WIDTH - 2 * REACH:
            out.append(_Window(first, row, (low + high + 1 - WIDTH) // 2))
            first, low, high = row, here, here
        else:
            low, high = lower, higher
    return out


def _path(count: int, others: int, chain: tuple[Ints, Ints]) -> Ints:
    """Where each segment is to be looked for: along the diagonal of the nearest segment that is known."""
    if not len(chain[0]):
        return (np.arange(count) * max(others - 1, 0) // max(count - 1, 1)).astype(np.int64)
    rows = np.arange(count)
    after = np.minimum(np.searchsorted(chain[0], rows), len(chain[0]) - 1)
    before = np.maximum(after - 1, 0)
    nearer = np.where(np.abs(chain[0][before] - rows) < np.abs(chain[0][after] - rows), before, after)
    path: Ints = np.clip(chain[1][nearer] + rows - chain[0][nearer], 0, max(others - 1, 0))
    return path


def _cover(side: TextWords, windows: Sequence[_Window], nearest: list[Floats]) -> Cover:
    """``nearest``: for each window, float32 (WIDTH, its words): the cosine of a column's nearest word, else 0.

    It is used up, as it is large.
    """
    count = len(side.starts) - 1
    best = np.concatenate([found.max(axis=0) for found in nearest]) if nearest else np.zeros(0)
    typical = max(float(np.quantile(best, TYPICAL)), 0.05) if len(best) else 1.0
    weights = side.weights[side.rows]
    mean = max(float(weights.sum(dtype=np.float64)) / max(count, 1), 1e-9)
    covered = np.zeros((LARGEST, count, WIDTH + 2), dtype=np.float32)
    beside = np.zeros_like(covered)
    mass = np.zeros((count, WIDTH + 2), dtype=np.float32)
    firsts = np.zeros(count, dtype=np.int64)
    nearest.reverse()
    for window in windows:
        found, rows = nearest.pop(), slice(window.first, window.stop)
        bounds = side.starts[window.first : window.stop + 1]
        own = np.zeros(
            (bounds[-1] - bounds[0], len(bounds) - 1), dtype=np.float32
        )  # each word's weight, where it is
        owner = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        own[np.arange(len(own)), owner] = weights[bounds[0] : bounds[-1]] / mean
        there, near = _of_spans(np.clip(found * np.float32(2 / typical) - 1, 0, 1))
        covered[:, rows, :-1] = (there @ own).swapaxes(1, 2)
        beside[:, rows, :-1] = (near @ own).swapaxes(1, 2)
        mass[rows, :-1] = own.sum(axis=0)[:, None]
        firsts[rows] = window.column
    return Cover(firsts, covered, beside, mass)


def _of_spans(likeness: Floats) -> tuple[Floats, Floats]:
    """Of the span of each size that ends at each node, and how much more there is right beside it.

    ``likeness`` float32 (WIDTH, words) of the segments of a window; both (LARGEST, WIDTH + 1, words).
    """
    padded = np.zeros((WIDTH + 2, likeness.shape[1]), dtype=np.float32)
    padded[1:-1] = likeness  # row j is the segment before node j
    there = np.empty((LARGEST, WIDTH + 1, likeness.shape[1]), dtype=np.float32)
    near = np.empty_like(there)
    there[:] = padded[:-1]
    near[:] = padded[1:]
    for size in range(1, LARGEST + 1):
        span = there[size - 1]
        if size > 1:
            np.maximum(there[size - 2, size:], padded[1 : WIDTH + 2 - size], out=span[size:])
            span[:size] = there[size - 2, :size]
        np.maximum(near[size - 1, size + 1 :], padded[1 : WIDTH + 1 - size], out=near[size - 1, size + 1 :])
    near -= there
    return there, np.maximum(near, 0, out=near)


FEATURES = ("covered", "left over", "beside", "worse covered × size")
"""Of both sides' words: what has a counterpart in the bead, what has none, what has a better one right beside it; and
the share that is covered of the side that is covered worse."""


def _near(cover: Cover, places: Ints) -> tuple[Cover, Ints]:
    """What is known of the segments in which these places lie, and the places in that."""
    first, stop = int(places.min()) // (WIDTH + 2), int(places.max()) // (WIDTH + 2) + 1
    some = slice(first, stop)
    near = Cover(cover.first[some], cover.covered[:, some], cover.beside[:, some], cover.mass[some])
    return near, places - first * (WIDTH + 2)


class TileCover:
    """The features of all beads that end in some tiles; ``rows``, ``columns`` as in ``align.score.TileFeatures``."""

    def __init__(self, cover: tuple[Cover, Cover], rows: Ints, columns: Ints) -> None:
        here, there = rows[:, LARGEST:-1], columns[:, LARGEST:-1]
        left = _near(cover[0], cover[0].places(rows[:, 1:-1], there))
        right = _near(cover[1], cover[1].places(columns[:, 1:-1], here))
        self._cover, self._places = (left[0], right[0]), (left[1], right[1])

    def terms(
        self, weights: Mapping[str, float], shapes: Sequence[tuple[int, int]]
    ) -> dict[tuple[int, int], Floats]:
        """The weighted sum of ``FEATURES`` for each shape, float32 (t, r, c); none where all weights are 0."""
        covered, left, beside, worse = (np.float32(weights.get(name, 0.0)) for name in FEATURES)
        out: dict[tuple[int, int], Floats] = {}
        if covered or left or beside:
            figures = [
                (c.covered * ((covered - left) / 2) + c.beside * (beside / 2) + c.mass * (left / 2))
                for c in self._cover
            ]
            both = self._sums(figures, shapes)
            out = {shape: both[0][shape] + both[1][shape] for shape in shapes}
        if worse:
            parts = self._sums([c.covered for c in self._cover], shapes)
            whole = [self._spans(k, c.mass.ravel(), LARGEST) for k, c in enumerate(self._cover)]
            for total in (*whole[0], *whole[1]):
                np.maximum(total, np.float32(1e-3), out=total)
            for a, b in shapes:
                share = np.minimum(parts[0][a, b] / whole[0][a - 1], parts[1][a, b] / whole[1][b - 1])
                share *= np.float32(worse * (a + b) / 2)
                out[a, b] = out[a, b] + share if (a, b) in out else share
        return out

    def _sums(
        self, figures: Sequence[Floats], shapes: Sequence[tuple[int, int]]
    ) -> list[dict[tuple[int, int], Floats]]:
        """Figures of segments, float32 (LARGEST, n, WIDTH + 2) of either side, summed over each shape's spans."""
        found: list[dict[tuple[int, int], Floats]] = [{}, {}]
        for side in (0, 1):
            for across in range(1, LARGEST + 1):
                sizes = [shape[side] for shape in shapes if shape[1 - side] == across]
                totals = self._spans(side, figures[side][across - 1].ravel(), max(sizes, default=1))
                for own, total in enumerate(totals, 1):
                    found[side][(own, across) if side == 0 else (across, own)] = total
        return found

    def _spans(self, side: int, figures: Floats, largest: int) -> list[Floats]:
        """Figures of a side's segments, where they are looked at, summed over spans of each size: (t, r, c)."""
        single = figures.take(self._places[side])
        height = single.shape[1] - LARGEST + 1
        totals = [single[:, LARGEST - 1 :][:, :height]]
        for own in range(2, largest + 1):
            totals.append(totals[-1] + single[:, LARGEST - own :][:, :height])
        return totals if side == 0 else [total.swapaxes(1, 2) for total in totals]
