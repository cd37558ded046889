"""What an extraction found, into the project: candidates, evidence, concepts that nobody has decided.

What people have decided is left as it is: their concepts get the new evidence and nothing else. An occurrence that
was there before keeps the build that saw it first, also where its sentence has moved.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast, get_args

from align.errors import UsageError
from align.model import Document
from align.store.events import now
from glossary.model import Candidate, Concept, Entry, Kind, Link, Occurrence
from glossary.review.concepts import Proposal, propose
from glossary.review.entries import make_id
from glossary.store import rows

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build changed. ``new`` and ``gone`` are undecided concepts; ``touched`` decided ones with news."""

    build: int
    documents: int
    candidates: int
    concepts: int
    new: int
    gone: int
    decided: int
    touched: tuple[str, ...]


def build(
    db: Database,
    candidates: Sequence[Candidate],
    documents: Mapping[int, Document],
    author: str,
    signature: str,
) -> BuildReport:
    """Keep what was found in these documents (by their ids; their names are their keys). One transaction."""
    if not author.strip():
        raise UsageError("a build needs an author", hint="Say who makes it with --author NAME")
    cursor = db.execute(
        "INSERT INTO builds (at, author, signature, documents, candidates) VALUES (?, ?, ?, ?, ?)",
        [now(), author, signature, len(documents), len(candidates)],
    )
    number = cast(int, cursor.lastrowid)
    places = _put_documents(db, documents)
    marks = Marks({document.name: document for document in documents.values()})
    ids = _put_candidates(db, candidates, number)
    _put_occurrences(db, candidates, ids, places, marks, number)
    langs = list(dict.fromkeys(document.lang for document in documents.values()))
    new, gone = _put_concepts(db, propose(candidates, langs), number)
    _refresh_all(db)
    (concepts, decided) = db.execute(
        "SELECT count(*), coalesce(sum(decided), 0) FROM concepts WHERE state <> 'merged'"
    ).fetchone()
    touched = db.execute(
        "SELECT id FROM concepts WHERE decided AND newest = ? AND newest > seen AND state <> 'merged' ORDER BY n",
        [number],
    ).fetchall()
    return BuildReport(
        number,
        len(documents),
        len(candidates),
        concepts,
        new,
        gone,
        decided,
        tuple(concept for (concept,) in touched),
    )


def _put_documents(db: Database, documents: Mapping[int, Document]) -> dict[str, int]:
    """The ids of the evidence's documents by key."""
    db.conn.executemany(
        """INSERT INTO evidence_documents (key, document, lang) VALUES (?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET document = excluded.document, lang = excluded.lang""",
        [(document.name, id, document.lang) for id, document in documents.items()],
    )
    return dict(db.execute("SELECT key, id FROM evidence_documents").fetchall())


class Marks:
    """A number for an occurrence that stays when its sentence moves: from the sentence and the place in it."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    def __call__(self, at: Occurrence) -> int:
        document = self._documents.get(at.document)
        if document is None or not 0 <= at.segment < len(document.segments):
            raise UsageError(f"an occurrence in {at.document}, segment {at.segment}, which is not there")
        segment = document.segments[at.segment]
        sentence = document.text[segment.start : segment.end]
        seed = f"{at.start - segment.start}\n{at.end - segment.start}\n{sentence}"
        digest = hashlib.blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big", signed=True)


def _put_candidates(db: Database, candidates: Sequence[Candidate], build: int) -> dict[str, int]:
    """Write the candidates; their ids by key. Those not found any more go, unless they are of decided concepts."""
    known = {
        key: (first, json.loads(renderings))
        for key, first, renderings in db.execute("SELECT key, first_build, renderings FROM candidates")
    }
    values = [_candidate_row(candidate, build, known.get(candidate.key)) for candidate in candidates]
    db.conn.executemany(
        """INSERT INTO candidates (key, lang, kind, text, lemma, count, score, variants, renderings, links, reason,
            first_build, last_build, newest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
        ON CONFLICT (key) DO UPDATE SET lang = excluded.lang, kind = excluded.kind, text = excluded.text,
            lemma = excluded.lemma, count = excluded.count, score = excluded.score,
            variants = excluded.variants, renderings = excluded.renderings, links = excluded.links,
            reason = excluded.reason, last_build = excluded.last_build""",
        values,
    )
    db.execute(
        """DELETE FROM candidates WHERE last_build <> ? AND key NOT IN (SELECT k.key FROM concept_keys AS k
        JOIN concepts AS c ON c.n = k.concept WHERE c.decided)""",
        [build],
    )
    db.execute("UPDATE candidates SET count = 0, score = 0 WHERE last_build <> ?", [build])
    return dict(db.execute("SELECT key, id FROM candidates").fetchall())


def _candidate_row(candidate: Candidate, build: int, known: tuple[int, list[Any]] | None) -> tuple[Any, ...]:
    first, old = known or (build, [])
    since = {(lang, text): seen for lang, text, _, _, _, seen in old}
    renderings = [
        [r.lang, r.text, r.count, r.confidence, dict(r.variants), since.get((r.lang, r.text), build)]
        for r in candidate.renderings
    ]
    links = [[link.type, link.target, link.reason, link.date] for link in candidate.links]
    term = candidate.term
    plain = (
        candidate.key,
        term.lang,
        candidate.kind,
        term.text,
        term.lemma,
        candidate.count,
        candidate.score,
    )
    return (
        *plain,
        _json(dict(term.variants)),
        _json(renderings),
        _json(links),
        candidate.reason,
        first,
        build,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _put_occurrences(
    db: Database,
    candidates: Sequence[Candidate],
    ids: Mapping[str, int],
    places: Mapping[str, int],
    mark: Marks,
    build: int,
) -> None:
    """Bring the occurrences up to date; those that were there before keep their row and their first build."""
    found = {candidate.key for candidate in candidates}
    unseen = [(id,) for key, id in ids.items() if key not in found]
    db.conn.executemany("DELETE FROM occurrences WHERE candidate = ?", unseen)
    insert: list[tuple[Any, ...]] = []
    update: list[tuple[int, int, int, int]] = []
    delete: list[tuple[int]] = []
    old_query = (
        "SELECT id, document, rendering, mark, segment, start, end FROM occurrences WHERE candidate = ?"
    )
    empty = db.execute("SELECT 1 FROM occurrences LIMIT 1").fetchone() is None
    for candidate in candidates:
        id = ids[candidate.key]
        old: dict[tuple[int, str | None, int], list[tuple[int, tuple[int, int, int]]]] = defaultdict(list)
        for row, document, rendering, old_mark, *where in () if empty else db.execute(old_query, [id]):
            old[document, rendering, old_mark].append((row, (where[0], where[1], where[2])))
        for at, rendering in occurrences_of(candidate):
            document, place = places[at.document], (at.segment, at.start, at.end)
            key = document, rendering, mark(at)
            if not old[key]:
                insert.append((id, document, *place, at.text, rendering, key[2], build))
                continue
            kept, where = old[key].pop(0)
            if where != place:
                update.append((*place, kept))
        delete += [(row,) for left in old.values() for row, _ in left]
    db.conn.executemany("DELETE FROM occurrences WHERE id = ?", delete)
    db.conn.executemany("UPDATE occurrences SET segment = ?, start = ?, end = ? WHERE id = ?", update)
    db.conn.executemany(
        """INSERT INTO occurrences (candidate, document, segment, start, end, text, rendering, mark, build)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        insert,
    )
    db.execute(
        """UPDATE candidates SET newest =
        coalesce((SELECT max(build) FROM occurrences WHERE candidate = candidates.id), 0)"""
    )


def occurrences_of(candidate: Candidate) -> Iterable[tuple[Occurrence, str | None]]:
    """A candidate's own occurrences (None) and those of its renderings, with what they render it as."""
    for at in candidate.occurrences:
        yield at, None
    for rendering in candidate.renderings:
        for at in rendering.occurrences:
            yield at, rendering.text


def _put_concepts(db: Database, proposals: Sequence[Proposal], build: int) -> tuple[int, int]:
    """Write undecided concepts as proposed; how many are new, and how many went."""
    owners: dict[str, Owner] = {
        key: (n, number, bool(decided))
        for key, n, number, decided in db.execute(
            "SELECT k.key, c.n, c.id, c.decided FROM concept_keys AS k JOIN concepts AS c ON c.n = k.concept"
        )
    }
    before = {n for (n,) in db.execute("SELECT n FROM concepts WHERE NOT decided").fetchall()}
    taken = {number for (number,) in db.execute("SELECT id FROM concepts").fetchall()}
    ids: dict[str, str] = {key: number for key, (_, number, decided) in owners.items() if decided}
    attached: list[tuple[str, int]] = []
    open_ones: list[tuple[Proposal, str, int | None]] = []
    used: set[int] = set()
    homes = _homes(owners, {key for proposal in proposals for key in proposal.keys})
    for proposal in proposals:
        mine = [owners[key] for key in proposal.keys if key in owners]
        mine += [homes[name] for key in proposal.keys if (name := without_kind(key)) in homes]
        if decided := [owner for owner in mine if owner[2]]:
            n, number, _ = decided[0]
            free = [key for key in proposal.keys if key not in owners or not owners[key][2]]
            attached += [(key, n) for key in free]
            ids |= dict.fromkeys(free, number)
            continue
        old = next((owner for owner in mine if owner[0] not in used), None)
        number = old[1] if old else make_id(min(proposal.keys), taken)
        taken.add(number)
        if old:
            used.add(old[0])
        ids |= dict.fromkeys(proposal.keys, number)
        open_ones.append((proposal, number, old[0] if old else None))
    gone = before - used
    db.conn.executemany("DELETE FROM concepts WHERE n = ?", [(n,) for n in gone])
    db.execute("DELETE FROM concept_keys WHERE concept IN (SELECT n FROM concepts WHERE NOT decided)")
    numbers = _rows_for(db, open_ones)
    rows.write_all(
        db, [(n, _entry(p, number, ids)) for n, (p, number, _) in zip(numbers, open_ones, strict=True)]
    )
    keys = [(key, n) for n, (p, _, _) in zip(numbers, open_ones, strict=True) for key in p.keys]
    db.conn.executemany(
        "INSERT OR REPLACE INTO concept_keys (key, concept) VALUES (?, ?)", [*keys, *attached]
    )
    return sum(old is None for _, _, old in open_ones), len(gone)


Owner = tuple[int, str, bool]


def _homes(owners: Mapping[str, Owner], found: Container[str]) -> dict[tuple[str, str], Owner]:
    """The decided concepts of candidates that are not found any more, by language and lemmas.

    More evidence may change a name's kind, and with it the candidate's key; what was decided about it still holds.
    """
    return {without_kind(key): owner for key, owner in owners.items() if owner[2] and key not in found}


def without_kind(key: str) -> tuple[str, str]:
    """A candidate's language and lemmas, without its kind; ("", key) for a key of another shape."""
    match = _KEY.fullmatch(key)
    return (match[1], match[2]) if match else ("", key)


_KEY = re.compile(rf"([^:/]+)[:/](?:{'|'.join(get_args(Kind))})[:/](.+)", re.DOTALL)


def _rows_for(db: Database, wanted: Sequence[tuple[Proposal, str, int | None]]) -> list[int]:
    """The row number of each concept; new ones are inserted."""
    (last,) = db.execute("SELECT coalesce(max(n), 0) FROM concepts").fetchone()
    numbers, insert = [], []
    for _, number, n in wanted:
        if n is None:
            last += 1
            n = last
            insert.append((n, number))
        numbers.append(n)
    db.conn.executemany(
        """INSERT INTO concepts (n, id, state, kind, decided, label, langs, score, count, version, seen, newest)
        VALUES (?, ?, '', '', 0, '', '', 0, 0, 0, 0, 0)""",
        insert,
    )
    return numbers


def _entry(proposal: Proposal, number: str, ids: Mapping[str, str]) -> Entry:
    links: dict[tuple[str, str], Link] = {}
    for link in proposal.links:
        target = ids.get(link.target, "")
        if target and target != number:
            links.setdefault((link.type, target), replace(link, target=target, proposed=True))
    concept = Concept(
        number, proposal.kind, proposal.terms, links=tuple(links.values()), reason=proposal.reason
    )
    return Entry(concept)


def _refresh_all(db: Database) -> None:
    """The figures of all concepts at once."""
    db.execute(
        """UPDATE concepts SET score = f.score, count = f.count, newest = f.newest FROM (
            SELECT concept, max(score) AS score, max(total) AS count, max(newest) AS newest FROM (
                SELECT k.concept, c.lang, max(c.score) AS score, sum(c.count) AS total, max(c.newest) AS newest
                FROM concept_keys AS k JOIN candidates AS c ON c.key = k.key GROUP BY k.concept, c.lang
            ) GROUP BY concept
        ) AS f WHERE f.concept = concepts.n"""
    )
