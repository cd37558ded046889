"""What an export takes out of a project: entries by their states, mentions as evidence, who decided and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from glossary.formats.carry import Made, Quote
from glossary.store.rows import held_entries

if TYPE_CHECKING:
    from glossary.model import Entry
    from glossary.store import Glossary

MOST_QUOTES = 10


def in_states(glossary: Glossary, states: Collection[str]) -> Iterator[Entry]:
    """The entries in these review states, by id; candidates that nobody has touched too if they are asked for."""
    marks = ", ".join("?" * len(states))
    with glossary.store.snapshot():
        for held in held_entries(glossary.db, f"c.state IN ({marks})", list(states)):
            yield held.entry


def quotes(glossary: Glossary, number: str, lang: str = "") -> list[Quote]:
    """Where a concept stands: at most ten sentences."""
    return [
        Quote(found.document, str(found.segment + 1), found.lang, found.sentence.text)
        for found in glossary.evidence(number, lang=lang, limit=MOST_QUOTES)
    ]


def attested(glossary: Glossary) -> frozenset[str]:
    """The ids of concepts that were found in a text."""
    query = """SELECT c.id FROM concepts AS c WHERE EXISTS (SELECT 1 FROM concept_keys AS k
        JOIN candidates AS d ON d.key = k.key JOIN occurrences AS o ON o.candidate = d.id WHERE k.concept = c.n)"""
    return frozenset(number for (number,) in glossary.db.execute(query))


def made(glossary: Glossary) -> dict[str, Made]:
    """When and by whom each concept was first and last decided."""
    found: dict[str, Made] = {}
    query = """SELECT t.concept, e.at, e.author FROM term_changes AS t JOIN term_events AS e ON e.id = t.event
        ORDER BY t.event"""
    for number, at, author in glossary.db.execute(query):
        first = found.get(number, Made(at, author, at, author))
        found[number] = Made(first.created, first.creator, at, author)
    return found
