"""How segments begin and end, and what they ask: the signs that tell a splitter's cut from a sentence's end.

A segment that ends in an abbreviation, or begins in the middle of a clause, is seldom where a translation's sentence
ends too. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

STOPS, PAUSES, LOWER, ASKS, CALLS, ODD = 1, 2, 4, 8, 16, 32
"""Bits: ends as a sentence does; ends in a colon or semicolon; begins with a small letter; has a question mark, an
exclamation mark; has hardly any letters."""

_STOP = frozenset(".!?…。！？．؟۔।")
_PAUSE = frozenset(":;：；؛")
_CLOSING = " \t\n\"'»«”“„’)]}』」）】›*"
_ASK = re.compile("[?？؟]")
_CALL = re.compile("[!！]")
_FIRST = re.compile(r"[^\W_]")


def signs_of(texts: Sequence[str]) -> NDArray[np.int8]:
    """The signs of each text, int8 (len(texts),)."""
    return np.fromiter(map(_signs, texts), np.int8, len(texts))


def _signs(text: str) -> int:
    last = text.rstrip(_CLOSING)[-1:]
    found = STOPS if last in _STOP and last else PAUSES if last in _PAUSE and last else 0
    first = _FIRST.search(text)
    if first and first.group().islower():
        found |= LOWER
    if _ASK.search(text):
        found |= ASKS
    if _CALL.search(text):
        found |= CALLS
    if 2 * sum(map(str.isalpha, text[:80])) < len(text[:80].replace(" ", "")):
        found |= ODD
    return found


def ends_of(signs: NDArray[np.int8]) -> NDArray[np.int8]:
    """int8 (n + 1,): what ends before each segment, and at the end: 0 nothing, 1 a clause, 2 a sentence."""
    out = np.zeros(len(signs) + 1, dtype=np.int8)
    out[1:] = np.where(signs & STOPS, 2, np.where(signs & PAUSES, 1, 0))
    out[1:-1][(signs[1:] & LOWER) > 0] = 0
    out[0] = out[-1] = 2
    return out
