"""The glossary's tables in the project file: a set of their own beside align's, called "glossary".

A step that has been released is never changed; another one follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.store.migrations import Step

if TYPE_CHECKING:
    from sqlite_utils import Database

NAME = "glossary"

_FIRST_TABLES = (
    """
CREATE TABLE concepts (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,          -- candidate, approved, rejected, merged
    kind TEXT NOT NULL,
    decided INTEGER NOT NULL,     -- 1 from the first thing that a person did to it
    label TEXT NOT NULL,          -- how lists call it
    langs TEXT NOT NULL,          -- " en ru "
    score REAL NOT NULL,          -- of its candidates, 0..1
    count INTEGER NOT NULL,       -- how often it occurs, in the language where it occurs most
    version INTEGER NOT NULL,     -- the last term_events.id about it, 0: the machine's
    seen INTEGER NOT NULL,        -- the last build before that event
    newest INTEGER NOT NULL       -- the build that found its newest occurrence; new to people if after "seen"
)
""",
    "CREATE INDEX concepts_score ON concepts (score DESC, n, state, kind, langs)",
    "CREATE INDEX concepts_state ON concepts (state, score DESC, n, kind, langs)",
    "CREATE INDEX concepts_count ON concepts (count DESC, n, state, kind, langs)",
    "CREATE INDEX concepts_label ON concepts (label, n, state, kind, langs)",
    """
CREATE TABLE concept_data (
    concept INTEGER PRIMARY KEY REFERENCES concepts (n) ON DELETE CASCADE,
    data TEXT NOT NULL            -- JSON: the entry; without its keys, which are in concept_keys
)
""",
    """
CREATE TABLE terms (              -- what concept_data holds, for looking up
    concept INTEGER NOT NULL REFERENCES concepts (n) ON DELETE CASCADE,
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,         -- without differences of case
    status TEXT,
    scope TEXT NOT NULL
)
""",
    "CREATE INDEX terms_concept ON terms (concept)",
    "CREATE INDEX terms_folded ON terms (folded, concept, lang, status, scope)",
    """
CREATE TABLE concept_keys (       -- which concept a candidate belongs to
    key TEXT PRIMARY KEY,
    concept INTEGER NOT NULL REFERENCES concepts (n) ON DELETE CASCADE
) WITHOUT ROWID
""",
    "CREATE INDEX concept_keys_concept ON concept_keys (concept)",
    """
CREATE TABLE builds (             -- runs of the extraction
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    signature TEXT NOT NULL,
    documents INTEGER NOT NULL,
    candidates INTEGER NOT NULL
)
""",
    """
CREATE TABLE candidates (         -- what the last build that saw it proposed
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    lang TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    lemma TEXT NOT NULL,
    count INTEGER NOT NULL,
    score REAL NOT NULL,
    variants TEXT NOT NULL,       -- JSON object: form → count
    renderings TEXT NOT NULL,     -- JSON array of [lang, text, count, confidence, variants, first build]
    links TEXT NOT NULL,          -- JSON array of [type, key of the other candidate, reason, date]
    reason TEXT NOT NULL,
    first_build INTEGER NOT NULL REFERENCES builds (id),
    last_build INTEGER NOT NULL REFERENCES builds (id),
    newest INTEGER NOT NULL       -- the build that found its newest occurrence
)
""",
    """
CREATE TABLE evidence_documents ( -- the documents that occurrences are in, as they were when built
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL,    -- documents.id; no longer there if the text has changed since
    lang TEXT NOT NULL
)
""",
    """
CREATE TABLE occurrences (
    id INTEGER PRIMARY KEY,
    candidate INTEGER NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES evidence_documents (id),
    segment INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    rendering TEXT,               -- NULL: of the candidate itself; else what it renders it as
    mark INTEGER NOT NULL,        -- hash of the sentence and the place in it: the same when the text moves
    build INTEGER NOT NULL REFERENCES builds (id)   -- that saw it first
)
""",
    "CREATE INDEX occurrences_candidate ON occurrences (candidate, rendering, document, start)",
    "CREATE INDEX occurrences_document ON occurrences (document, segment)",
    """
CREATE TABLE term_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,             -- ISO 8601, UTC
    author TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    payload TEXT NOT NULL,        -- JSON object: what was asked for
    of INTEGER REFERENCES term_events (id),         -- the event that is undone or redone
    build INTEGER NOT NULL        -- the last build before it; later evidence is new to whoever decided
)
""",
    "CREATE INDEX term_events_of ON term_events (of)",
    """
CREATE TABLE term_changes (
    event INTEGER NOT NULL REFERENCES term_events (id),
    concept TEXT NOT NULL,        -- concepts.id
    before TEXT,                  -- JSON: the entry, NULL where it was not there
    after TEXT,
    PRIMARY KEY (event, concept)
) WITHOUT ROWID
""",
    "CREATE INDEX term_changes_concept ON term_changes (concept, event)",
    *(
        f"CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE (ABORT, 'events are never {word}'); END"
        for table in ("term_events", "term_changes")
        for verb, word in (("UPDATE", "changed"), ("DELETE", "deleted"))
    ),
    """
CREATE TABLE shared (             -- what a shared file and this project last agreed on
    place TEXT NOT NULL,          -- the file, from the project's folder
    concept TEXT NOT NULL,
    data TEXT NOT NULL,           -- JSON: the entry
    PRIMARY KEY (place, concept)
) WITHOUT ROWID
""",
    """
CREATE TABLE glossary_notes (     -- small things to remember, such as the header of an imported PO file
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID
""",
)


def _first_glossary_tables(db: Database) -> None:
    for statement in _FIRST_TABLES:
        db.execute(statement)


STEPS: tuple[Step, ...] = (_first_glossary_tables,)
