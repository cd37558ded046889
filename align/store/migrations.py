"""The tables of a project file, as steps that bring an older file up to date.

Steps are applied in order, each once, through sqlite-utils' migrations, which record them in the file under the
name of their set. A file may hold several sets: this one, "align", comes first, and others build on it with
:func:`migrate`. A step that has been released is never changed; another one follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from align.errors import NewerStoreError

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x436F6E63  # "Conc": tells a project file from other SQLite files
Step = Callable[["Database"], None]

_FIRST_TABLES = (
    """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,            -- path from the project file's folder, or a name: the same text in all versions
    content TEXT NOT NULL,        -- SHA-256 of this version with all that was read from it
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    format TEXT NOT NULL,
    sha256 TEXT NOT NULL,         -- of the file
    text TEXT NOT NULL,
    metadata TEXT NOT NULL,       -- JSON object
    pieces TEXT NOT NULL,         -- JSON: the way back into the file
    warnings TEXT NOT NULL,       -- JSON array
    added_at TEXT NOT NULL,
    UNIQUE (key, content)
)
""",
    """
CREATE TABLE blocks (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    start INTEGER NOT NULL,       -- code points into documents.text, end exclusive
    end INTEGER NOT NULL,
    kind TEXT NOT NULL,
    speaker TEXT,
    question INTEGER NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID
""",
    """
CREATE TABLE segments (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID
""",
    """
CREATE TABLE alignments (
    id INTEGER PRIMARY KEY,
    source_key TEXT NOT NULL,
    target_key TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES documents (id),
    target INTEGER NOT NULL REFERENCES documents (id),
    signature TEXT NOT NULL,      -- JSON object
    signature_text TEXT NOT NULL,
    doubtful_below REAL NOT NULL,
    similarity REAL NOT NULL,
    warnings TEXT NOT NULL,       -- JSON array
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (source_key, target_key)
)
""",
    "CREATE INDEX alignments_source ON alignments (source)",
    "CREATE INDEX alignments_target ON alignments (target)",
    """
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,             -- ISO 8601, UTC
    author TEXT NOT NULL,
    action TEXT NOT NULL,         -- align, realign, merge, split, move, confirm, unconfirm, discard, undo, redo
    alignment INTEGER NOT NULL REFERENCES alignments (id),
    of INTEGER REFERENCES events (id),            -- the event that is undone or redone
    payload TEXT NOT NULL,        -- JSON object: what was asked for
    inverse TEXT,                 -- JSON object: what takes it back
    source INTEGER REFERENCES documents (id),     -- whose segments the inverse speaks of
    target INTEGER REFERENCES documents (id)
)
""",
    "CREATE INDEX events_alignment ON events (alignment)",
    "CREATE INDEX events_of ON events (of)",
    "CREATE INDEX events_source ON events (source)",
    "CREATE INDEX events_target ON events (target)",
    """
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE (ABORT, 'events are never deleted'); END
""",
    """
CREATE TRIGGER events_last BEFORE UPDATE ON events BEGIN SELECT RAISE (ABORT, 'events are never changed'); END
""",
    """
CREATE TABLE beads (
    alignment INTEGER NOT NULL REFERENCES alignments (id),
    n INTEGER NOT NULL,           -- position, from 0
    source TEXT NOT NULL,         -- JSON array of segments.n
    target TEXT NOT NULL,
    score REAL NOT NULL,
    confidence REAL NOT NULL,
    moved INTEGER NOT NULL,
    state TEXT NOT NULL,          -- proposed, edited, confirmed, stale
    event INTEGER REFERENCES events (id),         -- by which a person decided it
    PRIMARY KEY (alignment, n)
) WITHOUT ROWID
""",
    """
CREATE TABLE stale (
    id INTEGER PRIMARY KEY,
    alignment INTEGER NOT NULL REFERENCES alignments (id),
    event INTEGER REFERENCES events (id),         -- the decision that does not hold any more
    bead TEXT NOT NULL,           -- JSON: the bead as decided
    source_texts TEXT NOT NULL,   -- JSON arrays
    target_texts TEXT NOT NULL,
    source_near TEXT NOT NULL,    -- JSON arrays of segments.n in the present documents
    target_near TEXT NOT NULL,
    side TEXT NOT NULL,           -- "source" or "target": where the segment is whose bead is marked
    segment INTEGER NOT NULL,
    made_by INTEGER NOT NULL REFERENCES events (id),
    closed_by INTEGER REFERENCES events (id)      -- NULL while nobody resolved it
)
""",
    "CREATE INDEX stale_alignment ON stale (alignment)",
)


def _first_tables(db: Database) -> None:
    for statement in _FIRST_TABLES:
        db.execute(statement)


_PASSAGES = (
    """
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,            -- documents.key: a sentence is found again in every version of its text
    alignment INTEGER REFERENCES alignments (id), -- whose bookmark it is; NULL for a correction, which is the text's
    segment INTEGER NOT NULL,     -- segments.n when it was noted
    text TEXT NOT NULL,
    before TEXT NOT NULL,         -- the sentences beside it, '' at an end
    after TEXT NOT NULL
)
""",
    "CREATE INDEX passages_key ON passages (key)",
    "CREATE INDEX passages_alignment ON passages (alignment)",
    """
CREATE TABLE passage_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,             -- ISO 8601, UTC
    author TEXT NOT NULL,
    action TEXT NOT NULL,         -- correct, restore, bookmark, unbookmark, undo, redo
    passage INTEGER NOT NULL REFERENCES passages (id),
    of INTEGER REFERENCES passage_events (id),    -- the event that is undone or redone
    old TEXT,                     -- NULL: the text as read, or no bookmark
    new TEXT
)
""",
    "CREATE INDEX passage_events_passage ON passage_events (passage)",
    """
CREATE TRIGGER passage_events_stay BEFORE DELETE ON passage_events
BEGIN SELECT RAISE (ABORT, 'events are never deleted'); END
""",
    """
CREATE TRIGGER passage_events_last BEFORE UPDATE ON passage_events
BEGIN SELECT RAISE (ABORT, 'events are never changed'); END
""",
)


def _passages(db: Database) -> None:
    for statement in _PASSAGES:
        db.execute(statement)


STEPS: tuple[Step, ...] = (_first_tables, _passages)


def outdated(db: Database, name: str, steps: Sequence[Step], *, where: str) -> bool:
    """Whether set ``name`` of this file lacks some of ``steps``. Raises NewerStoreError if it has others."""
    wanted, done = _names(steps), applied(db, name)
    if unknown := [step for step in done if step not in wanted]:
        raise NewerStoreError(
            f"it was written by a newer version of Concord (“{unknown[-1]}” is not known here)",
            where=where,
            hint="Install the newest version to open it",
        )
    return len(done) < len(wanted)


def migrate(db: Database, name: str, steps: Sequence[Step], *, where: str) -> None:
    """Bring the set ``name`` of this file up to ``steps``, inside the caller's transaction.

    Steps are known by their function's name without leading underscores. Nothing is written where all were
    applied before. Raises NewerStoreError where the file has steps that this version does not know.
    """
    if outdated(db, name, steps, where=where):
        from sqlite_utils.migrations import Migrations

        migrations = Migrations(name)
        for step in steps:
            migrations(name=_name(step))(step)
        migrations.apply(db)


def applied(db: Database, name: str) -> list[str]:
    """The steps of set ``name`` that this file has been through, in order."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return []
    rows = db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", [name])
    return [step for (step,) in rows]


def _names(steps: Sequence[Step]) -> set[str]:
    return {_name(step) for step in steps}


def _name(step: Step) -> str:
    return step.__name__.lstrip("_")
