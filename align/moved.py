"""Blocks that changed place: segments without a partner on the path that have one elsewhere. Pure numpy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from align.band import Anchors, mutual_anchors
from align.score import Ints, Side

SHORTEST = 3
"""A block has at least so many anchors: one or two likenesses are chance."""
REACH = 3
"""From one anchor of a block to the next at most so many segments on either side."""
MOST = 4_000
"""Free segments compared on either side; of more, the longest runs are taken first."""


@dataclass(frozen=True, slots=True)
class MovedBlock:
    """Source segments [source[0], source[1]) that stand elsewhere in the target: [target[0], target[1])."""

    source: tuple[int, int]
    target: tuple[int, int]


def moved_blocks(
    source: Side, target: Side, free_source: Ints, free_target: Ints, match: float
) -> list[MovedBlock]:
    """Blocks among the segments that are free on both sides; ``match`` is the typical cosine of a match."""
    rows, columns = _longest_runs(free_source), _longest_runs(free_target)
    if len(rows) < SHORTEST or len(columns) < SHORTEST:
        return []
    anchors = mutual_anchors(source, target, rows, columns)
    strong = np.flatnonzero(anchors.similarity >= 0.5 * match)
    runs = [run for run in _runs(anchors.take(strong)) if len(run.source) >= SHORTEST]
    return _disjoint([_block(run, set(rows.tolist()), set(columns.tolist())) for run in runs])


def _longest_runs(free: Ints) -> Ints:
    """All of ``free`` (sorted ids), or as many of its longest runs as fit under ``MOST``."""
    if len(free) <= MOST:
        return free
    runs = sorted(np.split(free, np.flatnonzero(np.diff(free) > 1) + 1), key=len, reverse=True)
    kept, count = [], 0
    for run in runs:
        kept.append(run[: MOST - count])
        count += len(kept[-1])
        if count >= MOST:
            break
    return np.sort(np.concatenate(kept))


def _runs(anchors: Anchors) -> Iterator[Anchors]:
    """Groups of anchors that rise side by side."""
    open_runs: list[list[int]] = []
    for k in range(len(anchors.source)):
        i, j = int(anchors.source[k]), int(anchors.target[k])
        for run in open_runs:
            di, dj = i - int(anchors.source[run[-1]]), j - int(anchors.target[run[-1]])
            if 0 < di <= REACH and 0 < dj <= REACH:
                run.append(k)
                break
        else:
            open_runs = [run for run in open_runs if _alive(run, anchors, i)]
            open_runs.append([k])
            continue
        if len(open_runs) > 50:
            open_runs = [run for run in open_runs if _alive(run, anchors, i)]
    yield from (anchors.take(np.array(run)) for run in open_runs)


def _alive(run: list[int], anchors: Anchors, row: int) -> bool:
    """Whether a run is long enough to be kept, or may still grow."""
    return len(run) >= SHORTEST or row - int(anchors.source[run[-1]]) <= REACH


def _block(run: Anchors, rows: set[int], columns: set[int]) -> MovedBlock:
    """The stretch of a run, and free segments right beside it: its edges may be merged sentences."""
    return MovedBlock(
        _widened((int(run.source[0]), int(run.source[-1]) + 1), rows),
        _widened((int(run.target[0]), int(run.target[-1]) + 1), columns),
    )


def _widened(span: tuple[int, int], free: set[int]) -> tuple[int, int]:
    first, stop = span
    for _ in range(2):
        first -= first - 1 in free
        stop += stop in free
    return first, stop


def _disjoint(blocks: list[MovedBlock]) -> list[MovedBlock]:
    """The larger of any two that overlap on a side."""
    kept: list[MovedBlock] = []
    for block in sorted(blocks, key=lambda b: (b.source[0] - b.source[1], b.source)):
        if not any(_overlap(block.source, k.source) or _overlap(block.target, k.target) for k in kept):
            kept.append(block)
    return sorted(kept, key=lambda b: b.source)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
