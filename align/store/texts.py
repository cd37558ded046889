"""Parts of what a project holds: the texts of segments, a window of beads, the next bead of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, overload

from align.edit import Side
from align.errors import UsageError
from align.model import Bead
from align.store import rows

if TYPE_CHECKING:
    from sqlite_utils import Database

    from align.store import Store

Kind = Literal["doubtful", "uneven", "stale", "open"]
KINDS: dict[Kind, str] = {
    "doubtful": "(state NOT IN ('confirmed', 'edited') AND (confidence < :below OR state = 'stale'))",
    "uneven": "(source = '[]' OR target = '[]' OR instr(source, ',') OR instr(target, ','))",
    "stale": "(state = 'stale')",
    "open": "(state NOT IN ('confirmed', 'edited'))",
}
"""What a bead may be looked for by: doubtful; not one to one; its text has changed; not decided."""


class Texts(Sequence[str]):
    """The texts of a document's segments, each cut out when it is asked for."""

    def __init__(self, text: str, places: Sequence[tuple[int, int]]) -> None:
        self._text, self._places = text, places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self._text[start:end] for start, end in self._places[at]]
        start, end = self._places[at]
        return self._text[start:end]


def segment_texts(db: Database, document: int) -> Texts:
    """The texts of all segments of a document. Raises UsageError where there is no such document."""
    text = _text(db, document)
    found = db.execute("SELECT start, end FROM segments WHERE document = ? ORDER BY n", [document])
    return Texts(text, found.fetchall())


def some_texts(db: Database, document: int, segments: Iterable[int]) -> dict[int, str]:
    """The texts of these segments, as far as they are there. Raises UsageError where there is no such document."""
    wanted = sorted(set(segments))
    if not wanted:
        return {}
    text = _text(db, document)
    found = db.execute(
        "SELECT n, start, end FROM segments WHERE document = ? AND n IN (SELECT value FROM json_each(?))",
        [document, rows.dumps(wanted)],
    )
    return {n: text[start:end] for n, start, end in found}


_RECENT: dict[str, str] = {}
"""Texts by the hash of all that was read with them: they never change, and a page asks for them often."""


def _text(db: Database, document: int) -> str:
    row = db.execute("SELECT content FROM documents WHERE id = ?", [document]).fetchone()
    if row is None:
        raise UsageError(f"there is no text {document}")
    held = _RECENT.get(row[0])
    if held is None:
        (held,) = db.execute("SELECT text FROM documents WHERE id = ?", [document]).fetchone()
        for old in list(_RECENT)[: max(0, len(_RECENT) - 5)]:
            _RECENT.pop(old, None)
        _RECENT[row[0]] = held
    return held


@dataclass(frozen=True, slots=True)
class Version:
    """A document as an alignment uses it. ``segments`` is their number."""

    id: int
    key: str
    name: str
    lang: str
    segments: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A bead, its position (from 0), and who decided it when ("" where nobody did)."""

    at: int
    bead: Bead
    author: str
    time: str


class Window:
    """An alignment of which only a part is read; use inside a snapshot. Raises UsageError where there is none."""

    def __init__(self, store: Store, alignment: int) -> None:
        self.db, self.alignment = store.db, alignment
        row = self.db.execute(
            "SELECT source, target, doubtful_below, similarity, signature_text FROM alignments WHERE id = ?",
            [alignment],
        ).fetchone()
        if row is None:
            store.resolve(alignment)
            raise UsageError(f"there is no alignment {alignment}", where=str(store.path))
        self.doubtful_below, self.similarity, self.signature = row[2:]
        self.source, self.target = (self._version(number) for number in row[:2])

    def _version(self, document: int) -> Version:
        row = self.db.execute(
            """SELECT id, key, name, lang, (SELECT count(*) FROM segments WHERE document = documents.id)
            FROM documents WHERE id = ?""",
            [document],
        ).fetchone()
        return Version(*row)

    def version(self, side: Side) -> Version:
        """The document of one side."""
        return self.source if side == "source" else self.target

    def texts(self, side: Side, segments: Iterable[int]) -> dict[int, str]:
        """The texts of these segments."""
        return some_texts(self.db, self.version(side).id, segments)

    def is_doubtful(self, bead: Bead) -> bool:
        """Whether a person should look at it; see ``Alignment.is_doubtful``."""
        return bead.state not in ("confirmed", "edited") and bead.confidence < self.doubtful_below

    def __len__(self) -> int:
        row = self.db.execute("SELECT max(n) FROM beads WHERE alignment = ?", [self.alignment]).fetchone()
        return 0 if row[0] is None else int(row[0]) + 1

    def beads(self, at: int, limit: int) -> list[Placed]:
        """Up to ``limit`` beads from position ``at`` on."""
        found = self.db.execute(
            """SELECT b.n, b.source, b.target, b.score, b.confidence, b.moved, b.state,
                coalesce(e.author, ''), coalesce(e.at, '')
            FROM beads AS b LEFT JOIN events AS e ON e.id = b.event
            WHERE b.alignment = ? AND b.n >= ? ORDER BY b.n LIMIT ?""",
            [self.alignment, at, limit],
        )
        return [
            Placed(
                n,
                Bead(rows.ids_from_json(source), rows.ids_from_json(target), score, sure, bool(moved), state),
                author,
                time,
            )
            for n, source, target, score, sure, moved, state, author, time in found
        ]

    def all_beads(self) -> tuple[Bead, ...]:
        """All beads in order."""
        return rows.get_beads(self.db, self.alignment)[0]

    def next(self, kind: Kind, at: int, *, back: bool = False) -> int | None:
        """The position of the next bead of a kind after ``at`` (or before it), None if there is none."""
        order, sign = ("DESC", "<") if back else ("ASC", ">")
        row = self.db.execute(
            f"SELECT n FROM beads WHERE alignment = :alignment AND n {sign} :at AND {KINDS[kind]} "
            f"ORDER BY n {order} LIMIT 1",
            {"alignment": self.alignment, "at": at, "below": self.doubtful_below},
        ).fetchone()
        return None if row is None else int(row[0])

    def counts(self) -> dict[Kind, int]:
        """How many beads are of each kind."""
        sums = ", ".join(f"coalesce(sum({condition} <> 0), 0)" for condition in KINDS.values())
        found = self.db.execute(
            f"SELECT {sums} FROM beads WHERE alignment = :alignment",
            {"alignment": self.alignment, "below": self.doubtful_below},
        ).fetchone()
        return dict(zip(KINDS, found, strict=True))

    def holders(self, side: Side, segments: Iterable[int]) -> dict[int, int]:
        """The positions of the beads that hold these segments, by segment. Reads all beads where any is asked for."""
        wanted = set(segments)
        found: dict[int, int] = {}
        if wanted:
            column = "source" if side == "source" else "target"
            for n, ids in self.db.execute(
                f"SELECT n, {column} FROM beads WHERE alignment = ? AND {column} <> '[]' ORDER BY n",
                [self.alignment],
            ):
                found.update(dict.fromkeys(wanted.intersection(rows.ids_from_json(ids)), n))
        return found
