"""Texts as tokens with a vector each, and how words are cut into tokens, kept from text to text.

Most words of a text have been in others before it, and tokenizers are slow. Words are kept only of tokenizers that
take capitals for small letters and never let a token reach over a space or a mark of punctuation, so that the tokens
of a text are those of the words between, and of each mark. What was cut before changes nothing but the time it takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from align.cover import TextWords
from align.spans import Floats, unit

Number = TypeVar("Number", np.int32, np.int64)

KEPT = 262_144
"""Words that are kept at most, some 60 MB; then they are collected anew."""
_TOGETHER = 1024  # texts
_MARKS = r",.;:!?()\[\]{}\"'«»“”„…—–/\-"
_PARTS = re.compile(rf"[^\s{_MARKS}]+|[{_MARKS}]")


def parts(text: str) -> list[str]:
    """The words of a text in small letters, and its marks."""
    # Only the Greek sigma has another small form at the end of a word: for Python, not for tokenizers.
    return _PARTS.findall(text if "Σ" in text or "Ϲ" in text else text.lower())


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of texts: text i has the token numbers ``ids[starts[i] : starts[i + 1]]``."""

    starts: NDArray[np.int64]
    ids: NDArray[np.int32]


Table = tuple[NDArray[np.int64], Floats]


class Words:
    """The tokens of texts and their vectors.

    ``cut`` gives the token numbers of each of some words, ``vectors`` those of some token numbers, float32 (k,
    dimension). ``kept`` is how many words are kept; with 0 every text is taken for one word.
    """

    def __init__(
        self,
        cut: Callable[[Sequence[str]], list[list[int]]],
        vectors: Callable[[NDArray[np.int64]], Floats],
        *,
        kept: int,
    ) -> None:
        self._cut, self._vectors, self._kept = cut, vectors, kept
        self._forget()
        self._last: tuple[list[str], Tokens, Table | None] = ([], _joined([]), None)
        self._lock = Lock()

    def sums(
        self, texts: Sequence[str], dimension: int, progress: Callable[[int, int], None] | None = None
    ) -> Floats:
        """The sum of each text's vectors, float32 (len(texts), dimension); zeros for a text without known tokens."""
        out = np.zeros((len(texts), dimension), dtype=np.float32)
        found: list[Tokens] = []
        last: Table | None = None
        for start in range(0, len(texts), _TOGETHER):
            some = texts[start : start + _TOGETHER]
            tokens = self._tokens(some)
            rows, table = last = self._table(tokens)
            bounds = tokens.starts.tolist()
            # A sum per text is many times as fast as np.add.reduceat over all, and its rows stay in the cache.
            for place, first, stop in zip(out[start:], bounds, bounds[1:], strict=False):
                np.add.reduce(table.take(rows[first:stop], axis=0), axis=0, out=place)
            found.append(tokens)
            if progress is not None:
                progress(start + len(some), len(texts))
        self._last = list(texts), _joined(found), last if len(found) == 1 else None
        return out

    def of_texts(self, texts: Sequence[str]) -> TextWords:
        """The tokens of each text. At once for those that were summed last."""
        before, tokens, known = self._last
        if before != list(texts):
            firsts = range(0, len(texts), _TOGETHER)
            tokens, known = _joined([self._tokens(texts[k : k + _TOGETHER]) for k in firsts]), None
        rows, table = known or self._table(tokens)
        weights = np.sqrt(np.einsum("ij,ij->i", table, table))
        return TextWords(tokens.starts, rows, unit(table), weights)

    def _table(self, tokens: Tokens) -> Table:
        """For each token its row in a table of vectors, and the table."""
        seen = np.zeros(int(tokens.ids.max(initial=-1)) + 1, dtype=bool)
        seen[tokens.ids] = True
        return (np.cumsum(seen) - 1)[tokens.ids], self._vectors(np.flatnonzero(seen))

    def _tokens(self, texts: Sequence[str]) -> Tokens:
        words = [parts(text) for text in texts] if self._kept else [[text] for text in texts]
        flat = list(chain.from_iterable(words))
        with self._lock:
            found = list(map(self._places.get, flat))
            new = dict.fromkeys([word for word, place in zip(flat, found, strict=True) if place is None])
            if new:
                self._learn(list(new), flat)
                found = list(map(self._places.get, flat))
            ids, bounds = self._ids, self._bounds
        places = np.array(found, np.int64)
        firsts = bounds[places]
        counts = bounds[places + 1] - firsts
        ends = np.zeros(len(flat) + 1, np.int64)
        np.cumsum(counts, out=ends[1:])
        tokens = ids[np.repeat(firsts - ends[:-1], counts) + np.arange(ends[-1])]
        starts = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(list(map(len, words)), out=starts[1:])
        return Tokens(ends[starts], tokens)

    def _forget(self) -> None:
        self._places: dict[str, int] = {}
        self._ids = np.zeros(0, np.int32)  # word k is cut into the tokens bounds[k] … bounds[k + 1] - 1
        self._bounds = np.zeros(1, np.int64)
        self._free = 0  # from where on nothing is written in ``ids``

    def _learn(self, new: list[str], words: Sequence[str]) -> None:
        """Cuts new words; where there are too many, all are forgotten but these ``words``."""
        if len(self._places) + len(new) > self._kept:
            self._forget()
            new = list(dict.fromkeys(words))
        found = self._cut(new)
        known, free = len(self._places), self._free
        ends = free + np.cumsum(np.fromiter(map(len, found), np.int64, len(found)))
        self._ids = _room(self._ids, int(ends[-1]))
        self._bounds = _room(self._bounds, known + len(new) + 1)
        self._ids[free : ends[-1]] = np.fromiter(chain.from_iterable(found), np.int32, int(ends[-1]) - free)
        self._bounds[known + 1 : known + 1 + len(new)] = ends
        self._free = int(ends[-1])
        self._places.update(zip(new, range(known, known + len(new)), strict=True))


def _room(values: NDArray[Number], size: int) -> NDArray[Number]:
    """The array, or a larger one that begins with it."""
    if size <= len(values):
        return values
    larger = np.zeros(max(size, 2 * len(values)), values.dtype)
    larger[: len(values)] = values
    return larger


def _joined(found: Sequence[Tokens]) -> Tokens:
    if len(found) == 1:
        return found[0]
    counts = [np.diff(tokens.starts) for tokens in found]
    starts = np.concatenate([[0], np.cumsum(np.concatenate([*counts, np.zeros(0, np.int64)]))])
    return Tokens(starts, np.concatenate([*(tokens.ids for tokens in found), np.zeros(0, np.int32)]))
