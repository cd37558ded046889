"""A name in the translation that nothing in the original accounts for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossary.checks.terms.wording import closest, small_words
from glossary.checks.views import PairView, Span
from glossary.extract.cues import is_people, words_of
from glossary.extract.evidence import NOUNS_CAPITAL
from glossary.extract.morphology import fold, is_common
from glossary.extract.words import UNCASED, Word, is_capital

_SOUND = 0.5  # likeness to a word of the original from which a word is accounted for


def stray_name(pair: PairView, bead: int, claimed: Sequence[Span]) -> Span | None:
    """The one run of words with capitals in mid-sentence, or of two words and more, that renders nothing.

    ``claimed`` are spans that render something. None where there is no such run, or more than one, or where the
    language writes no names or all nouns with capitals.
    """
    lang = pair.target.lang
    if lang in UNCASED or lang in NOUNS_CAPITAL:
        return None
    words = pair.words("target", bead)
    if sum(word.text.isupper() for word in words) * 3 > len(words):
        return None
    there = [word.text for word in pair.words("source", bead)]
    found = [run for run in _runs(words, lang) if not _accounted(run, there, claimed, lang)]
    return (found[0][0].start, found[0][-1].end) if len(found) == 1 else None


def _runs(words: Sequence[Word], lang: str) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in words:
        own = is_capital(word.text) and fold(word.text) not in small_words(lang)
        if run and not (own and word.gap == " "):
            yield from _kept(run)
            run = []
        if own:
            run.append(word)
    yield from _kept(run)


def _kept(run: list[Word]) -> Iterator[list[Word]]:
    if run and (len(run) > 1 or run[0].place == 0):
        yield run


def _accounted(run: Sequence[Word], there: Sequence[str], claimed: Sequence[Span], lang: str) -> bool:
    start, end = run[0].start, run[-1].end
    if any(a < end and start < b for a, b in claimed):
        return True
    no_names = words_of("NO_NAMES", lang) | words_of("DATES", lang)
    plain = [fold(word.text) for word in run]
    if any(word in no_names or is_people(word, lang) for word in plain):
        return True
    if len(run) == 1 and is_common(run[0].text, lang):
        return True
    return any(closest(word, there) >= _SOUND for word in plain)
