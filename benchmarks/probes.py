"""Failure probes: what a missing, an added and a moved stretch cost, on the hand-aligned Text+Berg dev document.

    python -m benchmarks.probes [--shared DIR]

The same damage as is known to break aligners: a stretch deleted from the target, strange text in front of it, a
block moved, neighbouring beads swapped. Strict F1 is counted over the gold beads that the damage leaves in place
(of the moved ones beside it: how many are found, marked as moved).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from align import __version__
from align.aligner import align_sides
from align.embed import Embedder, load_embedder
from align.evaluate import evaluate
from align.model import Bead
from align.parameters import default_parameters
from align.sides import sides_of_texts
from align.training.cases import Case, read_pairs
from align.training.weights import text_berg

ROOT = Path(__file__).parents[1]


def reordered(case: Case, order: Sequence[int], front: Sequence[str] = ()) -> Case:
    """The case with its target's segments in another order, some left out, others put in front."""
    place = {old: new + len(front) for new, old in enumerate(order)}
    gold = []
    for source, target in case.gold:
        kept = tuple(place[j] for j in target if j in place)
        if len(kept) in (0, len(target)):
            gold.append((source, kept))
    return replace(case, target=(*front, *(case.target[j] for j in order)), gold=tuple(gold))


def deleted(case: Case, count: int) -> Case:
    """Without ``count`` target segments from the middle."""
    first = (len(case.target) - count) // 2
    return reordered(case, [j for j in range(len(case.target)) if not first <= j < first + count])


def moved(case: Case, count: int) -> Case:
    """A block of ``count`` target segments from the first third put behind the second."""
    total = len(case.target)
    first, behind = total // 3, 2 * total // 3
    block = list(range(first, first + count))
    return reordered(case, [*range(first), *range(first + count, behind), *block, *range(behind, total)])


def swapped(case: Case, count: int, seed: int = 1) -> Case:
    """``count`` times two neighbouring beads change places in the target."""
    beads = [bead for bead in case.gold if bead[0] and bead[1]]
    order = list(range(len(case.target)))
    for k in random.Random(seed).sample(range(0, len(beads) - 1, 2), count):
        one, other = beads[k][1], beads[k + 1][1]
        first, stop = one[0], other[-1] + 1
        order[first:stop] = [*range(other[0], stop), *range(first, other[0])]
    return reordered(case, order)


def found(case: Case, embedder: Embedder) -> tuple[float, tuple[Bead, ...]]:
    """Strict F1, and the beads."""
    beads = align_sides(*sides_of_texts(case.source, case.target, embedder)).beads
    return evaluate(case.gold, [(b.source, b.target) for b in beads]).strict.f1, beads


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    data = parser.parse_args(arguments).shared / "data"
    embedder = load_embedder()
    print(
        f"concord:{__version__}|model:{embedder.name}@{embedder.revision}|parameters:{default_parameters().digest}"
    )
    case = text_berg(data)
    strangers = [foreign for foreign, _ in read_pairs(data / "dev" / "fr-en" / "tatoeba_laser_v1.tsv")]
    everything = range(len(case.target))
    probes = {
        "base": case,
        "75 deleted": deleted(case, 75),
        "150 deleted": deleted(case, 150),
        "150 extra in front": reordered(case, everything, strangers[:150]),
        "500 extra in front": reordered(case, everything, strangers[:500]),
        "60 moved": moved(case, 60),
        "10 swaps": swapped(case, 10),
    }
    base = 0.0
    print(f"{'':20s} strict F1    loss  moved beads")
    for name, probe in probes.items():
        score, beads = found(probe, embedder)
        base = base or score
        print(f"{name:20s} {score:9.4f} {base - score:7.4f} {sum(b.moved for b in beads):12d}", flush=True)


if __name__ == "__main__":
    main()
