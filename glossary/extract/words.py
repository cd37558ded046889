"""Words of a text with their places, and which of them begin a sentence or a quotation.

A word is a run of letters and digits with its inner hyphens and apostrophes ("Nizhny", "Аль-Каида", "O'Neill",
"737"), or letters with full stops ("U.S."). Addresses, handles and hashtags are no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from align.segment.abbreviations import sorts

_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_MARKS += "\u06d6-\u06ed\u08d3-\u08ff\u0900-\u0903\u093a-\u094f\u200c"
_LETTERS = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
_WORD = re.compile(
    rf"(?P<skip>https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|[@#]\w+|[A-Za-z0-9-]+\.(?:com|org|net|ru|ua|info|eu|io)\b[/\w]*)"
    rf"|(?P<word>(?:[^\W\d_]\.){{2,}}(?!\w)|{_LETTERS}(?:[-‐‑'’ʼ]{_LETTERS})*)"
)
_END = re.compile(r"[.!?…。！？]|[\n\r]|[•·→]")
OPENING = "«„“\"‘'‹「『《"
_SOFT = re.compile(rf"[:{OPENING}]|(?:^|\s)[-–—*]\s|[(\[]$")
UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
UNCASED = UNSPACED | {
    "ar",
    "fa",
    "ur",
    "he",
    "yi",
    "ko",
    "hi",
    "bn",
    "ta",
    "te",
    "ka",
    "am",
    "gu",
    "pa",
    "kn",
    "ml",
    "si",
    "mr",
    "ne",
}

Place = Literal[0, 1, 2]
"""0: inside a sentence; 1: behind an opening quotation mark, a colon or a dash; 2: begins a sentence."""


class Word(NamedTuple):
    """``text[start:end]``; ``gap`` is what stands between it and the word before (or the stretch's start)."""

    text: str
    start: int
    end: int
    gap: str
    place: Place


class Name(NamedTuple):
    """One mention, ``text[start:end]``: its words without genitive 's, and what surrounds it."""

    start: int
    end: int
    words: tuple[str, ...]
    quoted: bool = False
    sure: bool = True  # False: a common word whose capital or quotation marks may be chance
    role: bool = False  # a title or rank stands before it
    before: str = ""  # folded lemma of the word before
    after: str = ""  # folded form of the word behind
    base: int = 0  # words up to its head, where a tail of small words follows (0: no tail)


def words(text: str, lang: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of ``text[start:end]``, in order."""
    return list(_words(text, lang, start, len(text) if end is None else end))


@lru_cache(maxsize=8_000)  # the sentences of the texts at hand: many look at each of them
def _words(text: str, lang: str, start: int, end: int) -> tuple[Word, ...]:
    found: list[Word] = []
    at, previous = start, ""
    for match in _WORD.finditer(text, start, end):
        if match.lastgroup == "skip":
            continue
        first, last = match.span()
        gap = text[at:first]
        word = match.group()
        place: Place = 2 if not found else 0 if gap == " " or not gap else _place(gap, previous, lang)
        found.append(Word(word, first, last, gap, place))
        at, previous = last, word
    return tuple(found)


def _place(gap: str, previous: str, lang: str) -> Place:
    ends = _END.search(gap)
    if ends and not (gap[0] == "." and gap.strip() == "." and abbreviated(previous, lang)):
        return 2
    return 1 if _SOFT.search(gap) else 0


def abbreviated(word: str, lang: str) -> bool:
    """Whether a full stop behind this word need not end a sentence: an initial, a title, «ул.»."""
    return (
        (len(word) == 1 and word.isupper())
        or (lang == "en" and word in _EN)
        or "head" in sorts(lang).get(word.casefold(), ())
    )


_TITLES = "St Ste Mt Ft Dr Mr Mrs Ms Gen Col Lt Sgt Sen Gov Rep Prof"
_EN = frozenset(_TITLES.split())


def is_capital(word: str) -> bool:
    """Whether the word begins with a capital letter or has one in it ("iPhone")."""
    return word[0].isupper() or (not word.islower() and any(sign.isupper() for sign in word))


@lru_cache(maxsize=200_000)
def is_acronym(word: str) -> bool:
    """Whether the word is of two capitals or more and nothing in small letters, digits aside: "ООН", "G7"."""
    plain = word.replace(".", "").replace("-", "")
    letters = [sign for sign in plain if sign.isalpha()]
    return 2 <= len(plain) <= 8 and bool(letters) and all(sign.isupper() for sign in letters)


def shouted(found: Sequence[Word]) -> bool:
    """Whether most of these words are in capitals alone, so that capitals mean nothing."""
    long = [word.text for word in found if len(word.text) > 1 and word.text[0].isalpha()]
    capitals = sum(word.isupper() for word in long)
    return len(long) >= 3 and 2 * capitals > len(long)


def sentences(found: Sequence[Word]) -> Iterable[tuple[int, int]]:
    """Ranges of words that belong to one sentence."""
    begin = 0
    for i, word in enumerate(found):
        if word.place == 2 and i > begin:
            yield begin, i
            begin = i
    if found:
        yield begin, len(found)


_GENITIVE = re.compile(r"(?:['’]s|['’])$")


def without_genitive(word: str, lang: str) -> str:
    """The word without English 's, or what follows a Turkish apostrophe («Türkiye'nin»)."""
    if lang == "en":
        return _GENITIVE.sub("", word)
    if lang in ("tr", "az", "fi", "et") and ("'" in word or "’" in word):
        return re.split("['’]", word)[0] or word
    return word
