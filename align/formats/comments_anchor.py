"""Where comments begin and end in the tree of a Word document: runs are divided, marks put between them."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, TypeVar

from align.formats.rewrite_docx import MarkedStory, set_text, visible
from align.model import Block, Piece

if TYPE_CHECKING:
    from lxml.etree import _Element

Span = TypeVar("Span", Piece, Block)


def anchor(story: MarkedStory, ranges: Sequence[tuple[int, int]], first: int) -> None:
    """Mark these ranges of the story's text for the comments numbered from ``first`` on; the tree is changed."""
    pieces = story.pieces
    spans = [covered(pieces, start, end) for start, end in ranges]
    cuts = _Cuts(story)
    for start, end in spans:
        cuts.before(*start)
        cuts.before(end[0], end[1] + 1)
    cuts.make()
    order = {element: number for number, element in enumerate(story.root.iter())}
    edges = [(cuts.run(*start), cuts.run(*end)) for start, end in spans]
    # A text box is read behind its paragraph, and may be anchored ahead of the text that was read before it.
    _mark(story.w, [(a, b) if order[a] <= order[b] else (b, a) for a, b in edges], first)


def covered(spans: Sequence[Span], start: int, end: int) -> tuple[tuple[Span, int], tuple[Span, int]]:
    """The first and the last character of a range that are in one of these spans, each as span and index in it.

    An empty range is the character at it; where nothing of a range is in a span, it is what stands before it.
    """
    end = max(end, start + 1)
    begin = bisect_right(spans, start, key=lambda span: span.end)
    last = bisect_left(spans, end, key=lambda span: span.start) - 1
    if begin > last:  # in a gap
        span = spans[max(last, 0)]
        at = span.end - span.start - 1 if last >= 0 else 0
        return (span, at), (span, at)
    first, final = spans[begin], spans[last]
    return (first, max(start - first.start, 0)), (final, min(end, final.end) - 1 - final.start)


class _Cuts:
    """Divides ``w:t`` elements, then the runs around them, at places in pieces."""

    def __init__(self, story: MarkedStory) -> None:
        self.story, self.w = story, story.w
        self.wanted: dict[_Element, set[int]] = {}
        self.made: dict[_Element, list[tuple[int, _Element]]] = {}
        self.ends: dict[_Element, int] = {}

    def before(self, piece: Piece, at: int) -> None:
        """Cut ahead of the character ``at`` of a piece, or behind its last."""
        element = self.story.element(piece)
        place = at if self.is_mark(piece) else piece.offset + at
        self.wanted.setdefault(element, set()).add(place)

    def is_mark(self, piece: Piece) -> bool:
        """Whether a piece is an element that stands for a character."""
        return piece.node == -1

    def make(self) -> None:
        """Divide: first the texts, so that every cut falls between two elements, then the runs."""
        for element, places in self.wanted.items():
            if element.tag == f"{self.w}t":
                self.made[element] = self._divided(element, sorted(places))
            else:
                self.made[element], self.ends[element] = [(0, element)], 1
        for element, places in self.wanted.items():
            parts = self.made[element]
            for start, part in parts:
                if start in places:
                    self._divide_run(part)
            following = parts[-1][1].getnext()
            if max(places) >= self.ends[element] and following is not None:
                self._divide_run(following)

    def run(self, piece: Piece, at: int) -> _Element:
        """The outermost run that holds a character, once all cuts are made."""
        return self._outermost(self._part(piece, at))

    def _part(self, piece: Piece, at: int) -> _Element:
        parts = self.made[self.story.element(piece)]
        place = at if self.is_mark(piece) else piece.offset + at
        return parts[bisect_right(parts, place, key=lambda part: part[0]) - 1][1]

    def _divided(self, element: _Element, places: Sequence[int]) -> list[tuple[int, _Element]]:
        """A ``w:t`` cut into several, with where each begins in the text that it had."""
        text = element.text or ""
        begin, end = visible(element)
        self.ends[element] = end
        inside = [place for place in places if begin < place < end]
        bounds = [begin, *inside, end]
        parts = [(begin, element)]
        if not inside:
            return parts
        set_text(element, text[begin : bounds[1]])
        for start, stop in itertools.pairwise(bounds[1:]):
            new = element.makeelement(element.tag)
            set_text(new, text[start:stop])
            parts[-1][1].addnext(new)
            parts.append((start, new))
        return parts

    def _divide_run(self, child: _Element) -> None:
        """Let a run begin with this child of it; the ones before stay in a run of the same properties."""
        run = child.getparent()
        if run is None or run.tag != f"{self.w}r" or self._outermost(child) is not run:
            return
        properties = run.find(f"{self.w}rPr")
        ahead = [each for each in child.itersiblings(preceding=True) if each is not properties]
        if not ahead:
            return
        new = run.makeelement(run.tag, {str(name): str(value) for name, value in run.items()})
        if properties is not None:
            new.append(deepcopy(properties))
        for each in [child, *child.itersiblings()]:
            new.append(each)
        run.addnext(new)

    def _outermost(self, element: _Element) -> _Element:
        """The run around an element that stands in the paragraph itself, not in a text box or ruby of it."""
        runs = list(element.iterancestors(f"{self.w}r"))
        return runs[-1] if runs else element


def _mark(w: str, edges: Sequence[tuple[_Element, _Element]], first: int) -> None:
    behind: dict[_Element, _Element] = {}  # what was put last behind a run
    for number, (begin, end) in enumerate(edges, first):
        identifier = {f"{w}id": str(number)}
        begin.addprevious(begin.makeelement(f"{w}commentRangeStart", identifier))
        stop = begin.makeelement(f"{w}commentRangeEnd", identifier)
        reference = begin.makeelement(f"{w}r")
        reference.append(reference.makeelement(f"{w}commentReference", identifier))
        behind.get(end, end).addnext(stop)
        stop.addnext(reference)
        behind[end] = reference
