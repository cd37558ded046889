"""Number words: «тридцать пять», "a dozen", "fünfunddreißig", 三十五. Pure.

``numerals(lang)`` gives a language's words; ``read_words`` reads a run of them. What a word is worth is in the
tables of ``numerals_slavic.py`` and ``numerals_western.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from glossary.checks.figures import numerals_slavic, numerals_western

TABLES: Mapping[str, str] = {**numerals_slavic.TABLES, **numerals_western.TABLES}
HALVES: Mapping[str, str] = {**numerals_slavic.HALVES, **numerals_western.HALVES}
_LEAST_STRONG = 3
_SCALES = frozenset({1e3, 1e6, 1e9, 1e12})
_FORM = re.compile(r"([^()]*)\(([^()]*)\)")


class NumberWord(NamedTuple):
    """What a word is worth. ``sort``: "c" a cardinal, "o" an ordinal, "l" a loose word (a dozen, half, double)."""

    value: float
    sort: str


@dataclass(frozen=True)
class Numerals:
    """The number words of a language. ``links`` join tens and units ("and", "y"); ``prefixes`` open compounds."""

    lang: str
    words: Mapping[str, NumberWord] = field(default_factory=dict)
    links: frozenset[str] = frozenset()
    prefixes: Mapping[str, float] = field(default_factory=dict)
    half: re.Pattern[str] | None = None

    def get(self, word: str) -> NumberWord | None:
        """A word's value; the word as ``fold`` gives it."""
        found = self.words.get(word)
        if found is None and self.lang in _BIG and len(word) > 5:
            return _compound(self, word)
        return found

    def opening(self, word: str) -> float | None:
        """The number that a compound begins with: 2 of «двухлетний», 35 of «тридцатипятилетний»."""
        at, total = 0, 0.0
        while at < len(word):
            size = next((n for n in range(12, 1, -1) if word[at : at + n] in self.prefixes), 0)
            if not size or len(word) - at - size < 3:
                break
            total += self.prefixes[word[at : at + size]]
            at += size
        return total if at else None


class Run(NamedTuple):
    """Number words read as one: value, position behind the last word, whether it is a claim of its own."""

    value: float
    stop: int
    strong: bool
    ordinal: bool
    scale: float


def fold(word: str) -> str:
    """The word as the tables have it: small letters, «ё» as «е»."""
    return word.lower().replace("ё", "е").replace("’", "'")


@cache
def numerals(lang: str) -> Numerals | None:
    """The number words of a language, None where there is no table for it."""
    if lang not in TABLES:
        return None
    words: dict[str, NumberWord] = {}
    prefixes: dict[str, float] = {}
    links: set[str] = set()
    endings = ""
    for head, *forms in entries(TABLES[lang]):
        if head == "links":
            links.update(forms)
        elif head == "endings":
            endings = forms[0]
        elif head[0] == "p":
            prefixes.update(dict.fromkeys(expand(forms), float(head[1:])))
        else:
            sort = head[0] if head[0] in "ol" else "c"
            own = NumberWord(float(head.lstrip("ol")), sort)
            for form in expand(one.replace("*", endings) for one in forms):
                words.setdefault(form, own)
    if lang in _COMPOUNDING:
        _COMPOUNDING[lang](words)
    half = re.compile(rf"[ \u00a0-](?:{HALVES[lang]})(?!\w)", re.IGNORECASE) if lang in HALVES else None
    return Numerals(lang, words, frozenset(links), prefixes, half)


def entries(table: str) -> Iterator[list[str]]:
    """The entries of a table of words, each a head and its forms; a semicolon stands between them."""
    return (entry.split() for entry in table.split(";") if entry.strip())


def expand(forms: Iterable[str]) -> list[str]:
    """Words out of their short spelling: "пят(ь,и,ью)" is three."""
    found: list[str] = []
    for form in forms:
        match = _FORM.fullmatch(form)
        found += [match[1] + end for end in match[2].split(",")] if match else [form]
    return [fold(one) for one in found]


def read_words(words: Sequence[str], joined: Sequence[bool], at: int, table: Numerals) -> Run | None:
    """The number that begins at word ``at``. ``joined[i]``: only a blank or hyphen stands before word i."""
    total, group, scale, stop = 0.0, 0.0, float("inf"), at
    strong, ordinal, last_sort, count = False, False, "", 0
    last_scale = 1.0
    i = at
    while i < len(words):
        found = table.get(words[i])
        if count and (not joined[i] or last_sort == "o"):
            break
        if found is None:
            if not (count and words[i] in table.links and i + 1 < len(words) and joined[i + 1]):
                break
            ahead = table.get(words[i + 1])
            if ahead is None or not _may_link(table.lang, group, total, ahead.value):
                break
            i += 1
            continue
        value = found.value
        if value in _SCALES:
            if value >= scale:
                break
            total += (group or (0 if count else 1)) * value
            if count and not group:
                break
            group, scale, last_scale = 0.0, value, value
        elif value == 100 and 1 <= group < 100:
            group *= 100
        elif table.lang == "fr" and value == 20 and group % 100 == 4:
            group += 76
        elif not count or (not group and 0 < value < scale) or _fits(group, value, table.lang):
            group += value
        else:
            break
        strong = strong or (found.sort == "c" and value != 100 and value not in _SCALES)
        ordinal = found.sort == "o"
        last_sort, count, i = found.sort, count + 1, i + 1
        stop = i
    if not count:
        return None
    value = total + group
    return Run(value, stop, strong and not ordinal and value >= _LEAST_STRONG, ordinal, last_scale)


def _fits(group: float, value: float, lang: str) -> bool:
    if group % 100 == 0:
        return 0 < value < 100
    if lang == "fr" and group % 100 in (60, 80):
        return 1 <= value < 20
    return group % 10 == 0 and group % 100 >= 20 and 1 <= value < 10


def _may_link(lang: str, group: float, total: float, value: float) -> bool:
    if lang == "en":
        return value < 100 and ((group >= 100 and group % 100 == 0) or (total > 0 and not group))
    return _fits(group, value, lang) and (group % 100 != 0 or lang == "pt")


def _compound(table: Numerals, word: str) -> NumberWord | None:
    thousand, hundred = _BIG[table.lang]
    for mark, scale in ((thousand, 1000.0), (hundred, 100.0)):
        left, found, right = word.partition(mark)
        if not found:
            continue
        times = _part(table, left, 1.0)
        rest = _part(table, right.removeprefix("und").removeprefix("en"), 0.0)
        if times is not None and rest is not None and rest < scale and times < scale * 10:
            return NumberWord(times * scale + rest, "c")
    return None


def _part(table: Numerals, word: str, empty: float) -> float | None:
    if not word:
        return empty
    found = table.get(word)
    return found.value if found and found.sort == "c" else None


_BIG = {"de": ("tausend", "hundert"), "nl": ("duizend", "honderd"), "it": ("mila", "cento")}


def _german(words: dict[str, NumberWord]) -> None:
    _inverted(words, "ein zwei drei vier fünf sechs sieben acht neun", "und", _TENS_DE, ("ste(,n,r,s,m)"))


def _dutch(words: dict[str, NumberWord]) -> None:
    units = "een tweeën drieën vier vijf zes zeven acht negen"
    for link in ("en", ""):
        _inverted(words, units, link, _TENS_NL, "ste()")


def _czech(words: dict[str, NumberWord]) -> None:
    _inverted(words, "jedn dv tři čtyři pět šest sedm osm devět", "a", _TENS_CS, "(i)")


def _inverted(words: dict[str, NumberWord], units: str, link: str, tens: str, endings: str) -> None:
    for n, ten in enumerate(tens.split(), 2):
        for m, unit in enumerate(units.split(), 1):
            words[unit + link + ten] = NumberWord(float(n * 10 + m), "c")
            for end in expand([endings]):
                words[unit + link + ten + end] = NumberWord(float(n * 10 + m), "o")


def _italian(words: dict[str, NumberWord]) -> None:
    units = ["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"]
    for n, ten in enumerate(_TENS_IT.split(), 2):
        for m, unit in enumerate(units, 1):
            stem = ten[:-1] if unit[0] in "uo" else ten
            words[stem + unit] = words[stem + ("tré" if m == 3 else unit)] = NumberWord(
                float(n * 10 + m), "c"
            )


_TENS_DE = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_TENS_NL = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
_TENS_CS = "dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát"
_TENS_IT = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
_COMPOUNDING = {"de": _german, "nl": _dutch, "it": _italian, "cs": _czech}

HAN = "〇零一二三四五六七八九十百千两兩"
_HAN_DIGITS = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)), "零": 0, "两": 2, "兩": 2}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}


def read_han(text: str) -> float:
    """The value of a run of Chinese or Japanese figures below 万: 三十五 is 35, 二〇二二 is 2022."""
    if not any(sign in _HAN_SCALES for sign in text):
        return float("".join(str(_HAN_DIGITS[sign]) for sign in text))
    total, digit = 0, None
    for sign in text:
        if sign in _HAN_SCALES:
            total += (1 if digit is None else digit) * _HAN_SCALES[sign]
            digit = None
        else:
            digit = _HAN_DIGITS[sign] or digit
    return float(total + (digit or 0))


_ROMAN = re.compile(r"(?=[IVXLC])L?X{0,3}(?:X[LC])?(?:IX|IV|V?I{0,3})")
_ROMAN_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def read_roman(word: str) -> int | None:
    """The value of Roman figures up to 99, None for anything else."""
    if not _ROMAN.fullmatch(word):
        return None
    worth = [_ROMAN_WORTH[sign] for sign in word]
    return sum(-n if n < after else n for n, after in zip(worth, [*worth[1:], 0], strict=True))
