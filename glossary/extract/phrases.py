"""Recurring noun phrases that are no names: C-value (Frantzi, Ananiadou & Mima 2000).

C-value(a) = log2|a| · (f(a) − mean f(b) over the longer candidates b that hold a); |a| in words, f in the whole
collection. Candidates are runs of two to four words without small words, numbers and marks between them, in Russian
and Ukrainian adjectives and nouns that end in a noun ("Automatic recognition of multi-word terms: the
C-value/NC-value method", International Journal on Digital Libraries 3).
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from align.model import Document
from align.text.function_words import WORDS
from glossary.extract.cues import listed, words_of
from glossary.extract.morphology import fold, lemma, readings
from glossary.extract.naming import phrase_form
from glossary.extract.words import UNSPACED, Word, words
from glossary.model import Candidate, Occurrence, Term

LONGEST = 4
_MOST_KEPT = 20_000
Gram = tuple[str, ...]


def recurring_phrases(
    documents: Sequence[Document], names: Sequence[Candidate] = (), *, least: int = 3
) -> list[Candidate]:
    """Phrases that occur ``least`` times or more, by falling C-value; none that lies within a name's mention.

    Counting goes length by length and looks only at phrases whose parts recur, so that memory is bounded by what
    recurs and not by all that is there.
    """
    least = max(2, least)
    found: list[Candidate] = []
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name in names:
        for at in name.occurrences:
            taken[at.document].append((at.start, at.end))
    for spans in taken.values():
        spans.sort()
    for lang in sorted({document.lang for document in documents} - UNSPACED):
        mine = [document for document in documents if document.lang == lang]
        found += _of_language(mine, lang, least, taken)
    return found


class _Words:
    """The content words of many texts in flat arrays: lemma numbers (−1 between runs), places, documents."""

    def __init__(
        self, documents: Sequence[Document], lang: str, taken: dict[str, list[tuple[int, int]]]
    ) -> None:
        self.lemmas: list[str] = []
        self.ids, self.starts, self.ends = array("i"), array("i"), array("i")
        self.begins = array("i")  # of each document
        numbers: dict[str, int] = {}
        for document in documents:
            self.begins.append(len(self.ids))
            for run in runs(document, lang, taken):
                for word in run:
                    base = lemma(word.text, lang)
                    number = numbers.get(base)
                    if number is None:
                        number = numbers[base] = len(self.lemmas)
                        self.lemmas.append(base)
                    self._put(number, word.start, word.end)
                self._put(-1, 0, 0)

    def _put(self, number: int, start: int, end: int) -> None:
        self.ids.append(number)
        self.starts.append(start)
        self.ends.append(end)


Ids = tuple[int, ...]


def _of_language(
    documents: Sequence[Document], lang: str, least: int, taken: dict[str, list[tuple[int, int]]]
) -> list[Candidate]:
    flat = _Words(documents, lang, taken)
    counts: Counter[Ids] = Counter()
    kept: set[Ids] = set()
    ids = flat.ids
    for length in range(2, LONGEST + 1):
        rows = zip(*(ids[k:] for k in range(length)), strict=False)
        level = Counter(
            row for row in rows if -1 not in row and (length == 2 or (row[:-1] in kept and row[1:] in kept))
        )
        kept = {gram for gram, n in level.items() if n >= least}
        counts.update({gram: level[gram] for gram in kept})
        if not kept:
            break
    scored = c_values(Counter({tuple(flat.lemmas[i] for i in gram): n for gram, n in counts.items()}))
    best = [g for g in sorted(scored, key=lambda g: (-scored[g], g)) if scored[g] > 0 and is_nominal(g, lang)]
    return _candidates(best[:_MOST_KEPT], scored, documents, lang, flat)


def c_values(counts: Counter[Gram]) -> dict[Gram, float]:
    """The C-value of every phrase in a table of counts; 0 for one that only stands within one longer phrase."""
    longer: dict[Gram, list[int]] = defaultdict(list)
    for gram, n in counts.items():
        for size in range(2, len(gram)):
            for i in range(len(gram) - size + 1):
                part = gram[i : i + size]
                if part in counts:
                    longer[part].append(n)
    return {
        gram: math.log2(len(gram)) * (n - sum(longer[gram]) / len(longer[gram]) if gram in longer else n)
        for gram, n in counts.items()
    }


def runs(
    document: Document, lang: str, taken: Mapping[str, Sequence[tuple[int, int]]]
) -> Iterator[list[Word]]:
    """Runs of two or more content words with nothing but space between them, outside the spans taken by names.

    ``taken`` gives spans in order, by the document's name.
    """
    spans = taken.get(document.name, ())
    for segment in document.segments:
        run: list[Word] = []
        for word in words(document.text, lang, segment.start, segment.end):
            if run and (word.gap not in (" ", "\u00a0") or word.place == 2):
                yield from _whole(run)
                run = []
            if _content(word.text, lang) and not _inside(spans, word):
                run.append(word)
            else:
                yield from _whole(run)
                run = []
        yield from _whole(run)


def _whole(run: list[Word]) -> Iterable[list[Word]]:
    return [run] if len(run) > 1 else ()


def _inside(spans: Sequence[tuple[int, int]], word: Word) -> bool:
    at = bisect_right(spans, (word.start, 1 << 60)) - 1
    return any(a <= word.start < b for a, b in spans[max(0, at - 2) : at + 1])


@lru_cache(maxsize=400_000)
def _content(word: str, lang: str) -> bool:
    if len(word) < 3 or not word[0].isalpha() or fold(word) in _small(lang):
        return False
    if lang in ("ru", "uk") and not word.isascii():
        return readings(word, lang)[0].pos in ("noun", "adjective")
    return lang != "en" or not fold(word).endswith(("ly", "n't"))


_VERBAL = listed(
    "said says say told tell made make makes take takes took give gave given get got go went gone come "
    "came see saw seen know knew known think thought want wanted need needed use used find found work "
    "worked call called try tried ask asked feel felt become became leave left put mean keep kept let "
    "begin began seem seemed help show showed hear heard play run ran move live lived believe bring "
    "brought happen happened write wrote provide sit stood stand lose lost pay paid meet met include "
    "continue set learn change lead understand watch follow stop create speak read allow add spend grow "
    "open walk win offer remember love consider appear buy wait serve die send expect build stay fall cut "
    "reach kill remain going doing being having making taking getting coming looking using including "
    "according due per via"
)


@cache
def _small(lang: str) -> frozenset[str]:
    from glossary.extract.standing import MORE_WORDS

    own = frozenset(WORDS.get(lang, "").split()) | words_of("LINKS", lang) | words_of("ARTICLES", lang)
    return own | MORE_WORDS | _VERBAL if lang == "en" else own


def _candidates(
    grams: Sequence[Gram], scored: dict[Gram, float], documents: Sequence[Document], lang: str, flat: _Words
) -> list[Candidate]:
    number = {base: i for i, base in enumerate(flat.lemmas)}
    places: dict[Ids, list[Occurrence]] = {tuple(number[base] for base in gram): [] for gram in grams}
    for d, document in enumerate(documents):
        starts = [segment.start for segment in document.segments]
        begin = flat.begins[d]
        stop = flat.begins[d + 1] if d + 1 < len(documents) else len(flat.ids)
        ids = flat.ids[begin:stop].tolist()
        for length in range(2, LONGEST + 1):
            for i, row in enumerate(zip(*(ids[k:] for k in range(length)), strict=False)):
                rows = places.get(row)
                if rows is not None:
                    a, b = flat.starts[begin + i], flat.ends[begin + i + length - 1]
                    segment = max(0, bisect_right(starts, a) - 1)
                    rows.append(Occurrence(document.name, segment, a, b, document.text[a:b]))
    top = max(scored.values(), default=1.0) or 1.0
    found = []
    for gram, rows in zip(grams, places.values(), strict=True):
        variants = Counter(at.text for at in rows)
        shown = max(variants, key=lambda text: (variants[text], text.islower(), text))
        score = round(0.4 * scored[gram] / top, 4)
        term = Term(
            phrase_form(shown, gram, lang), lang, " ".join(gram), variants=dict(variants.most_common())
        )
        key, why = f"{lang}:phrase:{' '.join(gram)}", f"C-value {scored[gram]:.1f}"
        found.append(Candidate(key, term, "phrase", len(rows), score, tuple(rows), reason=why))
    return found


def is_nominal(gram: Gram, lang: str) -> bool:
    """Whether a phrase ends in a noun, as far as anybody knows."""
    return lang not in ("ru", "uk") or readings(gram[-1], lang)[0].pos == "noun"
