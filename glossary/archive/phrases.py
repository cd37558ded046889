"""Recurring phrases of a whole archive, by C-value (``extract/phrases.py``), from numbered words alone.

Candidates are runs of two to four content words. They are counted in two passes over the words' numbers: the first
under a hash in a table of fixed size, so that no count is too low, the second exactly, for those that may have the
support asked for. A third collects how the best are written. No text is read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from glossary.archive.dates import Dates
from glossary.archive.kept import Ids, Kept
from glossary.archive.names import HELD, MOST, PAIRS, Mined, Support, rank, widened
from glossary.extract.naming import phrase_form
from glossary.extract.phrases import LONGEST, c_values, is_nominal

BUCKETS = 1 << 22
BEST = 20_000
Hashes = NDArray[np.uint64]
Gram = tuple[int, ...]
_ODD = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio's: spreads neighbouring numbers over all hashes


@dataclass(slots=True)
class _Vocabulary:
    """Forms by number: the number of their lemma, and lemmas by theirs. Number 0 is the end of a run."""

    forms: list[str]
    lemma_of: NDArray[np.int32]
    lemmas: list[tuple[str, str]]


@dataclass(slots=True)
class _Phrase:
    count: int = 0
    pairs: int = 0
    first: int = 0
    last: int = 0
    surfaces: Counter[Gram] = field(default_factory=Counter)
    sources: list[int] = field(default_factory=list)


def support_of(wanted: Support, pairs: int) -> Support:
    """The support of phrases: three mentions and two pairs at least, in many pairs one of a thousand more."""
    return Support(max(3, wanted.count), max(wanted.pairs, min(2, pairs) + pairs // 1000))


def mine_phrases(kept: Kept, version: str, dates: Dates, support: Support) -> list[Mined]:
    """The phrases with the support asked for, by language and falling C-value."""
    vocabulary = _vocabulary(kept)
    by_lang: dict[str, Counter[tuple[str, ...]]] = {}
    grams_of: dict[tuple[str, tuple[str, ...]], Gram] = {}
    for gram, count in _counted(kept, version, vocabulary, support).items():
        lang, lemmas = _spelt(gram, vocabulary)
        by_lang.setdefault(lang, Counter())[lemmas] = count
        grams_of[lang, lemmas] = gram
    values = {lang: c_values(counts) for lang, counts in by_lang.items()}
    best = {grams_of[lang, lemmas] for lang in values for lemmas in _best(values[lang], lang)}
    tops = {lang: max(own.values(), default=1.0) or 1.0 for lang, own in values.items()}
    found = []
    for gram, phrase in _collected(kept, version, vocabulary, dates, best).items():
        lang, lemmas = _spelt(gram, vocabulary)
        found.append(_mined(lang, lemmas, phrase, vocabulary, values[lang][lemmas], tops[lang]))
    return sorted(found, key=rank)


def _best(values: Mapping[tuple[str, ...], float], lang: str) -> list[tuple[str, ...]]:
    """The phrases of a language that are worth something and end in a noun, up to ``BEST``."""
    ranked = sorted(values, key=lambda gram: (-values[gram], gram))
    return [gram for gram in ranked if values[gram] > 0 and is_nominal(gram, lang)][:BEST]


def _vocabulary(kept: Kept) -> _Vocabulary:
    forms, of = [""], [0]
    numbers: dict[tuple[str, str], int] = {("", ""): 0}
    for _, lang, form, lemma in kept.forms():
        forms.append(form)
        of.append(numbers.setdefault((lang, lemma), len(numbers)))
    return _Vocabulary(forms, np.asarray(of, dtype=np.int32), list(numbers))


def grams(lemmas: Ids, size: int) -> tuple[Hashes, NDArray[np.int64]]:
    """The hashes of all grams of a size in runs that end in 0, and where they begin."""
    count = len(lemmas) - size + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    whole = np.ones(count, dtype=bool)
    hashes = np.full(count, size, dtype=np.uint64)
    for k in range(size):
        part = lemmas[k : k + count]
        whole &= part > 0
        hashes = (hashes ^ part.astype(np.uint64)) * _ODD
        hashes ^= hashes >> np.uint64(29)
    at = np.flatnonzero(whole)
    return hashes[at], at


def _pairs(kept: Kept, version: str, vocabulary: _Vocabulary) -> Iterator[tuple[int, Ids, Ids]]:
    """Of each pair: its number, its forms and their lemmas."""
    for pair, forms in kept.words(version):
        known = forms if not len(forms) or forms.max() < len(vocabulary.forms) else forms[:0]
        yield pair, known, vocabulary.lemma_of[known]


def _counted(kept: Kept, version: str, vocabulary: _Vocabulary, support: Support) -> dict[Gram, int]:
    """How often each gram with the support occurs."""
    counts = np.zeros(BUCKETS, dtype=np.uint32)
    pairs = np.zeros(BUCKETS, dtype=np.uint32)
    for _, _, lemmas in _pairs(kept, version, vocabulary):
        for size in range(2, LONGEST + 1):
            found, times = np.unique(grams(lemmas, size)[0], return_counts=True)
            places = found % np.uint64(BUCKETS)
            np.add.at(counts, places, times.astype(np.uint32))
            np.add.at(pairs, places, 1)
    least = support.count
    while np.count_nonzero(may := (pairs >= support.pairs) & (counts >= least)) > MOST:
        least += 1
    exact: dict[int, list[int]] = {}
    spelt: dict[int, Gram] = {}
    for _, _, lemmas in _pairs(kept, version, vocabulary):
        for size in range(2, LONGEST + 1):
            hashes, at = grams(lemmas, size)
            held = may[hashes % np.uint64(BUCKETS)]
            found, first, times = np.unique(hashes[held], return_index=True, return_counts=True)
            starts = at[held][first]
            for one, start, n in zip(found.tolist(), starts.tolist(), times.tolist(), strict=True):
                row = exact.get(one)
                if row is None:
                    exact[one] = [n, 1]
                    spelt[one] = tuple(lemmas[start : start + size].tolist())
                else:
                    row[0] += n
                    row[1] += 1
    return {
        spelt[one]: count
        for one, (count, places) in exact.items()
        if count >= least and places >= support.pairs
    }


def _spelt(gram: Gram, vocabulary: _Vocabulary) -> tuple[str, tuple[str, ...]]:
    """The language and the lemmas."""
    return vocabulary.lemmas[gram[0]][0], tuple(vocabulary.lemmas[number][1] for number in gram)


def _collected(
    kept: Kept, version: str, vocabulary: _Vocabulary, dates: Dates, wanted: set[Gram]
) -> dict[Gram, _Phrase]:
    """How the phrases wanted are written, how often, where and when."""
    keys = {int(grams(np.asarray(gram, dtype=np.int32), len(gram))[0][0]): gram for gram in wanted}
    sought = np.sort(np.fromiter(keys, dtype=np.uint64, count=len(keys)))
    found: dict[Gram, _Phrase] = {}
    for pair, forms, lemmas in _pairs(kept, version, vocabulary):
        own: set[Gram] = set()
        for size in range(2, LONGEST + 1):
            hashes, at = grams(lemmas, size)
            there = np.isin(hashes, sought)
            for one, start in zip(hashes[there].tolist(), at[there].tolist(), strict=True):
                phrase = found.setdefault(keys[one], _Phrase())
                phrase.count += 1
                phrase.surfaces[tuple(forms[start : start + size].tolist())] += 1
                own.add(keys[one])
        for gram in own:
            phrase = found[gram]
            phrase.pairs += 1
            phrase.first, phrase.last = widened(phrase.first, phrase.last, dates[pair])
            if len(phrase.sources) < PAIRS:
                phrase.sources.append(pair)
            if len(phrase.surfaces) > 2 * HELD:
                phrase.surfaces = Counter(dict(phrase.surfaces.most_common(HELD)))
    return found


def _mined(
    lang: str, lemmas: tuple[str, ...], phrase: _Phrase, vocabulary: _Vocabulary, value: float, top: float
) -> Mined:
    surfaces = {" ".join(vocabulary.forms[n] for n in gram): count for gram, count in phrase.surfaces.items()}
    shown = max(surfaces, key=lambda text: (surfaces[text], text.islower(), text))
    return Mined(
        f"{lang}:{' '.join(lemmas)}", lang, "phrase", phrase_form(shown, lemmas, lang), phrase.count,
        phrase.pairs, round(0.4 * value / top, 4), phrase.first, phrase.last,
        dict(sorted(surfaces.items(), key=lambda row: (-row[1], row[0]))),
        sources=tuple(phrase.sources), note=f"C-value {value:.1f}",
    )  # fmt: skip
