"""Decisions as events: append-only, each with author, time, reason, and every entry before and after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from align.errors import ConflictError, UsageError
from align.store.events import now
from glossary.model import Entry
from glossary.review import Change, changed_since, history, inverse, last_steps, perform, unchanged
from glossary.review import actions as do
from glossary.review.entries import dumps, loads
from glossary.review.valid import label
from glossary.store import rows

if TYPE_CHECKING:
    from sqlite_utils import Database

NOTHING: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that people did. ``at`` is ISO 8601 in UTC; ``concepts`` are the ids that it changed.

    ``of`` is the event that an undo or a redo is about; ``undone`` whether this one is taken back now;
    ``labels`` are the concepts' names then. ``total`` is how many concepts it changed: those of an event that was
    asked for in brief are the first ones only.
    """

    id: int
    at: str
    author: str
    action: str
    reason: str
    payload: Mapping[str, Any]
    concepts: tuple[str, ...]
    of: int | None = None
    undone: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    total: int = 0


def perform_action(
    db: Database, action: do.Action, author: str, reason: str, expected: Mapping[str, int] = NOTHING
) -> Event | None:
    """Do what a person asks for; None where all is so already."""
    at = now()
    expect(db, expected)
    changes = perform(rows.LazyState(db), action, author=author, at=at, reason=reason)
    if not changes:
        return None
    return record(db, changes, at, author, do.name(action), reason, do.payload(action))


def expect(db: Database, expected: Mapping[str, int]) -> None:
    """Raises ConflictError if somebody changed one of these concepts since the version that was seen."""
    for number, version in expected.items():
        held = rows.get_held(db, number)
        if held is None or held.version == version:
            continue
        last = of_concept(db, number, 1)
        what = said(last[0]) if last else "changed by a new extraction"
        raise ConflictError(
            f"{label(held.entry.concept)!r} was {what} since you looked; your change was not made",
            where=number,
            hint=f"See `concord terms show {number}`, then decide again",
        )


PAST = {
    "accept": "accepted",
    "reject": "rejected",
    "reopen": "reopened",
    "prefer": "given a preferred term",
    "deprecate": "given a deprecated term",
    "forbid": "given a forbidden term",
    "edit": "edited",
    "edit term": "edited",
    "add": "added",
    "add term": "given a term",
    "drop term": "relieved of a term",
    "status": "given a status",
    "merge": "merged",
    "split": "split",
    "link": "linked",
    "unlink": "unlinked",
    "comment": "commented on",
    "import": "imported",
    "undo": "changed back (undo)",
    "redo": "changed again (redo)",
}


def said(event: Event) -> str:
    """Who did what, when and why: “rejected by Ada on 2024-03-01 12:30 UTC (no term)”."""
    why = f" ({event.reason})" if event.reason else ""
    moment = event.at[:16].replace("T", " ")
    return f"{PAST.get(event.action, event.action)} by {event.author} on {moment} UTC{why}"


def record(
    db: Database,
    changes: Sequence[Change],
    at: str,
    author: str,
    action: str,
    reason: str,
    payload: Mapping[str, Any],
    of: int | None = None,
) -> Event:
    """Append an event and write what it changes."""
    if not author.strip():
        raise UsageError("a decision needs an author", hint="Say who makes it with --author NAME")
    (build,) = db.execute("SELECT coalesce(max(id), 0) FROM builds").fetchone()
    cursor = db.execute(
        """INSERT INTO term_events (at, author, action, reason, payload, of, build)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [at, author, action, reason, json.dumps(dict(payload), ensure_ascii=False), of, build],
    )
    number = cast(int, cursor.lastrowid)
    db.conn.executemany(
        "INSERT INTO term_changes (event, concept, before, after) VALUES (?, ?, ?, ?)",
        [(number, c.id, _data(c.before), _data(c.after)) for c in changes],
    )
    for change in changes:
        if change.after is None:
            rows.remove(db, change.id)
    for change in changes:
        if change.after is not None:
            rows.put(db, change.before, change.after, number, build)
    _move_keys_last(db, changes)
    ids = tuple(change.id for change in changes)
    return Event(number, at, author, action, reason, payload, ids, of, total=len(ids))


def _move_keys_last(db: Database, changes: Iterable[Change]) -> None:
    """A key that one change gave up and another took may have been written in the wrong order."""
    taken = [
        (key, change.id)
        for change in changes
        if change.after is not None
        for key in change.after.keys
        if change.before is None or key not in change.before.keys
    ]
    if taken:
        query = "INSERT OR REPLACE INTO concept_keys (key, concept) SELECT ?, n FROM concepts WHERE id = ?"
        db.conn.executemany(query, taken)
        numbers = {change.id for change in changes if change.after is not None}
        found = [db.execute("SELECT n FROM concepts WHERE id = ?", [id]).fetchone()[0] for id in numbers]
        rows.refresh(db, found)


def undo(db: Database, author: str, concept: str | None, event: int | None = None) -> Event:
    """Take back the last decision that stands, the last about one concept, or the one that is named."""
    if event is not None:
        _expect_undone(db, event, False)
    else:
        done, _ = _history(db, concept)
        if not done:
            raise UsageError("there is nothing to undo", where=concept or "")
        event = done[-1]
    return _take_back(db, author, "undo", event, inverse(get_changes(db, event)))


def redo(db: Database, author: str, concept: str | None, event: int | None = None) -> Event:
    """Do again what was undone last, unless something else was done since; or the one that is named."""
    if event is not None:
        _expect_undone(db, event, True)
    else:
        _, undone = _history(db, concept)
        if not undone:
            raise UsageError("there is nothing to redo", where=concept or "")
        event = undone[-1]
    return _take_back(db, author, "redo", event, get_changes(db, event))


def _expect_undone(db: Database, number: int, wanted: bool) -> None:
    row = db.execute(f"{_EVENTS} WHERE id = ?", [number]).fetchone()
    if row is None or row[6] is not None:
        raise UsageError("there is no such decision", where=str(number))
    if bool(row[7]) is not wanted:
        state = "stands" if wanted else "was taken back"
        raise ConflictError(f"this decision {state} already", where=str(number), hint="Look at it again")


def upcoming(db: Database, author: str = "") -> tuple[Event | None, Event | None]:
    """What an undo and a redo would be about, of one author's decisions where one is named."""
    query = """SELECT id, of, action = 'undo' FROM term_events AS e WHERE :author IN
        ('', (SELECT author FROM term_events AS o WHERE o.id = coalesce(e.of, e.id))) ORDER BY id DESC"""
    done, undone = last_steps(db.execute(query, {"author": author}))
    return tuple(  # type: ignore[return-value]  # of these two
        None
        if number is None
        else _event(db, BRIEF, *db.execute(f"{_EVENTS} WHERE id = ?", [number]).fetchone())
        for number in (done, undone)
    )


def as_of(db: Database, number: str, version: int) -> Entry | None:
    """A concept as it was right after an event, None if it was not there or is as it was then."""
    row = db.execute(
        "SELECT before FROM term_changes WHERE concept = ? AND event > ? ORDER BY event LIMIT 1",
        [number, version],
    ).fetchone()
    return None if row is None else _entry(row[0])


def _take_back(db: Database, author: str, action: str, of: int, changes: Sequence[Change]) -> Event:
    state = rows.LazyState(db)
    fresh = []
    for change in changes:
        present = state.get(change.id)
        if not unchanged(present, change.before):
            raise changed_since(change)
        after = change.after
        if present is not None and after is not None and change.before is not None:
            extra = tuple(key for key in present.keys if key not in change.before.keys)
            after = replace(after, keys=tuple(dict.fromkeys((*after.keys, *extra))))
        fresh.append(Change(change.id, present, after))
    return record(db, fresh, now(), author, action, "", {}, of)


def get_changes(db: Database, event: int) -> tuple[Change, ...]:
    """What an event changed."""
    found = db.execute(
        "SELECT concept, before, after FROM term_changes WHERE event = ? ORDER BY concept", [event]
    )
    return tuple(Change(number, _entry(before), _entry(after)) for number, before, after in found)


def _data(entry: Entry | None) -> str | None:
    return None if entry is None else dumps(entry)


def _entry(data: str | None) -> Entry | None:
    return None if data is None else loads(data)


def _history(db: Database, concept: str | None) -> tuple[list[int], list[int]]:
    query = "SELECT id, of, action = 'undo' FROM term_events"
    if concept is not None:
        query += " WHERE id IN (SELECT event FROM term_changes WHERE concept = :concept)"
    found = db.execute(f"{query} ORDER BY id", {"concept": concept} if concept is not None else {})
    return history((number, of, bool(is_undo)) for number, of, is_undo in found)


_EVENTS = """SELECT id, at, author, action, reason, payload, of,
    coalesce((SELECT action = 'undo' FROM term_events AS later
        WHERE later.of = term_events.id ORDER BY later.id DESC LIMIT 1), 0)
    FROM term_events"""


BRIEF = 20
"""Concepts that an event is asked for in brief with."""


def of_concept(db: Database, concept: str | None, limit: int | None, most: int = -1) -> list[Event]:
    """The last ``limit`` events, or those about one concept, in order of time, each with ``most`` concepts."""
    where = " WHERE id IN (SELECT event FROM term_changes WHERE concept = :concept)" if concept else ""
    values: dict[str, Any] = {"limit": -1 if limit is None else limit}
    if concept:
        values["concept"] = concept
    found = db.execute(f"{_EVENTS}{where} ORDER BY id DESC LIMIT :limit", values).fetchall()
    return [_event(db, most, *row) for row in reversed(found)]


def _event(
    db: Database, most: int, number: int, at: str, author: str, action: str, reason: str, payload: str,
    of: int | None, undone: int,
) -> Event:  # fmt: skip
    (total,) = db.execute("SELECT count(*) FROM term_changes WHERE event = ?", [number]).fetchone()
    ids = db.execute(
        "SELECT concept FROM term_changes WHERE event = ? ORDER BY concept LIMIT ?", [number, most]
    ).fetchall()
    named = db.execute(
        "SELECT concept, coalesce(after, before) FROM term_changes WHERE event = ? ORDER BY concept LIMIT ?",
        [number, BRIEF],
    ).fetchall()
    labels = {concept: label(loads(data).concept) for concept, data in named}
    concepts = tuple(concept for (concept,) in ids)
    return Event(
        number, at, author, action, reason, json.loads(payload), concepts, of, bool(undone), labels, total
    )
