"""Three or more versions of one text, side by side around the first.

Every version is aligned to the first (the *pivot*), pair by pair. Two beads of different pairs that share a
pivot segment have to stand in one row, and so does everything that hangs on them: a *group* is a connected
component of the pivot's segments, joined by the beads of all pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from align.errors import UsageError
from align.model import Alignment, Document


@dataclass(frozen=True, slots=True)
class Group:
    """Segments of all versions that stand beside each other.

    ``source`` holds ids of the pivot's segments, ``targets[k]`` those of the version that alignment ``k``
    leads to, each ascending, and empty where a version has nothing here. ``beads[k]`` are the positions in
    ``alignments[k].beads`` that the group is made of.
    """

    source: tuple[int, ...]
    targets: tuple[tuple[int, ...], ...]
    beads: tuple[tuple[int, ...], ...]

    @property
    def kind(self) -> str:
        """The group's shape, the pivot first: "1-1-2"; for a single pair the bead's kind."""
        return "-".join(str(len(side)) for side in (self.source, *self.targets))


def versions(alignments: Sequence[Alignment]) -> tuple[Document, ...]:
    """The pivot and then the target of every alignment.

    Raises UsageError where there is no alignment, or the alignments do not start from the same document.
    """
    if not alignments:
        raise UsageError("there is no alignment to work on")
    pivot = alignments[0].source
    for alignment in alignments[1:]:
        if alignment.source.segments != pivot.segments or alignment.source.text != pivot.text:
            raise UsageError(
                f"“{alignment.target.name}” is aligned to another text than “{alignments[0].target.name}”",
                hint="Align every version to the same first document",
            )
    return (pivot, *(alignment.target for alignment in alignments))


def groups(alignments: Sequence[Alignment]) -> list[Group]:
    """The groups in order of the pivot; every segment that is in a bead is in exactly one of them.

    A bead without pivot segments is a group of its own, right after the group that it follows in its own
    alignment (after the pivot's bead there, in order of the versions). With one alignment whose beads are in
    order of the source, the groups are its beads. Linear in the number of segments and alignments.
    Raises UsageError as :func:`versions` does.
    """
    pivot = versions(alignments)[0]
    components = _components(alignments, len(pivot.segments))
    members: dict[int, tuple[list[int], ...]] = {}  # in order of the first pivot segment, see the loop below
    for segment in range(len(pivot.segments)):
        members.setdefault(components[segment], tuple([] for _ in alignments))
    place = {component: position for position, component in enumerate(members)}
    orphans: list[tuple[int, int, int]] = []
    for k, alignment in enumerate(alignments):
        after = -1
        for b, bead in enumerate(alignment.beads):
            if bead.source:
                component = components[bead.source[0]]
                members[component][k].append(b)
                after = max(after, place[component])
            elif bead.target:
                orphans.append((after, k, b))
    rows = [((place[c], -1, 0), beads) for c, beads in members.items() if any(beads)]
    for key in orphans:
        alone: tuple[list[int], ...] = tuple([key[2]] if k == key[1] else [] for k in range(len(alignments)))
        rows.append((key, alone))
    rows.sort(key=lambda row: row[0])
    return [_group(alignments, beads) for _, beads in rows]


def _group(alignments: Sequence[Alignment], positions: tuple[list[int], ...]) -> Group:
    """The segments of the beads at these positions, pair by pair."""
    chosen = [[a.beads[b] for b in found] for a, found in zip(alignments, positions, strict=True)]
    source = {s for beads in chosen for bead in beads for s in bead.source}
    targets = tuple(tuple(sorted(t for bead in beads for t in bead.target)) for beads in chosen)
    return Group(tuple(sorted(source)), targets, tuple(tuple(found) for found in positions))


def _components(alignments: Sequence[Alignment], n: int) -> list[int]:
    """For each of ``n`` pivot segments the smallest segment that it is joined with (union-find)."""
    parent = list(range(n))

    def root(segment: int) -> int:
        while parent[segment] != segment:
            parent[segment] = parent[parent[segment]]
            segment = parent[segment]
        return segment

    for alignment in alignments:
        for bead in alignment.beads:
            for segment in bead.source[1:]:
                low, high = sorted((root(bead.source[0]), root(segment)))
                parent[high] = low
    return [root(segment) for segment in range(n)]
