"""What the alignment screen shows: a page of beads with their sentences, counts, what undo would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from align.anchor import StaleBead
from align.cli.beads import described
from align.edit import Side
from align.model import Bead
from align.store import Event, Store
from align.store.notes import Note, Notes
from align.store.texts import Kind, Placed, Version, Window

PAGE = 50
ABOVE = 8
"""So many beads stand above the one that was jumped to."""
MANY = 20_000
"""Beads; in a longer text they are counted afterwards, so that nobody waits for it."""
SIDES: tuple[Side, Side] = ("source", "target")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A segment as it is shown. ``new`` is the corrected text, "" where it is as read."""

    id: int
    text: str
    new: str
    author: str


@dataclass(frozen=True, slots=True)
class Row:
    """A bead as it is shown; ``number`` counts from 1."""

    number: int
    bead: Bead
    status: str
    author: str
    time: str
    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]
    bookmark: Note | None
    stale: tuple[StaleBead, ...] = ()

    @property
    def uneven(self) -> bool:
        """Whether the bead is not one to one."""
        return len(self.bead.source) != 1 or len(self.bead.target) != 1

    @property
    def sides(self) -> tuple[tuple[Side, tuple[Sentence, ...]], ...]:
        """Both sides with their names."""
        return ("source", self.source), ("target", self.target)


@dataclass(frozen=True, slots=True)
class View:
    """A part of an alignment, of one moment. ``seen`` is what an edit takes as ``expected``."""

    id: int
    source: Version
    target: Version
    total: int
    at: int
    first: int
    rows: tuple[Row, ...]
    seen: int
    noted: int
    counts: Mapping[Kind, int] | None
    bookmarks: int
    undo: Event | None
    redo: Event | None
    last: Event
    corrected: Mapping[Side, Sequence[Note]]

    @property
    def here(self) -> Row | None:
        """The bead in focus."""
        return next((row for row in self.rows if row.number == self.at), None)

    @property
    def versions(self) -> tuple[tuple[Side, Version], ...]:
        """Both texts with the names of their sides."""
        return ("source", self.source), ("target", self.target)

    @property
    def last_shown(self) -> int:
        """The number of the last bead on this page."""
        return self.rows[-1].number if self.rows else 0


def view(store: Store, alignment: int, at: int, first: int | None = None) -> View:
    """The page around bead ``at``; from bead ``first`` on where ``at`` is on that page. Raises UsageError."""
    with store.snapshot():
        window = Window(store, alignment)
        notes = Notes(store)
        total = len(window)
        at = min(max(at, 1), max(total, 1))
        if first is None or not first <= at < first + PAGE:
            first = at - ABOVE
        first = min(max(first, 1), max(total, 1))
        corrected = {side: notes.corrections(window.version(side).id) for side in SIDES}
        marks = notes.bookmarks(alignment)
        placed = window.beads(first - 1, PAGE)
        stale = store.stale(alignment) if any(p.bead.state == "stale" for p in placed) else []
        undo, redo = store.next_steps(alignment)
        return View(
            alignment, window.source, window.target, total, at, first,
            tuple(rows(window, placed, corrected, marks, stale)),
            store.last_event(alignment), notes.last_event(alignment),
            window.counts() if total <= MANY else None, len(marks), undo, redo,
            store.events(alignment, limit=1)[-1], corrected,
        )  # fmt: skip


def rows(
    window: Window,
    placed: Sequence[Placed],
    corrected: Mapping[Side, Sequence[Note]],
    marks: Sequence[tuple[Side, Note]],
    stale: Sequence[StaleBead] = (),
) -> list[Row]:
    """Beads with their sentences, corrections, bookmarks and the decisions that wait there."""
    source = window.texts("source", (s for p in placed for s in p.bead.source))
    target = window.texts("target", (t for p in placed for t in p.bead.target))
    by_place = {(side, note.segment): note for side in SIDES for note in corrected.get(side, ())}
    marked = {(side, note.segment): note for side, note in marks}

    def sentences(side: Side, ids: Sequence[int], texts: Mapping[int, str]) -> tuple[Sentence, ...]:
        found = []
        for n in ids:
            note = by_place.get((side, n))
            found.append(Sentence(n, texts[n], note.new if note else "", note.author if note else ""))
        return tuple(found)

    return [
        Row(
            p.at + 1, p.bead, status_of(window, p.bead), p.author, p.time,
            sentences("source", p.bead.source, source), sentences("target", p.bead.target, target),
            next((marked[key] for key in places(p.bead) if key in marked), None),
            tuple(old for old in stale if (old.side, old.segment) in places(p.bead)),
        )
        for p in placed
    ]  # fmt: skip


def places(bead: Bead) -> list[tuple[Side, int]]:
    """The segments of a bead; the first one carries its bookmark."""
    return [*(("source", s) for s in bead.source), *(("target", t) for t in bead.target)]


def status_of(window: Window, bead: Bead) -> str:
    """What is said of a bead first."""
    if bead.state != "proposed":
        return bead.state
    return "doubtful" if window.is_doubtful(bead) else "proposed"


def words(event: Event | None, of: Event | None = None) -> str:
    """An event as the screen says it, "" for none."""
    return described(event, of) if event is not None else ""
