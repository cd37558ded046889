"""What of a project's glossary is shared, and under which ids it knows what comes from elsewhere."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from glossary.formats.toml import shared
from glossary.review.sync import match_known, renumbered
from glossary.review.valid import fold

if TYPE_CHECKING:
    from glossary.formats.po_entry import Place
    from glossary.model import Entry, Term
    from glossary.store import Glossary


def shareable(glossary: Glossary) -> list[Entry]:
    """What people have decided, and undecided concepts that a confirmed link of theirs leads to."""
    found = {held.entry.concept.id: shared(held.entry) for held in glossary.decided()}
    waiting = list(found.values())
    while waiting:
        entry = waiting.pop()
        for target in [link.target for link in entry.concept.links] + [entry.merged_into]:
            if target and target not in found and (other := glossary.state().get(target)) is not None:
                found[target] = shared(other)
                waiting.append(found[target])
    return [found[number] for number in sorted(found)]


def references(glossary: Glossary, entries: Sequence[Entry], lang: str) -> Mapping[str, list[Place]]:
    """Where the concepts stand: documents and numbers of sentences, at most ten each."""
    found = {}
    for entry in entries:
        places = [
            (e.document, str(e.segment + 1)) for e in glossary.evidence(entry.concept.id, lang=lang, limit=10)
        ]
        found[entry.concept.id] = list(dict.fromkeys(places))
    return found


def known_here(glossary: Glossary, incoming: Sequence[Entry], also: Iterable[str] = ()) -> list[Entry]:
    """Incoming entries under the ids by which the project knows them; ``also`` are ids that it knew."""
    by_key: dict[str, str] = dict(
        glossary.db.execute("SELECT k.key, c.id FROM concept_keys AS k JOIN concepts AS c ON c.n = k.concept")
    )

    def by_term(term: Term) -> str:
        found = glossary.db.execute(
            """SELECT DISTINCT c.id FROM terms AS t JOIN concepts AS c ON c.n = t.concept
            WHERE t.folded = ? AND t.lang = ? LIMIT 2""",
            [fold(term.text), term.lang],
        ).fetchall()
        return str(found[0][0]) if len(found) == 1 else ""

    return match_known(incoming, {*glossary.state(), *also}, by_key, by_term)


def known_in_sync(
    glossary: Glossary,
    found: Sequence[Entry],
    names: Mapping[str, str],
    present: Mapping[str, Entry],
    agreed: Mapping[str, Entry],
) -> tuple[list[Entry], dict[str, str]]:
    """The entries of a shared file under the project's ids, and those ids by the file's, where they differ.

    ``names`` is the latter from the last time: a file keeps its ids, and a concept stays known when its terms change.
    """
    last = {there: here for there, here in names.items() if there not in present}
    before = [renumbered(entry, last) for entry in found]
    matched = known_here(glossary, before, [*agreed, *last.values()])
    pairs = zip(found, matched, strict=True)
    return matched, {a.concept.id: b.concept.id for a, b in pairs if a.concept.id != b.concept.id}


def present_entries(glossary: Glossary, ids: Sequence[str]) -> dict[str, Entry]:
    """What people have decided about these concepts; undecided ones say nothing against an import."""
    state = glossary.state()
    found = {number: state.get(number) for number in ids}
    return {number: shared(entry) for number, entry in found.items() if entry is not None and entry.decided}


def owners(glossary: Glossary, entries: Iterable[Entry]) -> dict[str, Entry]:
    """The decided concepts that hold candidates of these entries, by the candidates' keys."""
    query = """SELECT c.id FROM concept_keys AS k JOIN concepts AS c ON c.n = k.concept
        WHERE k.key = ? AND c.decided"""
    found = {}
    for key in {key for entry in entries for key in entry.keys}:
        for (number,) in glossary.db.execute(query, [key]).fetchall():
            if (entry := glossary.state().get(number)) is not None:
                found[key] = shared(entry)
    return found


def with_proposed(glossary: Glossary, entry: Entry, claimed: Container[str] = ()) -> Entry:
    """An entry from elsewhere, with the candidates and the proposed links that it has here.

    ``claimed`` are keys of candidates that go to other concepts.
    """
    here = glossary.state().get(entry.concept.id)
    if here is None:
        return entry
    confirmed = {(link.type, link.target) for link in entry.concept.links}
    proposed = [k for k in here.concept.links if k.proposed and (k.type, k.target) not in confirmed]
    concept = replace(entry.concept, links=(*entry.concept.links, *proposed))
    keys = {*entry.keys, *(key for key in here.keys if key not in claimed)}
    return replace(entry, concept=concept, keys=tuple(sorted(keys)))
