"""Which words of a line can be of a name, by their capitals and by how the collection writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from align.text.function_words import WORDS
from glossary.extract import tails
from glossary.extract.cues import COMPANIES, PARTICLES, is_people, listed, words_of
from glossary.extract.evidence import NOUNS_CAPITAL, Evidence
from glossary.extract.morphology import fold, is_adjective_like, is_common, is_noun, lemma, proper, readings
from glossary.extract.words import (
    Word,
    is_acronym,
    is_capital,
    without_genitive,
)


@lru_cache(maxsize=50_000)
def heads(word: str, lang: str) -> bool:
    """Whether the word is an ordinary head of an institution, place or work ("Committee", "Gulf", "War")."""
    known = words_of("ORGANISATIONS", lang) | words_of("PLACES", lang) | words_of("PROGRAMMES", lang)
    return fold(word) in known or lemma(word, lang) in known


@lru_cache(maxsize=10_000)
def is_role(word: str, lang: str) -> bool:
    roles = words_of("ROLES", lang)
    return fold(word) in roles or (lang != "en" and lemma(word, lang) in roles)


_MODEL = re.compile(r"[a-z]{2,}-?\d{1,4}")  # pico-8


def standing(line: Sequence[Word], i: int, lang: str, evidence: Evidence, flat: bool) -> int:
    """0: no name; 1: may be (a common word, or the sentence's first); 2: is one."""
    word = line[i]
    plain = without_genitive(word.text, lang)
    if not is_capital(plain) or plain.isdigit():
        return 2 * int(_MODEL.fullmatch(plain) is not None and evidence.small[fold(plain)] > 1)
    folded = fold(plain)
    if lang == "en" and re.search(r"['’](?:re|ve|ll|d|m|t)$", folded):
        return 0
    if folded in words_of("DATES", lang) or (len(plain) == 1 and not _is_initial(line, i)):
        return 0
    if folded in words_of("NO_NAMES", lang):
        return int(word.place == 0 and not flat)
    if folded in function_words(lang) and (
        not is_acronym(plain) or flat or (len(plain) > 2 and folded != "who")
    ):
        return 0
    if is_acronym(plain) and not flat:
        return 2 if len(plain) < 4 or not is_common(plain.lower(), lang) else 0
    if not plain[0].isupper() and "-" in plain and fold(plain.split("-")[0]) not in PARTICLES:
        return 0
    if lang in ("ru", "uk") and word.place and "-" in plain and not evidence.as_name(plain):
        tail = plain.rsplit("-", 1)[1]
        if tail.islower() and is_common(tail, lang) and not proper(plain, lang)[0]:
            return 0
    if not plain[0].isupper():
        return 2 if word.text[1:2].isupper() or evidence.middle[folded] else 1  # iPhone, eBay
    if lang in NOUNS_CAPITAL:
        return 0 if flat else _among_nouns(line, i, plain, lang, evidence)
    if word.place == 0 and not flat:
        return 2
    named = evidence.as_name(plain)
    small = evidence.small[folded]
    if named and small <= named:
        return 2
    if small:
        return 0
    kind, share = proper(plain, lang)
    if kind and share > 0.5:
        return 2
    if is_common(plain, lang):
        return 1 if not flat and _leads(line, i, lang, evidence) else 0
    if lang in ("ru", "uk") and any(r.known for r in readings(plain, lang)):
        return 1 if kind else 0
    return 2 if len(plain) > 2 else 0


def _among_nouns(line: Sequence[Word], i: int, plain: str, lang: str, evidence: Evidence) -> int:
    """As ``standing``, in a language that writes all its nouns with capitals: 2 for a proper noun, 1 for an
    adjective with a capital before a noun, and for that noun («Islamischer Staat»)."""
    if line[i].place == 0 and is_adjective_like(plain, lang):
        return int(i + 1 < len(line) and line[i + 1].gap == " " and is_capital(line[i + 1].text))
    led = i and line[i - 1].place == 0 and line[i].gap == " " and is_capital(line[i - 1].text)
    if led and is_adjective_like(line[i - 1].text, lang):
        return 1
    if is_noun(plain, lang):
        return 0
    seen = max(1, evidence.middle[fold(plain)])
    unknown = not readings(plain, lang)[0].known
    if line[i].place and not evidence.middle[fold(plain)] and not unknown:
        return 0
    return 2 if unknown or 2 * evidence.led[fold(plain)] < seen else 0


def _is_initial(line: Sequence[Word], i: int) -> bool:
    """Whether a single capital is an initial before a name («Ю. Кархани») or a numeral behind one ("Sputnik V")."""
    nxt = line[i + 1] if i + 1 < len(line) else None
    if nxt is not None and nxt.gap in (". ", ".", ".\u00a0") and is_capital(nxt.text):
        return True
    return i > 0 and line[i].gap in (" ", "\u00a0") and is_capital(line[i - 1].text) and line[i].text in "VXI"


def _leads(line: Sequence[Word], i: int, lang: str, evidence: Evidence) -> bool:
    """Whether a sentence's first word, a common one, belongs to the name behind it."""
    if i + 1 >= len(line) or line[i + 1].gap not in (" ", "\u00a0"):
        return tails.may_head(line[i].text, lang) and lang in ("ru", "uk")
    word, nxt = line[i].text, line[i + 1].text
    if not is_capital(nxt):
        return lang in ("ru", "uk") and tails.may_head(word, lang)
    if fold(word) in words_of("ROLES", lang) or is_people(fold(word), lang):
        return True  # is cut off, or kept before the head of an institution
    if evidence.pairs[fold(word), fold(nxt)] > 1:
        return True
    if lang in ("ru", "uk"):
        return tails.may_head(word, lang) or (tails.is_adjective(word, lang) and heads(nxt, lang))
    return heads(nxt, lang)


@cache
def function_words(lang: str) -> frozenset[str]:
    found = frozenset(WORDS.get(lang, "").split()) | words_of("ARTICLES", lang)
    return found - COMPANIES - {"us", "it", "am"} if lang != "en" else (found | MORE_WORDS) - {"us"}


MORE_WORDS = listed(
    "i he she we you they it his her their our your my its this that these those who whose what when "
    "where why how if but and or so then there here not no yes all any both each few many most some such "
    "only own same than too very just even also however although though while since because until after "
    "before during between among against above below under over again further once despite instead unless "
    "whether nor yet still thus hence meanwhile moreover according both another other every"
)
