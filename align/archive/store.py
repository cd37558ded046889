"""The archive file: pairs of documents, what became of each, and their alignments, packed, a row a pair.

One SQLite file of its own, beside the project file, which is for what people have reviewed. A pair's result is one
row and one transaction, so whatever ends the program leaves every pair either done or waiting. Others may read while
one program writes (write-ahead log); two programs that align into one archive exclude each other (``lock.py``).

Readers: :meth:`Archive.pairs` goes through the pairs by number or by ``change``, a counter that every new result
raises, so that a reader who remembers the last one sees just what is new or was made again;
:meth:`Archive.alignment` gives a pair's alignment.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from align.archive.file import connect
from align.archive.packed import unpack
from align.errors import StoreError, UsageError
from align.model import Alignment, Signature
from align.store.events import now
from align.store.file import paged, plain_errors, transaction
from align.store.rows import signature_of

if TYPE_CHECKING:
    from sqlite_utils import Database

State = Literal["waiting", "done", "failed"]
STATES: tuple[State, ...] = get_args(State)
_ASK = 500  # rows fetched at once by those that go through all pairs


@dataclass(frozen=True, slots=True)
class PairRecord:
    """A pair of the archive and what became of it; see the table ``pairs``.

    ``match`` is the confidence that the two belong together, ``confidence`` the mean of the beads', both in [0, 1];
    these and ``similarity`` are None where there is none. ``run`` is 0 before the first.
    """

    number: int
    source: str
    target: str
    match: float | None = None
    how: str = "list"
    state: State = "waiting"
    run: int = 0
    change: int = 0
    source_sha256: str = ""
    target_sha256: str = ""
    source_lang: str = ""
    target_lang: str = ""
    source_date: str = ""
    target_date: str = ""
    source_segments: int = 0
    target_segments: int = 0
    beads: int = 0
    doubtful: int = 0
    similarity: float | None = None
    confidence: float | None = None
    error: str = ""


_COLUMNS = ", ".join(
    f"coalesce({field.name}, 0)" if field.name == "run" else field.name for field in fields(PairRecord)
)
_KEPT = [field.name for field in fields(PairRecord)][5:]  # what a result decides
_PUT = f"UPDATE pairs SET {', '.join(f'{name} = ?' for name in _KEPT)} WHERE number = ?"
_INSERT = """INSERT OR IGNORE INTO pairs (number, source, target, match, how, state, change, source_sha256,
    target_sha256, source_lang, target_lang, source_date, target_date, source_segments, target_segments, beads,
    doubtful, error) VALUES (?, ?, ?, ?, ?, 'waiting', ?, '', '', '', '', '', '', 0, 0, 0, 0, '')"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A pair as it is to be listed. ``inputs``: texts that lie in no files, packed by whoever reads them again."""

    source: str
    target: str
    match: float | None = None
    how: str = "list"
    inputs: bytes | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of ``archive align``; ``settings`` and ``progress`` are JSON objects."""

    id: int
    started_at: str
    ended_at: str | None
    engine: str
    workers: int
    signature: Signature
    settings: dict[str, Any]
    progress: dict[str, Any]


class Archive:
    """An open archive. Everything that reads or writes may raise StoreError."""

    def __init__(self, db: Database, path: Path) -> None:
        self.db, self.path = db, path
        self._signatures: dict[int, Signature] = {}
        self._last_change: int | None = None

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; see ``align.store.file.transaction``."""
        return transaction(self.db, self.path)

    # Reading

    def pairs(
        self, state: State | None = None, *, after: int = 0, changed_after: int | None = None
    ) -> Iterator[PairRecord]:
        """The pairs with a number greater than ``after``, by number; or those of a later change, by change.

        A few hundred are held at a time and none keeps the file busy; what others write meanwhile may be seen.
        """
        name, last = ("number", after) if changed_after is None else ("change", changed_after)
        wanted = "" if state is None else "AND state = :state"
        query = f"SELECT {_COLUMNS} FROM pairs WHERE {name} > :after {wanted} ORDER BY {name}"
        key = 0 if name == "number" else 7
        for row in paged(self.db, self.path, query, {"state": state}, size=_ASK, key=key, after=last):
            yield PairRecord(*row)

    def some(self, numbers: Sequence[int]) -> Iterator[PairRecord]:
        """The pairs with these numbers, which are ascending and there."""
        query = (
            f"SELECT {_COLUMNS} FROM pairs WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number"
        )
        for start in range(0, len(numbers), _ASK):
            with plain_errors(self.path):
                rows = self.db.execute(query, [json.dumps(list(numbers[start : start + _ASK]))]).fetchall()
            yield from (PairRecord(*row) for row in rows)

    def pair(self, number: int) -> PairRecord:
        """One pair. Raises UsageError where there is no such number."""
        with plain_errors(self.path):
            row = self.db.execute(f"SELECT {_COLUMNS} FROM pairs WHERE number = ?", [number]).fetchone()
        if row is None:
            raise UsageError(f"there is no pair {number}", where=str(self.path))
        return PairRecord(*row)

    def alignment(self, number: int) -> Alignment:
        """The alignment of a pair that is done. Raises UsageError where it is not, StoreError where it is damaged."""
        with plain_errors(self.path):
            row = self.db.execute(
                "SELECT data, run FROM results JOIN pairs ON number = pair WHERE pair = ?", [number]
            ).fetchone()
        if row is None:
            state = self.pair(number).state
            raise UsageError(f"pair {number} is not aligned: it is {state}", where=str(self.path))
        try:
            return unpack(row[0], self.signature(row[1]))
        except (zlib.error, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"what it holds of pair {number} is damaged",
                where=str(self.path),
                hint="Align that pair again",
            ) from error

    def alignments(
        self, *, after: int = 0, changed_after: int | None = None
    ) -> Iterator[tuple[PairRecord, Alignment]]:
        """The pairs that are done, each with its alignment; see :meth:`pairs`. One alignment is held at a time."""
        for record in self.pairs("done", after=after, changed_after=changed_after):
            yield record, self.alignment(record.number)

    def signature(self, run: int) -> Signature:
        """What a run made its alignments with."""
        if run not in self._signatures:
            self._signatures[run] = self.run(run).signature
        return self._signatures[run]

    def run(self, number: int) -> Run:
        """A run by its number. Raises UsageError where there is none."""
        found = self._run("WHERE id = ?", number)
        if found is None:
            raise UsageError(f"there is no run {number}", where=str(self.path))
        return found

    def last_run(self) -> Run | None:
        """The last run, None where there was none yet."""
        return self._run("WHERE id = (SELECT max(id) FROM runs)")

    def _run(self, where: str, *values: int) -> Run | None:
        with plain_errors(self.path):
            row = self.db.execute(
                f"""SELECT id, started_at, ended_at, engine, workers, signature, settings, progress
                FROM runs {where}""",
                values,
            ).fetchone()
        if row is None:
            return None
        id, started, ended, engine, workers, signature, *told = row
        return Run(id, started, ended, engine, workers, signature_of(signature), *map(json.loads, told))

    def counts(self) -> dict[State, int]:
        """How many pairs are in each state."""
        with plain_errors(self.path):
            found = dict(self.db.execute("SELECT state, count(*) FROM pairs GROUP BY state").fetchall())
        return {state: int(found.get(state, 0)) for state in STATES}

    def inputs(self, number: int) -> bytes | None:
        """What came with the list for a pair instead of files; None where it is read from files."""
        with plain_errors(self.path):
            row = self.db.execute("SELECT data FROM inputs WHERE pair = ?", [number]).fetchone()
        return None if row is None else cast(bytes, row[0])

    # Writing

    def list_pairs(self, pairs: Iterable[Listed]) -> array[int]:
        """Enters pairs that are not there yet, in one transaction; the numbers of all, each once, ascending.

        One that is there keeps its number and its result; how it was matched is renewed.
        """
        numbers = array("q")
        with self.transaction():
            (last,) = self.db.execute("SELECT coalesce(max(number), 0) FROM pairs").fetchone()
            change = self._changes()
            for pair in pairs:
                made = self.db.conn.execute(
                    _INSERT, [last + 1, pair.source, pair.target, pair.match, pair.how, change + 1]
                ).rowcount
                if made:
                    last, change = last + 1, change + 1
                numbers.append(last if made else self._listed_again(pair))
                if pair.inputs is not None:
                    values = [numbers[-1], pair.inputs]
                    self.db.conn.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?)", values)
        self._last_change = None
        return array("q", sorted(set(numbers)))

    def _listed_again(self, pair: Listed) -> int:
        """The number of a pair that is there."""
        key = [pair.source, pair.target]
        if pair.match is not None:
            self.db.conn.execute(
                "UPDATE pairs SET match = ?, how = ? WHERE source = ? AND target = ?",
                [pair.match, pair.how, *key],
            )
        row = self.db.conn.execute("SELECT number FROM pairs WHERE source = ? AND target = ?", key).fetchone()
        return int(row[0])

    def numbers(self) -> array[int]:
        """The numbers of all pairs, ascending."""
        with plain_errors(self.path):
            return array("q", (n for (n,) in self.db.execute("SELECT number FROM pairs ORDER BY number")))

    def dated(self, number: int, source: str, target: str) -> None:
        """Puts other dates to a pair's documents."""
        with self.transaction():
            change = self._changes() + 1
            self.db.conn.execute(
                "UPDATE pairs SET source_date = ?, target_date = ?, change = ? WHERE number = ?",
                [source, target, change, number],
            )
        self._last_change = change

    def begin(self, *, engine: str, workers: int, signature: str, text: str, settings: dict[str, Any]) -> int:
        """Enters a run; ``signature`` as ``rows.signature_json`` writes it, ``text`` for people."""
        with self.transaction():
            found = self.db.execute(
                """INSERT INTO runs (started_at, engine, workers, signature, signature_text, settings)
                VALUES (?, ?, ?, ?, ?, ?)""",
                [now(), engine, workers, signature, text, json.dumps(settings, sort_keys=True)],
            )
            return int(found.lastrowid or 0)

    def report(self, run: int, progress: dict[str, Any], *, ended: bool = False) -> None:
        """Renews what a run says of itself."""
        with self.transaction():
            self.db.execute(
                "UPDATE runs SET progress = ?, ended_at = ? WHERE id = ?",
                [json.dumps(progress), now() if ended else None, run],
            )

    def put(self, record: PairRecord, data: bytes | None) -> None:
        """Keeps what became of a pair, in one transaction; ``change`` is counted here. Without data it has none."""
        with self.transaction():
            change = self._changes() + 1
            values = [change if name == "change" else getattr(record, name) for name in _KEPT]
            self.db.conn.execute(_PUT, [*values, record.number])
            if data is None:
                self.db.conn.execute("DELETE FROM results WHERE pair = ?", [record.number])
            else:
                self.db.conn.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", [record.number, data])
        self._last_change = change

    def _changes(self) -> int:
        """The last change. Asked once: only one program writes to an archive at a time."""
        if self._last_change is None:
            (found,) = self.db.execute("SELECT coalesce(max(change), 0) FROM pairs").fetchone()
            self._last_change = int(found)
        return self._last_change


@contextmanager
def open_archive(path: Path, *, create: bool = False) -> Iterator[Archive]:
    """An open archive, closed again at the end; with ``create`` it is made if need be.

    Raises StoreError where the file cannot be opened or is no archive, NewerStoreError for a newer one.
    """
    archive = Archive(connect(path, create=create), path)
    try:
        yield archive
    finally:
        archive.db.conn.close()
