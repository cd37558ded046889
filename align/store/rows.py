"""Between the rows of a project file and the objects of the model; every function runs inside a transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from align.anchor import StaleBead
from align.model import Alignment, Bead, BeadState, Block, Document, Piece, Segment, Signature

if TYPE_CHECKING:
    from sqlite_utils import Database

Owner = int | None
"""The event by which a person decided a bead; None for the machine's."""
BeadRow = list[Any]
"""A bead and its owner as JSON: [source, target, score, confidence, moved, state, owner]."""

_INSERT_BLOCK = (
    "INSERT INTO blocks (document, n, start, end, kind, speaker, question) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_SEGMENT = "INSERT INTO segments (document, n, start, end, block) VALUES (?, ?, ?, ?, ?)"
_INSERT_BEAD = """INSERT INTO beads (alignment, n, source, target, score, confidence, moved, state, event)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def dumps(value: Any) -> str:
    """Compact JSON, readable in any script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# Documents


def put_document(db: Database, document: Document, key: str, at: str) -> int:
    """The id of this version of the document ``key``; what is there already is not written again."""
    values = {
        "name": document.name,
        "lang": document.lang,
        "format": document.format,
        "sha256": document.sha256,
        "text": document.text,
        "metadata": dumps(dict(document.metadata)),
        "pieces": dumps(pieces_to_json(document.pieces)),
        "warnings": dumps(document.warnings),
    }
    blocks = [(b.id, b.start, b.end, b.kind, b.speaker, b.question) for b in document.blocks]
    segments = [(s.id, s.start, s.end, s.block) for s in document.segments]
    whole = json.dumps([values, blocks, segments], separators=(",", ":"))  # ASCII: lone surrogates do no harm
    content = hashlib.sha256(whole.encode("ascii")).hexdigest()
    found = db.execute("SELECT id FROM documents WHERE key = ? AND content = ?", [key, content]).fetchone()
    if found:
        return int(found[0])
    row = {"key": key, "content": content, **values, "added_at": at}
    number = cast(int, db.table("documents").insert(row).last_pk)
    db.conn.executemany(_INSERT_BLOCK, ((number, *block) for block in blocks))
    db.conn.executemany(_INSERT_SEGMENT, ((number, *segment) for segment in segments))
    return number


def get_document(db: Database, number: int) -> Document:
    """The document with this id, which is there."""
    row = next(db.query("SELECT * FROM documents WHERE id = ?", [number]))
    blocks = db.execute(
        "SELECT n, start, end, kind, speaker, question FROM blocks WHERE document = ? ORDER BY n", [number]
    )
    segments = db.execute("SELECT n, start, end, block FROM segments WHERE document = ? ORDER BY n", [number])
    return Document(
        name=row["name"],
        text=row["text"],
        lang=row["lang"],
        blocks=tuple(Block(n, a, b, kind, who, bool(asks)) for n, a, b, kind, who, asks in blocks),
        segments=tuple(Segment(*fields) for fields in segments),
        format=row["format"],
        sha256=row["sha256"],
        pieces=pieces_of(json.loads(row["pieces"])),
        metadata=json.loads(row["metadata"]),
        warnings=tuple(json.loads(row["warnings"])),
    )


def drop_unused_documents(db: Database, numbers: Iterable[int]) -> None:
    """Delete those of these documents that no alignment and no event speaks of."""
    for number in numbers:
        db.execute(
            """DELETE FROM documents WHERE id = :id
            AND NOT EXISTS (SELECT 1 FROM alignments WHERE source = :id)
            AND NOT EXISTS (SELECT 1 FROM alignments WHERE target = :id)
            AND NOT EXISTS (SELECT 1 FROM events WHERE source = :id)
            AND NOT EXISTS (SELECT 1 FROM events WHERE target = :id)""",
            {"id": number},
        )


def pieces_to_json(pieces: Sequence[Piece]) -> list[Any]:
    """Pieces as JSON holds them: [the parts' names, [[start, end, offset, part's number, …], …]]."""
    parts = list(dict.fromkeys(piece.part for piece in pieces))
    number = {part: n for n, part in enumerate(parts)}
    rows = [
        [p.start, p.end, p.offset, number[p.part], p.node, int(p.verbatim), p.source_length] for p in pieces
    ]
    return [parts, rows]


def pieces_of(value: Sequence[Any]) -> tuple[Piece, ...]:
    """The pieces that :func:`pieces_to_json` gave."""
    parts, rows = value
    return tuple(
        Piece(start, end, offset, parts[part], node, bool(verbatim), length)
        for start, end, offset, part, node, verbatim, length in rows
    )


# Alignments and beads


def signature_json(signature: Signature) -> str:
    """A signature as JSON."""
    names = ("version", "model", "revision", "segmenter", "parameters", "seed")
    return dumps({name: getattr(signature, name) for name in names})


def signature_of(text: str) -> Signature:
    """The signature that :func:`signature_json` wrote."""
    found = json.loads(text)
    found["parameters"] = tuple((name, value) for name, value in found["parameters"])
    return Signature(**found)


def alignment_values(alignment: Alignment) -> dict[str, Any]:
    """What is kept of an alignment besides its documents and beads."""
    return {
        "signature": signature_json(alignment.signature),
        "signature_text": str(alignment.signature),
        "doubtful_below": alignment.doubtful_below,
        "similarity": alignment.similarity,
        "warnings": dumps(alignment.warnings),
    }


def get_alignment(db: Database, number: int) -> Alignment:
    """The alignment with this id, which is there."""
    row = next(db.query("SELECT * FROM alignments WHERE id = ?", [number]))
    beads, _ = get_beads(db, number)
    return Alignment(
        source=get_document(db, row["source"]),
        target=get_document(db, row["target"]),
        beads=beads,
        signature=signature_of(row["signature"]),
        doubtful_below=row["doubtful_below"],
        similarity=row["similarity"],
        warnings=tuple(json.loads(row["warnings"])),
    )


def get_beads(
    db: Database, alignment: int, at: int = 0, limit: int = -1
) -> tuple[tuple[Bead, ...], list[Owner]]:
    """The beads of an alignment in order, and their owners; only ``limit`` of them from position ``at`` on."""
    rows = db.execute(
        """SELECT source, target, score, confidence, moved, state, event FROM beads
        WHERE alignment = ? AND n >= ? ORDER BY n LIMIT ?""",
        [alignment, at, limit],
    )
    beads, owners = [], []
    for source, target, score, confidence, moved, state, event in rows:
        beads.append(
            Bead(ids_from_json(source), ids_from_json(target), score, confidence, bool(moved), state)
        )
        owners.append(event)
    return tuple(beads), owners


def put_beads(db: Database, alignment: int, at: int, beads: Iterable[Bead], owners: Iterable[Owner]) -> None:
    """Write beads from position ``at`` on, which must be free."""
    rows = (
        (
            alignment,
            n,
            _ids_to_json(b.source),
            _ids_to_json(b.target),
            b.score,
            b.confidence,
            b.moved,
            b.state,
            owner,
        )
        for n, (b, owner) in enumerate(zip(beads, owners, strict=True), at)
    )
    db.conn.executemany(_INSERT_BEAD, rows)


def splice_beads(
    db: Database, alignment: int, at: int, removed: int, beads: Sequence[Bead], owners: Sequence[Owner]
) -> None:
    """Put beads in the place of ``removed`` ones from position ``at`` on, and shift those that follow."""
    db.execute("DELETE FROM beads WHERE alignment = ? AND n >= ? AND n < ?", [alignment, at, at + removed])
    shift = len(beads) - removed
    if shift:  # by way of another table: no two beads are ever in one place, and twice as fast as renumbering
        behind = [alignment, at + removed]
        db.execute(
            "CREATE TEMP TABLE shifted AS SELECT * FROM beads WHERE alignment = ? AND n >= ? ORDER BY n",
            behind,
        )
        db.execute("DELETE FROM beads WHERE alignment = ? AND n >= ?", behind)
        db.execute(
            """INSERT INTO beads (alignment, n, source, target, score, confidence, moved, state, event)
            SELECT alignment, n + ?, source, target, score, confidence, moved, state, event FROM temp.shifted
            ORDER BY n""",
            [shift],
        )
        db.execute("DROP TABLE temp.shifted")
    put_beads(db, alignment, at, beads, owners)


def bead_to_json(bead: Bead, owner: Owner) -> BeadRow:
    """A bead as it stands in an event."""
    return [bead.source, bead.target, bead.score, bead.confidence, int(bead.moved), bead.state, owner]


def bead_from_json(row: BeadRow) -> tuple[Bead, Owner]:
    """The bead and its owner."""
    source, target, score, confidence, moved, state, owner = row
    state = cast(BeadState, state)
    return Bead(tuple(source), tuple(target), score, confidence, bool(moved), state), owner


def _ids_to_json(ids: Sequence[int]) -> str:
    """As ``dumps`` would, in a fifth of the time: there are twenty thousand of these in a long alignment."""
    return f"[{','.join(map(str, ids))}]"


def ids_from_json(text: str) -> tuple[int, ...]:
    """Ids as they stand in a bead's row."""
    return tuple(map(int, text[1:-1].split(","))) if text != "[]" else ()


# Stale decisions


def next_stale_id(db: Database) -> int:
    """The first id that no stale decision has yet."""
    (last,) = db.execute("SELECT max(id) FROM stale").fetchone()
    return int(last or 0) + 1


def put_stale(db: Database, number: int, alignment: int, record: StaleBead, made_by: int) -> None:
    """Keep a decision that does not hold any more under the id ``number``."""
    row = {
        "id": number,
        "alignment": alignment,
        "event": record.event,
        "bead": dumps(bead_to_json(record.bead, record.event)),
        "source_texts": dumps(record.source_texts),
        "target_texts": dumps(record.target_texts),
        "source_near": _ids_to_json(record.source_near),
        "target_near": _ids_to_json(record.target_near),
        "side": record.side,
        "segment": record.segment,
        "made_by": made_by,
    }
    db.table("stale").insert(row)


def get_stale(db: Database, alignment: int) -> list[StaleBead]:
    """The decisions of an alignment that wait to be resolved, in the order in which they became stale."""
    rows = db.query(
        """SELECT stale.*, coalesce(events.author, '') AS author, coalesce(events.at, '') AS at
        FROM stale LEFT JOIN events ON events.id = stale.event
        WHERE stale.alignment = ? AND closed_by IS NULL ORDER BY stale.id""",
        [alignment],
    )
    return [
        StaleBead(
            bead=bead_from_json(json.loads(row["bead"]))[0],
            source_texts=tuple(json.loads(row["source_texts"])),
            target_texts=tuple(json.loads(row["target_texts"])),
            source_near=ids_from_json(row["source_near"]),
            target_near=ids_from_json(row["target_near"]),
            side=row["side"],
            segment=row["segment"],
            id=row["id"],
            author=row["author"],
            at=row["at"],
            event=row["event"],
        )
        for row in rows
    ]


def mark_stale_rows(db: Database, numbers: Iterable[int], closed_by: int | None) -> None:
    """Close these stale decisions by an event, or open them again (None)."""
    db.conn.executemany("UPDATE stale SET closed_by = ? WHERE id = ?", [(closed_by, n) for n in numbers])
