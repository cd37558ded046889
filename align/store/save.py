"""Saving an alignment, anew or in the place of an older one of the same pair; listing what is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from align.anchor import DECIDED, CarryResult, StaleBead, carry_over
from align.anchor.splice import Realign
from align.model import Alignment, Bead
from align.store import events, rows

if TYPE_CHECKING:
    from sqlite_utils import Database

_LIST = """
SELECT a.id, a.source_key AS source, a.target_key AS target, s.lang AS source_lang, t.lang AS target_lang,
    count(b.n) AS beads,
    coalesce(sum(b.state NOT IN ('confirmed', 'edited') AND b.confidence < a.doubtful_below), 0) AS doubtful,
    coalesce(sum(b.state IN ('confirmed', 'edited')), 0) AS decided,
    (SELECT count(*) FROM stale WHERE stale.alignment = a.id AND closed_by IS NULL) AS stale,
    a.similarity, a.signature_text AS signature, a.created_at, a.updated_at,
    (SELECT max(id) FROM events WHERE events.alignment = a.id) AS last_event
FROM alignments AS a
    JOIN documents AS s ON s.id = a.source
    JOIN documents AS t ON t.id = a.target
    LEFT JOIN beads AS b ON b.alignment = a.id
WHERE :id IS NULL OR a.id = :id
GROUP BY a.id ORDER BY a.id
"""


@dataclass(frozen=True, slots=True)
class SaveReport:
    """What saving an alignment did.

    ``kept`` decisions of people were carried over, ``stale`` ones wait to be resolved. ``changed`` and
    ``unchanged`` count the beads whose texts did not, or did, stand beside each other before.
    """

    alignment_id: int
    created: bool
    kept: int
    stale: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """One alignment in a list. ``source`` and ``target`` are the documents' keys: paths or names.

    ``beads``, ``doubtful`` and ``decided`` (confirmed or edited) are numbers of beads, ``stale`` of decisions
    to resolve; times are ISO 8601 in UTC. ``last_event`` is what an edit takes as ``expected``.
    """

    id: int
    source: str
    target: str
    source_lang: str
    target_lang: str
    beads: int
    doubtful: int
    decided: int
    stale: int
    similarity: float
    signature: str
    created_at: str
    updated_at: str
    last_event: int


def listed(db: Database, number: int | None = None) -> list[AlignmentRow]:
    """All alignments in the order in which they were made, or the one with this id."""
    return [AlignmentRow(**row) for row in db.query(_LIST, {"id": number})]


def find(db: Database, source_key: str, target_key: str) -> int | None:
    """The alignment of these two documents."""
    query = "SELECT id FROM alignments WHERE source_key = ? AND target_key = ?"
    row = db.execute(query, [source_key, target_key]).fetchone()
    return row[0] if row else None


def save(
    db: Database, alignment: Alignment, keys: tuple[str, str], author: str, realign: Realign | None
) -> SaveReport:
    """Keep an alignment, in the place of the older one of the same pair if there is one."""
    number = find(db, *keys)
    at = events.now()
    source = rows.put_document(db, alignment.source, keys[0], at)
    target = rows.put_document(db, alignment.target, keys[1], at)
    values = {"source": source, "target": target, **rows.alignment_values(alignment), "updated_at": at}
    beads = tuple(replace(b, state="proposed") if b.state == "stale" else b for b in alignment.beads)
    alignment = replace(alignment, beads=beads)
    if number is None:
        row = {"source_key": keys[0], "target_key": keys[1], **values, "created_at": at}
        return _insert(db, alignment, row, author)
    return _update(db, number, alignment, values, author, realign)


def _insert(db: Database, alignment: Alignment, row: dict[str, Any], author: str) -> SaveReport:
    number = cast(int, db.table("alignments").insert(row).last_pk)
    payload = {"source": row["source"], "target": row["target"], "beads": len(alignment.beads)}
    event = events.record(db, number, "align", author, payload)
    owners = [event.id if bead.state in DECIDED else None for bead in alignment.beads]
    rows.put_beads(db, number, 0, alignment.beads, owners)
    return SaveReport(number, True, 0, 0, len(alignment.beads), 0)


def _update(
    db: Database,
    number: int,
    new: Alignment,
    values: dict[str, Any],
    author: str,
    realign: Realign | None,
) -> SaveReport:
    row = next(db.query("SELECT * FROM alignments WHERE id = ?", [number]))
    if all(row[name] == values[name] for name in ("source", "target", "signature", "doubtful_below")):
        (found,) = listed(db, number)
        return SaveReport(number, False, found.decided, found.stale, 0, found.beads)
    old, stale = rows.get_alignment(db, number), rows.get_stale(db, number)
    carried = carry_over(old, new, stale=stale, realign=realign)
    unchanged = sum((_texts(old, old.beads) & _texts(new, carried.beads)).values())
    report = SaveReport(
        number,
        False,
        len(carried.kept) + len(carried.revived),
        len(carried.stale),
        len(carried.beads) - unchanged,
        unchanged,
    )
    _write(db, report, carried, values, author, (row["source"], row["target"]), stale)
    rows.drop_unused_documents(db, {row["source"], row["target"]})
    return report


def _write(
    db: Database,
    report: SaveReport,
    carried: CarryResult,
    values: dict[str, Any],
    author: str,
    documents: tuple[int, int],
    stale: list[StaleBead],
) -> None:
    """Put the new version in the place of the old one, and an event that leads back where that matters."""
    number = report.alignment_id
    _, old_owners = rows.get_beads(db, number)
    closed = [cast(int, record.id) for record in stale]
    first = rows.next_stale_id(db)
    inverse = None
    if stale or any(owner is not None for owner in old_owners) or events.has_history(db, number):
        opened = [first + k for k in range(len(carried.stale))]
        inverse = {**events.whole(db, number), "close": opened, "open": closed}
    payload = {
        "source": values["source"],
        "target": values["target"],
        "kept": report.kept,
        "stale": report.stale,
        "changed": report.changed,
        "unchanged": report.unchanged,
    }
    event = events.record(
        db, number, "realign", author, payload, inverse=inverse, documents=documents if inverse else None
    )
    rows.mark_stale_rows(db, closed, event.id)
    for k, record in enumerate(carried.stale):
        owner = record.event if record.old is None else old_owners[record.old]
        rows.put_stale(db, first + k, number, replace(record, event=owner), event.id)
    db.table("alignments").update(number, values)
    db.execute("DELETE FROM beads WHERE alignment = ?", [number])
    owners = [event.id if bead.state in DECIDED else None for bead in carried.beads]
    for position, at in carried.kept.items():
        owners[position] = old_owners[at]
    for position, record in carried.revived.items():
        owners[position] = record.event
    rows.put_beads(db, number, 0, carried.beads, owners)


def _texts(alignment: Alignment, beads: Iterable[Bead]) -> Counter[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What stands beside each other, and how often."""
    source, target = alignment.source.texts(), alignment.target.texts()
    return Counter((tuple(source[s] for s in b.source), tuple(target[t] for t in b.target)) for b in beads)
