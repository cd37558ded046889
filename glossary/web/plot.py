"""The whole of an alignment as a few hundred marks: the original runs to the right, the translation down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from align.model import Bead

SIZE = 460.0
MOST = 480
"""Marks on a plot; neighbours share one where there are more beads."""
LEAST = 3.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Some beads that follow each other, as one mark; counted from 1, measured in units of the view box."""

    first: int
    last: int
    kind: str
    doubtful: int
    x: float
    y: float
    width: float
    height: float

    @property
    def words(self) -> str:
        """What the mark stands for."""
        beads = f"Bead {self.first}" if self.first == self.last else f"Beads {self.first} to {self.last}"
        names = {"decided": "decided", "away": "moved", "none": "on one side only"}
        if self.doubtful:
            return f"{beads}: {self.doubtful} doubtful"
        return f"{beads}: {names[self.kind]}" if self.kind in names else beads


@dataclass(frozen=True, slots=True)
class Plot:
    """The marks, and the measures of the frame."""

    marks: tuple[Mark, ...]
    width: float
    height: float
    sources: int
    targets: int


def plot(beads: Sequence[Bead], sources: int, targets: int, is_doubtful: Callable[[Bead], bool]) -> Plot:
    """The plot of the beads of texts with so many segments; linear in the number of beads."""
    height = SIZE * min(max(targets / sources if sources else 1.0, 0.6), 1.6)
    scale = SIZE / max(sources, 1), height / max(targets, 1)
    size = max(1, -(-len(beads) // MOST))
    marks: list[Mark] = []
    here = 0, 0  # where the path stands: nulls are put there
    for at in range(0, len(beads), size):
        part = beads[at : at + size]
        spans, here = _spans(part, here)
        (s0, s1), (t0, t1) = spans
        doubtful = sum(is_doubtful(bead) or bead.state == "stale" for bead in part)
        width, tall = max((s1 - s0) * scale[0], LEAST), max((t1 - t0) * scale[1], LEAST)
        x, y = (s0 + s1) / 2 * scale[0], (t0 + t1) / 2 * scale[1]
        marks.append(
            Mark(at + 1, at + len(part), _kind(part, doubtful), doubtful,
                 round(x - width / 2, 1), round(y - tall / 2, 1), round(width, 1), round(tall, 1))
        )  # fmt: skip
    return Plot(tuple(marks), SIZE, round(height, 1), sources, targets)


def _spans(
    part: Sequence[Bead], here: tuple[int, int]
) -> tuple[tuple[tuple[int, int], tuple[int, int]], tuple[int, int]]:
    """What a few beads cover on either side, and where the path stands after them.

    Moved beads count where they are alone; among others they would draw a mark over half the plot.
    """
    straight = [bead for bead in part if not bead.moved] or part
    found: list[tuple[int, int]] = []
    for side, place in enumerate(here):
        ids = [n for bead in straight for n in (bead.target if side else bead.source)]
        found.append((min(ids), max(ids) + 1) if ids else (place, place))
    moved = all(bead.moved for bead in part)
    return (found[0], found[1]), here if moved else (found[0][1], found[1][1])


def _kind(part: Sequence[Bead], doubtful: int) -> str:
    if doubtful:
        return "doubt"
    if all(bead.moved for bead in part):
        return "away"
    if all(not bead.source or not bead.target for bead in part):
        return "none"
    return "decided" if all(bead.state in ("confirmed", "edited") for bead in part) else "dot"
