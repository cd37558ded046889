"""Names in quotation marks, and originals in Latin letters in parentheses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.extract import tails
from glossary.extract.cues import listed, words_of
from glossary.extract.evidence import Evidence
from glossary.extract.morphology import fold, lemma
from glossary.extract.words import (
    Name,
    Word,
    is_capital,
    without_genitive,
)

_QUOTED = re.compile(r"[«„“\"‘‹「『《]([^«»„“”\"‘‹›「」『』《》\n]{1,80})[»“”\"’›」』》](?!\w)")


def quoted_names(text: str, line: Sequence[Word], lang: str, evidence: Evidence) -> list[Name]:
    found: list[Name] = []
    begin, stop = line[0].start, line[-1].end
    position = max(0, begin - 1)
    while match := _QUOTED.search(text, position, min(len(text), stop + 1)):
        position = match.end()
        a, b = match.span(1)
        inside = [i for i, word in enumerate(line) if word.start >= a and word.end <= b]
        content = match.group(1)
        if not inside or not _quotable(content, match, text, [line[i] for i in inside], lang):
            position = match.start() + 1 if '"' in match.group()[0] else match.end()
            continue
        first, last = inside[0], inside[-1]
        own = [line[i] for i in inside]
        small = words_of("ARTICLES", lang) | words_of("LINKS", lang)
        while len(own) > 1 and fold(own[0].text) in small:
            own, first = own[1:], first + 1
        before = line[first - 1].text if first else ""
        capital = is_capital(own[0].text) or own[0].text[0].isdigit()
        if len(own) == 1 and fold(own[0].text) in words_of("NO_NAMES", lang):
            continue
        found.append(
            Name(
                own[0].start, own[-1].end, plain_words(own, lang), True, capital, False,
                lemma(before, lang) if before else "",
                fold(line[last + 1].text) if last + 1 < len(line) else "",
            )
        )  # fmt: skip
    return found


_LATIN = re.compile(r"\(([A-Z][A-Za-z0-9 :'’&.!?-]{3,70})\)")


def original_names(text: str, line: Sequence[Word], lang: str) -> list[Name]:
    """A name in Latin letters in parentheses, in a text of another alphabet: "(John Hale: A Life)"."""
    if lang not in ("ru", "uk", "be", "bg", "sr", "mk", "el", "kk", "hy", "ka"):
        return []
    found = []
    for match in _LATIN.finditer(text, max(0, line[0].start - 1), min(len(text), line[-1].end + 1)):
        own = [word for word in line if match.start(1) <= word.start and word.end <= match.end(1)]
        if len(own) > 1 and own[0].start == match.start(1):
            found.append(Name(own[0].start, own[-1].end, plain_words(own, "en"), True))
    return found


def _quotable(content: str, match: re.Match[str], text: str, own: Sequence[Word], lang: str) -> bool:
    """Whether what stands in quotation marks is a name and no speech: short, no clause, no end of a sentence."""
    if len(own) > 6 or content != content.strip() or re.search(r"[.!?…,;](?!\w)", content):
        return False
    speech = text[max(0, match.start() - 2) : match.start()].strip() in (":", ",")
    lead = own[0].text
    if not is_capital(lead) and len(own) > 3:
        return False
    small = [word.text for word in own[1:] if word.text.islower()]
    if lang == "en" and is_capital(lead) and any(len(word) > 4 for word in small) and len(small) > 1:
        return False
    if speech and len(own) > 2:
        return False
    return not any(_is_verb(word, lang) for word in small) and not (len(own) == 1 and len(lead) < 2)


def plain_words(own: Sequence[Word], lang: str) -> tuple[str, ...]:
    return tuple(without_genitive(word.text, lang) for word in own)


def _is_verb(word: str, lang: str) -> bool:
    if lang == "en":
        return fold(word) in _VERBS
    return lang in ("ru", "uk") and tails.is_verb(word, lang)


_VERBS = listed(
    "is are was were be been am has have had do does did will would can could should must may might shall "
    "don't isn't won't can't"
)
