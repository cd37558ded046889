"""A text, a pair and a project as rules see them: what several rules need is found out once, when first asked for.

Pure: nothing is read here. ``TextView`` knows one document, ``PairView`` an original, its translation and the
beads between them, ``ProjectView`` what every name became in every pair.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from align.model import Alignment, Bead, Document
from glossary.annotations import LANGUAGES, find_annotations, ledger
from glossary.checks.settings import Settings, base_lang, date_of
from glossary.extract import extract
from glossary.extract.match import Hit
from glossary.extract.words import Word, words
from glossary.model import Annotation, Candidate, LedgerEntry, Use

if TYPE_CHECKING:
    from align.embed import Embedder

Side = Literal["source", "target"]
Span = tuple[int, int]


class TextView:
    """One document and what is found in it. ``lang`` is the base language ("en" of "en-GB")."""

    def __init__(self, document: Document, settings: Settings, pair: PairView | None = None) -> None:
        self.document = document
        self.settings = settings
        self.pair = pair
        self.name = document.name
        self.text = document.text
        self.lang = base_lang(document.lang)

    @property
    def is_translation(self) -> bool:
        """Whether it is the translation of the pair that it is looked at in."""
        return self.pair is not None and self.pair.target is self

    @cached_property
    def date(self) -> date | None:
        """The date that counts for it, None where it is not known."""
        return date_of(self.document, self.settings)

    @property
    def knows_marks(self) -> bool:
        """Whether there is a grammar of legal marks for its language; without one ``marks`` is empty."""
        return self.lang in LANGUAGES

    @cached_property
    def marks(self) -> tuple[Annotation, ...]:
        """Its legal marks, in order."""
        if not self.knows_marks:
            return ()
        return tuple(find_annotations(self.text, self.lang, self.settings.patterns))

    @property
    def mark_spans(self) -> list[Span]:
        """Where legal marks stand: their words are no names and no prose."""
        return [(mark.start, mark.end) for mark in self.marks]

    @cached_property
    def names(self) -> tuple[Candidate, ...]:
        """The names in it, those that occur once included, with their forms and occurrences, in order of key.

        In a pair they come with their renderings in the other text.
        """
        found = (
            self.pair.names
            if self.pair
            else extract([self.document], ignore=self._ignore, least=1, phrases=False)
        )
        own = (one for one in found if base_lang(one.term.lang) == self.lang)
        return tuple(sorted(own, key=lambda one: one.key))

    @property
    def _ignore(self) -> dict[str, list[Span]]:
        return {self.name: self.mark_spans}

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """Where terms of the glossary stand in it; numbers are positions in ``settings.terminology.terms``."""
        return tuple(self.settings.terminology.matcher(self.lang).find(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.document.segments]

    def segment_at(self, offset: int) -> int:
        """The id of the segment that holds an offset, or the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def sentence(self, segment: int) -> str:
        """The text of a segment."""
        return self.document.segment_text(segment)

    def words(self, segment: int) -> list[Word]:
        """The words of a segment, with their places in the document."""
        held = self.document.segments[segment]
        return words(self.text, self.lang, held.start, held.end)

    def in_mark(self, start: int, end: int) -> bool:
        """Whether a stretch touches a legal mark."""
        return any(a < end and start < b for a, b in self.mark_spans)


class PairView:
    """An original, its translation, and the beads between them."""

    def __init__(self, alignment: Alignment, settings: Settings, embedder: Embedder | None = None) -> None:
        self.alignment = alignment
        self.settings = settings
        self.embedder = embedder
        self.source = TextView(alignment.source, settings, self)
        self.target = TextView(alignment.target, settings, self)

    @property
    def beads(self) -> Sequence[Bead]:
        """The beads, in order of the original."""
        return self.alignment.beads

    @cached_property
    def names(self) -> tuple[Candidate, ...]:
        """The names of both texts, those that occur once included, each with its renderings in the other.

        A rendering's ``beads`` are positions in ``beads``; its ``sources`` and ``occurrences`` go together.
        """
        spans = {view.name: view.mark_spans for view in (self.source, self.target)}
        found = extract((), (self.alignment,), self.embedder, ignore=spans, least=1, phrases=False)
        return tuple(found)

    @cached_property
    def ledger(self) -> tuple[LedgerEntry, ...]:
        """What became of each legal mark; positions in ``source.marks`` and ``target.marks``."""
        if not (self.source.knows_marks and self.target.knows_marks):
            return ()
        return tuple(ledger(self.source.marks, self.target.marks, self.alignment))

    @cached_property
    def _bead_of(self) -> dict[Side, dict[int, int]]:
        found: dict[Side, dict[int, int]] = {"source": {}, "target": {}}
        for number, bead in enumerate(self.beads):
            found["source"].update(dict.fromkeys(bead.source, number))
            found["target"].update(dict.fromkeys(bead.target, number))
        return found

    def bead_of(self, side: Side, segment: int) -> int:
        """The position of the bead that a segment is in."""
        return self._bead_of[side][segment]

    def segments(self, side: Side, bead: int) -> tuple[int, ...]:
        """The segments on one side of a bead."""
        return self.beads[bead].source if side == "source" else self.beads[bead].target

    def view(self, side: Side) -> TextView:
        """One of the two texts."""
        return self.source if side == "source" else self.target

    def span(self, side: Side, bead: int) -> Span | None:
        """From the first to the last segment of one side of a bead; None where that side is empty."""
        held = self.segments(side, bead)
        own = self.view(side).document.segments
        return (min(own[n].start for n in held), max(own[n].end for n in held)) if held else None

    def words(self, side: Side, bead: int) -> list[Word]:
        """All words on one side of a bead."""
        view = self.view(side)
        return [word for segment in self.segments(side, bead) for word in view.words(segment)]

    def is_sure(self, bead: int) -> bool:
        """Whether both sides are there and the bead is not doubtful: only such beads are compared word by word."""
        held = self.beads[bead]
        return bool(held.source and held.target) and not self.alignment.is_doubtful(held)


class ProjectView:
    """What the names of all originals became in all translations, and what people decided."""

    def __init__(self, uses: Sequence[Use], settings: Settings) -> None:
        self.uses = uses
        self.settings = settings
