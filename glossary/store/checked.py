"""What was checked and what people dismissed, in the project file: a set of tables of its own, "checks".

Results are kept by unit (a pair, or a text by itself) with a digest of all that they depend on; they are a cache
and can be made again. Dismissals are decisions: events with author, time and reason that are only ever added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.errors import ConflictError, UsageError
from align.store.events import now
from glossary.checks import codec
from glossary.model import Finding, Gap, Use

if TYPE_CHECKING:
    from sqlite_utils import Database

    from align.store import Store

NAME = "checks"
_COLUMNS = "id, at, author, action, fingerprint, reason, code, document, message, of"

_TABLES = (
    """
CREATE TABLE check_results (      -- what rules found in one unit; made again when the digest is another
    unit TEXT NOT NULL,           -- keys of the original and the translation, or of a text
    stage TEXT NOT NULL,          -- "texts"; "terms": rules that go by the glossary; "project" (unit "")
    digest TEXT NOT NULL,         -- of the texts, beads, rules and settings
    findings TEXT NOT NULL,       -- JSON
    gaps TEXT NOT NULL,
    uses TEXT NOT NULL,
    PRIMARY KEY (unit, stage)
) WITHOUT ROWID
""",
    """
CREATE TABLE dismissals (         -- events; the last one about a fingerprint holds
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,             -- ISO 8601, UTC
    author TEXT NOT NULL,
    action TEXT NOT NULL,         -- dismiss, restore, undo
    fingerprint TEXT NOT NULL,
    reason TEXT NOT NULL,
    code TEXT NOT NULL,           -- of the finding, with the next two for the reader of the history
    document TEXT NOT NULL,
    message TEXT NOT NULL,
    of INTEGER REFERENCES dismissals (id)         -- the event that is undone
)
""",
    "CREATE INDEX dismissals_fingerprint ON dismissals (fingerprint, id)",
    """
CREATE TRIGGER dismissals_stay BEFORE DELETE ON dismissals
BEGIN SELECT RAISE (ABORT, 'events are never deleted'); END
""",
    """
CREATE TRIGGER dismissals_last BEFORE UPDATE ON dismissals
BEGIN SELECT RAISE (ABORT, 'events are never changed'); END
""",
)


def _first_checks(db: Database) -> None:
    for statement in _TABLES:
        db.execute(statement)


STEPS = (_first_checks,)


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One event: somebody dismissed a finding, took that back, or undid the event ``of``."""

    id: int
    at: str
    author: str
    action: str
    fingerprint: str
    reason: str
    code: str
    document: str
    message: str
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one stage of rules found in one unit."""

    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    uses: tuple[Use, ...] = ()


class Checks:
    """Results and dismissals of an open project file."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.db = store.db
        store.migrate(NAME, STEPS)

    # Results

    def digests(self, stage: str) -> dict[str, str]:
        """The digest of every unit that a result of this stage is kept for."""
        return dict(
            self.db.execute("SELECT unit, digest FROM check_results WHERE stage = ?", [stage]).fetchall()
        )

    def results(self, stage: str, wanted: Mapping[str, str]) -> dict[str, Result]:
        """The results that are kept for these units with these digests."""
        rows = self.db.execute(
            "SELECT unit, digest, findings, gaps, uses FROM check_results WHERE stage = ?", [stage]
        )
        return {
            unit: Result(
                tuple(codec.loads_findings(findings)), tuple(codec.loads_gaps(gaps)), tuple(codec.loads_uses(uses))
            )
            for unit, digest, findings, gaps, uses in rows
            if wanted.get(unit) == digest
        }  # fmt: skip

    def kept_results(self, stage: str) -> dict[str, tuple[str, Result]]:
        """All results of this stage by unit, whether or not they still hold, each with its digest; without uses."""
        rows = self.db.execute(
            "SELECT unit, digest, findings, gaps FROM check_results WHERE stage = ? ORDER BY unit", [stage]
        )
        return {
            unit: (digest, Result(tuple(codec.loads_findings(findings)), tuple(codec.loads_gaps(gaps))))
            for unit, digest, findings, gaps in rows
        }

    def kept(self) -> str:
        """A mark of all results that are kept: another whenever one of them is; "" where there are none."""
        rows = self.db.execute(
            "SELECT unit, stage, digest FROM check_results ORDER BY unit, stage"
        ).fetchall()
        return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()[:20] if rows else ""

    def uses(self) -> list[Use]:
        """All uses that checks kept, whether or not they still hold; nothing is checked for it."""
        rows = self.db.execute("SELECT uses FROM check_results WHERE uses <> '[]' ORDER BY unit, stage")
        return [use for (held,) in rows for use in codec.loads_uses(held)]

    def keep(self, stage: str, results: Iterable[tuple[str, str, Result]]) -> None:
        """Keeps results as (unit, digest, result) in the place of older ones."""
        with self.store.transaction():
            self.db.conn.executemany(
                "INSERT OR REPLACE INTO check_results (unit, stage, digest, findings, gaps, uses) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (
                        unit, stage, digest, codec.dumps_findings(one.findings), codec.dumps_gaps(one.gaps),
                        codec.dumps_uses(one.uses),
                    )
                    for unit, digest, one in results
                ),
            )  # fmt: skip

    def forget(self, gone: Iterable[str]) -> None:
        """Lets go of results for units that are no longer there."""
        gone = set(gone)
        if gone:
            with self.store.transaction():
                self.db.conn.executemany(
                    "DELETE FROM check_results WHERE unit = ?", [(unit,) for unit in sorted(gone)]
                )

    # Dismissals

    def dismissed(self) -> dict[str, Dismissal]:
        """The dismissals that hold, by fingerprint."""
        undone = {row[0] for row in self.db.execute("SELECT of FROM dismissals WHERE of IS NOT NULL")}
        held: dict[str, Dismissal] = {}
        for event in self.history():
            if event.id in undone or event.action == "undo":
                continue
            if event.action == "dismiss":
                held[event.fingerprint] = event
            else:
                held.pop(event.fingerprint, None)
        return held

    def history(self) -> list[Dismissal]:
        """All events in order of time."""
        rows = self.db.execute(f"SELECT {_COLUMNS} FROM dismissals ORDER BY id")
        return [Dismissal(*row) for row in rows]

    def last(self, fingerprint: str) -> Dismissal | None:
        """The last event about a finding, whatever it was; its id is what a person has seen of its history."""
        row = self.db.execute(
            f"SELECT {_COLUMNS} FROM dismissals WHERE fingerprint = ? ORDER BY id DESC LIMIT 1", [fingerprint]
        ).fetchone()
        return Dismissal(*row) if row else None

    def since(self, number: int) -> list[Dismissal]:
        """The events after the one with this id, in order of time."""
        rows = self.db.execute(f"SELECT {_COLUMNS} FROM dismissals WHERE id > ? ORDER BY id", [number])
        return [Dismissal(*row) for row in rows]

    def dismiss(
        self, findings: Sequence[Finding], *, author: str, reason: str, expected: int | None = None
    ) -> int:
        """Dismisses findings; how many were not dismissed before. Raises UsageError without a reason.

        ``expected`` is the id of the last event about them that the person saw (0: none): where it is another one
        ConflictError is raised, else a dismissal with a new reason takes the place of an older one.
        """
        if not reason.strip():
            raise UsageError("a dismissal needs a reason", hint="Give one with --reason")
        with self.store.transaction():
            held = self.dismissed()
            for one in findings:
                self._seen(one.fingerprint, expected)
            new = [one for one in findings if expected is not None or one.fingerprint not in held]
            for one in new:
                self._add(
                    author, "dismiss", one.fingerprint, reason.strip(), one.code, one.spot.document, one.message
                )  # fmt: skip
        return len([one for one in new if one.fingerprint not in held])

    def restore(
        self, fingerprints: Sequence[str], *, author: str, reason: str = "", expected: int | None = None
    ) -> int:
        """Takes dismissals back; how many there were.

        Raises UsageError for a finding that is not dismissed; ConflictError as ``dismiss`` does.
        """
        with self.store.transaction():
            held = self.dismissed()
            for one in fingerprints:
                self._seen(one, expected)
                if one not in held:
                    raise UsageError(
                        "is not dismissed", where=one[:40], hint="`concord findings dismissed` lists all"
                    )
                was = held[one]
                self._add(author, "restore", one, reason.strip(), was.code, was.document, was.message)
        return len(fingerprints)

    def next_undo(self) -> Dismissal | None:
        """The event that ``undo`` would take back."""
        row = self.db.execute(
            f"SELECT {_COLUMNS} FROM dismissals WHERE action <> 'undo' AND id NOT IN "
            "(SELECT of FROM dismissals WHERE of IS NOT NULL) ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return Dismissal(*row) if row else None

    def undo(self, *, author: str, expected: int | None = None) -> Dismissal:
        """Undoes the last event that is not undone; again and again down to the first. Raises UsageError.

        ``expected`` is the event that the person means; ConflictError is raised where it would be another one.
        """
        with self.store.transaction():
            last = self.next_undo()
            if last is None:
                raise UsageError("there is nothing to undo", where=str(self.store.path))
            if expected is not None and last.id != expected:
                raise ConflictError(
                    f"{last.author} has decided about findings in the meantime",
                    hint="Look at what undo would take back now",
                )
            self._add(author, "undo", last.fingerprint, "", last.code, last.document, last.message, last.id)
        return last

    def _seen(self, fingerprint: str, expected: int | None) -> None:
        last = self.last(fingerprint)
        if expected is not None and (last.id if last else 0) != expected:
            who = last.author if last else "Somebody"
            raise ConflictError(
                f"{who} has decided about this finding in the meantime", hint="Look at both, then decide"
            )

    def _add(
        self, author: str, action: str, fingerprint: str, reason: str, code: str, document: str, message: str,
        of: int | None = None,
    ) -> None:  # fmt: skip
        at = now()
        self.db.execute(
            "INSERT INTO dismissals (at, author, action, fingerprint, reason, code, document, message, of) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [at, author, action, fingerprint, reason, code, document, message, of],
        )
