"""Nearest neighbours among unit vectors: all compared, block by block."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from align.archive.match_score import Floats, Ints, Nearest

_BLOCK = 512  # rows that are compared with everything at a time
_GROUP = 64  # columns of which the greatest cosine is looked at first


def nearest(left: Floats, right: Floats, k: int, *, threads: int = 1) -> Nearest:
    """The k rows of ``right`` with the greatest cosines to each row of ``left``: all of them are compared.

    Both are float32 (n, d) and (m, d), of unit length; k is cut to m. Of equal cosines the first rows are taken.
    """
    k = min(k, len(right))
    starts = range(0, len(left), _BLOCK)
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        found = list(pool.map(lambda at: _in_block(left[at : at + _BLOCK], right, k), starts))
    rows, cosines = (np.concatenate([part[n] for part in found]) for n in (0, 1))
    return Nearest(rows, cosines)


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
