"""Align some beads anew and leave all that people decided where it is; pure."""

from __future__ import annotations

from collections.abc import Sequence

from align.anchor.splice import Realign, fitted, in_order, nulls
from align.edit import Beads, Patch
from align.errors import UsageError
from align.model import Bead


def realigned(beads: Beads, first: int, last: int, realign: Realign) -> Patch:
    """The patch that aligns beads ``first`` … ``last`` (0-based) anew.

    Beads that a person confirmed or edited, stale ones and those that changed their place stay; what lies between
    two of them is aligned by itself, so that they hold it in its place. Where one side of that is empty it stays
    too. Every segment is in exactly one bead again. Raises UsageError for beads that are not there.
    """
    first, last = min(first, last), max(first, last)
    for number in (first, last):
        if not 0 <= number < len(beads):
            raise UsageError(f"there is no bead {number + 1}", hint=f"Beads go from 1 to {len(beads)}")
    removed = beads[first : last + 1]
    inserted: list[Bead] = []
    run: list[Bead] = []
    for bead in removed:
        if stays(bead):
            inserted += [*_anew(run, realign), bead]
            run = []
        else:
            run.append(bead)
    inserted += _anew(run, realign)
    return Patch(first, removed, tuple(inserted))


def stays(bead: Bead) -> bool:
    """Whether aligning anew leaves a bead as it is."""
    return bead.state != "proposed" or bead.moved


def between_decisions(beads: Sequence[Bead], at: int) -> tuple[int, int]:
    """First and last of the beads around ``at`` up to those that stay; ``at`` alone if it stays itself."""
    if stays(beads[at]):
        return at, at
    first = last = at
    while first and not stays(beads[first - 1]):
        first -= 1
    while last + 1 < len(beads) and not stays(beads[last + 1]):
        last += 1
    return first, last


def _anew(run: Sequence[Bead], realign: Realign) -> Sequence[Bead]:
    """Other beads of the same segments."""
    source = sorted(s for bead in run for s in bead.source)
    target = sorted(t for bead in run for t in bead.target)
    if not source or not target:
        return run
    found = realign(range(source[0], source[-1] + 1), range(target[0], target[-1] + 1))
    made = fitted(found, set(source), set(target))
    return in_order([*made, *nulls(made, source, target)], made)
