"""People's edits as events: append-only, each with author, time and what takes it back.

An event's ``inverse`` is a *change*: a JSON object that says what to put in the place of what. It is either a
few beads, ``{"at": 3, "removed": [bead, …], "inserted": [bead, …]}``, or a whole version of the alignment,
``{"whole": {"source": id, "target": id, "beads": […], …}}``; both with the stale decisions that it closes and
opens, ``"close": [ids], "open": [ids]``. An undo applies the inverse of an event, and is an event itself whose
inverse leads forward again; a redo applies that one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replaced
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from align.anchor import DECIDED, places
from align.edit import EditRequest, Patch, Step, apply, history, perform
from align.errors import ConflictError, UsageError
from align.model import Bead
from align.store import rows

if TYPE_CHECKING:
    from sqlite_utils import Database

Change = dict[str, Any]
NEAR = 2
"""So many beads on either side are looked at with those that an edit names."""
_WHOLE = ("source", "target", "signature", "signature_text", "doubtful_below", "similarity", "warnings")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an alignment. ``at`` is ISO 8601 in UTC.

    ``action`` is align, realign, realign beads, undo, redo or one of :data:`align.edit.Action`; ``payload`` is what
    was asked for; ``of`` the event that an undo or a redo is about; ``undone`` whether this one is taken back now.
    """

    id: int
    at: str
    author: str
    action: str
    alignment: int
    payload: Mapping[str, Any]
    of: int | None = None
    undone: bool = False


def now() -> str:
    """The present moment as it is written into the file."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def record(
    db: Database,
    alignment: int,
    action: str,
    author: str,
    payload: Mapping[str, Any],
    *,
    inverse: Change | None = None,
    documents: tuple[int, int] | None = None,
    of: int | None = None,
) -> Event:
    """Append an event. ``documents`` are those whose segments ``inverse`` speaks of."""
    if not author.strip():
        raise UsageError("a change needs an author", hint="Say who makes it with --author NAME")
    source, target = documents or (None, None)
    at = now()
    cursor = db.execute(
        """INSERT INTO events (at, author, action, alignment, of, payload, inverse, source, target)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            at,
            author,
            action,
            alignment,
            of,
            rows.dumps(payload),
            None if inverse is None else rows.dumps(inverse),
            source,
            target,
        ],
    )
    return Event(cast(int, cursor.lastrowid), at, author, action, alignment, payload, of)


def edit(db: Database, alignment: int, request: EditRequest, author: str) -> Event | None:
    """Do what a person asks for; None where that changes nothing."""
    patch = _near(db, alignment, request)
    if patch is None:
        beads, _ = rows.get_beads(db, alignment)
        patch = perform(beads, request)[1].inverse()
    if patch.changes_nothing():
        return None
    resolved = _resolved(db, alignment, patch)
    return _edit(db, alignment, patch, resolved, author, request.action, request.as_dict())


def _near(db: Database, alignment: int, request: EditRequest) -> Patch | None:
    """What a request comes to, found out from the beads beside it; None where all have to be looked at.

    Reading a hundred thousand beads takes longer than a person waits for a key.
    """
    if request.first is None:
        return None
    numbers = request.first, request.first if request.last is None else request.last
    start = max(0, min(numbers) - 1 - NEAR)
    beads, _ = rows.get_beads(db, alignment, start, max(numbers) + NEAR - start)
    last = None if request.last is None else request.last - start
    try:
        patch = perform(beads, replaced(request, first=request.first - start, last=last))[1].inverse()
    except UsageError:
        return None  # its words would count from the wrong place
    return Patch(patch.at + start, patch.removed, patch.inserted)


def replace(
    db: Database, alignment: int, patch: Patch, author: str, action: str, asked: Mapping[str, Any]
) -> Event | None:
    """Put other proposals in the place of beads that nobody decided; None where they are the same.

    Raises ConflictError where the beads are not those that the patch was made for.
    """
    beads, _ = rows.get_beads(db, alignment)
    apply(beads, patch)
    if patch.changes_nothing():
        return None
    return _edit(db, alignment, patch, [], author, action, asked)


def discard_stale(db: Database, alignment: int, number: int, author: str) -> Event:
    """Let one stale decision go; its bead loses the mark if no other stale decision is left there."""
    open_ones = rows.get_stale(db, alignment)
    beads, _ = rows.get_beads(db, alignment)
    position = dict(zip((r.id for r in open_ones), places(beads, open_ones), strict=True))
    if number not in position:
        raise UsageError(f"there is no stale decision {number}", hint="It may have been resolved already")
    patch = Patch(0, (), ())
    at = position[number]
    if at is not None and beads[at].state == "stale" and list(position.values()).count(at) == 1:
        _, inverse = perform(beads, EditRequest("discard", at + 1))
        patch = inverse.inverse()
    return _edit(db, alignment, patch, [number], author, "discard", {"stale": number})


def undo(db: Database, alignment: int, author: str, *, realignment: bool = False) -> Event:
    """Take back the last edit that is not taken back; a re-alignment only where that is said."""
    done, _ = _history(db, alignment)
    if not done:
        raise UsageError("there is nothing to undo")
    event = _event(db, done[-1])
    if event.action == "realign" and not realignment:
        raise UsageError(
            f"the last change is that the texts were aligned anew, by {event.author} on {event.at[:10]}",
            hint="Undoing that brings the old texts back and has to be asked for (--realignment)",
        )
    change = _inverse_of(db, "SELECT inverse FROM events WHERE id = ?", event.id)
    return _take_back(db, alignment, "undo", author, event.id, change)


def redo(db: Database, alignment: int, author: str) -> Event:
    """Do again what was undone last, unless something else was done since."""
    _, undone = _history(db, alignment)
    if not undone:
        raise UsageError("there is nothing to redo")
    last = "SELECT inverse FROM events WHERE of = ? AND action = 'undo' ORDER BY id DESC LIMIT 1"
    return _take_back(db, alignment, "redo", author, undone[-1], _inverse_of(db, last, undone[-1]))


def events(db: Database, alignment: int | None, limit: int | None) -> list[Event]:
    """The last ``limit`` events in order of time."""
    found = db.execute(
        """SELECT id, at, author, action, alignment, payload, of,
            coalesce((SELECT action = 'undo' FROM events AS later
                WHERE later.of = events.id ORDER BY later.id DESC LIMIT 1), 0)
        FROM events WHERE :alignment IS NULL OR alignment = :alignment ORDER BY id DESC LIMIT :limit""",
        {"alignment": alignment, "limit": -1 if limit is None else limit},
    ).fetchall()
    return [_to_event(*row) for row in reversed(found)]


def next_steps(db: Database, alignment: int) -> tuple[Event | None, Event | None]:
    """The event that an undo would take back now, and the one that a redo would do again."""
    done, undone = _history(db, alignment)
    return _event(db, done[-1]) if done else None, _event(db, undone[-1]) if undone else None


def beads_at(db: Database, alignment: int, event: int) -> tuple[Bead, ...] | None:
    """The beads as they were right after an event; None where their texts were others, or it is none of theirs."""
    beads, _ = rows.get_beads(db, alignment)
    known = db.execute("SELECT 1 FROM events WHERE alignment = ? AND id = ?", [alignment, event]).fetchone()
    later = db.execute(
        "SELECT inverse FROM events WHERE alignment = ? AND id > ? ORDER BY id DESC", [alignment, event]
    ).fetchall()
    for (text,) in later:
        change = json.loads(text or "null")
        if not change or "whole" in change:
            return None
        back, _ = _from_json(change["inserted"])
        at = change["at"]
        beads = (*beads[:at], *back, *beads[at + len(change["removed"]) :])
    return beads if known else None


def last_event(db: Database, alignment: int) -> int:
    """The id of the last event of an alignment: two people who see the same one see the same beads."""
    (number,) = db.execute("SELECT max(id) FROM events WHERE alignment = ?", [alignment]).fetchone()
    return int(number or 0)


def has_history(db: Database, alignment: int) -> bool:
    """Whether a person ever changed something in an alignment."""
    query = "SELECT 1 FROM events WHERE alignment = ? AND inverse IS NOT NULL LIMIT 1"
    return db.execute(query, [alignment]).fetchone() is not None


def whole(db: Database, alignment: int) -> Change:
    """The change that would bring an alignment back to its present state, whatever it is then."""
    row = next(db.query("SELECT * FROM alignments WHERE id = ?", [alignment]))
    beads, owners = rows.get_beads(db, alignment)
    kept = {name: row[name] for name in _WHOLE}
    return {"whole": {**kept, "beads": _to_json(beads, owners)}, "close": [], "open": []}


def documents_of(db: Database, alignment: int) -> tuple[int, int]:
    """The ids of the documents that an alignment is of at present."""
    row = db.execute("SELECT source, target FROM alignments WHERE id = ?", [alignment]).fetchone()
    return int(row[0]), int(row[1])


def _edit(
    db: Database,
    alignment: int,
    patch: Patch,
    resolved: Sequence[int],
    author: str,
    action: str,
    asked: Mapping[str, Any],
) -> Event:
    """Apply a person's patch and append its event."""
    _, old_owners = rows.get_beads(db, alignment, patch.at, len(patch.removed))
    inverse: Change = {
        "at": patch.at,
        "removed": _to_json(patch.inserted, [None] * len(patch.inserted)),
        "inserted": _to_json(patch.removed, old_owners),
        "close": [],
        "open": list(resolved),
    }
    documents = documents_of(db, alignment)
    event = record(db, alignment, action, author, asked, inverse=inverse, documents=documents)
    before = dict(zip(patch.removed, old_owners, strict=True))
    new_owners = [before.get(bead, event.id if bead.state in DECIDED else None) for bead in patch.inserted]
    rows.splice_beads(db, alignment, patch.at, len(patch.removed), patch.inserted, new_owners)
    rows.mark_stale_rows(db, resolved, event.id)
    _touch(db, alignment, event.at)
    return event


def _resolved(db: Database, alignment: int, patch: Patch) -> list[int]:
    """The stale decisions at beads whose mark a patch takes away."""
    end = patch.at + len(patch.removed)
    if all(bead.state != "stale" for bead in patch.removed):
        return []
    beads, _ = rows.get_beads(db, alignment)
    open_ones = rows.get_stale(db, alignment)
    return [
        cast(int, stale.id)
        for stale, at in zip(open_ones, places(beads, open_ones), strict=True)
        if at is not None
        and patch.at <= at < end
        and beads[at].state == "stale"
        and beads[at] not in patch.inserted
    ]


def _take_back(db: Database, alignment: int, action: str, author: str, of: int, change: Change) -> Event:
    """Apply a change and append the event that says so, with the change that leads back from it."""
    back, documents = _opposite(db, alignment, change), documents_of(db, alignment)
    event = record(db, alignment, action, author, {}, inverse=back, documents=documents, of=of)
    make: Callable[[Database, int, Change], None] = _apply_whole if "whole" in change else _apply_beads
    make(db, alignment, change)
    rows.mark_stale_rows(db, change["close"], event.id)
    rows.mark_stale_rows(db, change["open"], None)
    _touch(db, alignment, event.at)
    return event


def _opposite(db: Database, alignment: int, change: Change) -> Change:
    """The change from the state after ``change`` back to the present one."""
    stale = {"close": change["open"], "open": change["close"]}
    if "whole" in change:
        return {**whole(db, alignment), **stale}
    at = change["at"]
    beads, owners = rows.get_beads(db, alignment, at, len(change["removed"]))
    removed = [rows.bead_from_json(row)[0] for row in change["removed"]]
    if list(beads) != removed:
        raise ConflictError(
            f"the beads from number {at + 1} on are not as the edit left them",
            hint="Look at them again with `concord beads list`",
        )
    return {
        "at": at,
        "removed": change["inserted"],
        "inserted": _to_json(beads, owners),
        **stale,
    }


def _apply_beads(db: Database, alignment: int, change: Change) -> None:
    beads, owners = _from_json(change["inserted"])
    rows.splice_beads(db, alignment, change["at"], len(change["removed"]), beads, owners)


def _apply_whole(db: Database, alignment: int, change: Change) -> None:
    values = dict(change["whole"])
    beads, owners = _from_json(values.pop("beads"))
    db.table("alignments").update(alignment, values)
    db.execute("DELETE FROM beads WHERE alignment = ?", [alignment])
    rows.put_beads(db, alignment, 0, beads, owners)


def _history(db: Database, alignment: int) -> tuple[list[int], list[int]]:
    found = db.execute(
        "SELECT id, action, of FROM events WHERE alignment = ? AND inverse IS NOT NULL ORDER BY id",
        [alignment],
    )
    return history(Step(*row) for row in found)


def _event(db: Database, number: int) -> Event:
    query = "SELECT id, at, author, action, alignment, payload, of FROM events WHERE id = ?"
    return _to_event(*db.execute(query, [number]).fetchone())


def _to_event(
    number: int,
    at: str,
    author: str,
    action: str,
    alignment: int,
    payload: str,
    of: int | None,
    undone: int = 0,
) -> Event:
    return Event(number, at, author, action, alignment, json.loads(payload), of, bool(undone))


def _inverse_of(db: Database, query: str, number: int) -> Change:
    (text,) = db.execute(query, [number]).fetchone()
    return cast(Change, json.loads(text))


def _touch(db: Database, alignment: int, at: str) -> None:
    db.execute("UPDATE alignments SET updated_at = ? WHERE id = ?", [at, alignment])


def _to_json(beads: Sequence[Bead], owners: Sequence[rows.Owner]) -> list[rows.BeadRow]:
    return [rows.bead_to_json(bead, owner) for bead, owner in zip(beads, owners, strict=True)]


def _from_json(found: Sequence[rows.BeadRow]) -> tuple[list[Bead], list[rows.Owner]]:
    pairs = [rows.bead_from_json(row) for row in found]
    return [bead for bead, _ in pairs], [owner for _, owner in pairs]
