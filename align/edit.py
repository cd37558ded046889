"""What a person does to beads: merge, split, move, confirm, take back; pure, and each with its exact inverse.

Every operation takes the beads of one alignment and gives ``(new beads, inverse)``; ``apply(new, inverse)``
is the old tuple again, figures and states included. Segments are only ever handed from bead to bead, so each
stays in exactly one. Positions of beads are 0-based here; an :class:`EditRequest` and every message count
from 1, as ``concord beads list`` shows them. Segments are named by their id, as in the JSON lines.

A bead that a person made has the state "edited", one that a person approved "confirmed"; both have the
confidence 1, and edited ones the score 0, since no aligner scored them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, NamedTuple

from align.errors import ConflictError, UsageError
from align.model import Bead

Beads = tuple[Bead, ...]
Side = Literal["source", "target"]
Direction = Literal["up", "down"]
Action = Literal["merge", "split", "move", "confirm", "unconfirm", "discard"]


@dataclass(frozen=True, slots=True)
class Patch:
    """``inserted`` in the place of ``removed``, which begins at bead ``at`` (0-based)."""

    at: int
    removed: Beads
    inserted: Beads

    def inverse(self) -> Patch:
        """The patch that takes this one back."""
        return Patch(self.at, self.inserted, self.removed)

    def changes_nothing(self) -> bool:
        """Whether the beads are the same before and after."""
        return self.removed == self.inserted


Edited = tuple[Beads, Patch]


@dataclass(frozen=True, slots=True)
class EditRequest:
    """An edit as a person asks for it, bead numbers counted from 1.

    merge       beads ``first`` to ``last``
    split       bead ``first``: its first ``source_at`` source and ``target_at`` target segments, and the rest
    move        ``segment`` of ``side``, or the outermost one there of bead ``first``, ``up`` or ``down``
    confirm, unconfirm, discard    beads ``first`` to ``last`` (``last`` None: only ``first``)
    """

    action: Action
    first: int | None = None
    last: int | None = None
    source_at: int | None = None
    target_at: int | None = None
    segment: int | None = None
    side: Side | None = None
    direction: Direction | None = None

    def as_dict(self) -> dict[str, str | int]:
        """What was asked for, without what was not given."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def apply(beads: Beads, patch: Patch) -> Beads:
    """The beads after ``patch``. Raises ConflictError where the beads that it replaces are not there."""
    end = patch.at + len(patch.removed)
    if patch.at < 0 or beads[patch.at : end] != patch.removed:
        raise ConflictError(
            f"the beads from number {patch.at + 1} on are not those that this edit was made for",
            hint="Look at them again with `concord beads list`",
        )
    return beads[: patch.at] + patch.inserted + beads[end:]


def perform(beads: Beads, request: EditRequest) -> Edited:
    """Do what ``request`` says. Raises UsageError where it is incomplete or does not fit the beads."""
    if request.action == "move":
        if request.side is None or request.direction is None:
            raise UsageError("a move needs a side (source, target) and a direction (up, down)")
        segment = request.segment
        if segment is None:
            at = _position(beads, request.first)
            segment = outermost(beads, at, request.side, request.direction)
        return move(beads, segment, request.side, request.direction)
    first = _position(beads, request.first)
    last = first if request.last is None else _position(beads, request.last)
    if request.action == "merge":
        return merge(beads, first, last)
    if request.action == "split":
        if request.source_at is None or request.target_at is None:
            raise UsageError("a split needs to know how many segments of either side go first")
        return split(beads, first, request.source_at, request.target_at)
    return _BY_STATE[request.action](beads, first, last)


def merge(beads: Beads, first: int, last: int) -> Edited:
    """Make one bead of the beads ``first`` … ``last``.

    Raises UsageError where that is one bead only, or where their segments do not follow each other in the
    texts (a bead that changed its place stands beside others in the list that are not its neighbours).
    """
    first, last = min(first, last), max(first, last)
    _check(beads, first, last)
    if first == last:
        raise UsageError(f"bead {first + 1} alone cannot be merged", hint="Name it and a neighbour of it")
    parts = beads[first : last + 1]
    source = tuple(sorted(s for bead in parts for s in bead.source))
    target = tuple(sorted(t for bead in parts for t in bead.target))
    for side, ids in (("source", source), ("target", target)):
        if not _follow(ids):
            raise UsageError(
                f"beads {first + 1} to {last + 1} are not neighbours in the {side} text",
                hint="Only beads whose segments follow each other can be merged",
            )
    whole = _edited(Bead(source, target, moved=all(bead.moved for bead in parts)))
    return _replace(beads, first, last, (whole,))


def split(beads: Beads, at: int, source_at: int, target_at: int) -> Edited:
    """Cut bead ``at`` in two after ``source_at`` of its source and ``target_at`` of its target segments.

    Either side of a part may be empty, but not both: then UsageError, as for a cut outside the bead.
    """
    _check(beads, at, at)
    bead = beads[at]
    for side, cut, ids in (("source", source_at, bead.source), ("target", target_at, bead.target)):
        if not 0 <= cut <= len(ids):
            raise UsageError(
                f"bead {at + 1} has {_count(len(ids), side)}, so {cut} of them cannot go first",
                hint=f"Give a number from 0 to {len(ids)}",
            )
    parts = (
        replace(bead, source=bead.source[:source_at], target=bead.target[:target_at]),
        replace(bead, source=bead.source[source_at:], target=bead.target[target_at:]),
    )
    if any(not part.source and not part.target for part in parts):
        raise UsageError(
            f"one of the two parts of bead {at + 1} would be empty",
            hint=f"It has {_count(len(bead.source), 'source')} and {_count(len(bead.target), 'target')}: "
            "leave at least one to either part",
        )
    return _replace(beads, at, at, tuple(_edited(part) for part in parts))


def move(beads: Beads, segment: int, side: Side, direction: Direction) -> Edited:
    """Hand the first (up) or last (down) segment of a bead over to the bead above or below it.

    That is the next bead in the list if it continues the text there or has nothing on that side, otherwise
    the bead that holds the segment next to it in the text. A bead with nothing left is gone. Raises
    UsageError where there is no such segment, it is not the outermost of its bead, or nothing to join.
    """
    giver = _holder(beads, segment, side)
    if giver is None:
        raise UsageError(f"there is no {side} segment {segment}", hint="Segments are counted from 0")
    ids = _ids(beads[giver], side)
    outer = outermost(beads, giver, side, direction)
    if segment != outer:
        place = "first" if direction == "up" else "last"
        raise UsageError(
            f"{side} segment {segment} is not the {place} of bead {giver + 1}",
            hint=f"Only segment {outer} can move {direction} from there; split the bead otherwise",
        )
    taker = _neighbour(beads, giver, segment, side, direction)
    rest = _with(beads[giver], side, ids[1:] if direction == "up" else ids[:-1])
    theirs = _ids(beads[taker], side)
    joined = _with(beads[taker], side, (*theirs, segment) if direction == "up" else (segment, *theirs))
    first, last = min(giver, taker), max(giver, taker)
    inserted = [*beads[first : last + 1]]
    inserted[taker - first] = _edited(joined)
    inserted[giver - first : giver - first + 1] = [_edited(rest)] if rest.source or rest.target else []
    return _replace(beads, first, last, tuple(inserted))


def outermost(beads: Beads, at: int, side: Side, direction: Direction) -> int:
    """The segment of bead ``at`` that can move ``direction``. UsageError where that side is empty."""
    _check(beads, at, at)
    ids = _ids(beads[at], side)
    if not ids:
        raise UsageError(f"bead {at + 1} has no {side} segment to move")
    return ids[0] if direction == "up" else ids[-1]


def confirm(beads: Beads, first: int, last: int | None = None) -> Edited:
    """Approve beads as they stand; they keep their score. What is confirmed already stays as it is."""

    def approved(bead: Bead) -> Bead:
        return bead if bead.state == "confirmed" else replace(bead, state="confirmed", confidence=1.0)

    return _each(beads, first, last, approved)


def unconfirm(beads: Beads, first: int, last: int | None = None) -> Edited:
    """Withdraw a person's decision on beads: proposals again, of confidence 0, since a person doubts them."""

    def withdrawn(bead: Bead) -> Bead:
        decided = bead.state in ("confirmed", "edited")
        return replace(bead, state="proposed", confidence=0.0) if decided else bead

    return _each(beads, first, last, withdrawn)


def discard(beads: Beads, first: int, last: int | None = None) -> Edited:
    """Let a stale decision go: the bead that took its place is an ordinary proposal, with its own figures."""
    return _each(beads, first, last, lambda b: replace(b, state="proposed") if b.state == "stale" else b)


class Step(NamedTuple):
    """One event of a history: ``of`` is the event that an undo or a redo is about, None for an edit."""

    id: int
    action: str
    of: int | None


def history(steps: Iterable[Step]) -> tuple[list[int], list[int]]:
    """The events that can be undone and redone now, the next one last, from all events in order of time.

    An undo is an event, and so is a redo. A new edit ends what could be redone before it.
    """
    done: list[int] = []
    undone: list[int] = []
    for step in steps:
        if step.of is None:
            done.append(step.id)
            undone.clear()
        else:
            taken, given = (done, undone) if step.action == "undo" else (undone, done)
            taken.pop()  # which is step.of: only the last one can be taken back
            given.append(step.of)
    return done, undone


def misplaced(beads: Iterable[Bead], sources: int, targets: int) -> str:
    """What is wrong with beads that should hold each of so many segments exactly once; "" if nothing is."""
    seen: dict[str, list[int]] = {"source": [0] * sources, "target": [0] * targets}
    for number, bead in enumerate(beads, 1):
        if not bead.source and not bead.target:
            return f"bead {number} is empty"
        for side, ids in (("source", bead.source), ("target", bead.target)):
            if not _follow(ids):
                return f"the {side} segments of bead {number} do not follow each other"
            for segment in ids:
                if not 0 <= segment < len(seen[side]):
                    return f"bead {number} has {side} segment {segment}, which is not there"
                seen[side][segment] += 1
    for side, counts in seen.items():
        wrong = next((segment for segment, count in enumerate(counts) if count != 1), None)
        if wrong is not None:
            return f"{side} segment {wrong} is in {counts[wrong]} beads"
    return ""


_BY_STATE: dict[str, Callable[[Beads, int, int], Edited]] = {
    "confirm": confirm,
    "unconfirm": unconfirm,
    "discard": discard,
}


def _each(beads: Beads, first: int, last: int | None, change: Callable[[Bead], Bead]) -> Edited:
    last = first if last is None else last
    first, last = min(first, last), max(first, last)
    _check(beads, first, last)
    return _replace(beads, first, last, tuple(change(bead) for bead in beads[first : last + 1]))


def _replace(beads: Beads, first: int, last: int, inserted: Beads) -> Edited:
    patch = Patch(first, beads[first : last + 1], inserted)
    return apply(beads, patch), patch.inverse()


def _edited(bead: Bead) -> Bead:
    return replace(bead, state="edited", score=0.0, confidence=1.0)


def _position(beads: Beads, number: int | None) -> int:
    """0-based position of the bead that a person calls ``number``."""
    if number is None:
        raise UsageError("no bead is named", hint="Beads are counted from 1, see `concord beads list`")
    _check(beads, number - 1, number - 1)
    return number - 1


def _check(beads: Beads, first: int, last: int) -> None:
    for position in (first, last):
        if not 0 <= position < len(beads):
            raise UsageError(f"there is no bead {position + 1}", hint=f"Beads go from 1 to {len(beads)}")


def _ids(bead: Bead, side: Side) -> tuple[int, ...]:
    return bead.source if side == "source" else bead.target


def _with(bead: Bead, side: Side, ids: tuple[int, ...]) -> Bead:
    return replace(bead, source=ids) if side == "source" else replace(bead, target=ids)


def _holder(beads: Sequence[Bead], segment: int, side: Side) -> int | None:
    return next((at for at, bead in enumerate(beads) if segment in _ids(bead, side)), None)


def _neighbour(beads: Beads, giver: int, segment: int, side: Side, direction: Direction) -> int:
    """The bead that ``segment`` of bead ``giver`` joins when it moves ``direction``."""
    step = -1 if direction == "up" else 1
    near = giver + step
    beside = segment + step
    if 0 <= near < len(beads) and (not (ids := _ids(beads[near], side)) or beside in ids):
        return near
    holder = _holder(beads, beside, side)
    if holder is None:
        place = "above" if direction == "up" else "below"
        raise UsageError(
            f"there is no bead {place} that could take {side} segment {segment}",
            hint="Use `concord beads split` to make a bead of its own of it",
        )
    return holder


def _follow(ids: Sequence[int]) -> bool:
    """Whether ids ascend without a gap."""
    return not ids or list(ids) == list(range(ids[0], ids[0] + len(ids)))


def _count(number: int, side: str) -> str:
    return f"{number} {side} segment{'' if number == 1 else 's'}"
