"""What one pair contributes to its archive: names with their renderings, runs of content words, legal marks.

A pair is read by itself, in the light of its own two texts, so that what it contributes depends on nothing else, and
an archive that grew pair by pair is the same as one that was read at once.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from glossary.checks.settings import base_lang
from glossary.checks.views import PairView
from glossary.extract.morphology import lemma
from glossary.extract.phrases import runs
from glossary.extract.words import UNSPACED
from glossary.model import Candidate, Kind

READER = 1
"""Counts up where readings of before do not hold any more."""
SURE = 0.5  # score from which a candidate is surely a name


class Rendered(NamedTuple):
    """What mentions of a name became: the text ("" for left out), how often, how surely."""

    lang: str
    text: str
    times: int
    confidence: float


class Named(NamedTuple):
    """A name in one pair. ``key`` is its language and lemmas ("ru:фронт обновление"), whatever its kind."""

    key: str
    lang: str
    kind: Kind
    text: str
    sure: bool
    surfaces: dict[str, int]
    renderings: tuple[Rendered, ...]

    @property
    def mentions(self) -> int:
        """How often it is mentioned."""
        return sum(self.surfaces.values())


class Mark(NamedTuple):
    """A legal mark: its statuses, countries and words. ``source``: it stands in the original."""

    source: bool
    lang: str
    statuses: tuple[str, ...]
    countries: tuple[str, ...]
    text: str


class Fate(NamedTuple):
    """What became of a mark, as the ledger says; positions in the reading's marks, -1 for none."""

    verdict: str
    source: int
    target: int


Run = tuple[str, ...]
"""Content words next to each other, as they are written."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one pair contributes. ``runs`` are by language; ``lemmas`` gives (language, word) its lemma."""

    names: tuple[Named, ...]
    marks: tuple[Mark, ...]
    fates: tuple[Fate, ...]
    runs: dict[str, tuple[Run, ...]]
    lemmas: dict[tuple[str, str], str]


def read(pair: PairView) -> Reading:
    """Reads a pair."""
    marks, fates = _marks(pair)
    found: dict[str, tuple[Run, ...]] = {}
    lemmas: dict[tuple[str, str], str] = {}
    taken = _taken(pair.names)
    for side in (pair.source, pair.target):
        if side.lang in UNSPACED:
            continue
        own = tuple(tuple(word.text for word in run) for run in runs(side.document, side.lang, taken))
        found[side.lang] = found.get(side.lang, ()) + own
        for run in own:
            for word in run:
                lemmas[side.lang, word] = lemma(word, side.lang)
    return Reading(tuple(_named(name) for name in pair.names), marks, fates, found, lemmas)


def _taken(names: Sequence[Candidate]) -> dict[str, list[tuple[int, int]]]:
    """Where names stand that surely are some, by document: their words are no phrases."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name in names:
        if name.score >= SURE:
            for at in name.occurrences:
                spans[at.document].append((at.start, at.end))
    for own in spans.values():
        own.sort()
    return spans


def key_of(candidate: Candidate) -> str:
    """A candidate's language and lemmas."""
    lang, _, rest = candidate.key.partition(":")
    return f"{lang}:{rest.partition(':')[2]}"


def _named(name: Candidate) -> Named:
    return Named(
        key_of(name), name.term.lang, name.kind, name.term.text, name.score >= SURE, dict(name.term.variants),
        tuple(Rendered(r.lang, r.text, r.count, r.confidence) for r in name.renderings),
    )  # fmt: skip


def _marks(pair: PairView) -> tuple[tuple[Mark, ...], tuple[Fate, ...]]:
    found = [
        Mark(side is pair.source, base_lang(mark.lang), mark.status, mark.jurisdiction, mark.text)
        for side in (pair.source, pair.target)
        for mark in side.marks
    ]
    first = len(pair.source.marks)
    fates = tuple(
        Fate(
            one.verdict,
            -1 if one.source is None else one.source,
            -1 if one.target is None else first + one.target,
        )
        for one in pair.ledger
    )
    return tuple(found), fates


# As bytes


def hash_of(key: str) -> int:
    """32 bits of a name's key: enough to pass over pairs that do not have it."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass"))


def pack_keys(names: Sequence[Named]) -> bytes:
    """The hashes of all names' keys, then how often each is mentioned, as little-endian uint32."""
    figures = [*(hash_of(name.key) for name in names), *(name.mentions for name in names)]
    return struct.pack(f"<{len(figures)}I", *figures)


def pack_names(names: Iterable[Named]) -> bytes:
    """The names of a pair, packed."""
    return pack([[*name[:5], name.surfaces, name.renderings] for name in names])


def unpack_names(data: bytes) -> list[Named]:
    """What :func:`pack_names` wrote."""
    return [
        Named(key, lang, kind, text, sure, surfaces, tuple(Rendered(*one) for one in renderings))
        for key, lang, kind, text, sure, surfaces, renderings in unpack(data)
    ]


def pack_marks(marks: Sequence[Mark], fates: Sequence[Fate]) -> bytes:
    """The marks of a pair and what became of them, packed; nothing for none."""
    return pack([marks, fates]) if marks else b""


def unpack_marks(data: bytes) -> tuple[list[Mark], list[Fate]]:
    """What :func:`pack_marks` wrote."""
    if not data:
        return [], []
    marks, fates = unpack(data)
    return (
        [Mark(source, lang, tuple(own), tuple(there), text) for source, lang, own, there, text in marks],
        [Fate(*one) for one in fates],
    )


def pack(value: Any) -> bytes:
    """JSON packed by zlib."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack(data: bytes) -> Any:
    """What :func:`pack` wrote."""
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
