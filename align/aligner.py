"""Two documents and an encoder in, beads out: the stages of alignment in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from align.adapt import adapted
from align.band import TILE_ROWS, Corridor, find_corridor
from align.embed import Embedder, Encoded, Progress
from align.model import Bead, Document
from align.moved import MovedBlock, moved_blocks
from align.parameters import Parameters, default_parameters
from align.score import (
    SHAPES,
    PairFeatures,
    Scale,
    Side,
    Tile,
    Weights,
    null_scores,
    part,
    part_of_scale,
)
from align.search import Arc, Lattice, Marginals, best_alignment, marginals
from align.sides import cut_warnings, sides_of_documents
from align.spans import Floats, overlaid_spans

KEEP_BYTES = 400_000_000
"""Tables of scores up to this size are kept between the two sweeps; larger ones are made twice."""

STACK_CELLS = 24_000
"""Tiles are scored together up to so many cells: enough to be worth a call, few enough for a processor's cache."""

LOPSIDED = 10
"""One text of so many times the segments of the other is more than a translation with a foreword."""


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
    path = _search(source, target, corridor, scale, parameters)
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


def weights_for(source: Side, target: Side, parameters: Parameters) -> Weights:
    """The weights for what is known of the two sides."""
    return parameters.for_words(source.words is not None and target.words is not None)


def _search(source: Side, target: Side, corridor: Corridor, scale: Scale, parameters: Parameters) -> _Path:
    lattice = make_lattice(source, target, corridor, scale, weights_for(source, target, parameters))
    found = marginals(lattice)
    own = adapted(lattice, found, parameters.habits) if parameters.habits else None
    if own is not None:
        found = marginals(own)
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
    path = _search(left, right, whole, inner, parameters)
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
    """Mean centred cosine of the beads, each by its share of a text; nulls count nothing. See ``_share``."""
    left_sum = right_sum = 0.0
    pairs = [bead for bead in beads if bead.source and bead.target]
    for a, b in sorted({(len(x.source), len(x.target)) for x in pairs}):
        some = [x for x in pairs if (len(x.source), len(x.target)) == (a, b)]
        ends = np.array([(x.source[-1] + 1, x.target[-1] + 1) for x in some])
        left, right = source.spans.at(a, ends[:, 0]), target.spans.at(b, ends[:, 1])
        cosines = np.maximum(np.einsum("ij,ij->i", left, right), 0)
        left_sum += float(cosines @ np.array([source.lengths[list(x.source)].sum() for x in some]))
        right_sum += float(cosines @ np.array([target.lengths[list(x.target)].sum() for x in some]))
    totals = float(source.lengths.sum()), float(target.lengths.sum())
    return _share((left_sum, right_sum), totals, (source.count, target.count))


def _share(found: tuple[float, float], totals: tuple[float, float], counts: tuple[int, int]) -> float:
    """How much of the two texts was found again, in [0, 1]: of the one that was found better.

    So a foreword of five hundred sentences makes an interview and its translation no strangers. But in a text
    many times as long there is something like everything: there both texts count, by their lengths.
    """
    if min(totals) <= 0:
        return 0.0
    if max(counts) > LOPSIDED * min(counts):
        return min(sum(found) / sum(totals), 1.0)
    return min(max(part / total for part, total in zip(found, totals, strict=True)), 1.0)


def greatest_likeness(source: Document, target: Document) -> float:
    """What the similarity of two documents can be at most, in [0, 1], by their counts and lengths alone.

    A bead joins a few segments at most, so seventy thousand beside a hundred stay without a counterpart for
    the most part, whatever they say. Known before anything is embedded.
    """
    lengths = [sorted(map(len, document.texts()), reverse=True) for document in (source, target)]
    left, right = (max(shape[side] for shape in SHAPES) for side in (0, 1))
    joined = sum(lengths[0][: left * len(lengths[1])]), sum(lengths[1][: right * len(lengths[0])])
    return _share(joined, (sum(lengths[0]), sum(lengths[1])), (len(lengths[0]), len(lengths[1])))


def make_lattice(source: Side, target: Side, corridor: Corridor, scale: Scale, weights: Weights) -> Lattice:
    """The lattice of a corridor; scores are made tile by tile as the search walks over it."""
    tiles = corridor.tiles()
    stacks = _stacks(tiles)
    stack_of = np.repeat(np.arange(len(stacks)), [len(stack) for stack in stacks])
    tile_of = np.repeat(np.arange(len(tiles)), [tile.rows[1] - tile.rows[0] for tile in tiles])
    first = np.array([stack[0] for stack in stacks])
    area = sum(_area(tile) for tile in tiles)
    keep = len(stacks) if area * len(SHAPES) * 4 <= KEEP_BYTES else 2
    features = PairFeatures(source, target, scale)
    made: dict[int, Floats] = {}
    places = [
        (
            int(stack_of[t]),
            int(t - first[stack_of[t]]),
            i - tiles[t].rows[0],
            low - tiles[t].columns[0],
            high - low,
        )
        for i, (t, low, high) in enumerate(
            zip(tile_of.tolist(), corridor.low.tolist(), corridor.high.tolist(), strict=True)
        )
    ]

    def scores(i: int) -> Floats:
        stack, tile, row, column, width = places[i]
        if stack not in made:
            if len(made) >= keep:
                made.pop(next(iter(made)))
            made[stack] = features.at([tiles[number] for number in stacks[stack]]).scores(weights)
        return made[stack][:, tile, row, column : column + width]

    return Lattice(
        corridor=corridor,
        scores=scores,
        source_null=null_scores(source, scale.source_best, weights),
        target_null=null_scores(target, scale.target_best, weights),
        gap_open=weights.get("gap open", 0.0),
        gap_extend=0.0,
    )


def _area(tile: Tile) -> int:
    return (tile.rows[1] - tile.rows[0]) * (tile.columns[1] - tile.columns[0])


def _stacks(tiles: Sequence[Tile]) -> list[range]:
    """Consecutive tiles of like width, by their numbers, that are small enough together to be scored in one go."""
    stacks: list[range] = []
    first, widest, narrowest = 0, 0, 0
    for number, tile in enumerate(tiles):
        width = tile.columns[1] - tile.columns[0]
        wider, narrower = max(widest, width), min(narrowest or width, width)
        count = number + 1 - first
        if count > 1 and (wider > 2 * narrower or count * wider * TILE_ROWS > STACK_CELLS):
            stacks.append(range(first, number))
            first, wider, narrower = number, width, width
        widest, narrowest = wider, narrower
    return [*stacks, range(first, len(tiles))]


def align_documents(
    source: Document,
    target: Document,
    embedder: Embedder,
    *,
    parameters: Parameters | None = None,
    progress: Progress | None = None,
    encoded: Encoded | None = None,
) -> Result:
    """Aligns two documents. ``progress(done, total)`` counts the texts embedded.

    ``encoded``: the vectors of all segments, the source's first, where they are at hand.
    The warnings of the result name the segments that the encoder's length limit cut short.
    """
    encoded = encoded or embedder.encode([*source.texts(), *target.texts()], progress)
    left, right = sides_of_documents(source, target, embedder, encoded)
    warnings = cut_warnings(source, target, encoded.truncated)
    parameters = parameters or default_parameters()
    if not embedder.additive and left.count and right.count:
        left, right = with_overlaps((source, target), (left, right), embedder, encoded, parameters)
    del encoded  # in long texts a large table
    result = align_sides(left, right, parameters)
    return replace(result, warnings=warnings)


def with_overlaps(
    documents: tuple[Document, Document],
    sides: tuple[Side, Side],
    embedder: Embedder,
    encoded: Encoded,
    parameters: Parameters,
) -> tuple[Side, Side]:
    """The sides with joined segments encoded as one text, wherever a first search with means thinks of joining.

    An encoder's vector of two sentences together is not the mean of their vectors; but it costs as much as a
    sentence, so only the spans that some likely bead needs are encoded, each once.
    """
    corridor, scale, _ = find_corridor(*sides)
    arcs = _search(*sides, corridor, scale, parameters).found.arcs
    wanted = (
        sorted({(arc.a, arc.i) for arc in arcs if arc.a > 1}),
        sorted({(arc.b, arc.j) for arc in arcs if arc.b > 1}),
    )
    texts = [
        document.text[document.segments[end - size].start : document.segments[end - 1].end]
        for document, spans in zip(documents, wanted, strict=True)
        for size, end in spans
    ]
    found = embedder.encode(texts).vectors
    cut = len(documents[0].segments)
    shares = (found[: len(wanted[0])], found[len(wanted[0]) :])
    singles = (encoded.vectors[:cut], encoded.vectors[cut:])
    left, right = (
        replace(side, spans=overlaid_spans(vectors, side.lengths, _by_size(spans, share)))
        for side, vectors, spans, share in zip(sides, singles, wanted, shares, strict=True)
    )
    return left, right


def _by_size(
    spans: Sequence[tuple[int, int]], vectors: Floats
) -> dict[int, tuple[NDArray[np.int64], Floats]]:
    """Vectors of (size, end) spans, sorted, as ``align.score.overlaid_spans`` takes them."""
    sizes = np.array([size for size, _ in spans], dtype=np.int64)
    ends = np.array([end for _, end in spans], dtype=np.int64)
    return {int(size): (ends[sizes == size], vectors[sizes == size]) for size in np.unique(sizes)}
