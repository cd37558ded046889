"""Where a finding leads: its bead, its concept, its sentence with the correction in it."""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import TYPE_CHECKING

from align.errors import UsageError
from align.store.notes import Notes
from align.store.texts import Window, segment_texts
from glossary.model import Finding, Spot
from glossary.review.valid import KINDS
from glossary.web.screens.findings_view import document_of

if TYPE_CHECKING:
    from glossary.store import Glossary


def corrected(glossary: Glossary, finding: Finding) -> tuple[int, int, str, str]:
    """Document, segment, the sentence with the replacement in it, the sentence as it reads now.

    Raises UsageError where the place is not what it was when the finding was made.
    """
    spot = finding.spot
    document = document_of(glossary, spot.document)
    found = segment_at(glossary, document, spot) if document is not None else None
    if document is None or finding.replacement is None or found is None:
        raise UsageError(
            "the text has changed at this place", hint="Check again, or correct it in the alignment"
        )
    segment, start, read = found
    note = next((n for n in Notes(glossary.store).corrections(document) if n.segment == segment), None)
    present, cut = note.new if note else read, spot.start - start
    if note is not None and present.count(spot.text) == 1:
        cut = present.index(spot.text)
    if present[cut : cut + len(spot.text)] != spot.text:
        raise UsageError(
            "somebody has already corrected this sentence otherwise", hint="Look at it in the alignment"
        )
    new = present[:cut] + finding.replacement + present[cut + len(spot.text) :]
    return document, segment, new, present


def segment_at(glossary: Glossary, document: int, spot: Spot) -> tuple[int, int, str] | None:
    """The segment that holds a whole spot: its number, its start, its text; None where the text is another there."""
    rows = glossary.db.execute(
        "SELECT n, start, end FROM segments WHERE document = ? AND start <= ? AND end >= ? ORDER BY n DESC LIMIT 1",
        [document, spot.start, spot.end],
    ).fetchone()
    if rows is None:
        return None
    n, start, _ = rows
    text = segment_texts(glossary.db, document)[n]
    inside = text[spot.start - start : spot.end - start] == spot.text
    return (n, start, text) if inside else None


def bead_of(glossary: Glossary, finding: Finding) -> tuple[int, int] | None:
    """The alignment and the number of the bead (from 1) of a finding's place."""
    own = finding.spot.document
    others = [spot.document for spot in finding.evidence if spot.document != own]
    rows = glossary.db.execute(
        "SELECT id, source_key, target_key, source, target FROM alignments "
        "WHERE ? IN (source_key, target_key) ORDER BY id",
        [own],
    ).fetchall()
    if not rows:
        return None
    best = next((row for other in others for row in rows if other in row[1:3]), rows[0])
    side, document = ("source", best[3]) if best[1] == own else ("target", best[4])
    segment = nearest(glossary, document, finding.spot)
    holders = Window(glossary.store, best[0]).holders("source" if side == "source" else "target", [segment])
    return best[0], holders.get(segment, 0) + 1


def nearest(glossary: Glossary, document: int, spot: Spot) -> int:
    """The segment of a spot; where the text has changed, that of its sentence, or what stands in its place."""
    (text,) = glossary.db.execute("SELECT text FROM documents WHERE id = ?", [document]).fetchone()
    starts = [
        start
        for (start,) in glossary.db.execute(
            "SELECT start FROM segments WHERE document = ? ORDER BY n", [document]
        )
    ]
    start = spot.start
    if text[spot.sentence_start : spot.sentence_start + len(spot.sentence)] != spot.sentence:
        moved = text.find(spot.sentence)
        start = spot.start if moved < 0 else moved + spot.start - spot.sentence_start
    return max(0, bisect_right(starts, start) - 1)


def concept_of(glossary: Glossary, finding: Finding) -> tuple[str, str]:
    """The id of a finding's concept ("" if it cannot be told), and a term to look for."""
    lang, _, lemma = finding.concept.partition(":")
    keys = [f"{lang}:{kind}:{lemma}" for kind in KINDS]
    row = glossary.db.execute(
        "SELECT c.id FROM concept_keys AS k JOIN concepts AS c ON c.n = k.concept "
        "WHERE k.key IN (SELECT value FROM json_each(?)) ORDER BY c.n LIMIT 1",
        [json.dumps(keys)],
    ).fetchone()
    if row is not None:
        return str(row[0]), lemma
    term = lemma or (finding.match.lemma if finding.match else "") or finding.spot.text
    names = (finding.concept, term, finding.spot.text, *(spot.text for spot in finding.evidence))
    return next((number for name in names if name and (number := glossary.known(name))), ""), term
