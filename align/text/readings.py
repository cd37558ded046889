"""How likely bytes are language under each of the encodings from before Unicode.

The logarithm of the likelihood of all characters: pairs of letters in Cyrillic (the encodings of Russian
differ in which byte is which letter, so that single letters and their case mislead in short and in upper-case
text), single letters in other alphabets, the commonest characters in Chinese, Japanese and Korean
(``letters.py``). As every reading explains the same bytes, the sums can be compared.
"""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from align.text.function_words import MORE_LETTERS
from align.text.languages import rank_in_script
from align.text.letters import COMMON, LETTERS, PAIR_ALPHABET, PAIRS


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read old bytes: a codec, the script that is written in it, and the languages with tables.

    ``prior`` is in nats, for how seldom it is met. ``least`` is the score (nats per non-ASCII byte) under
    which the text is hardly language in this reading.
    """

    name: str
    codec: str
    script: str
    langs: tuple[str, ...]
    prior: float = 0.0
    least: float = -8.0


def _cyrillic_reading(name: str, codec: str, prior: float) -> Reading:
    return Reading(name, codec, "cyrillic", (), prior, -6.5)


def _latin_reading(name: str, codec: str, prior: float) -> Reading:
    return Reading(name, codec, "latin", _LATIN, prior, -9.5)


_LATIN = tuple(lang for lang in LETTERS if LETTERS[lang][0].isascii())
_HAN = ("zh", "zh-hant", "ja", "ko")
# In order of preference where two read the bytes alike.
READINGS = (
    _cyrillic_reading("windows-1251", "cp1251", 0),
    _latin_reading("windows-1252", "cp1252", 0),
    _cyrillic_reading("koi8-r", "koi8_r", -1),
    _cyrillic_reading("koi8-u", "koi8_u", -2),
    _cyrillic_reading("cp866", "cp866", -1),
    _cyrillic_reading("cp1125", "cp1125", -3),
    _cyrillic_reading("iso-8859-5", "iso8859_5", -3),
    _cyrillic_reading("mac-cyrillic", "mac_cyrillic", -4),
    _latin_reading("windows-1250", "cp1250", -1),
    _latin_reading("iso-8859-2", "iso8859_2", -2),
    _latin_reading("windows-1254", "cp1254", -1),
    _latin_reading("windows-1257", "cp1257", -2),
    _latin_reading("iso-8859-15", "iso8859_15", -4),
    _latin_reading("mac-roman", "mac_roman", -3),
    _latin_reading("cp850", "cp850", -3),
    _latin_reading("cp852", "cp852", -4),
    _latin_reading("cp857", "cp857", -4),
    Reading("windows-1253", "cp1253", "greek", ("el",), -6),
    Reading("windows-1255", "cp1255", "hebrew", ("he",), -6),
    Reading("windows-1256", "cp1256", "arabic", ("ar", "fa", "ur"), -2),
    Reading("gb18030", "gb18030", "han", ("zh", "zh-hant"), -1),
    Reading("big5", "cp950", "han", ("zh-hant",), -1),
    Reading("shift_jis", "cp932", "han", ("ja",), -1),
    Reading("euc-jp", "euc_jp", "han", ("ja",), -1),
    Reading("euc-kr", "cp949", "han", ("ko",), -1),
    Reading("utf-16-le", "utf_16_le", "han", _HAN, -6),  # without a mark and without one ASCII character
    Reading("utf-16-be", "utf_16_be", "han", _HAN, -6),
)

_ASCII = -2.9  # about the share of a letter in any alphabet; matters where it is half of another character
_TYPOGRAPHY = dict.fromkeys("«»“”„’‘‚–—…№° \u00a0", -6.0) | dict.fromkeys("§©®™€£•·\u00ad‹›¿¡´×²³", -9.0)
_CJK_SIGNS = dict.fromkeys("。、，！？：；「」『』（）《》〈〉【】“”‘’—…・～％　ー", -4.5)
_STRANGE = -13.0  # a sign that prose does not have
_RARE = -10.0  # a letter of the right script that the language hardly has
_CONTROL = -25.0
_MISPLACED = -6.0  # two scripts in one word, or a capital after a small letter

_GUEST = -4.0  # a word in another script in a text that is mostly in Latin letters
_LATIN_TEXT = 3  # ASCII letters to each non-ASCII byte, from which a text is that
_FINALS = "ςםןץףךةى"  # letters that end words
_OPENING = "“„"  # quotation marks that no space follows
_NOT_IN_WORDS = "„‚№"  # signs that no letter precedes

_SLACK = -8.0  # nats; a short text may be unlikely by chance
_SAMPLE = 6000  # bytes looked at


def ranked(data: bytes) -> list[tuple[float, Reading]]:
    """(score in nats, reading), likeliest first, of those that can read a sample of the data at all."""
    sample = _sample(data)
    high = sum(byte > 0x7F for byte in sample) or 1
    letters = sum(byte < 0x80 and chr(byte).isalpha() for byte in sample)
    guest = _GUEST if letters > _LATIN_TEXT * high else 0.0
    baseline = _ASCII * (len(sample) - high)  # where no ASCII character is half of another character
    latin = _latin_languages(sample)
    scored = []
    for reading in READINGS:
        text = _decoded(sample, reading.codec)
        if text is not None:
            pairs = Counter(zip("\n" + text, text + "\n", strict=True))
            score = reading.prior + _score(pairs, reading, guest, latin) - baseline - _ASCII
            scored.append((score, reading))
    return sorted(scored, key=lambda pair: -pair[0])


def _latin_languages(sample: bytes) -> dict[str, float]:
    """Nats by which each language falls behind the likeliest, by the words that are all ASCII."""
    words = re.findall(r"(?<!\w)[a-z]+(?!\w)", sample.decode("latin-1").lower())
    scores = {lang: score for score, lang in rank_in_script(" ".join(words), "latin", _LATIN)}
    best = max(scores.values())
    return {lang: score - best for lang, score in scores.items()}


def is_language(score: float, reading: Reading, data: bytes) -> bool:
    """Whether a score is one that prose reaches in the right reading."""
    high = sum(byte > 0x7F for byte in _sample(data))
    return score >= reading.least * high + _SLACK


def rival(scored: list[tuple[float, Reading]], reading: Reading, data: bytes) -> tuple[float, str]:
    """The next likeliest reading that gives another text: the nats between them, and its name."""
    sample = _sample(data)
    text = _decoded(sample, reading.codec)
    own = next(score for score, other in scored if other is reading)
    for score, other in scored:
        if other is not reading and _decoded(sample, other.codec) != text:
            return own - score, other.name
    return math.inf, ""


def _sample(data: bytes) -> bytes:
    """Up to ``_SAMPLE`` bytes of whole lines that have non-ASCII bytes."""
    lines, size = [], 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line[: _SAMPLE - size])
            size += len(lines[-1])
            if size >= _SAMPLE:
                break
    return b"".join(lines)


def _decoded(sample: bytes, codec: str) -> str | None:
    try:  # not final: the sample may end in the middle of a character
        return codecs.getincrementaldecoder(codec)("strict").decode(sample, final=False)
    except UnicodeError:
        return None


def _score(pairs: Counter[tuple[str, str]], reading: Reading, guest: float, latin: dict[str, float]) -> float:
    if reading.script == "cyrillic":
        return sum(n * _cyrillic(a, b, guest) for (a, b), n in pairs.items())
    if reading.script in _ALONE:
        return max(_sum(pairs, reading.script, lang, guest) for lang in reading.langs)
    if reading.script == "latin":
        return max(latin[lang] + _sum(pairs, "latin", lang, 0.0) for lang in reading.langs)
    return max(_sum(pairs, "han", lang, guest) for lang in reading.langs)


def _sum(pairs: Counter[tuple[str, str]], script: str, lang: str, guest: float) -> float:
    costs = _costs(lang, script)
    return sum(n * _single(a, b, script, costs, guest) for (a, b), n in pairs.items())


@cache
def _cyrillic_pairs() -> dict[tuple[str, str], float]:
    return {
        (a, b): -int(digit, 36) / 3
        for a, row in zip(PAIR_ALPHABET, PAIRS, strict=True)
        for b, digit in zip(PAIR_ALPHABET, row, strict=True)
    }


def _cyrillic(a: str, b: str, guest: float) -> float:
    """ln p(b | a): letters in pairs, the edge of a word being one more letter."""
    table = _cyrillic_pairs()
    first, second = (c.lower() if c.lower() in PAIR_ALPHABET else " " for c in (a, b))
    cost = 0.0 if first == second == " " else table[first, second]
    if second == " ":
        cost += _other(a, b)
    elif first == " ":
        cost += guest
    if b != second != " " and a == first != " ":
        cost += _MISPLACED  # a capital after a small letter
    if (first == " ") != (second == " ") and a.isalpha() and b.isalpha():
        cost += _MISPLACED
    return cost


def _single(a: str, b: str, script: str, costs: dict[str, float], guest: float) -> float:
    """ln p(b), and what is unlikely about b after a."""
    alone = script in _ALONE or (script == "han" and guest < 0)
    if b.isascii():
        return _ASCII + (_MISPLACED if alone and b.isalpha() and _foreign(a) else 0.0)
    small = b.lower()
    cost = costs.get(small)
    if cost is None:
        cost = _other(a, b)
    elif alone and not _foreign(a):
        cost += _MISPLACED if a.isalpha() else guest
    if (b != small and a.islower()) or (a in _FINALS and b.isalpha()):
        cost += _MISPLACED
    return cost


_ALONE = frozenset(("greek", "hebrew", "arabic"))  # their words hold no Latin letters


def _foreign(char: str) -> bool:
    return not char.isascii() and char.isalpha()


def _other(before: str, char: str) -> float:
    """Of a character that is no letter of the language."""
    if (before in _OPENING and char.isspace()) or (char in _NOT_IN_WORDS and before.isalpha()):
        return _STRANGE
    if char.isascii():
        return _ASCII
    if char in _TYPOGRAPHY:
        return _TYPOGRAPHY[char]
    if char.isalpha():
        return _RARE
    return _STRANGE if char.isprintable() else _CONTROL


@cache
def _costs(lang: str, script: str) -> dict[str, float]:
    if script == "han":
        signs = {char: math.log(0.18 / (rank + 8)) for rank, char in enumerate(COMMON[lang])}
        return _half_width() | _CJK_SIGNS | signs
    table = LETTERS.get(lang) or MORE_LETTERS[lang]
    return {table[i]: -int(table[i + 1], 36) / 3 for i in range(0, len(table), 2) if not table[i].isascii()}


def _half_width() -> dict[str, float]:
    """Half-width katakana are one byte each and rare; as letters of their own they would explain anything."""
    return dict.fromkeys(map(chr, _HALF_WIDTH), _STRANGE)


_HALF_WIDTH: Iterable[int] = range(0xFF61, 0xFFA0)
