"""Acronyms and what they stand for: Schwartz and Hearst (2003), in Latin, Cyrillic and any other letters with case.

"A simple algorithm for identifying abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing 8:
an acronym in parentheses behind its long form, or a long form in parentheses behind its acronym; the letters of the
acronym are looked for in the long form from right to left, the first one at the beginning of a word. Here the long
form must moreover begin its words with most of those letters, which is what acronyms of names do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from glossary.extract.cues import is_people, words_of
from glossary.extract.words import is_acronym

_INSIDE = re.compile(r"[(\[]\s*[«„“\"]?([^()\[\]]{2,200}?)[»“”\"]?\s*[)\]]")
_WORD = re.compile(r"[^\W_]+")
_LEAD = re.compile(r"^[«„“\"]?([^\W\d_][^\s,;–—»”\"]{1,9})[»”\"]?(?:\s*[,;–—]|$)")


class Acronym(NamedTuple):
    """``text[start:end]`` is the acronym, ``text[long_start:long_end]`` what it stands for."""

    start: int
    end: int
    long_start: int
    long_end: int


def find_acronyms(text: str, start: int = 0, end: int | None = None) -> list[Acronym]:
    """Pairs of acronym and long form in ``text[start:end]``, in order.

    What follows a comma inside the parenthesis is not looked at ("(IS, banned in Russia)").
    """
    stop = len(text) if end is None else end
    found: list[Acronym] = []
    for match in _INSIDE.finditer(text, start, stop):
        a, b = match.span(1)
        lead = _LEAD.match(match.group(1))
        short = lead.group(1) if lead else ""
        if lead and _is_short(short):
            first = a + lead.start(1)
            span = _long_before(text, start, match.start(), short)
            if span:
                found.append(Acronym(first, first + len(short), *span))
        else:
            before = re.search(
                r"([^\W_][\w.&-]{1,9})[»”\"]?\s*$", text[max(start, match.start() - 14) : match.start()]
            )
            if before and _is_short(before.group(1)):
                at = max(start, match.start() - 14) + before.start(1)
                inner = _fit(text[a:b], before.group(1))
                if inner is not None and inner < 2:
                    found.append(Acronym(at, at + len(before.group(1)), a + inner, b))
    return found


def _is_short(word: str) -> bool:
    plain = word.replace(".", "")
    return 2 <= len(plain) <= 10 and sum(sign.isupper() for sign in plain) >= 2


def _long_before(text: str, start: int, end: int, short: str) -> tuple[int, int] | None:
    """The long form before a parenthesis; another one between them ("(banned in Russia) (MCF)") is stepped over."""
    tail = text[start:end].rstrip()
    while tail.endswith(")") and "(" in tail:
        tail = tail[: tail.rindex("(")].rstrip()
    last = len(tail)
    while tail and not tail[last - 1].isalnum():
        last -= 1
        if not last:
            return None
    words = list(_WORD.finditer(tail[:last]))
    most = min(len(short) + 5, 2 * len(short))
    words = words[-most:]
    if not words:
        return None
    first = words[0].start()
    boundary = max((m.end() for m in re.finditer(r"[.!?;:()\n]\s", tail[:last])), default=0)
    first = max(first, boundary)
    at = _fit(tail[first:last], short)
    return None if at is None else (start + first + at, start + last)


def _fit(long: str, short: str) -> int | None:
    """Where the long form begins in a stretch that ends with it, or None."""
    letters = [sign for sign in short.casefold() if sign.isalnum()]
    low = long.casefold()
    if len(low) != len(long):
        return None
    by_words = _initials_of(low, letters)
    if by_words is not None:
        return by_words
    at = len(low)
    initials = 0
    for n in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (low[at] != letters[n] or (n == 0 and at > 0 and low[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        initials += at == 0 or not low[at - 1].isalnum()
    words = _WORD.findall(long[at:])
    if len(words) < 2 or 2 * initials <= len(letters) or short in words:
        return None
    return at


def _initials_of(low: str, letters: Sequence[str]) -> int | None:
    """Where the last words of ``low`` begin whose initials are the letters, up to two words between left out."""
    words = list(_WORD.finditer(low))
    at, left = len(words) - 1, len(letters) - 1
    skipped = 0
    while at >= 0 and left >= 0:
        if words[at].group()[0] == letters[left]:
            left -= 1
        elif left == len(letters) - 1 or (skipped := skipped + 1) > 2 or len(words[at].group()) > 4:
            return None
        at -= 1
    return words[at + 1].start() if left < 0 and len(letters) > 1 else None


@lru_cache(maxsize=100_000)
def stands_for(short: str, long: tuple[str, ...], lang: str) -> bool:
    """Whether an acronym is made of the initials of a long form's words, the parts of hyphenated ones too.

    Small words may be left out ("FAA"; "DoD"), and a country at either end of either («ВМФ» of «Военно-морской флот
    России», "RFM").
    """
    if not is_acronym(short) or len(long) < 2:
        return False
    letters = [sign.casefold() for sign in short if sign.isalpha()]
    small = words_of("LINKS", lang) | words_of("ARTICLES", lang)
    parts = [part for word in long for part in re.split(r"[-\s]", word) if part]
    full = [part[0].casefold() for part in parts]
    content = [part[0].casefold() for part in parts if part.casefold() not in small]
    if len(letters) < 2:
        return False
    if len(letters) == 2:
        return letters in (full, content)
    if letters in (full, content):
        return True
    if is_people(long[0].casefold(), lang) and letters == content[1:]:
        return True
    return long[-1][0].isupper() and len(letters) > 2 and letters in (content[:-1], full[:-1])


def initials(long: Sequence[str]) -> str:
    """The capitals that an acronym of these words would have."""
    return "".join(part[0].upper() for word in long for part in word.split("-") if part)
