"""What has no counterpart, and what stands elsewhere: found once for S001, S002 and S004.

The aligner's null beads are looked at again. Two nulls far apart that say the same are a sentence that moved; a null
that the neighbouring bead has room and words for is no gap; and a sentence that the aligner put into a bead for want
of a better place is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from glossary.checks.base import Place
from glossary.checks.sentences.fit import (
    Fit,
    Ids,
    Unit,
    cosine,
    encode,
    fit_of,
    other_side,
    size,
    strangers,
)
from glossary.checks.views import PairView, Side, TextView

NEAR, NEARLY = 3, 0.2
"""Nulls of both texts at most so many beads apart, and at least so alike, are a pair that the aligner missed."""
SURE = 3.5
"""Log odds from which a sentence inside a bead has no counterpart."""
SURER = 5.0
"""The same for a sentence of the translation: translators cut one sentence into several more often than they add."""
SCRAP = 25
"""Letters below which a sentence of the translation in a bead is a scrap: a name called, an answer, who speaks."""
HELD = -1.0
"""Log odds below which a null's neighbour holds it."""
SAME = 0.4
"""Likeness from which two nulls are one sentence that moved."""
ALSO = 0.1
"""The same for two nulls that both stand at the same edge of a block that moved."""


class Move(NamedTuple):
    """Segments of the original that stand elsewhere in the translation, both in order."""

    source: Ids
    target: Ids


class Gaps(NamedTuple):
    """Runs of segments without counterpart on either side, and blocks that changed place."""

    omitted: tuple[Ids, ...]
    added: tuple[Ids, ...]
    moves: tuple[Move, ...]

    def runs(self, side: Side) -> tuple[Ids, ...]:
        """The runs of one side."""
        return self.omitted if side == "source" else self.added


@lru_cache(maxsize=1)
def gaps_of(pair: PairView) -> Gaps:
    """The gaps and moves of a pair."""
    fit = fit_of(pair)
    null = {side: _nulls(pair, side) for side in _SIDES}
    for unit in fit.units:
        null["source"].difference_update(unit.source)
        null["target"].difference_update(unit.target)
    moves = list(_moved_blocks(pair))
    apart = _moved_nulls(fit, null["source"], null["target"]) if pair.embedder else []
    for one in apart:
        null["source"].discard(one.source[0])
        null["target"].discard(one.target[0])
    blocks = [_widened(fit, one, null) for one in _joined(moves, apart)]
    _drop_replaced(pair, null)
    if pair.embedder is not None:
        _drop_missed(fit, null)
    found = {}
    for side in _SIDES:
        inside = _inside(fit, side)
        outside = {n if pair.embedder is None else _settled(fit, side, n) for n in null[side]} - {None}
        left = (n for n in outside | inside if n is not None and _says_something(pair.view(side), n))
        found[side] = tuple(_runs(left))
    return Gaps(found["source"], found["target"], tuple(_joined(blocks, ())))


_SIDES: tuple[Side, Side] = ("source", "target")


def _nulls(pair: PairView, side: Side) -> set[int]:
    return {
        n
        for bead in pair.beads
        if not (bead.source and bead.target)
        for n in (bead.source if side == "source" else bead.target)
    }


def _says_something(view: TextView, segment: int) -> bool:
    """Whether a segment has words of its own: no row of stars, no number, no legal mark alone."""
    held = view.document.segments[segment]
    letters = [n for n in range(held.start, held.end) if view.text[n].isalpha()]
    if not letters:
        return False
    in_marks = sum(view.in_mark(n, n + 1) for n in letters) if view.in_mark(held.start, held.end) else 0
    return 2 * in_marks < len(letters) and (len(letters) > 1 or size(view.text[held.start : held.end]) > 2)


def _runs(numbers: Iterable[int]) -> Iterator[Ids]:
    """Neighbours together."""
    run: list[int] = []
    for number in sorted(numbers):
        if run and number != run[-1] + 1:
            yield tuple(run)
            run = []
        run.append(number)
    if run:
        yield tuple(run)


# What moved


def _moved_blocks(pair: PairView) -> Iterator[Move]:
    """The aligner's moved beads, those that follow each other on both sides together."""
    block: Move | None = None
    for bead in pair.beads:
        if not bead.moved or not (bead.source and bead.target):
            continue
        if block and _follows(block.source, bead.source) and _follows(block.target, bead.target):
            block = Move(block.source + bead.source, block.target + bead.target)
            continue
        if block:
            yield block
        block = Move(bead.source, bead.target)
    if block:
        yield block


def _follows(one: Ids, other: Ids) -> bool:
    """Whether ``other`` begins behind ``one``, at most one segment between them."""
    return 0 < other[0] - one[-1] <= 2


def _moved_nulls(fit: Fit, left: Iterable[int], right: Iterable[int]) -> list[Move]:
    """Null segments that are each other's best likeness, and like enough, in both texts."""
    rows, columns = sorted(left), sorted(right)
    if not rows or not columns or len(rows) * len(columns) > 1_000_000:
        return []
    texts = [fit.text("source", (n,)) for n in rows]
    others = [fit.text("target", (n,)) for n in columns]
    vectors, across = encode(fit.pair, texts), encode(fit.pair, others)
    likes = [[cosine(a, b) for b in across] for a in vectors]
    found = []
    for i, row in enumerate(likes):
        j = max(range(len(columns)), key=lambda k: (row[k], -k))
        if row[j] < SAME or max(range(len(rows)), key=lambda k: (likes[k][j], -k)) != i:
            continue
        if abs(fit.excess("source", size(texts[i]), size(others[j]))) < 3 and size(texts[i]) >= 12:
            found.append(Move((rows[i],), (columns[j],)))
    return found


def _widened(fit: Fit, move: Move, null: dict[Side, set[int]]) -> Move:
    """A block with the nulls at its edges that say the same; they are taken out of ``null``."""
    if fit.pair.embedder is None:
        return move
    for step in (-1, 1):
        while True:
            edge = 0 if step < 0 else -1
            left, right = move.source[edge] + step, move.target[edge] + step
            if left not in null["source"] or right not in null["target"]:
                break
            one, other = fit.text("source", (left,)), fit.text("target", (right,))
            vectors = encode(fit.pair, [one, other])
            apart = abs(fit.excess("source", size(one), size(other)))
            if cosine(vectors[0], vectors[1]) < ALSO or apart > 4:
                break
            null["source"].discard(left)
            null["target"].discard(right)
            pair = ((left,), (right,)) if step < 0 else ((), ())
            behind = ((left,), (right,)) if step > 0 else ((), ())
            move = Move(pair[0] + move.source + behind[0], pair[1] + move.target + behind[1])
    return move


def _joined(moves: Sequence[Move], apart: Sequence[Move]) -> list[Move]:
    """Blocks and single moves that go on in each other, together, in order of the original."""
    found: list[Move] = []
    for one in sorted((*moves, *apart)):
        last = found[-1] if found else None
        if last and _follows(last.source, one.source) and _follows(last.target, one.target):
            found[-1] = Move(last.source + one.source, last.target + one.target)
        else:
            found.append(one)
    return found


# What only looks like a gap, and what does not look like one


def _drop_replaced(pair: PairView, null: dict[Side, set[int]]) -> None:
    """Takes away nulls that face each other in one place: a free translation, which S003 speaks of."""
    places: dict[int, dict[Side, list[int]]] = {}
    for side in _SIDES:
        for number in null[side]:
            around = _neighbour(pair, side, number, -1)
            anchor = around[1] if around else -1
            places.setdefault(anchor, {}).setdefault(side, []).append(number)
    for facing in places.values():
        if len(facing) == 2 and len(facing["source"]) == len(facing["target"]):
            for side in _SIDES:
                null[side].difference_update(facing[side])


def _drop_missed(fit: Fit, null: dict[Side, set[int]]) -> None:
    """Takes away nulls of both texts close by each other that could be a pair."""
    pair = fit.pair
    for left in sorted(null["source"]):
        home = pair.bead_of("source", left)
        for right in sorted(null["target"]):
            if abs(pair.bead_of("target", right) - home) > NEAR:
                continue
            one, other = fit.text("source", (left,)), fit.text("target", (right,))
            vectors = encode(pair, [one, other])
            apart = abs(fit.excess("source", size(one), size(other)))
            if apart < 2 and cosine(vectors[0], vectors[1]) >= NEARLY:
                null["source"].discard(left)
                null["target"].discard(right)
                break


def _neighbour(pair: PairView, side: Side, number: int, step: int) -> tuple[int, int] | None:
    """The next segment on this side whose bead stands on the path with both sides: (segment, bead)."""
    count = len(pair.view(side).document.segments)
    at = number + step
    while 0 <= at < count:
        bead = pair.bead_of(side, at)
        held = pair.beads[bead]
        if held.source and held.target and not held.moved:
            return at, bead
        at += step
    return None


def _settled(fit: Fit, side: Side, number: int) -> int | None:
    """Which segment is left over where a null and a neighbouring bead are looked at together.

    The null itself; None where the other side of the bead has room and words for both; or the bead's own segment,
    where the null fits better than it.
    """
    for step in (-1, 1):
        near = _neighbour(fit.pair, side, number, step)
        if near is None or near[0] != number + step:
            continue
        bead = fit.pair.beads[near[1]]
        own = bead.source if side == "source" else bead.target
        wide = tuple(sorted((*own, number)))
        unit = Unit(near[1], wide, bead.target) if side == "source" else Unit(near[1], bead.source, wide)
        scores = strangers(fit, unit, side, always=True)
        score = dict(scores).get(number, 0.0)
        if scores and scores[0][0] != number and scores[0][1] > score + 2 and scores[0][1] >= SURE:
            return scores[0][0]
        if score < HELD:
            return None
    return number


def _inside(fit: Fit, side: Side) -> set[int]:
    """Segments inside beads that the other side says nothing of: the surest of each bead."""
    found = set()
    for unit in fit.units:
        own = unit.source if side == "source" else unit.target
        if len(own) < 2 or fit.pair.beads[unit.bead].state in ("confirmed", "edited"):
            continue
        scores = strangers(fit, unit, side)
        if not scores:
            continue
        number, odds = scores[0]
        added = side == "target"
        if odds >= (SURER if added else SURE) and not (added and _is_scrap(fit.pair.target, number)):
            found.add(number)
    return found


def _is_scrap(view: TextView, segment: int) -> bool:
    """Whether a sentence of the translation is too short to have been added by itself."""
    return size(view.sentence(segment)) < SCRAP


# Where it would stand


def where(pair: PairView, side: Side, run: Ids) -> tuple[Place, ...]:
    """The neighbours in the other text, between which a run of segments of ``side`` would stand."""
    across = other_side(side)
    view = pair.view(across)
    found: list[Place] = []
    for edge, step, label in (
        (run[0], -1, "would stand after this"),
        (run[-1], 1, "would stand before this"),
    ):
        bead = pair.bead_of(side, edge)
        held = pair.beads[bead]
        near = None if held.source and held.target and not held.moved else _neighbour(pair, side, edge, step)
        if held.source and held.target and not held.moved:
            near = (edge, bead)
        if near is None:
            continue
        ids = pair.segments(across, near[1])
        segment = view.document.segments[ids[-1] if step < 0 else ids[0]]
        place = Place(view.name, segment.start, segment.end, label)
        if not any((one.start, one.end) == (place.start, place.end) for one in found):
            found.append(place)
    return tuple(found)


def span(view: TextView, ids: Ids) -> tuple[int, int]:
    """From the first to the last of these segments."""
    segments = view.document.segments
    return segments[ids[0]].start, segments[ids[-1]].end
