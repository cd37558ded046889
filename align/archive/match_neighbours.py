"""Nearest neighbours among unit vectors: all compared, block by block; of very many, through usearch.

Up to ``EXACT`` comparisons (some 140,000 documents a side) all are compared: measured, no index is quicker there, and
none finds everything. Beyond, a graph of neighbours (HNSW, Malkov & Yashunin 2018) is built by one thread, so that it
is the same whenever it is built, and searched by several. See ``benchmarks/README.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

import numpy as np

from align.archive.match_score import Floats, Ints, Nearest

EXACT = 2e10
"""Comparisons up to which all are made."""
PER_SECOND = 1.2e8
"""Comparisons that a core makes a second, about, with vectors of 256; for what is said beforehand."""

_BLOCK = 512  # rows that are compared with everything at a time; fewer where that would be more than _CELLS
_CELLS = 20_000_000
_GROUP = 64  # columns of which the greatest cosine is looked at first


def nearest(
    left: Floats, right: Floats, k: int, *, threads: int = 1, progress: Callable[[int], None] | None = None
) -> Nearest:
    """The k rows of ``right`` with the greatest cosines to each row of ``left``: all of them are compared.

    Both are float32 (n, d) and (m, d), of unit length; k is cut to m. Of equal cosines the first rows are taken.
    ``progress`` is called with how many more rows of ``left`` are done.
    """
    k = min(k, len(right))
    size = max(16, min(_BLOCK, _CELLS // len(right)))
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        found = []
        for part in pool.map(lambda at: _in_block(left[at : at + size], right, k), range(0, len(left), size)):
            found.append(part)
            if progress is not None:
                progress(len(part[0]))
    rows, cosines = (np.concatenate([part[n] for part in found]) for n in (0, 1))
    return Nearest(rows, cosines)


def nearest_by_index(left: Floats, right: Floats, k: int, *, threads: int = 1) -> Nearest:
    """As :func:`nearest`, but a few neighbours may be missed: usearch's graph over ``right`` is asked."""
    from usearch.index import Index

    k = min(k, len(right))
    index = Index(
        ndim=right.shape[1],
        metric="ip",
        dtype="f32",
        connectivity=16,
        expansion_add=128,
        expansion_search=128,
    )
    index.add(np.arange(len(right)), right, threads=1)
    found = index.search(left, k, threads=max(threads, 1))
    rows = np.asarray(found.keys, dtype=np.int64).reshape(len(left), k)
    # The graph's own distances are rounded its way; cosines are to be the same from either side.
    cosines = np.empty(rows.shape, dtype=np.float32)
    for at in range(0, len(left), _BLOCK):
        some = slice(at, at + _BLOCK)
        cosines[some] = np.einsum("nd,nkd->nk", left[some], right[rows[some]])
    order = np.lexsort((rows, -cosines), axis=1)
    return Nearest(np.take_along_axis(rows, order, axis=1), np.take_along_axis(cosines, order, axis=1))


def neighbours(
    left: Floats,
    right: Floats,
    k: int,
    *,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Nearest, Nearest]:
    """The neighbours of either side's rows on the other; all compared up to ``EXACT`` comparisons.

    ``progress(done, total)`` counts the documents whose neighbours are found.
    """
    if len(left) * len(right) > EXACT and find_spec("usearch") is not None:
        return nearest_by_index(left, right, k, threads=threads), nearest_by_index(
            right, left, k, threads=threads
        )
    done = 0

    def counted(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, len(left) + len(right))

    there = nearest(left, right, k, threads=threads, progress=counted)
    return there, nearest(right, left, k, threads=threads, progress=counted)


def patience(left: int, right: int, threads: int) -> str:
    """What to say before so many documents are all compared because there is no index; "" where there is no need."""
    if left * right <= EXACT or find_spec("usearch") is not None:
        return ""
    hours = 2 * left * right / PER_SECOND / threads / 3600
    return (
        f"{left:,} documents are compared with {right:,}, which takes some {max(hours, 0.1):.1f} hours; usearch "
        "needs a part of it: pip install 'concord-align[archive]'"
    )


def _in_block(block: Floats, right: Floats, k: int) -> tuple[Ints, Floats]:
    """The k greatest in the k groups of columns with the greatest maxima: they are the k greatest of all."""
    cosines = block @ right.T
    groups = len(right) // _GROUP
    if groups > 2 * k:
        whole = groups * _GROUP
        top = cosines[:, :whole].reshape(len(block), groups, _GROUP).max(axis=2)
        kept = np.argpartition(-top, k - 1, axis=1)[:, :k]
        columns = (kept[:, :, None] * _GROUP + np.arange(_GROUP)).reshape(len(block), -1)
        rest = np.broadcast_to(np.arange(whole, len(right)), (len(block), len(right) - whole))
        columns = np.concatenate([columns, rest], axis=1)
    else:
        columns = np.broadcast_to(np.arange(len(right)), cosines.shape)
    values = np.take_along_axis(cosines, columns, axis=1)
    order = np.lexsort((columns, -values), axis=1)[:, :k]
    return np.take_along_axis(columns, order, axis=1).astype(np.int64), np.take_along_axis(
        values, order, axis=1
    )
