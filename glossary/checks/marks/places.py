"""Where a name of the original stands in the translation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from glossary.annotations.ledger import ALIKE, SURE, likeness
from glossary.checks.base import Place
from glossary.checks.views import PairView, Side, Span

LONGEST = 200  # characters in a name
_RENDERINGS: WeakKeyDictionary[PairView, list[tuple[int, int, int, int]]] = WeakKeyDictionary()


def is_sure(pair: PairView, side: Side, offset: int) -> bool:
    """Whether the bead of an offset is one that may be compared."""
    return pair.is_sure(bead_at(pair, side, offset))


def bead_at(pair: PairView, side: Side, offset: int) -> int:
    """The position of the bead that an offset is in."""
    return pair.bead_of(side, pair.view(side).segment_at(offset))


def locate(pair: PairView, span: Span) -> tuple[Place, bool] | None:
    """What a name of the original became, and whether that is the name itself (else it is the bead's whole side).

    None where the translation has nothing in that bead.
    """
    bead = bead_at(pair, "source", span[0])
    side = pair.span("target", bead)
    if side is None:
        return None
    found = named(pair, span, bead)
    return Place(pair.target.name, *(found or side)), found is not None


def named(pair: PairView, span: Span, bead: int) -> Span | None:
    """The words of a bead's translation that a name of the original became: by sound if that is sure, else by what
    extraction found, else by sound."""
    name = pair.source.text[span[0] : span[1]]
    score, alike = _alike(pair, name, bead)
    if score >= SURE:
        return alike
    return rendered(pair, span) or alike


def rendered(pair: PairView, span: Span) -> Span | None:
    """What extraction found a name of the original to be in the translation, None where it found nothing."""
    if pair not in _RENDERINGS:
        _RENDERINGS[pair] = sorted(_renderings(pair))
    found = _RENDERINGS[pair]
    first = bisect_left(found, (span[0] - LONGEST, 0, 0, 0))
    for start, end, a, b in found[first : bisect_left(found, (span[1], 0, 0, 0))]:
        if start < span[1] and span[0] < end:
            return a, b
    return None


def _renderings(pair: PairView) -> Iterator[tuple[int, int, int, int]]:
    for candidate in pair.names:
        for rendering in candidate.renderings:
            for own, there in zip(rendering.sources, rendering.occurrences, strict=False):
                if own.document == pair.source.name and there.document == pair.target.name:
                    yield own.start, own.end, there.start, there.end


def _alike(pair: PairView, name: str, bead: int) -> tuple[float, Span | None]:
    """The words of a bead's translation that sound most like a name, and how alike they are."""
    text, width = pair.target.text, max(1, len(name.split()))
    line = pair.words("target", bead)
    best: tuple[float, Span | None] = (0.0, None)
    for size in {width, max(1, width - 1), width + 1}:
        for at in range(len(line) - size + 1):
            span = line[at].start, line[at + size - 1].end
            score = likeness(name, text[slice(*span)]) if text[span[0]].isupper() else 0.0
            if score >= ALIKE and score > best[0]:
                best = (score, span)
    return best
