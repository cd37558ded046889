"""The ledger of legal marks as lines: what became of each, with the sentences of both texts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from align.model import Alignment, Document
from glossary.annotations import ledger
from glossary.model import Annotation, LedgerEntry, Verdict
from glossary.store import Glossary
from glossary.web.marks import marks_of

Span = tuple[int, int] | tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Side:
    """One text's side of an entry: the mark's words ("" where there is none), and the sentence around it."""

    document: str
    lang: str
    mark: str
    says: str
    sentence: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a mark. ``bead`` counts from 1: the place in the alignment; 0 where the mark is in none."""

    alignment: int
    bead: int
    verdict: Verdict
    differs: tuple[str, ...]
    names: tuple[str, ...]
    source: Side
    target: Side


_KEPT: dict[tuple[str, int], tuple[str, tuple[Entry, ...]]] = {}
MOST = 4_000
"""Alignments whose entries are remembered."""


def entries_of(glossary: Glossary, number: int) -> tuple[Entry, ...]:
    """The ledger of one alignment, remembered until its texts or beads change. Raises UsageError."""
    path = str(glossary.store.path)
    with glossary.store.snapshot():
        version = str(
            glossary.db.execute(
                "SELECT source, target, updated_at, (SELECT max(id) FROM events AS e WHERE e.alignment = a.id) "
                "FROM alignments AS a WHERE a.id = ?",
                [number],
            ).fetchone()
        )
        kept = _KEPT.get((path, number))
        if kept is not None and kept[0] == version:
            return kept[1]
        alignment = glossary.store.load_alignment(number)
    found = tuple(made(alignment, number))
    while len(_KEPT) >= MOST:
        _KEPT.pop(next(iter(_KEPT)))
    _KEPT[path, number] = (version, found)
    return found


def made(alignment: Alignment, number: int) -> Iterable[Entry]:
    """The entries of an alignment with their sentences."""
    source = marks_of(alignment.source.text, alignment.source.lang)
    target = marks_of(alignment.target.text, alignment.target.lang)
    for entry in ledger(source, target, alignment):
        yield _entry(
            entry,
            alignment,
            number,
            None if entry.source is None else source[entry.source],
            None if entry.target is None else target[entry.target],
        )


def _entry(
    entry: LedgerEntry, alignment: Alignment, number: int, ours: Annotation | None, theirs: Annotation | None
) -> Entry:
    here = _bead(alignment, "source", ours)
    there = _bead(alignment, "target", theirs)
    either = here if here is not None else there
    return Entry(
        number,
        0 if either is None else either + 1,
        entry.verdict,
        entry.differs,
        entry.names,
        _side(alignment, "source", ours, here if ours else there),
        _side(alignment, "target", theirs, there if theirs else here),
    )


def _bead(alignment: Alignment, side: str, mark: Annotation | None) -> int | None:
    """The bead that a mark stands in."""
    if mark is None:
        return None
    document: Document = getattr(alignment, side)
    segment = bisect_right([s.start for s in document.segments], mark.start) - 1
    return next((n for n, bead in enumerate(alignment.beads) if segment in getattr(bead, side)), None)


def _side(alignment: Alignment, side: str, mark: Annotation | None, bead: int | None) -> Side:
    document: Document = getattr(alignment, side)
    segments = () if bead is None else getattr(alignment.beads[bead], side)
    if not segments:
        return Side(
            document.name, document.lang, mark.text if mark else "", "", mark.text if mark else "", ()
        )
    start, end = document.segments[min(segments)].start, document.segments[max(segments)].end
    spans: list[Span] = []
    if mark is not None:
        spans = [(mark.start - start, mark.end - start)]
        spans += [(name.start - start, name.end - start, "other") for name in mark.concepts]
    inside = tuple(span for span in spans if 0 <= span[0] < span[1] <= end - start)
    return Side(
        document.name, document.lang, mark.text if mark else "", _says(mark), document.text[start:end], inside
    )


def _says(mark: Annotation | None) -> str:
    from glossary.web.screens.candidates_focus import what_it_says

    return "" if mark is None else what_it_says(mark)
