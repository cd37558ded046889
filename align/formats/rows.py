"""What every writer of alignments works from: one row per bead, or per group of beads of several versions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from align.model import Alignment, Bead, BeadState, Document
from align.multi import Group, groups, versions
from align.text import join_segments

NOTICE_FIRST: tuple[BeadState, ...] = ("stale", "edited", "proposed", "confirmed")
"""Of several beads in one row, the state that says most about the row."""

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Row:
    """A bead of one pair, or a group of several pairs.

    ``number`` counts from 1. ``sides`` are segment ids, the pivot's first. ``confidences[k]`` is the least
    confidence of the row's beads in alignment ``k`` (None: it has none here), ``confidence`` the least of all.
    """

    number: int
    sides: tuple[tuple[int, ...], ...]
    confidences: tuple[float | None, ...]
    doubtful: bool
    moved: bool
    state: BeadState

    @property
    def kind(self) -> str:
        """The shape, the pivot first: "1-2", "1-1-2"."""
        return "-".join(str(len(side)) for side in self.sides)

    @property
    def confidence(self) -> float:
        """The least confidence of the beads in this row, in [0, 1]."""
        return min((c for c in self.confidences if c is not None), default=0.0)

    @property
    def null(self) -> bool:
        """Whether some version has nothing here."""
        return not all(self.sides)

    @property
    def to_look_at(self) -> bool:
        """Whether a person should look: the row is doubtful, or its text changed after a decision."""
        return self.doubtful or self.state == "stale"


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over the beads of one alignment. ``kinds`` is sorted by count, then by name."""

    beads: int
    kinds: tuple[tuple[str, int], ...]
    doubtful: int
    moved: int
    source_only: int
    target_only: int
    states: tuple[tuple[str, int], ...]


def rows(alignments: Sequence[Alignment]) -> list[Row]:
    """The rows in order of the pivot; those of a single pair are its beads, in their order.

    Raises UsageError where the alignments do not share their source, or there is none.
    """
    if len(alignments) == 1:
        found = [Group(b.source, (b.target,), ((i,),)) for i, b in enumerate(alignments[0].beads)]
    else:
        found = groups(alignments)
    return [_row(number, group, alignments) for number, group in enumerate(found, start=1)]


def _row(number: int, group: Group, alignments: Sequence[Alignment]) -> Row:
    """A group with what its beads say."""
    chosen = [
        [(alignment, alignment.beads[b]) for b in found]
        for alignment, found in zip(alignments, group.beads, strict=True)
    ]
    beads = [pair for pairs in chosen for pair in pairs]
    return Row(
        number,
        (group.source, *group.targets),
        tuple(min((bead.confidence for _, bead in pairs), default=None) for pairs in chosen),
        any(alignment.is_doubtful(bead) for alignment, bead in beads),
        any(bead.moved for _, bead in beads),
        min((bead.state for _, bead in beads), key=NOTICE_FIRST.index, default="proposed"),
    )


def summarise(alignment: Alignment) -> Summary:
    """Counts over the beads of one alignment."""

    def count(beads: Sequence[Bead], key: str) -> tuple[tuple[str, int], ...]:
        counted = Counter(str(getattr(bead, key)) for bead in beads)
        return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    beads = alignment.beads
    return Summary(
        beads=len(beads),
        kinds=count(beads, "kind"),
        doubtful=sum(alignment.is_doubtful(bead) for bead in beads),
        moved=sum(bead.moved for bead in beads),
        source_only=sum(not bead.target for bead in beads),
        target_only=sum(not bead.source for bead in beads),
        states=count(beads, "state"),
    )


def joined(document: Document, segments: Sequence[int]) -> str:
    """The texts of some segments as one, the way the document's language joins sentences."""
    return join_segments([document.segment_text(segment) for segment in segments], document.lang)


def language_tag(lang: str) -> str:
    """A BCP 47 tag: case and separators put right ("pt_br" → "pt-BR"), "und" where the language is unknown."""
    tag = lang.replace("_", "-")
    if not _LANGUAGE_TAG.fullmatch(tag):
        return "und"
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    """Scripts in title case, regions in upper case, the rest in lower case (RFC 5646, 2.1.1)."""
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part.lower()


def column_names(alignments: Sequence[Alignment]) -> list[str]:
    """A name for each version that no other has: its language, with a number where that occurs again."""
    seen: Counter[str] = Counter()
    names = []
    for document in versions(alignments):
        tag = language_tag(document.lang)
        seen[tag] += 1
        names.append(tag if seen[tag] == 1 else f"{tag}.{seen[tag]}")
    return names
