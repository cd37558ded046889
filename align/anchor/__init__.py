"""Carry what people decided over to a new alignment of changed texts; pure.

A bead that a person confirmed or edited is anchored by its segments' texts and their context. Where all of
them are found in the new texts, wherever they stand now and however they are cut into segments, the new
alignment takes the bead as it was. Where a text itself changed, the decision becomes *stale*: the bead that
took its place is marked, and a :class:`StaleBead` keeps the old texts until a person confirms or discards.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from align.anchor.splice import Realign, splice
from align.anchor.tracing import Trace
from align.edit import Side
from align.model import Alignment, Bead, Document

DECIDED = ("confirmed", "edited")
Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StaleBead:
    """A person's decision on texts that are no longer there as they were.

    ``bead`` is the bead as decided, with the segment ids of its time, and ``source_texts`` and
    ``target_texts`` are what it held. ``source_near`` and ``target_near`` are the segments of the present
    documents that stand there now (empty where nothing does); ``side`` and ``segment`` name the one whose
    bead is marked. ``old`` is the bead's position in the old alignment, None if it was stale there already.
    The store fills in ``id`` and who decided when (``author``, ``at`` as ISO 8601 in UTC, ``event``).
    """

    bead: Bead
    source_texts: tuple[str, ...]
    target_texts: tuple[str, ...]
    source_near: Ids
    target_near: Ids
    side: Side
    segment: int
    old: int | None = None
    id: int | None = None
    author: str = ""
    at: str = ""
    event: int | None = None


@dataclass(frozen=True, slots=True)
class CarryResult:
    """The new beads with people's decisions in them.

    ``kept`` maps positions in ``beads`` to those in the old alignment, ``revived`` to decisions that were
    stale and hold again since their texts came back. ``stale`` are the decisions that now are (or still).
    """

    beads: tuple[Bead, ...]
    kept: Mapping[int, int] = field(default_factory=dict)
    revived: Mapping[int, StaleBead] = field(default_factory=dict)
    stale: tuple[StaleBead, ...] = ()


def carry_over(
    old: Alignment, new: Alignment, *, stale: Sequence[StaleBead] = (), realign: Realign | None = None
) -> CarryResult:
    """The beads of ``new`` with the decisions of ``old``, and what became of those whose texts changed.

    ``stale`` are the decisions that were stale in ``old``. ``realign`` aligns stretches that lose their beads
    to a decision; without it they become smaller beads and nulls. Every segment is in exactly one bead.
    """
    carrier = _Carrier(old, new.source, new.target, new.beads)
    kept, lost = carrier.decisions()
    revived: list[tuple[Bead, StaleBead]] = []
    for record in stale:
        bead = carrier.revived(record)
        if bead:
            revived.append((bead, record))
        else:
            lost.append(carrier.stale(record))
    if not kept and not revived:
        return CarryResult(mark_stale(new.beads, lost), stale=tuple(lost))
    fixed = [bead for bead, _ in (*kept, *revived)]
    beads = splice(fixed, new.beads, len(new.source.segments), len(new.target.segments), realign)
    positions = {(bead.source, bead.target): position for position, bead in enumerate(beads)}
    return CarryResult(
        mark_stale(beads, lost),
        {positions[bead.source, bead.target]: at for bead, at in kept},
        {positions[bead.source, bead.target]: record for bead, record in revived},
        tuple(lost),
    )


def unchanged_anchors(old: Alignment, source: Document, target: Document) -> tuple[Bead, ...]:
    """The old beads whose texts and whose neighbours on both sides are as they were, with the new ids.

    Neighbours are the segments right before and after, so the beads beside a change are not among these.
    Stale marks are left behind; other states and all figures are kept.
    """
    return tuple(_Carrier(old, source, target, ()).unchanged())


def realign_changed(old: Alignment, source: Document, target: Document, realign: Realign) -> tuple[Bead, ...]:
    """Beads for changed documents: the old ones where nothing changed nearby, ``realign``'s in between.

    Beads that a person decided on stay wherever their texts are found. With unchanged documents the result
    is the old beads, stale marks left out, and ``realign`` is not called.
    """
    anchors = unchanged_anchors(old, source, target)
    kept, _ = _Carrier(old, source, target, anchors).decisions()
    fixed = [bead for bead, _ in kept]
    held = {s for bead in fixed for s in bead.source}, {t for bead in fixed for t in bead.target}
    fixed += [b for b in anchors if held[0].isdisjoint(b.source) and held[1].isdisjoint(b.target)]
    return splice(fixed, anchors, len(source.segments), len(target.segments), realign)


def mark_stale(beads: tuple[Bead, ...], records: Sequence[StaleBead]) -> tuple[Bead, ...]:
    """Give the state "stale" to the proposed beads that stand where these decisions were made."""
    if not records:
        return beads
    marked = list(beads)
    for position in places(beads, records):
        if position is not None and marked[position].state == "proposed":
            marked[position] = replace(marked[position], state="stale")
    return tuple(marked)


def places(beads: Iterable[Bead], records: Iterable[StaleBead]) -> list[int | None]:
    """For each record the position of the bead that holds its segment, None if no bead does."""
    source: dict[int, int] = {}
    target: dict[int, int] = {}
    for position, bead in enumerate(beads):
        source.update(dict.fromkeys(bead.source, position))
        target.update(dict.fromkeys(bead.target, position))
    return [(source if r.side == "source" else target).get(r.segment) for r in records]


class _Carrier:
    """Brings the beads of an old alignment to new documents, in between the beads ``around``."""

    def __init__(self, old: Alignment, source: Document, target: Document, around: Sequence[Bead]) -> None:
        self._old = old
        self._source = Trace(old.source.texts(), source.texts())
        self._target = Trace(old.target.texts(), target.texts())
        straight = [bead for bead in around if bead.source and bead.target and not bead.moved]
        self._path = sorted(straight, key=lambda bead: bead.source)
        self._starts = [bead.source[0] for bead in self._path]
        self._claimed: tuple[set[int], set[int]] = (set(), set())

    def decisions(self) -> tuple[list[tuple[Bead, int]], list[StaleBead]]:
        """The decided beads that hold, with new ids and their old position, and those that are stale now."""
        kept, lost = [], []
        for at, bead in enumerate(self._old.beads):
            if bead.state not in DECIDED:
                continue
            placed = self._placed(bead)
            if placed and self._claim(placed):
                kept.append((placed, at))
                continue
            lost.append(self.stale(self._record(bead, at)))
        return kept, lost

    def revived(self, record: StaleBead) -> Bead | None:
        """The bead of a stale decision whose texts are back where they were, if nothing else is there."""
        source = self._searched(self._source, record.source_texts, record.source_near)
        target = self._searched(self._target, record.target_texts, record.target_near)
        if source is None or target is None:
            return None
        bead = self._settled(replace(record.bead, source=source, target=target))
        return bead if self._claim(bead) else None

    def stale(self, record: StaleBead) -> StaleBead:
        """A stale decision with the places that it has in the new documents; those it comes with are old."""
        source, target = self._source.near(record.source_near), self._target.near(record.target_near)
        side: Side = record.side
        if source or target:
            side = "source" if source else "target"
            beside = source or target
        else:
            trace = self._source if side == "source" else self._target
            before, after = trace.gap((record.segment,))
            beside = trace.near((record.segment,)) or (before if before >= 0 else min(after, trace.m - 1),)
        return replace(record, source_near=source, target_near=target, side=side, segment=max(0, beside[0]))

    def unchanged(self) -> Iterator[Bead]:
        """The beads whose surroundings are as they were on both sides, with their new ids."""
        passed = -1, -1  # the last segment of either side that the beads so far hold, moved ones left aside
        for bead in self._old.beads:
            if self._unchanged(self._source, bead.source, passed[0]) and self._unchanged(
                self._target, bead.target, passed[1]
            ):
                placed = self._placed(bead)
                if placed:
                    yield placed if placed.state in DECIDED else replace(placed, state="proposed")
            if not bead.moved:
                passed = max((passed[0], *bead.source)), max((passed[1], *bead.target))

    @staticmethod
    def _unchanged(trace: Trace, ids: Ids, passed: int) -> bool:
        return trace.undisturbed(ids) and trace.straight(ids) if ids else trace.joined(passed)

    def _record(self, bead: Bead, at: int) -> StaleBead:
        source = tuple(map(self._old.source.segment_text, bead.source))
        target = tuple(map(self._old.target.segment_text, bead.target))
        side: Side = "source" if bead.source else "target"
        segment = (bead.source or bead.target)[0]
        return StaleBead(bead, source, target, bead.source, bead.target, side, segment, at)

    def _placed(self, bead: Bead) -> Bead | None:
        """The bead with new ids, None where its texts are not found."""
        source, target = self._source.images(bead.source), self._target.images(bead.target)
        if source is None or target is None:
            return None
        placed = replace(bead, source=source, target=target)
        straight = self._source.straight(bead.source) and self._target.straight(bead.target)
        return placed if straight else self._settled(placed)

    def _settled(self, bead: Bead) -> Bead:
        """The bead, marked as moved if it is not in order with the beads around it."""
        if bead.moved or not bead.source or not bead.target:
            return bead
        before = bisect_left(self._starts, bead.source[0]) - 1
        while before >= 0 and self._path[before].source[-1] >= bead.source[0]:
            before -= 1
        after = bisect_right(self._starts, bead.source[-1])
        crosses = before >= 0 and self._path[before].target[0] > bead.target[-1]
        crosses |= after < len(self._path) and self._path[after].target[-1] < bead.target[0]
        return replace(bead, moved=True) if crosses else bead

    @staticmethod
    def _searched(trace: Trace, texts: tuple[str, ...], near: Ids) -> Ids | None:
        return trace.search(texts, trace.near(near)) if texts else ()

    def _claim(self, bead: Bead) -> bool:
        """Take the bead's segments, if no other decision has them."""
        source, target = self._claimed
        if not source.isdisjoint(bead.source) or not target.isdisjoint(bead.target):
            return False
        source.update(bead.source)
        target.update(bead.target)
        return True
