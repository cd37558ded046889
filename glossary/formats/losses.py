"""The lossy-export report: what is in the entries and not in the file, found by comparing the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from glossary.formats.carry import CONCEPT_FIELDS, TERM_FIELDS, How, Room, language, printable
from glossary.formats.toml import shared
from glossary.model import Concept, Entry, Term
from glossary.review.layers import ACCEPTED
from glossary.review.valid import fold, label

KINDS = {
    "merged": "concepts that were merged into others are left out",
    "rejected": "rejected concepts are left out",
    "concept": "concepts are left out that have nothing the file could say",
    "forbidden": "forbidden terms are left out",
    "deprecated": "deprecated terms are left out",
    "superseded": "superseded terms are left out",
    "undecided": "terms that nobody has decided are left out",
    "scope": "terms that are decided for a client, an edition or a field are left out",
    "language": "terms in other languages are left out",
    "characters": "terms with characters that the file cannot hold, or too long for it, are left out",
    "target": "further terms of a language are left out",
    "synonyms": "source terms of one concept stand apart",
    "homographs": "concepts with the same source term cannot be told apart",
    "status": "statuses are not kept as they are",
    "translate": "“do not translate” is not marked",
    "case": "case rules are not kept",
    "lemma": "lemmas are not kept",
    "variants": "forms and their counts are not kept",
    "term note": "notes of terms are not kept as they are",
    "extra": "what other programs said of a term is not kept",
    "id": "ids of concepts are not kept",
    "kind": "kinds of concepts are not kept",
    "state": "review states are not kept",
    "definition": "definitions are not kept as they are",
    "note": "notes of concepts are not kept as they are",
    "reason": "reasons are not kept",
    "links": "links between concepts are not kept",
    "comments": "comments are not kept",
    "keys": "the candidates that belong to a concept are not kept",
    "evidence": "mentions in texts are not kept",
    "dates": "authors and dates of decisions are not kept",
}
"""Every kind of loss, and what is said of it. “Not kept” is about reading the file back."""
FIRST = 20


@dataclass(slots=True)
class Loss:
    """One kind of loss: how often, and the first concepts (id and label)."""

    kind: str
    count: int = 0
    concepts: list[tuple[str, str]] = field(default_factory=list)

    def line(self) -> str:
        """For people: “forbidden terms are left out: 3 (mill, guild, …)”."""
        names = [name for _, name in self.concepts[:3]]
        more = ", …" if len(self.concepts) > 3 else ""
        return f"{KINDS[self.kind]}: {self.count:,} ({', '.join(names)}{more})"


@dataclass(slots=True)
class Report:
    """What an export has written and what it lost; filled while it is written."""

    format: str
    concepts: int = 0
    written: int = 0
    losses: dict[str, Loss] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    _sources: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, entry: Entry, carried: Sequence[Entry], room: Room | None, how: How) -> None:
        """Note what of an entry is not among what is carried of it."""
        self.concepts += 1
        self.written += bool(carried)
        for kind in differences(entry, carried, room, how):
            self.note(kind, entry.concept)
        if room is not None and not room.ids and not room.any_id:
            self._note_homographs(entry, carried)

    def note(self, kind: str, concept: Concept) -> None:
        """Count a loss."""
        loss = self.losses.setdefault(kind, Loss(kind))
        loss.count += 1
        name = (concept.id, label(concept))
        if len(loss.concepts) < FIRST and name not in loss.concepts:
            loss.concepts.append(name)

    def _note_homographs(self, entry: Entry, carried: Sequence[Entry]) -> None:
        for first in (found.concept.terms[0] for found in carried):
            other = self._sources.setdefault((first.lang, fold(first.text)), entry.concept.id)
            if other != entry.concept.id:
                self.note("homographs", entry.concept)

    def lines(self) -> list[str]:
        """A line for each kind of loss, those that leave out most of a concept first."""
        return [*self.warnings, *(self.losses[kind].line() for kind in KINDS if kind in self.losses)]

    def to_json(self) -> dict[str, Any]:
        """The report as an object."""
        return {
            "format": self.format,
            "concepts": self.concepts,
            "written": self.written,
            "warnings": self.warnings,
            "losses": [
                {
                    "kind": kind,
                    "message": KINDS[kind],
                    "count": self.losses[kind].count,
                    "concepts": [{"id": id, "label": name} for id, name in self.losses[kind].concepts],
                }
                for kind in KINDS
                if kind in self.losses
            ],
        }


def differences(entry: Entry, carried: Sequence[Entry], room: Room | None, how: How) -> Iterator[str]:
    """The kinds of what is in an entry and not in what is carried of it, one for each thing lost."""
    entry = shared(entry)
    concept = entry.concept
    there = {_key(term): term for found in reversed(carried) for term in found.concept.terms}
    if entry.merged_into and not carried:
        yield "merged"
        return
    if concept.state == "rejected" and not carried:
        yield "rejected"
        return
    for term in concept.terms:
        found = there.get(_key(term))
        if found is not None:
            yield from _term(term, found)
        elif not _lacks_source(term, concept, room, how):
            yield _left_out(term, room, how)
    if not carried:
        yield "concept"
        return
    if len(carried) > 1:
        yield "synonyms"
    back = carried[0]
    for name in ("id", *CONCEPT_FIELDS):
        if getattr(concept, name) != getattr(back.concept, name):
            yield name
    for name, mine, theirs in (
        ("links", concept.links, back.concept.links),
        ("comments", entry.comments, back.comments),
        ("keys", entry.keys, back.keys),
    ):
        if mine != theirs:
            yield name
    if room is not None and not room.evidence and concept.id in how.attested:
        yield "evidence"
    if room is not None and not room.dates and concept.id in how.made:
        yield "dates"


def _key(term: Term) -> tuple[str, str, str]:
    return language(term.lang), term.text, term.scope


def _term(term: Term, found: Term) -> Iterator[str]:
    for name in ("status", *TERM_FIELDS):
        if getattr(term, name) != getattr(found, name):
            yield "term note" if name == "note" else name


def _lacks_source(term: Term, concept: Concept, room: Room | None, how: How) -> bool:
    """Whether a target term is missing only because there is no source term that it could stand beside."""
    there = {language(other.lang) for other in concept.terms}
    pairs = room is not None and room.pair
    return pairs and language(term.lang) == language(how.target) and language(how.source) not in there


def _left_out(term: Term, room: Room | None, how: How) -> str:
    """Why a term has no place in the file."""
    if room is not None and room.pair and language(term.lang) not in map(language, (how.source, how.target)):
        return "language"
    if room is not None and not room.scope_fits(term.scope):
        return "scope"
    if term.status is not None and term.status not in ACCEPTED:
        return term.status
    if room is not None and (not room.fits(term.text) or (room.xml and printable(term.text) != term.text)):
        return "characters"
    keeps_undecided = room is not None and None in room.statuses
    return "undecided" if term.status is None and not keeps_undecided else "target"
