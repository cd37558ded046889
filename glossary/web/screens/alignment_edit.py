"""Edits of beads as the screen asks for them: what is meant, where the focus goes, what stood there before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from align.edit import EditRequest
from align.errors import ConflictError, UsageError
from align.model import Bead
from align.store import Event, Store
from align.store.texts import Window

MOVES = {
    "source-up": ("source", "up"),
    "source-down": ("source", "down"),
    "target-up": ("target", "up"),
    "target-down": ("target", "down"),
}
ALONE = ("confirm", "unconfirm", "discard", "split")
"""These look at one bead; all others at those beside it too. Where they are as they were seen, the edit holds."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for, at which bead (from 1), having seen which event last."""

    do: str
    at: int
    seen: int | None
    source_at: int | None = None
    target_at: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: the event (None where all was so already), and the bead in focus now."""

    event: Event | None
    at: int


def request_of(wish: Wish, total: int) -> EditRequest:
    """The edit that is meant. Raises UsageError."""
    at = wish.at
    if wish.do in MOVES:
        side, direction = MOVES[wish.do]
        return EditRequest("move", at, side=side, direction=direction)  # type: ignore[arg-type]
    if wish.do == "merge-next":
        if at >= total:
            raise UsageError("there is no bead below that it could be merged with")
        return EditRequest("merge", at, at + 1)
    if wish.do == "merge-previous":
        if at <= 1:
            raise UsageError("there is no bead above that it could be merged with")
        return EditRequest("merge", at - 1, at)
    if wish.do == "split":
        return EditRequest("split", at, source_at=wish.source_at, target_at=wish.target_at)
    if wish.do in ("confirm", "unconfirm", "discard"):
        return EditRequest(wish.do, at)  # type: ignore[arg-type]
    if wish.do == "confirm-to-here":
        return EditRequest("confirm", 1, at)
    raise UsageError(f"“{wish.do[:40]}” is nothing that can be done to a bead")


def perform(store: Store, alignment: int, wish: Wish, author: str) -> Done:
    """Does it. Raises UsageError; ConflictError where the beads there are not as they were seen."""
    with store.transaction():
        wish = caught_up(store, alignment, wish)
        window = Window(store, alignment)
        total = len(window)
        if wish.do == "split" and wish.source_at is None:
            wish = with_cut(window, wish)
        event = store.edit(alignment, request_of(wish, total), author, expected=wish.seen)
        return Done(event, focus(wish, total, len(window)))


def with_cut(window: Window, wish: Wish) -> Wish:
    """A split that names no place cuts after the first sentence of either side; a single pair comes apart."""
    found = window.beads(wish.at - 1, 1)
    if not found:
        return replace(wish, source_at=0, target_at=0)
    bead = found[0].bead
    source_at, target_at = min(1, len(bead.source)), min(1, len(bead.target))
    if source_at == len(bead.source) and target_at == len(bead.target):
        target_at = 0
    return replace(wish, source_at=source_at, target_at=target_at)


def focus(wish: Wish, before: int, after: int) -> int:
    """The bead that has the focus afterwards."""
    at = wish.at
    if wish.do == "confirm":
        at += 1
    elif wish.do == "merge-previous" or (wish.do.endswith("-up") and after < before):
        at -= 1
    return min(max(at, 1), max(after, 1))


def caught_up(store: Store, alignment: int, wish: Wish) -> Wish:
    """The wish for the beads as they are now, if those it is about are still as they were seen.

    What others did elsewhere in the text is no reason to stop. Leaves a conflict to the store.
    """
    last = store.last_event(alignment)
    if wish.seen is None or wish.seen == last or wish.do == "confirm-to-here":
        return wish
    old = store.beads_at(alignment, wish.seen)
    new = store.load_alignment(alignment).beads
    if old is None or not 1 <= wish.at <= len(old):
        return wish
    meant = old[wish.at - 1]
    here = next((n for n, bead in enumerate(new) if bead == meant), None)
    if here is None or (wish.do not in ALONE and around(new, here) != around(old, wish.at - 1)):
        return wish
    return replace(wish, at=here + 1, seen=last)


def around(beads: tuple[Bead, ...], at: int) -> tuple[tuple[Bead, ...], tuple[Bead, ...]]:
    """The neighbours of a bead on both sides."""
    return beads[max(0, at - 1) : at], beads[at + 1 : at + 2]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both versions of a place: the beads that were seen (None: not known any more), those there now, who did it."""

    wish: Wish
    words: str
    at: int
    seen: tuple[Bead, ...] | None
    now: tuple[Bead, ...]
    by: Event


def conflict_of(store: Store, alignment: int, wish: Wish, error: ConflictError) -> Conflict:
    """What a person needs to decide anew. ``at`` is the bead that now holds what they meant."""
    with store.snapshot():
        new = store.load_alignment(alignment).beads
        old = store.beads_at(alignment, wish.seen) if wish.seen is not None else None
        by = store.events(alignment, limit=1)[-1]
    if old is None or not 1 <= wish.at <= len(old):
        return Conflict(wish, error.what, min(wish.at, len(new)), None, new[wish.at - 1 : wish.at], by)
    before = old[max(0, wish.at - 2) : wish.at + 1]
    held = {("s", s) for bead in before for s in bead.source} | {
        ("t", t) for bead in before for t in bead.target
    }
    there = [n for n, bead in enumerate(new) if held & keys(bead)]
    meant = keys(old[wish.at - 1])
    at = next((n for n in there if meant & keys(new[n])), there[0] if there else 0)
    return Conflict(wish, error.what, at + 1, before, tuple(new[n] for n in there), by)


def keys(bead: Bead) -> set[tuple[str, int]]:
    """The segments of a bead."""
    return {("s", s) for s in bead.source} | {("t", t) for t in bead.target}
