"""Nearest neighbours among unit vectors: all compared, block by block; of very many, through faiss.

Up to ``EXACT`` comparisons (some 140,000 documents a side) all are compared: an index saves half of that time at
best, and misses a counterpart now and then. Beyond, vectors are put into lists by k-means, and only the nearest lists
are looked through (IVF: Jégou, Douze & Schmid 2011); a counterpart that is missed one way is mostly found the other
way. Of the libraries measured it is the quickest, and gives the same with any number of threads. See
``benchmarks/README.md``.
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
_PROBED = 48  # lists that are looked through
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
    """As :func:`nearest`, but a few neighbours are missed: only the nearest lists of ``right`` are looked through."""
    import faiss

    faiss.omp_set_num_threads(max(threads, 1))
    k = min(k, len(right))
    lists = max(1, int(4 * len(right) ** 0.5))
    quantizer = faiss.IndexFlatIP(right.shape[1])
    index = faiss.IndexIVFFlat(quantizer, right.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
    index.cp.min_points_per_centroid = 1  # no warning on stderr; there are sixteen or more
    index.train(right[:: max(1, len(right) // (64 * lists))])
    index.add(right)
    index.nprobe = _PROBED
    cosines, rows = index.search(left, k)
    # Where the lists that were looked at held fewer than k, the first stands for what is missing.
    missing = rows < 0
    rows = np.where(missing, np.maximum(rows[:, :1], 0), rows).astype(np.int64)
    cosines = np.maximum(np.where(missing, cosines[:, :1], cosines), -1).astype(np.float32)
    return Nearest(rows, cosines)


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
    if len(left) * len(right) > EXACT and find_spec("faiss") is not None:
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
    if left * right <= EXACT or find_spec("faiss") is not None:
        return ""
    hours = 2 * left * right / PER_SECOND / threads / 3600
    return (
        f"{left:,} documents are compared with {right:,}, which takes some {max(hours, 0.1):.1f} hours; faiss "
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
