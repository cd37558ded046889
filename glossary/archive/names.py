"""The names of a whole archive: added up from what each pair contributes, in memory bounded by their number.

Two passes. The first counts mentions and pairs in a table of fixed size under a hash of each name's key, so that no
count is ever too low; the second counts exactly those names that may have the support asked for. Where more than
``MOST`` names might, the least number of mentions rises until they fit, and the result says so. Of each name the
``HELD`` commonest forms and renderings are kept; what falls out was rarer than all of them when it did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from glossary.archive.dates import Dates
from glossary.archive.kept import Kept
from glossary.archive.reading import Named, hash_of
from glossary.extract.candidates import NAMED
from glossary.extract.morphology import fold
from glossary.extract.pairing import grouped_renderings
from glossary.model import Kind

BUCKETS = 1 << 22
MOST = 200_000
HELD = 48
PAIRS = 12
"""The first pairs of a term that are remembered, for its evidence."""


@dataclass(frozen=True, slots=True)
class Support:
    """What a term has to have to be listed: mentions, and pairs that they stand in."""

    count: int = 2
    pairs: int = 1


@dataclass(frozen=True, slots=True)
class RenderedAs:
    """What a term became over all pairs; ``text`` "" for left out. ``first`` and ``last`` are dates as figures."""

    text: str
    lang: str
    count: int
    pairs: int
    confidence: float
    first: int
    last: int
    variants: dict[str, int]


@dataclass(frozen=True, slots=True)
class Mined:
    """A term of the archive with its figures. ``sources`` are the first pairs that have it; ``note`` says more."""

    key: str
    lang: str
    kind: Kind
    text: str
    count: int
    pairs: int
    score: float
    first: int
    last: int
    surfaces: dict[str, int]
    renderings: tuple[RenderedAs, ...] = ()
    sources: tuple[int, ...] = ()
    note: str = ""


@dataclass(slots=True)
class _Rendered:
    times: int = 0
    pairs: int = 0
    weight: float = 0.0
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class _Entry:
    lang: str
    kinds: Counter[Kind] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    renderings: dict[tuple[str, str], _Rendered] = field(default_factory=dict)
    sure: int = 0
    count: int = 0
    pairs: int = 0
    first: int = 0
    last: int = 0
    sources: list[int] = field(default_factory=list)

    def add(self, name: Named, pair: int, date: int) -> None:
        own = name.mentions
        self.kinds[name.kind] += own
        self.texts[name.text] += own
        self.surfaces.update(name.surfaces)
        self.sure += own * name.sure
        self.count += own
        self.pairs += 1
        self.first, self.last = widened(self.first, self.last, date)
        if len(self.sources) < PAIRS:
            self.sources.append(pair)
        for lang, text, times, confidence in name.renderings:
            held = self.renderings.setdefault((lang, text), _Rendered())
            held.times += times
            held.pairs += 1
            held.weight += times * confidence
            held.first, held.last = widened(held.first, held.last, date)
        self._trim()

    @property
    def text(self) -> str:
        """The commonest base form."""
        return min(self.texts, key=lambda one: (-self.texts[one], one))

    def take_in(self, other: _Entry) -> None:
        """Adds what was counted under another key."""
        for mine, its in ((self.texts, other.texts), (self.surfaces, other.surfaces)):
            mine.update(its)
        self.kinds.update(other.kinds)
        self.sure, self.count = self.sure + other.sure, self.count + other.count
        self.sources = sorted({*self.sources, *other.sources})[:PAIRS]
        self.pairs += other.pairs
        for date in (other.first, other.last):
            self.first, self.last = widened(self.first, self.last, date)
        for key, row in other.renderings.items():
            held = self.renderings.setdefault(key, _Rendered())
            held.times, held.pairs = held.times + row.times, held.pairs + row.pairs
            held.weight += row.weight
            for date in (row.first, row.last):
                held.first, held.last = widened(held.first, held.last, date)

    def _trim(self) -> None:
        for table in (self.surfaces, self.texts):
            if len(table) > 2 * HELD:
                kept = sorted(table.items(), key=lambda row: (-row[1], row[0]))[:HELD]
                table.clear()
                table.update(dict(kept))
        if len(self.renderings) > 2 * HELD:
            rows = sorted(self.renderings.items(), key=lambda row: (-row[1].times, row[0]))
            self.renderings = dict(rows[:HELD])


def widened(first: int, last: int, date: int) -> tuple[int, int]:
    """The first and last of dates as figures, with one more; 0 is no date."""
    if not date:
        return first, last
    return min(first or date, date), max(last, date)


def mine_names(kept: Kept, version: str, dates: Dates, support: Support) -> tuple[list[Mined], int]:
    """The names with the support asked for, the surest and most widespread first; and the least count used."""
    may, least = _candidates(kept, version, support)
    entries: dict[str, _Entry] = {}
    for pair, names in kept.names(version):
        for name in names:
            if may[hash_of(name.key) % BUCKETS]:
                entry = entries.get(name.key)
                if entry is None:
                    entry = entries[name.key] = _Entry(name.lang)
                entry.add(name, pair, dates[pair])
    found = [
        _mined(key, entry)
        for key, entry in _joined(entries)
        if entry.count >= least and entry.pairs >= support.pairs
    ]
    return sorted(found, key=rank), least


def _joined(entries: Mapping[str, _Entry]) -> Iterator[tuple[str, _Entry]]:
    """The names, those of one base form as one, under the key that has most mentions.

    The lemma of a word that no dictionary has is guessed from the forms that one pair has of it; base forms are not
    so easily misled, for they look at renderings too.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for key, entry in entries.items():
        groups.setdefault((entry.lang, fold(entry.text)), []).append(key)
    for keys in groups.values():
        first, *others = sorted(keys, key=lambda key: (-entries[key].count, key))
        for other in others:
            entries[first].take_in(entries[other])
        yield first, entries[first]


def rank(one: Mined) -> tuple[float, int, int, str]:
    """Sorts terms: the surest, then those of most pairs, then by mentions."""
    return (-one.score, -one.pairs, -one.count, one.key)


def _candidates(kept: Kept, version: str, support: Support) -> tuple[NDArray[np.bool_], int]:
    counts = np.zeros(BUCKETS, dtype=np.uint32)
    pairs = np.zeros(BUCKETS, dtype=np.uint32)
    for _, hashes, mentions in kept.hashes(version):
        places = hashes % BUCKETS
        np.add.at(counts, places, mentions)
        np.add.at(pairs, places, 1)
    enough = pairs >= support.pairs
    least = support.count
    while np.count_nonzero(may := enough & (counts >= max(1, least))) > MOST:
        least += 1
    return may, least


def _mined(key: str, entry: _Entry) -> Mined:
    named = Counter({kind: entry.kinds[kind] for kind in NAMED})
    best = max(NAMED, key=lambda kind: named[kind])
    kind: Kind = best if 2 * named.total() > entry.count else "other"
    share = entry.sure / entry.count
    score = (0.4 + 0.6 * share) * (0.5 + 0.1 * min(4, entry.count / 5) + 0.02 * min(5, entry.pairs))
    surfaces = dict(sorted(entry.surfaces.items(), key=lambda row: (-row[1], row[0])))
    score = round(min(1.0, score), 4)
    return Mined(
        key, entry.lang, kind, entry.text, entry.count, entry.pairs, score, entry.first, entry.last, surfaces,
        tuple(_rendered(entry)), tuple(entry.sources),
    )  # fmt: skip


def _rendered(entry: _Entry) -> Iterator[RenderedAs]:
    """The renderings, inflected forms of one together, the commonest first, what was left out last."""
    for lang in sorted({lang for lang, _ in entry.renderings}):
        own = {text: held for (code, text), held in entry.renderings.items() if code == lang}
        heads = grouped_renderings({text: held.times for text, held in own.items() if text}, lang)
        groups: dict[str, list[str]] = {}
        for text in own:
            groups.setdefault(heads.get(text, ""), []).append(text)
        rows = [_grouped(head, lang, {text: own[text] for text in texts}) for head, texts in groups.items()]
        yield from sorted(rows, key=lambda row: (not row.text, -row.count, row.text))


def _grouped(head: str, lang: str, own: dict[str, _Rendered]) -> RenderedAs:
    first = last = 0
    for held in own.values():
        first, last = widened(*widened(first, last, held.first), held.last)
    times = sum(held.times for held in own.values())
    variants = {text: held.times for text, held in own.items() if text}
    return RenderedAs(
        head, lang, times, sum(held.pairs for held in own.values()),
        round(sum(held.weight for held in own.values()) / times, 4), first, last,
        dict(sorted(variants.items(), key=lambda row: (-row[1], row[0]))),
    )  # fmt: skip
