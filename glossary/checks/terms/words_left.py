"""Ordinary words of the original that a translation in the same script left as they were.

Such a word is one that the dictionary of the original's language has and that of the translation's has not, and
that is translated elsewhere in the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from glossary.checks.views import PairView, Span
from glossary.extract.candidates import NAMED
from glossary.extract.morphology import lemma, readings
from glossary.extract.words import OPENING, Word, is_capital
from glossary.model import Candidate

_PLAIN = re.compile(r"(?<![^\W_])[^\W\d_]{4,}(?![^\W_])")
_BEFORE = tuple(OPENING + "([（【")
_HIGH_NOUNS = ("de", "lb")
_ELSEWHERE = 2
"""Other beads at least in which the translation has another word for it."""

Names = Mapping[int, Sequence[tuple[Span, Candidate]]]


def words_left(pair: PairView, names: Names) -> Iterator[tuple[Span, Span]]:
    """(Place in the translation, place in the original) of each such word; ``names`` of the original by bead."""
    for bead in filter(pair.is_sure, range(len(pair.beads))):
        ours, theirs = pair.span("source", bead), pair.span("target", bead)
        if ours is None or theirs is None:
            continue
        own = set(_PLAIN.findall(pair.source.text[slice(*ours)].lower()))
        for low in sorted(own.intersection(_PLAIN.findall(pair.target.text[slice(*theirs)].lower()))):
            at = next((word for word in pair.words("source", bead) if word.text.lower() == low), None)
            if at is None or not _is_foreign(at.text, pair.source.lang, pair.target.lang):
                continue
            place = _place(pair.words("target", bead), low, nouns=pair.source.lang in _HIGH_NOUNS)
            if place is None or _in_name((at.start, at.end), names.get(bead, ())):
                continue
            if _is_translated(pair, at.text):
                yield place, (at.start, at.end)


@lru_cache(maxsize=50_000)
def _is_foreign(word: str, ours: str, theirs: str) -> bool:
    """Whether the dictionary of the first language has the word, and that of the second has not."""
    if not readings(word, ours)[0].known:
        return False
    return not any(readings(one, theirs)[0].known for one in (word, word.lower(), word.capitalize()))


def _place(line: Sequence[Word], low: str, *, nouns: bool) -> Span | None:
    """Where the word stands in a sentence, None where it is quoted, in a parenthesis or (part of) a name.

    ``nouns``: the original writes its nouns with a capital, so that one here does not make a name.
    """
    n = next((n for n, word in enumerate(line) if word.text.lower() == low), None)
    if n is None or line[n].gap.endswith(_BEFORE) or (is_capital(line[n].text) and not nouns):
        return None
    beside = [line[k] for k in (n - 1, n + 1) if 0 <= k < len(line) and line[max(k, n)].gap in (" ", "-")]
    if any(is_capital(word.text) and word.place != 2 for word in beside):
        return None
    return line[n].start, line[n].end


def _in_name(at: Span, names: Sequence[tuple[Span, Candidate]]) -> bool:
    """Whether a word of the original is a part of a name, or a person's name."""
    return any(
        a <= at[0] and at[1] <= b and name.kind in NAMED and (name.kind == "person" or b - a > at[1] - at[0])
        for (a, b), name in names
    )


def _is_translated(pair: PairView, word: str) -> bool:
    """Whether the translation has another word in other beads, and mostly."""
    base = lemma(word, pair.source.lang)
    beads = _by_lemma(pair).get(base, ())
    left = sum(
        any(
            word.lower() == other.text.lower() or lemma(other.text, pair.source.lang) == base
            for other in pair.words("target", bead)
        )
        for bead in beads
    )
    return len(beads) - left >= max(_ELSEWHERE, 2 * left)


@lru_cache(maxsize=1)
def _by_lemma(pair: PairView) -> Mapping[str, list[int]]:
    """Lemma → the sure beads whose original has it."""
    found: dict[str, list[int]] = {}
    for bead in filter(pair.is_sure, range(len(pair.beads))):
        for one in {lemma(word.text, pair.source.lang) for word in pair.words("source", bead)}:
            found.setdefault(one, []).append(bead)
    return found
