"""Whether two names are spellings of one: romanisations, typing errors, the same name in two alphabets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from align.lexical import rough_spelling
from glossary.extract.morphology import fold

_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=200_000)
def rough(word: str) -> str:
    """The word in a rough Latin spelling without the letters that romanisations disagree on; "" without sounds."""
    plain = rough_spelling(word.replace("-", "").replace("'", "").replace("’", ""))
    return "".join(c for c in plain if c.isalnum())


def skeleton(spelt: str) -> str:
    """The consonants of a rough spelling, an h behind one left out (kh, gh), doubled ones once."""
    found: list[str] = []
    for sign in spelt:
        if (
            sign in _VOWELS
            or (sign == "h" and found and found[-1] not in "cs")
            or (found and found[-1] == sign)
        ):
            continue
        found.append(sign)
    return "".join(found)


def _distance(a: str, b: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(a, b))


@lru_cache(maxsize=200_000)
def likeness(a: str, b: str) -> float:
    """How alike two words sound, 0 to 1: one less the edits by the longer's length, consonants counting double."""
    one, other = rough(a), rough(b)
    if not one or not other:
        return float(bool(a) and fold(a) == fold(b))
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    letters = 1 - _distance(one, other) / max(len(one), len(other))
    first, second = skeleton(one), skeleton(other)
    if not first or not second:
        return letters * 0.8
    consonants = 1 - _distance(first, second) / max(len(first), len(second))
    return max(0.0, 0.4 * letters + 0.6 * consonants)


@lru_cache(maxsize=200_000)
def same_name(a: str, b: str, loose: bool = False) -> bool:
    """Whether two different words of one alphabet can be spellings of one name.

    Their consonants are the same in order, and one letter differs (two in words of nine letters); a last "a" more or
    less is another name (Martin, Martina). ``loose`` allows for one consonant (other words of the name agree).
    """
    one, other = rough(a), rough(b)
    if not one or not other or one[:1].isdigit() or other[:1].isdigit():
        return False
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or long in (short + "a", short + "e", short + "o", short + "s", short + "n"):
        return False
    if one[0] != other[0] and not (one[0] in _VOWELS and other[0] in _VOWELS):
        return False
    apart = _distance(one, other)
    first, second = skeleton(one), skeleton(other)
    if first == second and len(first) >= 3:
        return apart <= (2 if len(short) >= 9 else 1)
    return loose and len(short) >= 5 and apart <= 1


def phrase_likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """How alike two names sound: each word with its best counterpart, weighted by length, both ways; 0 to 1."""
    if not a or not b:
        return 0.0
    return min(_covered(tuple(a), tuple(b)), _covered(tuple(b), tuple(a)))


@lru_cache(maxsize=200_000)
def _covered(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    weight = sum(len(word) for word in a)
    return sum(len(word) * max(likeness(word, other) for other in b) for word in a) / weight
