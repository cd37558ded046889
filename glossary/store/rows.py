"""Between the glossary's rows and its objects; every function runs inside a transaction or a snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from glossary.model import Entry
from glossary.review.entries import dumps, from_json
from glossary.review.valid import fold, label

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Held:
    """An entry as the project holds it. ``version`` is the last event about it, 0 if nobody did anything."""

    n: int
    entry: Entry
    version: int
    count: int
    score: float
    seen: int
    newest: int

    @property
    def has_new(self) -> bool:
        """Whether evidence came in that whoever decided cannot have seen."""
        return self.entry.decided and self.newest > self.seen


_HELD = """SELECT c.n, d.data, c.version, c.count, c.score, c.seen, c.newest
    FROM concepts AS c JOIN concept_data AS d ON d.concept = c.n"""


def get_held(db: Database, number: str) -> Held | None:
    """The entry with this id, None if there is none."""
    row = db.execute(f"{_HELD} WHERE c.id = ?", [number]).fetchone()
    return None if row is None else _held(db, *row)


def held_entries(db: Database, where: str, values: Iterable[Any] = ()) -> Iterator[Held]:
    """The entries that a condition holds for, in order of their ids."""
    for row in db.execute(f"{_HELD} WHERE {where} ORDER BY c.id", list(values)).fetchall():
        yield _held(db, *row)


def _held(
    db: Database, n: int, data: str, version: int, count: int, score: float, seen: int, newest: int
) -> Held:
    entry = replace(from_json(json.loads(data)), keys=keys_of(db, n))
    return Held(n, entry, version, count, score, seen, newest)


def keys_of(db: Database, n: int) -> tuple[str, ...]:
    """The keys of a concept's candidates, sorted."""
    found = db.execute("SELECT key FROM concept_keys WHERE concept = ? ORDER BY key", [n])
    return tuple(key for (key,) in found)


class LazyState(Mapping[str, Entry]):
    """All entries by their ids, each read when it is asked for."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._read: dict[str, Entry | None] = {}

    def __getitem__(self, number: str) -> Entry:
        if number not in self._read:
            held = get_held(self._db, number)
            self._read[number] = None if held is None else held.entry
        entry = self._read[number]
        if entry is None:
            raise KeyError(number)
        return entry

    def __iter__(self) -> Iterator[str]:
        return (number for (number,) in self._db.execute("SELECT id FROM concepts").fetchall())

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM concepts").fetchone()[0])


def remove(db: Database, number: str) -> None:
    """Take an entry out; its candidates are nobody's then."""
    db.execute("DELETE FROM concepts WHERE id = ?", [number])


def put(db: Database, before: Entry | None, after: Entry, version: int, seen: int) -> None:
    """Write an entry as an event left it. Only the candidates that the event moved are moved."""
    number = after.concept.id
    row = db.execute("SELECT n FROM concepts WHERE id = ?", [number]).fetchone()
    n = row[0] if row else cast(int, db.execute(_INSERT_BARE, [number]).lastrowid)
    had = set(before.keys) if before is not None else set()
    gone = [(key, n) for key in had - set(after.keys)]
    db.conn.executemany("DELETE FROM concept_keys WHERE key = ? AND concept = ?", gone)
    came = [(key, n) for key in after.keys if key not in had]
    db.conn.executemany("INSERT OR REPLACE INTO concept_keys (key, concept) VALUES (?, ?)", came)
    write(db, n, after)
    db.execute("UPDATE concepts SET version = ?, seen = ? WHERE n = ?", [version, seen, n])


_INSERT_BARE = """INSERT INTO concepts
    (id, state, kind, decided, label, langs, score, count, version, seen, newest)
    VALUES (?, '', '', 0, '', '', 0, 0, 0, 0, 0)"""


def write(db: Database, n: int, entry: Entry) -> None:
    """Write an entry's own rows, and the figures of its candidates."""
    write_all(db, [(n, entry)])
    refresh(db, [n])


def write_all(db: Database, entries: Iterable[tuple[int, Entry]]) -> None:
    """Write entries over the rows of these concepts, which are there; without the figures."""
    concepts, data, terms = [], [], []
    for n, entry in entries:
        concept = entry.concept
        state = "merged" if entry.merged_into else concept.state
        langs = f" {' '.join(sorted({term.lang for term in concept.terms}))} "
        concepts.append((state, concept.kind, entry.decided, label(concept), langs, n))
        data.append((n, dumps(replace(entry, keys=()))))
        if not entry.merged_into:
            terms += [(n, t.lang, t.text, fold(t.text), t.status, t.scope) for t in concept.terms]
    db.conn.executemany(
        "UPDATE concepts SET state = ?, kind = ?, decided = ?, label = ?, langs = ? WHERE n = ?", concepts
    )
    db.conn.executemany("INSERT OR REPLACE INTO concept_data (concept, data) VALUES (?, ?)", data)
    db.conn.executemany("DELETE FROM terms WHERE concept = ?", [(n,) for n, _ in data])
    db.conn.executemany(
        "INSERT INTO terms (concept, lang, text, folded, status, scope) VALUES (?, ?, ?, ?, ?, ?)", terms
    )


_FIGURES = """UPDATE concepts SET
    score = coalesce((SELECT max(c.score) FROM concept_keys AS k JOIN candidates AS c ON c.key = k.key
        WHERE k.concept = concepts.n), 0),
    count = coalesce((SELECT max(total) FROM (SELECT sum(c.count) AS total
        FROM concept_keys AS k JOIN candidates AS c ON c.key = k.key
        WHERE k.concept = concepts.n GROUP BY c.lang)), 0),
    newest = coalesce((SELECT max(c.newest) FROM concept_keys AS k JOIN candidates AS c ON c.key = k.key
        WHERE k.concept = concepts.n), 0)
    WHERE n = ?"""


def refresh(db: Database, numbers: Iterable[int]) -> None:
    """Set the figures of these concepts by their candidates."""
    db.conn.executemany(_FIGURES, [(n,) for n in numbers])
