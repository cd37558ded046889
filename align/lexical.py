"""What two texts share letter by letter: numbers, and words that sound alike in any alphabet.

Words are spelt in Latin letters, brought to a rough common spelling, and stand for their first four and first six
letters, so that endings do not matter; names, borrowed words and numbers then meet where an embedding has never
seen them. Each such feature is a fixed sparse random direction (Johnson & Lindenstrauss 1984; feature hashing,
Weinberger et al. 2009), weighted by its rarity in the pair: the vectors of a text are sums, as an additive
encoder's are. Scripts without letters for sounds take part with their numbers and foreign words only.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

DIMENSION = 256
_TOUCHED = 4  # of the dimensions, by each feature
_TOGETHER = 4096  # texts
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_MARKS_OF_NUMBERS = str.maketrans("", "", ".,:")


def _table(letters: str, sounds: str) -> dict[str, str]:
    return dict(zip(letters, sounds.split(), strict=True))


_CYRILLIC = _table(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџ",
    "a b v g d e e j s i i k l m n o p r s t u f h s ch sh sh - i - e iu ia i i e g u i l n ch j j",
)
_GREEK = _table("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e s i t i k l m n ks o p r s s t i f h ps o")
_ARABIC = _table(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگکیآةى",
    "a b t t j h h d s r s s sh s d t s a g f k k l m n h v i p ch j g k i a a a",
)
_HEBREW = _table("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "a b g d h v s h t i k k l m m n n s a p p s s k r sh t")
_LETTERS = str.maketrans(
    {k: v.replace("-", "") for table in (_CYRILLIC, _GREEK, _ARABIC, _HEBREW) for k, v in table.items()}
    | {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "e", "œ": "e", "þ": "t"}
)
_SPELLINGS = (
    *(("sch", "sh"), ("tch", "ch"), ("dzh", "j"), ("zh", "j"), ("cz", "ch"), ("sz", "sh"), ("tz", "s")),
    *(("ts", "s"), ("ph", "f"), ("gh", "g"), ("kh", "h"), ("th", "t"), ("ck", "k"), ("qu", "k")),
    *(("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "v"), ("y", "i"), ("q", "k"), ("x", "ks"), ("z", "s")),
)
_TWICE = re.compile(r"(.)\1+")


def rough_spelling(word: str) -> str:
    """The word in a rough Latin spelling: "Khalid" and «Халид» are both "halid"; "" where there is none."""
    plain = word.casefold().translate(_LETTERS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
        if not plain.isascii():
            return ""
    for there, here in _SPELLINGS:
        if there in plain:
            plain = plain.replace(there, here)
    # A hard c is a k; what is left of ch and sh stays.
    plain = plain.replace("ch", "\0").replace("c", "k").replace("\0", "ch")
    return _TWICE.sub(r"\1", plain)


@lru_cache(maxsize=100_000)
def features(word: str) -> tuple[int, ...]:
    """32-bit names of what a word or number shares with its counterparts; () for short words."""
    if word[0].isdigit():
        digits = "".join(str(unicodedata.digit(c, 0)) for c in word.translate(_MARKS_OF_NUMBERS))
        return (zlib.crc32(f"#{digits}".encode()),)
    rough = rough_spelling(word)
    if len(rough) < 4:
        return ()
    found = (zlib.crc32(f"4{rough[:4]}".encode()),)
    return (*found, zlib.crc32(f"6{rough[:6]}".encode())) if len(rough) > 5 else found


def lexical_vectors(
    source: Sequence[str], target: Sequence[str]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Sums of the features of each text: float32 (n, DIMENSION), (m, DIMENSION); zeros where there are none."""
    counts, names = [], array("Q")
    for text in (*source, *target):
        found = _features_of(text)
        counts.append(len(found))
        names.extend(found)
    flat = np.array(names, dtype=np.uint64)
    _, which, frequency = np.unique(flat, return_inverse=True, return_counts=True)
    rarity = np.log((len(counts) + 1) / frequency)[which]
    vectors = np.empty((len(counts), DIMENSION), dtype=np.float32)
    ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    for first in range(0, len(counts), _TOGETHER):
        stop = min(first + _TOGETHER, len(counts))
        own = slice(ends[first], ends[stop])
        rows = np.repeat(np.arange(stop - first), counts[first:stop])
        vectors[first:stop] = _projected(rows, flat[own], rarity[own], stop - first)
    return vectors[: len(source)], vectors[len(source) :]


def _projected(
    rows: NDArray[np.int64], names: NDArray[np.uint64], rarity: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    """The sums, float64 (count, DIMENSION), of the directions of features, each of which one row has."""
    places, shares = np.empty((_TOUCHED, len(names)), np.int64), np.empty((_TOUCHED, len(names)))
    for k in range(_TOUCHED):
        # Splitmix-like: one odd multiplier a touch gives an independent place and sign.
        mixed = (
            names * np.uint64(0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019 * k & 0xFFFFFFFFFFFFFFFF | 1)
        ) >> np.uint64(40)
        places[k] = rows * DIMENSION + (mixed >> np.uint64(1)).astype(np.int64) % DIMENSION
        shares[k] = np.where(mixed & np.uint64(1), 1.0, -1.0) * rarity
    sums: NDArray[np.float64] = np.bincount(places.ravel(), shares.ravel(), count * DIMENSION)  # type: ignore[assignment]
    return sums.reshape(count, DIMENSION)


def _features_of(text: str) -> set[int]:
    return set(chain.from_iterable(map(features, _WORD.findall(text))))
