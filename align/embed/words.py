"""Vectors of words, kept from text to text: most words of a text have been in others before it.

Only for tokenizers that take capitals for small letters and never let a token reach over a space or a mark of
punctuation, so that the tokens of a text are those of the parts between, and of each mark. A part's vector is made
the same way whether it is found or new, so that what was encoded before changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

KEPT = 131_072
"""Words that are kept at most, 128 MB in 256 dimensions; then they are collected anew."""
_MARKS = r",.;:!?()\[\]{}\"'«»“”„…—–/\-"
_PARTS = re.compile(rf"[^\s{_MARKS}]+|[{_MARKS}]")
_TOGETHER = 65_536  # words of texts that are summed together
_SHORT = 64  # tokens


def parts(text: str) -> list[str]:
    """The words of a text in small letters, and its marks."""
    # Only the Greek sigma has another small form at the end of a word: for Python, not for tokenizers.
    return _PARTS.findall(text if "Σ" in text or "Ϲ" in text else text.lower())


class Words:
    """Sums of token vectors of texts, by those of their words.

    ``tokens`` gives the token numbers of each of some words; ``vectors`` those of some token numbers, float32 (k,
    dimension).
    """

    def __init__(
        self,
        tokens: Callable[[Sequence[str]], list[list[int]]],
        vectors: Callable[[NDArray[np.int64]], Floats],
        dimension: int,
    ) -> None:
        self._tokens, self._vectors = tokens, vectors
        self._places: dict[str, int] = {}
        self._table = np.zeros((0, dimension), dtype=np.float32)
        self._lock = Lock()

    def sums(self, texts: Sequence[str]) -> Floats:
        """float32 (len(texts), dimension); zeros for a text without known tokens."""
        out = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        start, count = 0, 0
        words: list[list[str]] = []
        for number, text in enumerate(texts, 1):
            words.append(parts(text))
            count += len(words[-1])
            if count > _TOGETHER or number == len(texts):
                with self._lock:
                    self._sum(words, out[start:number])
                start, count, words = number, 0, []
        return out

    def _sum(self, words: Sequence[Sequence[str]], out: Floats) -> None:
        flat = list(chain.from_iterable(words))
        found = list(map(self._places.get, flat))
        new = dict.fromkeys([word for word, place in zip(flat, found, strict=True) if place is None])
        if new:
            self._learn(list(new), flat)
            found = list(map(self._places.get, flat))
        places = np.array(found, np.int64)
        start = 0
        # A sum per text is many times as fast as np.add.reduceat over all, and its rows stay in the cache.
        for place, own in zip(out, words, strict=True):
            np.add.reduce(self._table.take(places[start : start + len(own)], axis=0), axis=0, out=place)
            start += len(own)

    def _learn(self, new: list[str], words: Sequence[str]) -> None:
        """Gives new words rows in the table; where it is full all are forgotten but these ``words``."""
        if len(self._places) + len(new) > KEPT:
            self._places.clear()
            new = list(dict.fromkeys(words))
        first, stop = len(self._places), len(self._places) + len(new)
        if stop > len(self._table):
            larger = np.zeros((max(stop, min(2 * len(self._table), KEPT)), self._table.shape[1]), np.float32)
            larger[:first] = self._table[:first]
            self._table = larger
        elif not first and len(self._table) > KEPT >= stop:
            self._table = np.zeros((KEPT, self._table.shape[1]), np.float32)
        self._table[first:stop] = self._of_words(new)
        self._places.update(zip(new, range(first, stop), strict=True))

    def _of_words(self, words: Sequence[str]) -> Floats:
        """The sum of each word's token vectors."""
        ids = self._tokens(words)
        counts = np.fromiter(map(len, ids), np.int64, len(ids))
        flat = np.fromiter(chain.from_iterable(ids), np.int64, int(counts.sum()))
        starts = np.cumsum(counts) - counts
        sums = np.zeros((len(ids), self._table.shape[1]), dtype=np.float32)
        for place in np.flatnonzero(counts > _SHORT):
            np.add.reduce(
                self._vectors(flat[starts[place] : starts[place] + counts[place]]), axis=0, out=sums[place]
            )
        counts[counts > _SHORT] = 0
        for token in range(int(counts.max(initial=0))):
            some = np.flatnonzero(counts > token)
            sums[some] += self._vectors(flat[starts[some] + token])
        return sums
