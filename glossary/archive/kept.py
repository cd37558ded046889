"""What was read and checked of each pair, in the archive file: a set of tables of its own, "archive glossary".

Rows are a cache: each has the change of the pair that it was made of, and what else it depends on. Rows of before a
change count for nothing; the next run makes them again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from align.archive.store import Archive
from align.store import migrations
from align.store.file import paged, plain_errors
from glossary.archive.reading import Named, Run, unpack_marks, unpack_names
from glossary.checks import codec
from glossary.model import Finding, Gap, Use

if TYPE_CHECKING:
    from sqlite_utils import Database

    from glossary.archive.reading import Fate, Mark

NAME = "archive glossary"
_ASK = 200  # rows fetched at once
Ids = NDArray[np.int32]
Hashes = NDArray[np.uint32]

_TABLES = (
    """
CREATE TABLE readings (           -- what a pair contributes: names, words, legal marks
    pair INTEGER PRIMARY KEY REFERENCES pairs (number),
    change INTEGER NOT NULL,      -- of the pair when it was read
    version TEXT NOT NULL,        -- of the reader and of what it goes by
    names BLOB NOT NULL,          -- JSON, packed
    keys BLOB NOT NULL,           -- of each name: a hash of its key and how often it is mentioned, uint32 both
    words BLOB NOT NULL,          -- numbers of forms, int32, packed; 0 ends a run
    marks BLOB NOT NULL           -- JSON, packed; empty for none
)
""",
    """
CREATE TABLE forms (              -- the words of all runs
    id INTEGER PRIMARY KEY,
    lang TEXT NOT NULL,
    form TEXT NOT NULL,
    lemma TEXT NOT NULL,
    UNIQUE (lang, form)
)
""",
    """
CREATE TABLE checked (            -- what rules found in one pair
    pair INTEGER NOT NULL REFERENCES pairs (number),
    stage TEXT NOT NULL,          -- "texts"; "terms": rules that go by the glossary
    change INTEGER NOT NULL,
    settings TEXT NOT NULL,       -- digest of rules and settings
    findings BLOB NOT NULL,       -- JSON, packed
    gaps BLOB NOT NULL,
    uses BLOB NOT NULL,
    PRIMARY KEY (pair, stage)
) WITHOUT ROWID
""",
    """
CREATE TABLE checked_across (     -- what rules over all pairs found, by the pair that it lies in
    pair INTEGER PRIMARY KEY,
    findings BLOB NOT NULL
)
""",
    "CREATE TABLE checked_last (digest TEXT NOT NULL, gaps BLOB NOT NULL)",  # of checked_across: one row
)


def _first_tables(db: Database) -> None:
    for statement in _TABLES:
        db.execute(statement)


STEPS: tuple[migrations.Step, ...] = (_first_tables,)


@dataclass(frozen=True, slots=True)
class PackedReading:
    """A reading as it comes from whoever read it; ``runs`` and ``lemmas`` as in ``reading.Reading``."""

    pair: int
    change: int
    names: bytes
    keys: bytes
    marks: bytes
    runs: Mapping[str, tuple[Run, ...]]
    lemmas: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class PackedResult:
    """What one stage of rules found in one pair."""

    pair: int
    stage: str
    change: int
    findings: bytes
    gaps: bytes
    uses: bytes


class Kept:
    """The tables of this package in an open archive. Everything that reads or writes may raise StoreError."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.db = archive.db
        with plain_errors(archive.path):
            outdated = migrations.outdated(self.db, NAME, STEPS, where=str(archive.path))
        if outdated:
            with archive.transaction():
                migrations.migrate(self.db, NAME, STEPS, where=str(archive.path))
        self._numbers: dict[tuple[str, str], int] = {}

    # What waits

    def waiting(self, stage: str, wanted: str) -> Iterator[int]:
        """The pairs that are done whose row of a stage ("reading" or one of the rules') is missing or outdated."""
        query = f"SELECT p.number {_waiting(stage)} AND p.number > :after ORDER BY p.number"
        return (number for (number,) in self._paged(query, {stage: wanted}))

    def count_waiting(self, wanted: Mapping[str, str]) -> int:
        """How many pairs wait for any of these stages, given with what their rows go by."""
        either = " UNION ".join(f"SELECT p.number {_waiting(stage)}" for stage in wanted)
        return int(self._one(f"SELECT count(*) FROM ({either})", dict(wanted)))

    # Readings

    def keep_readings(self, readings: Sequence[PackedReading], version: str) -> None:
        """Keeps readings in the place of older ones, in one transaction."""
        with self.archive.transaction():
            rows = [(r.pair, r.change, version, r.names, r.keys, self._words(r), r.marks) for r in readings]
            self.db.conn.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def _words(self, reading: PackedReading) -> bytes:
        """The runs as numbers of forms; new forms are entered."""
        (there,) = self.db.execute("SELECT coalesce(max(id), 0) FROM forms").fetchone()
        if there != len(self._numbers):  # the first time, and where another program entered some
            rows = self.db.execute("SELECT lang, form, id FROM forms")
            self._numbers = {(lang, form): number for lang, form, number in rows}
        new = [key for key in reading.lemmas if key not in self._numbers]
        first = len(self._numbers) + 1
        self._numbers.update(zip(new, range(first, first + len(new)), strict=True))
        self.db.conn.executemany(
            "INSERT INTO forms (id, lang, form, lemma) VALUES (?, ?, ?, ?)",
            [(self._numbers[key], *key, reading.lemmas[key]) for key in new],
        )
        found: list[int] = []
        for lang, runs in sorted(reading.runs.items()):
            for run in runs:
                found += [self._numbers[lang, word] for word in run]
                found.append(0)
        return zlib.compress(np.asarray(found, dtype="<i4").tobytes(), 1)

    def pairs(self, version: str) -> int:
        """How many pairs have a reading that holds."""
        return int(self._one(f"SELECT count(*) {_HOLDING}", {"version": version}))

    def hashes(self, version: str) -> Iterator[tuple[int, Hashes, Hashes]]:
        """Of each pair: its number, the hashes of its names' keys, and their mentions."""
        for number, data in self._rows("keys", version):
            both = np.frombuffer(data, dtype="<u4").reshape(2, -1)
            yield number, both[0], both[1]

    def names(self, version: str) -> Iterator[tuple[int, list[Named]]]:
        """Of each pair: its number and its names."""
        for number, data in self._rows("names", version):
            yield number, unpack_names(data)

    def names_of(self, pair: int) -> list[Named]:
        """The names of one pair that has a reading."""
        return unpack_names(self._one("SELECT names FROM readings WHERE pair = ?", [pair]))

    def words(self, version: str) -> Iterator[tuple[int, Ids]]:
        """Of each pair: its number and its runs, as numbers of forms with a 0 behind each run."""
        for number, data in self._rows("words", version):
            yield number, np.frombuffer(zlib.decompress(data), dtype="<i4")

    def marks(self, version: str) -> Iterator[tuple[int, list[Mark], list[Fate]]]:
        """Of each pair that has any: its number, its legal marks and what became of them."""
        for number, data in self._rows("marks", version, "AND length(r.marks) > 0"):
            yield number, *unpack_marks(data)

    def forms(self) -> Iterator[tuple[int, str, str, str]]:
        """The words of all runs: number, language, form, lemma."""
        with plain_errors(self.archive.path):
            yield from self.db.execute("SELECT id, lang, form, lemma FROM forms ORDER BY id")

    def _rows(self, column: str, version: str, only: str = "") -> Iterator[tuple[int, bytes]]:
        query = f"SELECT r.pair, r.{column} {_HOLDING} {only} AND r.pair > :after ORDER BY r.pair"
        return self._paged(query, {"version": version})

    def _paged(self, query: str, values: Mapping[str, object]) -> Iterator[Any]:
        return paged(self.db, self.archive.path, query, values, size=_ASK)

    def _one(self, query: str, values: Sequence[object] | dict[str, object]) -> Any:
        with plain_errors(self.archive.path):
            return self.db.execute(query, values).fetchone()[0]

    # Checks

    def keep_results(self, results: Iterable[PackedResult], settings: Mapping[str, str]) -> None:
        """Keeps results in the place of older ones; ``settings`` are the digests by stage."""
        rows = [(r.pair, r.stage, r.change, settings[r.stage], r.findings, r.gaps, r.uses) for r in results]
        with self.archive.transaction():
            self.db.conn.executemany("INSERT OR REPLACE INTO checked VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def results(self, settings: Mapping[str, str]) -> Iterator[tuple[int, list[Finding], list[Gap]]]:
        """Of each pair, by number: what was found in it, that over all pairs included, and what was not checked."""
        columns = ", ".join(f"k{i}.findings, k{i}.gaps" for i in range(len(settings)))
        query = f"""SELECT p.number, {columns}, a.findings
            FROM pairs AS p {_joined(settings)} LEFT JOIN checked_across AS a ON a.pair = p.number
            WHERE p.state = 'done' AND p.number > :after ORDER BY p.number"""
        values = {f"s{i}": digest for i, digest in enumerate(settings.values())}
        for number, *held in self._paged(query, values):
            findings = [one for data in [*held[:-1:2], held[-1]] if data for one in _findings(data)]
            gaps = [gap for data in held[1:-1:2] if data for gap in codec.loads_gaps(_text(data))]
            yield number, findings, gaps

    def uses(self, settings: Mapping[str, str], stage: str) -> Iterator[tuple[int, list[Use]]]:
        """Of each pair, by number: what its names became."""
        query = """SELECT k.pair, k.uses FROM checked AS k JOIN pairs AS p ON p.number = k.pair
            AND p.state = 'done' AND p.change = k.change
            WHERE k.stage = :stage AND k.settings = :settings AND k.pair > :after ORDER BY k.pair"""
        for number, data in self._paged(query, {"stage": stage, "settings": settings[stage]}):
            yield number, codec.loads_uses(_text(data))

    def digests(self, settings: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        """Of each pair whose results hold: its number and change."""
        query = f"""SELECT p.number, p.change FROM pairs AS p {_joined(settings)}
            WHERE p.state = 'done' ORDER BY p.number"""
        with plain_errors(self.archive.path):
            values = {f"s{i}": digest for i, digest in enumerate(settings.values())}
            yield from self.db.execute(query, values)

    def across(self) -> tuple[str, list[Gap]]:
        """The digest of all that the kept findings over all pairs depend on ("" for none), and their gaps."""
        with plain_errors(self.archive.path):
            row = self.db.execute("SELECT digest, gaps FROM checked_last").fetchone()
        return (row[0], codec.loads_gaps(_text(row[1]))) if row else ("", [])

    def keep_across(self, digest: str, found: Mapping[int, Sequence[Finding]], gaps: Sequence[Gap]) -> None:
        """Keeps what was found over all pairs in the place of all of before, in one transaction."""
        with self.archive.transaction():
            self.db.execute("DELETE FROM checked_across")
            self.db.execute("DELETE FROM checked_last")
            self.db.conn.executemany(
                "INSERT INTO checked_across VALUES (?, ?)",
                ((pair, packed_text(codec.dumps_findings(own))) for pair, own in found.items()),
            )
            self.db.execute(
                "INSERT INTO checked_last VALUES (?, ?)", [digest, packed_text(codec.dumps_gaps(gaps))]
            )


_HOLDING = """FROM readings AS r JOIN pairs AS p ON p.number = r.pair AND p.state = 'done' AND p.change = r.change
    WHERE r.version = :version"""


def _waiting(stage: str) -> str:
    """The pairs whose row of a stage does not hold; what it goes by is the parameter of the stage's name."""
    table, column, own = ("readings", "version", "")
    if stage != "reading":
        table, column, own = "checked", "settings", f"AND k.stage = '{stage}'"
    return f"""FROM pairs AS p LEFT JOIN {table} AS k ON k.pair = p.number {own}
        WHERE p.state = 'done' AND (k.change IS NULL OR k.change <> p.change OR k.{column} <> :{stage})"""


def _joined(settings: Mapping[str, str]) -> str:
    """The results of all stages, where they hold."""
    return " ".join(
        f"""JOIN checked AS k{i} ON k{i}.pair = p.number AND k{i}.stage = '{stage}' AND k{i}.change = p.change
        AND k{i}.settings = :s{i}"""
        for i, stage in enumerate(settings)
    )


def packed_text(text: str) -> bytes:
    """A text, packed; nothing for an empty JSON list."""
    return b"" if text == "[]" else zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _text(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass") if data else "[]"


def _findings(data: bytes) -> list[Finding]:
    return codec.loads_findings(_text(data))
