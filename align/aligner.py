"""Two documents and an encoder in, beads out: the stages of alignment in their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from align.band import Corridor, find_corridor
from align.embed import Embedder, Encoded, Progress
from align.lexical import lexical_vectors
from align.model import Bead, Document
from align.moved import MovedBlock, moved_blocks
from align.parameters import Parameters, default_parameters
from align.score import (
    SHAPES,
    Floats,
    Scale,
    Side,
    Weights,
    additive_spans,
    averaged_spans,
    null_scores,
    part,
    part_of_scale,
    sum_spans,
    tile_scores,
)
from align.search import Arc, Lattice, Marginals, best_alignment, marginals

KEEP_BYTES = 400_000_000
"""Tables of scores up to this size are kept between the two sweeps; larger ones are made twice."""


@dataclass(frozen=True, slots=True)
class Result:
    """The beads of a pair in order of the source, and how much the two look like translations, in [0, 1]."""

    beads: tuple[Bead, ...]
    similarity: float
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Path:
    """The beads chosen on a stretch of the texts, and the posteriors they were chosen by."""

    arcs: list[Arc]
    found: Marginals


def align_sides(source: Side, target: Side, parameters: Parameters | None = None) -> Result:
    """Aligns two sides: every segment of either in exactly one bead."""
    parameters = parameters or default_parameters()
    if source.count == 0 or target.count == 0:
        return Result(tuple(_nulls(range(source.count), range(target.count), None, parameters)), 0.0)
    corridor, scale, _ = find_corridor(source, target)
    path = _search(source, target, corridor, scale, parameters.weights)
    arcs, blocks = path.arcs, _moved(source, target, path, scale)
    for block in blocks:
        arcs = [arc for arc in arcs if not _touches(arc, block)]
    beads = [_bead(arc, parameters) for arc in arcs]
    for block in blocks:
        beads.extend(_align_block(source, target, scale, block, parameters))
    used_source = {s for bead in beads for s in bead.source}
    used_target = {t for bead in beads for t in bead.target}
    left = [s for s in range(source.count) if s not in used_source]
    right = [t for t in range(target.count) if t not in used_target]
    beads.extend(_nulls(left, right, path.found, parameters))
    return Result(tuple(in_order(beads)), _likeness(source, target, beads))


def _search(source: Side, target: Side, corridor: Corridor, scale: Scale, weights: Weights) -> _Path:
    found = marginals(make_lattice(source, target, corridor, scale, weights))
    return _Path(best_alignment(found), found)


def _moved(source: Side, target: Side, path: _Path, scale: Scale) -> list[MovedBlock]:
    """Blocks off the path, among the segments that are alone or in a bead nobody would bet on."""
    taken_source, taken_target = np.zeros(source.count, bool), np.zeros(target.count, bool)
    for arc in path.arcs:
        if arc.probability >= 0.5:
            taken_source[arc.i - arc.a : arc.i] = True
            taken_target[arc.j - arc.b : arc.j] = True
    return moved_blocks(
        source, target, np.flatnonzero(~taken_source), np.flatnonzero(~taken_target), scale.match
    )


def _touches(arc: Arc, block: MovedBlock) -> bool:
    in_source = arc.i > block.source[0] and arc.i - arc.a < block.source[1]
    in_target = arc.j > block.target[0] and arc.j - arc.b < block.target[1]
    return in_source or in_target


def _align_block(
    source: Side, target: Side, scale: Scale, block: MovedBlock, parameters: Parameters
) -> list[Bead]:
    """The beads inside a moved block."""
    left, right = part(source, *block.source), part(target, *block.target)
    inner = part_of_scale(scale, block.source, block.target)
    whole = Corridor(np.zeros(left.count + 1, np.int64), np.full(left.count + 1, right.count + 1, np.int64))
    path = _search(left, right, whole, inner, parameters.weights)
    shifted = (replace(arc, i=arc.i + block.source[0], j=arc.j + block.target[0]) for arc in path.arcs)
    return [replace(_bead(arc, parameters), moved=True) for arc in shifted]


def _bead(arc: Arc, parameters: Parameters) -> Bead:
    return Bead(
        source=tuple(range(arc.i - arc.a, arc.i)),
        target=tuple(range(arc.j - arc.b, arc.j)),
        score=round(arc.probability, 6),
        confidence=parameters.confidence(arc.probability),
    )


def _nulls(
    source: Sequence[int], target: Sequence[int], found: Marginals | None, parameters: Parameters
) -> list[Bead]:
    """A null bead for each of these segments."""

    def null(side: tuple[tuple[int, ...], tuple[int, ...]], probability: float) -> Bead:
        return Bead(*side, score=round(probability, 6), confidence=parameters.confidence(probability))

    left = [null(((s,), ()), float(found.source_null[s]) if found else 1.0) for s in source]
    right = [null(((), (t,)), float(found.target_null[t]) if found else 1.0) for t in target]
    return left + right


def in_order(beads: Sequence[Bead]) -> list[Bead]:
    """Beads in order of the source; a null of the target follows the bead of the segment before it."""
    holder = {t: bead for bead in beads for t in bead.target}

    def place(bead: Bead) -> tuple[int, int, int]:
        if bead.source:
            return bead.source[0], 0, 0
        at = bead.target[0] - 1
        while at >= 0 and (not holder[at].source or holder[at].moved):
            at -= 1
        return (holder[at].source[0] if at >= 0 else -1), 1, bead.target[0]

    return sorted(beads, key=place)


def _likeness(source: Side, target: Side, beads: Sequence[Bead]) -> float:
    """Mean centred cosine of the beads, each by its share of the two texts; nulls count nothing."""
    total = float(source.lengths.sum() + target.lengths.sum())
    sum_of_beads = 0.0
    pairs = [bead for bead in beads if bead.source and bead.target]
    for a, b in sorted({(len(x.source), len(x.target)) for x in pairs}):
        some = [x for x in pairs if (len(x.source), len(x.target)) == (a, b)]
        ends = np.array([(x.source[-1] + 1, x.target[-1] + 1) for x in some])
        left = source.spans(a, 0, source.count + 1)[ends[:, 0]]
        right = target.spans(b, 0, target.count + 1)[ends[:, 1]]
        cosines = np.maximum(np.einsum("ij,ij->i", left, right), 0)
        lengths = [source.lengths[list(x.source)].sum() + target.lengths[list(x.target)].sum() for x in some]
        sum_of_beads += float(cosines @ np.array(lengths))
    return min(sum_of_beads / total, 1.0) if total else 0.0


def make_lattice(source: Side, target: Side, corridor: Corridor, scale: Scale, weights: Weights) -> Lattice:
    """The lattice of a corridor; scores are made tile by tile as the search walks over it."""
    tiles = corridor.tiles()
    rows = len(corridor.low)
    tile_of = np.zeros(rows, dtype=np.int64)
    for number, tile in enumerate(tiles):
        tile_of[tile.rows[0] : tile.rows[1]] = number
    area = sum((t.rows[1] - t.rows[0]) * (t.columns[1] - t.columns[0]) for t in tiles)
    keep = len(tiles) if area * len(SHAPES) * 4 <= KEEP_BYTES else 2
    made: dict[int, Floats] = {}

    def scores(i: int) -> Floats:
        number = int(tile_of[i])
        if number not in made:
            if len(made) >= keep:
                made.pop(next(iter(made)))
            made[number] = tile_scores(source, target, scale, tiles[number], weights)
        tile = tiles[number]
        first = tile.columns[0]
        return made[number][:, i - tile.rows[0], corridor.low[i] - first : corridor.high[i] - first]

    return Lattice(
        corridor=corridor,
        scores=scores,
        source_null=null_scores(source, scale.source_best, weights),
        target_null=null_scores(target, scale.target_best, weights),
        gap_open=weights.get("gap open", 0.0),
        gap_extend=0.0,
    )


def align_documents(
    source: Document,
    target: Document,
    embedder: Embedder,
    *,
    parameters: Parameters | None = None,
    progress: Progress | None = None,
) -> Result:
    """Aligns two documents. ``progress(done, total)`` counts the texts embedded.

    The warnings of the result name the segments that the encoder's length limit cut short.
    """
    encoded = embedder.encode([*source.texts(), *target.texts()], progress)
    left, right = sides_of_texts(source.texts(), target.texts(), embedder, encoded)
    breaks = breaks_of(source), breaks_of(target)
    if _has_paragraphs(breaks[0]) and _has_paragraphs(breaks[1]):
        left, right = replace(left, breaks=breaks[0]), replace(right, breaks=breaks[1])
    left = replace(left, weights=weights_of(source.texts(), _headings(source)))
    right = replace(right, weights=weights_of(target.texts(), _headings(target)))
    result = align_sides(left, right, parameters)
    return replace(result, warnings=_cut_warnings(source, target, encoded.truncated))


def _has_paragraphs(breaks: NDArray[np.int8]) -> bool:
    """Whether the breaks tell anything: a line for every segment, or one for all, does not."""
    inner = breaks[1:-1] > 0
    return bool(len(inner) and inner.any() and not inner.all())


def _headings(document: Document) -> list[bool]:
    return [document.blocks[segment.block].kind == "heading" for segment in document.segments]


def _cut_warnings(source: Document, target: Document, truncated: Sequence[int]) -> tuple[str, ...]:
    cut = len(source.segments)
    places = [
        f"{source.name} segment {k + 1}" if k < cut else f"{target.name} segment {k - cut + 1}"
        for k in truncated
    ]
    if not places:
        return ()
    shown = ", ".join(places[:5]) + (f" and {len(places) - 5} more" if len(places) > 5 else "")
    return (f"the model read only the beginning of {len(places)} long segments: {shown}",)


def sides_of_texts(
    source: Sequence[str], target: Sequence[str], embedder: Embedder, encoded: Encoded | None = None
) -> tuple[Side, Side]:
    """The two sides of bare segments, without paragraphs or headings. ``encoded``: of all texts, if at hand."""
    vectors = (encoded or embedder.encode([*source, *target])).vectors
    words = lexical_vectors(source, target)
    return (
        _side(source, vectors[: len(source)], words[0], embedder.additive),
        _side(target, vectors[len(source) :], words[1], embedder.additive),
    )


def _side(texts: Sequence[str], vectors: Floats, words: Floats, additive: bool) -> Side:
    lengths = np.array([len(text) for text in texts], dtype=np.float64)
    return Side(
        count=len(texts),
        spans=additive_spans(vectors, lengths) if additive else averaged_spans(vectors, lengths),
        lexical=sum_spans(words),
        lengths=lengths,
        breaks=no_breaks(len(texts)),
        weights=weights_of(texts, [False] * len(texts)),
    )


def no_breaks(count: int) -> NDArray[np.int8]:
    """int8 (count + 1,): nothing but the two ends."""
    blank = np.zeros(count + 1, dtype=np.int8)
    blank[0] = blank[-1] = 2
    return blank


def breaks_of(document: Document) -> NDArray[np.int8]:
    """int8 (n + 1,): what stands before each segment: 0 nothing, 1 a paragraph, 2 a turn or an end."""
    out = np.zeros(len(document.segments) + 1, dtype=np.int8)
    previous = -1
    for segment in document.segments:
        if segment.block != previous:
            turn = document.blocks[segment.block].kind == "turn" or (
                previous >= 0 and document.blocks[previous].kind == "turn"
            )
            out[segment.id] = 2 if turn else 1
        previous = segment.block
    out[0] = out[-1] = 2
    return out


def weights_of(texts: Sequence[str], headings: Sequence[bool]) -> Floats:
    """float32 (n,): 1 for prose, less for headings, next to nothing for bare numbers and signs."""

    def weight(text: str, heading: bool) -> float:
        letters = sum(unicodedata.category(c)[0] == "L" for c in text)
        if letters == 0:
            return 0.1
        return 0.5 if heading or letters < 3 else 1.0

    return np.array([weight(t, h) for t, h in zip(texts, headings, strict=True)], dtype=np.float32)
