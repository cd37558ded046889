"""The small words behind a Russian or Ukrainian name's capital that belong to it, by agreement and by case.

«Финском заливе» (an adjective and its noun), «Федеральное управление гражданской авиации» (and what depends on the
noun in the genitive), «Управление по делам молодёжи», «Фронта обновления Мерхистана», «Второй мировой войны».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from glossary.dictionary import analyser
from glossary.extract.cues import listed, words_of
from glossary.extract.morphology import Reading, lemma, readings
from glossary.extract.words import Word, is_acronym, is_capital

_LONGEST = 7
_GENERIC = listed(
    "страна государство мир год месяц неделя день сторона время город человек лицо народ период час раз "
    "часть число имя итог край гражданин житель население власть країна держава світ рік місяць тиждень "
    "місто людина народ час сегодня который он она они это свой наш ваш этот тот весь сам"
)


def is_verb(word: str, lang: str) -> bool:
    """Whether the word is a finite verb or an infinitive in its likeliest reading."""
    return _verbal(word, lang)


@lru_cache(maxsize=100_000)
def _verbal(word: str, lang: str) -> bool:

    best = analyser(lang).parse(word)[0].tag.POS
    return str(best) in ("VERB", "INFN", "PRTS", "GRND")


@lru_cache(maxsize=100_000)
def may_head(word: str, lang: str) -> bool:
    """Whether a common word that opens a sentence may head a longer name: an institution's, a work's."""
    base = lemma(word, lang)
    return base in words_of("ORGANISATIONS", lang) or base in words_of("PROGRAMMES", lang)


def _agree(adjective: str, noun: str, lang: str) -> frozenset[str]:
    """The cases in which an adjective and a noun agree; empty where they don't."""
    found = set()
    for a in readings(adjective, lang):
        if a.pos != "adjective":
            continue
        for n in readings(noun, lang):
            one_case = n.pos == "noun" and (a.case == n.case or (n.fixed and a.case)) and a.number == n.number
            if one_case and (a.number == "plur" or not a.gender or not n.gender or a.gender == n.gender):
                found.add(a.case)
    return frozenset(found)


def _has(word: str, lang: str, pos: str, case: str) -> bool:
    return any(r.pos == pos and (r.case == case or (r.fixed and pos == "noun")) for r in _likely(word, lang))


@lru_cache(maxsize=100_000)
def _likely(word: str, lang: str) -> tuple[Reading, ...]:
    """Readings that are not far less likely than the best."""
    found = readings(word, lang)
    return tuple(r for r in found if r.score >= 0.1 * found[0].score)


def _small(line: Sequence[Word], i: int) -> bool:
    return i < len(line) and line[i].gap in (" ", "\u00a0") and line[i].text.islower()


_RELATIONAL = re.compile(r"[сц]ь?к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими|а|у|ої|ій|ою|і)$")


def is_adjective(word: str, lang: str) -> bool:
    """Whether the word is an adjective in most of its readings, as far as a dictionary or its ending tells."""
    found = readings(word, lang)
    share = sum(r.score for r in found if r.pos == "adjective" and not r.role)
    known = found[0].known or "-" in word or _RELATIONAL.search(word) is not None
    return share > 0.5 * sum(r.score for r in found) and known


def extended(line: Sequence[Word], part: list[int], lang: str) -> list[int] | None:
    """The positions of the whole name that begins with ``part``; None for an adjective that nothing follows."""
    first, last = line[part[0]].text, line[part[-1]].text
    at = part[-1]
    if is_adjective(last, lang) and not is_acronym(last):
        noun = _noun_of(line, at, lang)
        if noun is None:
            if len(part) == 1:
                return None
        else:
            # «Вторая мировая» stands without its noun.
            return _with_tail(line, [*part, *range(at + 1, noun + 1)], noun, lang)
    if (
        len(part) > 1
        and not is_adjective(first, lang)
        and lemma(last, lang) not in words_of("ORGANISATIONS", lang)
    ):
        return _with_tail(line, part, at, lang) if _headed(line, part, lang) else part
    if any(is_adjective(line[i].text, lang) for i in part[:-1]) or lemma(last, lang) in (
        words_of("ORGANISATIONS", lang) | words_of("PROGRAMMES", lang)
    ):
        return _with_tail(line, part, at, lang)
    return part


def _headed(line: Sequence[Word], part: Sequence[int], lang: str) -> bool:
    return lemma(line[part[0]].text, lang) in words_of("ORGANISATIONS", lang)


def _noun_of(line: Sequence[Word], at: int, lang: str) -> int | None:
    """The position of the small noun that the capitalised adjective at ``at`` belongs to."""
    adjective = line[at].text
    i = at + 1
    while _small(line, i) and i - at < 4:
        word = line[i].text
        if _agree(adjective, word, lang) and lemma(word, lang) not in _GENERIC:
            return i
        if not any(r.pos == "adjective" for r in readings(word, lang)):
            return None
        if i == at + 1 and not _small(line, i + 1):
            return (
                i
                if any(a.case == b.case for a in readings(adjective, lang) for b in readings(word, lang))
                else None
            )
        i += 1
    return None


def _with_tail(line: Sequence[Word], part: list[int], head: int, lang: str) -> list[int]:
    """The name with the genitives behind its head, small ones and a last one with a capital."""
    found = list(part)
    headed = any(lemma(line[i].text, lang) in words_of("ORGANISATIONS", lang) for i in part)
    i = head + 1
    while i < len(line) and len(found) < _LONGEST and line[i].gap in (" ", "\u00a0"):
        word = line[i].text
        if is_capital(word):
            placed = line[i - 1].text.islower() and lemma(line[i - 1].text, lang) in words_of("PLACES", lang)
            if (placed or _closes(word, lang)) and not _person_follows(line, i, lang):
                found.extend(range(found[-1] + 1, i + 1))
            break
        if (
            word in ("по", "з")
            and headed
            and (stop := _phrase(line, i + 1, "datv" if word == "по" else "gent", lang))
        ):
            found.extend(range(found[-1] + 1, stop + 1))
            i = stop + 1
            if (
                i < len(line)
                and line[i].text in ("и", "і", "та")
                and (more := _phrase(line, i + 1, "datv", lang))
            ):
                found.extend(range(found[-1] + 1, more + 1))
                i = more + 1
            continue
        stop = _phrase(line, i, "gent", lang)
        if not stop:
            break
        found.extend(range(found[-1] + 1, stop + 1))
        i = stop + 1
    return found


def _phrase(line: Sequence[Word], i: int, case: str, lang: str) -> int:
    """The position of the noun of a small noun phrase in this case that begins at ``i``; 0 where there is none."""
    start = i
    while _small(line, i) and i - start < 3:
        word = line[i].text
        capital_next = i + 1 < len(line) and is_capital(line[i + 1].text)
        if lemma(word, lang) in _GENERIC or (
            capital_next and lemma(word, lang) in words_of("ROLES", lang) and not word.endswith("ей")
        ):
            return 0
        noun, adjective = _has(word, lang, "noun", case), _has(word, lang, "adjective", case)
        if adjective and _small(line, i + 1):
            nxt = line[i + 1].text
            cases = _agree(word, nxt, lang)
            more = any(r.pos == "adjective" for r in readings(nxt, lang)) and (cases or not noun)
            if case in cases or more:
                i += 1
                continue
        best = _likely(word, lang)[0]
        return i if noun and best.pos == "noun" else 0
    return 0


def _closes(word: str, lang: str) -> bool:
    """Whether a capital behind a tail can be its last genitive: a place, an acronym, an unknown name, no person."""
    if is_acronym(word):
        return True
    found = _likely(word, lang)
    if not found[0].known and word[-1] in "аяиыіїу":
        return True
    if any(r.role for r in found) and found[0].known and not any(r.proper == "place" for r in found):
        return False
    return any(r.pos in ("noun", "adjective") and (r.case == "gent" or r.fixed) for r in found)


def _person_follows(line: Sequence[Word], i: int, lang: str) -> bool:
    known = any(r.role == "Name" for r in _likely(line[i].text, lang)[:2])
    return known and i + 1 < len(line) and line[i + 1].gap == " " and is_capital(line[i + 1].text)


def head_length(line: Sequence[Word], part: Sequence[int], lang: str) -> int:
    """How many words a name has up to the noun that an adjective at its beginning agrees with; 0 without one."""
    if not is_adjective(line[part[0]].text, lang):
        return 0
    for n, i in enumerate(part[1:], 2):
        if _agree(line[part[0]].text, line[i].text, lang):
            return n if n < len(part) else 0
    return 0
