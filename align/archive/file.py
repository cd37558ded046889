"""The archive file as a file: its tables, making and opening it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import StoreError
from align.store import migrations
from align.store.file import opened, transaction

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x436F6E41  # "ConA": tells an archive from a project file
TIMEOUT = 30.0  # seconds to wait for another program that is writing
_HINT = "`concord archive align PAIRS --into FILE` makes an archive"

_TABLES = (
    """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,     -- ISO 8601, UTC
    ended_at TEXT,                -- NULL while it runs, and where it was killed
    engine TEXT NOT NULL,
    workers INTEGER NOT NULL,
    signature TEXT NOT NULL,      -- JSON object
    signature_text TEXT NOT NULL,
    settings TEXT NOT NULL,       -- JSON object: what else decides what comes out
    progress TEXT NOT NULL DEFAULT '{}'           -- JSON object, renewed every few seconds
)
""",
    """
CREATE TABLE pairs (
    number INTEGER PRIMARY KEY,   -- from 1, in the order in which they were listed
    source TEXT NOT NULL,         -- paths as they were given
    target TEXT NOT NULL,
    match REAL,                   -- the confidence that the two belong together; NULL where nobody computed one
    how TEXT NOT NULL,            -- what the pair rests on
    state TEXT NOT NULL,          -- waiting, done, failed
    run INTEGER REFERENCES runs (id),             -- by which it was done, or failed
    change INTEGER NOT NULL,      -- counts up with every new state
    source_sha256 TEXT NOT NULL,  -- of the files as they were read then; '' where they could not be
    target_sha256 TEXT NOT NULL,
    source_lang TEXT NOT NULL,
    target_lang TEXT NOT NULL,
    source_date TEXT NOT NULL,    -- YYYY, YYYY-MM or YYYY-MM-DD; '' where nobody knows
    target_date TEXT NOT NULL,
    source_segments INTEGER NOT NULL,
    target_segments INTEGER NOT NULL,
    beads INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    similarity REAL,
    confidence REAL,              -- mean of the beads'
    error TEXT NOT NULL,          -- one line, '' where there was none
    UNIQUE (source, target)
)
""",
    "CREATE UNIQUE INDEX pairs_change ON pairs (change)",
    "CREATE INDEX pairs_state ON pairs (state, number)",
    "CREATE TABLE results (pair INTEGER PRIMARY KEY REFERENCES pairs (number), data BLOB NOT NULL)",
    # Texts that came with the list of pairs instead of lying in files of their own.
    "CREATE TABLE inputs (pair INTEGER PRIMARY KEY REFERENCES pairs (number), data BLOB NOT NULL)",
)


def _archive_tables(db: Database) -> None:
    for statement in _TABLES:
        db.execute(statement)


STEPS: tuple[migrations.Step, ...] = (_archive_tables,)


def connect(path: Path, *, create: bool) -> Database:
    """A connection to an archive, brought up to date. Raises as :func:`open_archive`."""

    def prepared(connection: sqlite3.Connection) -> Database:
        if path.stat().st_size and not _is_sqlite(path):
            raise StoreError("it is not a Concord archive", where=str(path), hint=_HINT)
        return _prepared(connection, path, create=create)

    return opened(path, prepared, create=create, timeout=TIMEOUT, hint=_HINT)


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _prepared(connection: sqlite3.Connection, path: Path, *, create: bool) -> Database:
    from sqlite_utils import Database

    db = Database(connection, execute_plugins=False)
    (number,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if number != APPLICATION_ID and (number or tables or not create):
        what = "it is a Concord project file, not an archive" if number == migrations.APPLICATION_ID else ""
        raise StoreError(what or "it is not a Concord archive", where=str(path), hint=_HINT)
    if migrations.outdated(db, "archive", STEPS, where=str(path)):
        with transaction(db, path):
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.migrate(db, "archive", STEPS, where=str(path))
    # Readers do not wait for the writer; a commit is safe when the program dies. The last few may be lost when the
    # machine does, and are then done again.
    if db.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        db.execute("PRAGMA journal_mode = WAL")  # after the tables: nobody sees a file without them
    db.execute("PRAGMA synchronous = NORMAL")
    return db
