"""Which language a text is in: by script, then by the letters and the small words of each language.

Naive Bayes over two kinds of evidence that a person can check: the shares of letters (``letters.py``) and the
function words (``function_words.py``). py3langid, whose model takes most of a second to load, is asked only
where that leaves a short text undecided.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from align.text.function_words import MORE_LETTERS, WORDS
from align.text.letters import LETTERS

UNDETERMINED = "und"  # ISO 639-2 for "cannot be told"

_CYRILLIC = ("ru", "uk", "be", "bg", "sr", "mk", "kk")
_ARABIC = ("ar", "fa", "ur")
_FAMILY: dict[str, tuple[str, ...]] = {
    "latin": tuple(lang for lang in WORDS if lang not in _CYRILLIC + _ARABIC),
    "cyrillic": _CYRILLIC,
    "arabic": _ARABIC,
}
_TABLED = frozenset(lang.split("-")[0] for lang in WORDS)
_SINGLE = {
    "hangul": "ko",
    "kana": "ja",
    "han": "zh",
    "hebrew": "he",
    "greek": "el",
    "devanagari": "hi",
    "thai": "th",
    "armenian": "hy",
    "georgian": "ka",
    "bengali": "bn",
    "tamil": "ta",
    "telugu": "te",
    "gujarati": "gu",
    "gurmukhi": "pa",
    "kannada": "kn",
    "malayalam": "ml",
    "sinhala": "si",
    "khmer": "km",
    "lao": "lo",
    "burmese": "my",
    "ethiopic": "am",
}
_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x41, 0x24F, "latin"),
    (0x370, 0x3FF, "greek"),
    (0x400, 0x52F, "cyrillic"),
    (0x531, 0x58F, "armenian"),
    (0x5D0, 0x5F4, "hebrew"),
    (0x600, 0x6FF, "arabic"),
    (0x750, 0x77F, "arabic"),
    (0x900, 0x97F, "devanagari"),
    (0x980, 0x9FF, "bengali"),
    (0xA00, 0xA7F, "gurmukhi"),
    (0xA80, 0xAFF, "gujarati"),
    (0xB80, 0xBFF, "tamil"),
    (0xC00, 0xC7F, "telugu"),
    (0xC80, 0xCFF, "kannada"),
    (0xD00, 0xD7F, "malayalam"),
    (0xD80, 0xDFF, "sinhala"),
    (0xE00, 0xE7F, "thai"),
    (0xE80, 0xEFF, "lao"),
    (0x1000, 0x109F, "burmese"),
    (0x10A0, 0x10FF, "georgian"),
    (0x1100, 0x11FF, "hangul"),
    (0x1200, 0x139F, "ethiopic"),
    (0x1780, 0x17FF, "khmer"),
    (0x1E00, 0x1EFF, "latin"),
    (0x1F00, 0x1FFF, "greek"),
    (0x3040, 0x30FF, "kana"),
    (0x3130, 0x318F, "hangul"),
    (0x3400, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "hangul"),
    (0xF900, 0xFAFF, "han"),
    (0xFB1D, 0xFB4F, "hebrew"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFF, "arabic"),
    (0xFF66, 0xFF9F, "kana"),
    (0x20000, 0x3FFFF, "han"),
)
_STARTS = [start for start, _, _ in _RANGES]
_DENSE = {"han": 3, "kana": 2, "hangul": 2}  # how many letters of an alphabet one of these stands for
_KANA_IN_JAPANESE = (
    0.05  # the least share of kana among kana and ideographs; Chinese that quotes Japanese has less
)

_SAMPLE = 4000  # characters looked at
_LATIN_MAJORITY = 0.6
_UNSEEN = math.log(1e-5)
_WORD_SHARE = 0.05  # of the most frequent word in a running text; the next ones follow Zipf
_WORD_FLOOR = 0.0002  # share of a small word in a language where it is not one
_LETTER_WEIGHT = 0.4  # letters and words tell partly the same, so letters count less than in full
# On sentences of 30-300 characters in 17 languages a lead of 3 nats is right in 99.9 % of the cases, and five
# sentences of six have it; a page has it always.
_CLEAR = 3.0
_NEAR = 12.0  # nats behind the best from which py3langid's opinion is not wanted any more

_RTL = frozenset(("ar", "fa", "he", "iw", "ur", "yi", "ps", "sd", "ug", "ckb", "dv", "arc", "syr"))
_RTL_SUBTAGS = frozenset(("arab", "hebr", "syrc", "thaa", "nkoo"))
_SCRIPT_SUBTAGS = _RTL_SUBTAGS | frozenset(("latn", "cyrl", "grek", "deva"))
_WORD = re.compile(r"[^\W\d_]+")
_LINK_SIGNS = ("://", "www.", "@")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")


def script_of(char: str) -> str | None:
    """The script of a letter ("latin", "cyrillic", "han", "kana", …); None for anything else."""
    if not char.isalpha():
        return None
    code = ord(char)
    at = bisect_right(_STARTS, code) - 1
    return _RANGES[at][2] if at >= 0 and code <= _RANGES[at][1] else None


def scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has."""
    counts: Counter[str] = Counter()
    for char, number in Counter(text).items():
        script = script_of(char)
        if script:
            counts[script] += number
    return counts


def is_right_to_left(lang: str) -> bool:
    """Whether a language (an ISO 639 code, perhaps with a script or region) is written from right to left."""
    parts = re.split("[-_]", lang.lower())
    if set(parts[1:]) & _SCRIPT_SUBTAGS:
        return bool(set(parts[1:]) & _RTL_SUBTAGS)
    return parts[0] in _RTL


def detect(text: str, among: Sequence[str] | None = None) -> str:
    """The language of a text, ISO 639-1. See ``align.text.detect_language``."""
    sample = _sample(text)
    if any(sign in sample for sign in _LINK_SIGNS):
        sample = _LINK.sub(" ", sample)
    sample = unicodedata.normalize("NFC", sample)
    script = _main_script(sample)
    if script is None:
        return UNDETERMINED
    wanted = None if among is None else {_public(lang.lower()) for lang in among}
    if script in _FAMILY:
        known = [c for c in _FAMILY[script] if wanted is None or _public(c) in wanted]
        others = () if wanted is None else sorted(wanted - _TABLED)
        return _public(_likeliest(sample, script, known, others))
    lang = _SINGLE[script]
    return lang if wanted is None or lang in wanted else UNDETERMINED


def _public(name: str) -> str:
    return re.split("[-_]", name)[0]


def _sample(text: str) -> str:
    """At most ``_SAMPLE`` characters: the beginning, the middle and the end."""
    if len(text) <= _SAMPLE:
        return text
    third, middle = _SAMPLE // 3, len(text) // 2
    return "\n".join((text[:third], text[middle : middle + third], text[-third:]))


def _main_script(sample: str) -> str | None:
    """The script that the text is in; Latin names, links and code among another script's text do not win."""
    weights = {script: n * _DENSE.get(script, 1) for script, n in scripts(sample).items()}
    if not weights:
        return None
    latin = weights.pop("latin", 0)
    if not weights or latin >= _LATIN_MAJORITY * (latin + sum(weights.values())):
        return "latin"
    script = max(weights, key=lambda name: (weights[name], name))
    if script in ("han", "kana"):
        kana, han = weights.get("kana", 0) / _DENSE["kana"], weights.get("han", 0) / _DENSE["han"]
        script = "kana" if kana > _KANA_IN_JAPANESE * (kana + han) else "han"
    return script


@cache
def _letter_scores(lang: str) -> dict[str, float]:
    """ln of each letter's share in a language."""
    table = MORE_LETTERS.get(lang) or LETTERS["hr" if lang == "sr-latn" else lang]
    return {table[i]: -int(table[i + 1], 36) / 3 for i in range(0, len(table), 2)}


@cache
def _small_words(script: str) -> dict[str, list[tuple[str, float]]]:
    """Small words: the languages of a script that have them, and ln of how much likelier they are there."""
    found: dict[str, list[tuple[str, float]]] = {}
    for lang in _FAMILY[script]:
        for rank, word in enumerate(dict.fromkeys(WORDS[lang].split())):
            found.setdefault(word, []).append((lang, _word_score(rank)))
    return found


@cache
def _word_score(rank: int) -> float:
    return math.log(_WORD_SHARE / (1 + 0.6 * rank) / _WORD_FLOOR)


def rank_in_script(sample: str, script: str, candidates: Iterable[str]) -> list[tuple[float, str]]:
    """(score in nats, language), best first; equal scores keep the order given.

    ``candidates`` are languages of ``script`` ("latin", "cyrillic" or "arabic") that have tables.
    """
    words = Counter(_WORD.findall(sample.lower()))
    together = "".join([word * n if n < 5 else word * 5 for word, n in words.items()])
    letters = [(c, together.count(c)) for c in dict.fromkeys(together) if script_of(c) == script]
    small: dict[str, float] = {}
    known = _small_words(script)
    for word, n in words.items():
        for lang, score in known.get(word, ()):
            small[lang] = small.get(lang, 0.0) + n * score
    ranked = []
    for lang in candidates:
        table = _letter_scores(lang)
        score = _LETTER_WEIGHT * sum([n * table.get(c, _UNSEEN) for c, n in letters])
        ranked.append((score + small.get(lang, 0.0), lang))
    return sorted(ranked, key=lambda pair: -pair[0])


def _likeliest(sample: str, script: str, known: Sequence[str], others: Sequence[str]) -> str:
    """The best of the languages with tables (``known``) and of those that only py3langid has (``others``)."""
    if len(known) + len(others) == 0:
        return UNDETERMINED
    if len(known) + len(others) == 1:
        return (*known, *others)[0]
    ranked = rank_in_script(sample, script, known)
    if not others and ranked[0][0] - ranked[1][0] >= _CLEAR:
        return ranked[0][1]
    near = {_public(lang) for score, lang in ranked if ranked[0][0] - score <= _NEAR} | set(others)
    second = next((lang for lang in _second_opinion(sample) if lang in near), None)
    return second or ranked[0][1]


def _second_opinion(sample: str) -> list[str]:
    """py3langid's ranking of the languages it knows, likeliest first."""
    return [lang for lang, _ in _identifier().rank(sample)]


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.9 s with its model

    return LanguageIdentifier.from_model_file(MODEL_FILE)
