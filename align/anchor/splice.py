"""Set beads that are given into beads that are proposed, so that every segment is in exactly one again.

The given beads stand as they are. Those of them that are in order on both sides make a *path*; between two
neighbours on it lies a *corridor*. Proposed beads that fit into a corridor with all their segments stay, the
others are taken apart. What is then in no bead is aligned anew together with its next neighbours, where the
caller can do that, and otherwise becomes smaller beads and nulls.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from align.anchor.matching import longest_chain
from align.model import Bead

Realign = Callable[[range, range], Sequence[Bead]]
"""Aligns a stretch of the source with one of the target, neither empty: beads of exactly these segments."""

Ids = tuple[int, ...]
_PAD = 1  # intact beads on either side of a gap that are aligned anew with it


def splice(
    fixed: Iterable[Bead],
    proposed: Sequence[Bead],
    sources: int,
    targets: int,
    realign: Realign | None = None,
) -> tuple[Bead, ...]:
    """All beads of a pair of ``sources`` and ``targets`` segments: ``fixed`` ones, and the rest around them.

    ``fixed`` beads share no segment; those that cross the path of the others are marked as moved. Beads not
    marked as moved are in order on both sides, if they are so in ``proposed`` and in what ``realign`` gives.
    Proposed beads that nothing touches come out equal; what is left of others has score and confidence 0,
    and so have nulls made here. Linear but for sorting and for ``realign``.
    """
    given, path = _given(fixed)
    taken = (_union(bead.source for bead in given), _union(bead.target for bead in given))
    corridors = _Corridors(path)
    intact: list[Bead] = []
    broken: list[Bead] = []
    for bead in proposed:
        untouched = taken[0].isdisjoint(bead.source) and taken[1].isdisjoint(bead.target)
        (intact if untouched and corridors.hold(bead) else broken).append(bead)
    if realign is None:
        remnants = (corridors.remnant(bead, *taken) for bead in broken)
        around = [*intact, *(bead for bead in remnants if bead)]
    else:
        around = _close_gaps(given, path, intact, (sources, targets), realign)
    every = [*given, *around, *nulls([*given, *around], range(sources), range(targets))]
    return in_order(every, proposed)


def _given(fixed: Iterable[Bead]) -> tuple[list[Bead], list[Bead]]:
    """The fixed beads, marked as moved where they are off the path, and those on the path in order."""
    beads = sorted(fixed, key=lambda bead: (bead.source, bead.target))
    candidates = [at for at, bead in enumerate(beads) if _is_straight(bead)]
    chain = longest_chain([(at, beads[at].target[0]) for at in candidates])
    on_path = {at for at, _ in chain}
    for at in candidates:
        if at not in on_path:
            beads[at] = replace(beads[at], moved=True)
    return beads, [beads[at] for at, _ in chain]


class _Corridors:
    """What lies between the beads of a path: corridor ``k`` comes before the path's bead ``k``."""

    def __init__(self, path: Sequence[Bead]) -> None:
        self._source = [bead.source[0] for bead in path]
        self._target = [bead.target[0] for bead in path]

    def hold(self, bead: Bead) -> bool:
        """Whether a bead that has no segment of the path's lies in one corridor, or need not."""
        if bead.moved:
            return True
        at = {bisect_right(self._source, s) for s in bead.source}
        return len(at | {bisect_right(self._target, t) for t in bead.target}) == 1

    def remnant(self, bead: Bead, taken_source: set[int], taken_target: set[int]) -> Bead | None:
        """The largest part of a bead that is still free and lies in one corridor, with both sides, if any."""
        best: Bead | None = None
        for source in self._runs(bead.source, taken_source, self._source):
            for target in self._runs(bead.target, taken_target, self._target):
                together = bisect_right(self._source, source[0]) == bisect_right(self._target, target[0])
                larger = best is None or len(source) + len(target) > len(best.source) + len(best.target)
                if larger and (together or bead.moved):
                    best = Bead(source, target, moved=bead.moved)
        return best

    @staticmethod
    def _runs(ids: Ids, taken: set[int], starts: list[int]) -> list[Ids]:
        """Stretches of ids that follow each other, are free, and lie in one corridor."""
        runs: list[Ids] = []
        for i in ids:
            if i in taken:
                continue
            last = runs[-1][-1] if runs else None
            if last == i - 1 and bisect_right(starts, i) == bisect_right(starts, i - 1):
                runs[-1] += (i,)
            else:
                runs.append((i,))
        return runs


def _close_gaps(
    given: list[Bead], path: list[Bead], intact: list[Bead], sizes: tuple[int, int], realign: Realign
) -> list[Bead]:
    """The intact beads but for those beside a gap, and new beads for the gaps."""
    straight = [bead for bead in intact if _is_straight(bead)]
    chain = sorted([*path, *straight], key=lambda bead: bead.source)
    hard = {bead.source for bead in path}
    starts = ([bead.source[0] for bead in chain], [bead.target[0] for bead in chain])
    dirty: set[int] = set()
    for side in (0, 1):
        held = _union(_side(bead, side) for bead in (*given, *intact))
        dirty |= {bisect_right(starts[side], i) for i in range(sizes[side]) if i not in held}
    holes = [
        _union(_side(bead, side) for bead in (*given, *(bead for bead in intact if bead.moved)))
        for side in (0, 1)
    ]
    new: list[Bead] = []
    dissolved: list[set[int]] = [set(), set()]
    for first, last in _windows(sorted(dirty), [bead.source in hard for bead in chain]):
        free = []
        for side in (0, 1):
            start = _side(chain[first - 1], side)[-1] + 1 if first else 0
            end = _side(chain[last], side)[0] if last < len(chain) else sizes[side]
            free.append([i for i in range(start, end) if i not in holes[side]])
        if free[0] and free[1]:
            dissolved[0].update(free[0])
            dissolved[1].update(free[1])
            ranges = [range(ids[0], ids[-1] + 1) for ids in free]
            new += fitted(realign(*ranges), set(free[0]), set(free[1]))
    kept = [b for b in intact if dissolved[0].isdisjoint(b.source) and dissolved[1].isdisjoint(b.target)]
    return [*kept, *new]


def _windows(dirty: Sequence[int], hard: Sequence[bool]) -> list[tuple[int, int]]:
    """Stretches of cells (cell k lies before bead k of the chain) to align anew: (first, last) of each.

    A window is a dirty cell and ``_PAD`` cells on either side, as far as no hard bead lies between; windows
    that meet become one.
    """
    windows: list[tuple[int, int]] = []
    for cell in dirty:
        first = last = cell
        for _ in range(_PAD):
            first -= bool(first and not hard[first - 1])
            last += bool(last < len(hard) and not hard[last])
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
        else:
            windows.append((first, last))
    return windows


def fitted(beads: Iterable[Bead], free_source: set[int], free_target: set[int]) -> list[Bead]:
    """New beads without the segments that are not free, which they then also have no more than once."""
    whole = _Corridors([])
    result = []
    for bead in beads:
        if free_source.issuperset(bead.source) and free_target.issuperset(bead.target):
            kept: Bead | None = replace(bead, state="proposed")
        else:
            kept = whole.remnant(bead, set(bead.source) - free_source, set(bead.target) - free_target)
        if kept:
            result.append(kept)
            free_source.difference_update(kept.source)
            free_target.difference_update(kept.target)
    return result


def nulls(beads: Sequence[Bead], sources: Iterable[int], targets: Iterable[int]) -> list[Bead]:
    """A null bead for each of these segments that is in none of ``beads``."""
    source, target = _union(bead.source for bead in beads), _union(bead.target for bead in beads)
    return [
        *(Bead((s,), ()) for s in sources if s not in source),
        *(Bead((), (t,)) for t in targets if t not in target),
    ]


def in_order(beads: list[Bead], proposed: Sequence[Bead]) -> tuple[Bead, ...]:
    """Beads in order of the source; nulls of the target where they fall, if possible as in ``proposed``."""
    straight = sorted((bead for bead in beads if _is_straight(bead)), key=lambda bead: bead.target)
    starts = [bead.target[0] for bead in straight]
    before: dict[Ids, int] = {}
    last_source = -1
    for bead in proposed:
        if bead.source:
            last_source = bead.source[-1]
        else:
            before[bead.target] = last_source
    keyed = [((bead.source[0], 0, 0), bead) for bead in beads if bead.source]
    after = -1
    for bead in sorted((bead for bead in beads if not bead.source), key=lambda bead: bead.target):
        k = bisect_left(starts, bead.target[0])
        least = straight[k - 1].source[-1] if k else -1
        wanted = before.get(bead.target, least)
        most = straight[k].source[0] - 1 if k < len(straight) else max(least, wanted)
        after = max(after, least, min(wanted, most))
        keyed.append(((after, 1, bead.target[0]), bead))
    return tuple(bead for _, bead in sorted(keyed, key=lambda pair: pair[0]))


def _is_straight(bead: Bead) -> bool:
    """Whether a bead can be on the path: both sides, and not moved."""
    return bool(bead.source and bead.target and not bead.moved)


def _side(bead: Bead, side: int) -> Ids:
    return bead.target if side else bead.source


def _union(groups: Iterable[Ids]) -> set[int]:
    return {i for ids in groups for i in ids}
