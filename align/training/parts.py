"""The stretches of letters that tokens share, by which rare forms learn from their relatives in training."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np

from align.training.train import Ragged

SHORTEST, LONGEST = 3, 5
_POINTS = re.compile("[\u0591-\u05c7\u064b-\u065f\u0670]")
_ONE_LETTER = str.maketrans({"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا"})


def parts_of(vocabulary: Sequence[str]) -> Ragged:
    """For each token its own number, then the numbers of its stretches that another token has as well.

    Own numbers are those of the tokens; stretches are numbered from ``len(vocabulary)`` on. Stretches are three
    to five letters long, the mark of a word's beginning counted in; in Chinese, Japanese and Korean one or two.
    Vowel points and the spellings of one letter in Hebrew, Arabic and Persian make no difference to a stretch.
    """
    stretches = [_stretches(token) for token in vocabulary]
    counts = Counter(stretch for row in stretches for stretch in row)
    shared = (stretch for stretch, count in counts.items() if count > 1)
    numbers = {stretch: len(vocabulary) + i for i, stretch in enumerate(shared)}
    rows = [[own, *(numbers[s] for s in row if s in numbers)] for own, row in enumerate(stretches)]
    ids = np.fromiter((number for row in rows for number in row), dtype=np.int32)
    return Ragged(ids, np.cumsum([0, *map(len, rows)], dtype=np.int64))


def _stretches(token: str) -> list[str]:
    """Each stretch once, in order; a token short enough is a stretch of its longer relatives itself."""
    bare = token.lstrip("▁")
    if any(_is_dense(letter) for letter in bare):
        return list(dict.fromkeys(bare[i : i + n] for n in (1, 2) for i in range(len(bare) - n + 1)))
    if not bare.isalpha() or len(token) < SHORTEST:
        return []
    token = plain(token)
    lengths = range(SHORTEST, LONGEST + 1)
    return list(dict.fromkeys(token[i : i + n] for n in lengths for i in range(len(token) - n + 1)))


def plain(token: str) -> str:
    """The token without Hebrew and Arabic points, variants of Arabic letters made one."""
    if token.isascii():
        return token
    bare = _POINTS.sub("", unicodedata.normalize("NFD", token))
    return unicodedata.normalize("NFC", bare).translate(_ONE_LETTER)


def _is_dense(letter: str) -> bool:
    """Whether a letter says as much as several: Chinese, Japanese, Korean."""
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af"
