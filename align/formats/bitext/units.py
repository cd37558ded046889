"""An alignment as a stream: what came first in the file, and then unit by unit what stands beside each other.

Files of a million units are converted without ever being held as a whole; so a reader gives a :class:`Source` and a
writer takes a head and any iterable of units. :func:`units_of` is the way from the alignments of the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from align.formats.rows import Row, language_tag, rows
from align.model import Alignment, BeadState
from align.multi import versions

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What holds for all units. ``langs`` has a language for each version ("und" where nobody knows).

    ``names`` are those of the documents ("" or nothing where the file does not say), ``signatures`` say what made
    the alignment, ``tool`` which program wrote the file.
    """

    langs: tuple[str, ...]
    names: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    tool: str = ""

    def name(self, version: int) -> str:
        """The name of a version's document, or ""."""
        return self.names[version] if version < len(self.names) else ""


@dataclass(frozen=True, slots=True)
class Unit:
    """Segments that translate each other, in two or more versions; () where a version has nothing here.

    ``confidences`` has a figure in [0, 1] for each version but the first; None where the file does not say one.
    ``ids`` are the segments' places in their documents where the file says them, else ().
    """

    number: int
    sides: tuple[Texts, ...]
    confidences: tuple[float | None, ...]
    doubtful: bool = False
    moved: bool = False
    state: BeadState = "proposed"
    score: float | None = None
    ids: tuple[tuple[int, ...], ...] = ()

    @property
    def kind(self) -> str:
        """The shape: "1-2", "1-1-2"."""
        return "-".join(str(len(side)) for side in self.sides)

    @property
    def confidence(self) -> float | None:
        """The least of the confidences that are known."""
        return min((c for c in self.confidences if c is not None), default=None)

    @property
    def filled(self) -> int:
        """How many versions have text here."""
        return sum(map(bool, self.sides))


@dataclass(slots=True)
class Source:
    """A file that is being read: ``warnings`` is complete when the last unit has been taken."""

    head: Head
    units: Iterator[Unit]
    warnings: list[str] = field(default_factory=list)


def head_of(alignments: Sequence[Alignment]) -> Head:
    """The head of alignments that start from the same document."""
    documents = versions(alignments)
    return Head(
        tuple(language_tag(document.lang) for document in documents),
        tuple(document.name for document in documents),
        tuple(dict.fromkeys(str(alignment.signature) for alignment in alignments)),
    )


def units_of(alignments: Sequence[Alignment], *, only_doubtful: bool = False) -> Iterator[Unit]:
    """A unit for each bead, or for each group of beads where there are three or more versions."""
    texts = [document.texts() for document in versions(alignments)]
    for row in rows(alignments):
        if row.doubtful or not only_doubtful:
            yield _unit(row, texts, alignments)


def _unit(row: Row, texts: Sequence[Sequence[str]], alignments: Sequence[Alignment]) -> Unit:
    sides = tuple(tuple(found[i] for i in side) for found, side in zip(texts, row.sides, strict=True))
    score = alignments[0].beads[row.number - 1].score if len(alignments) == 1 else None
    confidences = row.confidences
    return Unit(row.number, sides, confidences, row.doubtful, row.moved, row.state, score, row.sides)


def chosen(unit: Unit, order: Sequence[int]) -> Unit:
    """The unit with these versions in this order."""
    confidence = unit.confidence
    known = [None, *unit.confidences]
    if order[0] != 0:  # what is known is how each fits the first; another first has the least of them
        known = [confidence] * len(unit.sides)
    return replace(
        unit,
        sides=tuple(unit.sides[k] for k in order),
        confidences=tuple(known[k] for k in order[1:]),
        ids=tuple(unit.ids[k] for k in order) if unit.ids else (),
    )
