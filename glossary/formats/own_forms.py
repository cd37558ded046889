"""TOML and PO as the registry wants them: chunks of bytes out, entries and notes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from glossary.formats import po, toml
from glossary.formats.carry import How, Room
from glossary.formats.cells import Found
from glossary.formats.toml import shared
from glossary.model import Entry

PO = Room(pair=True, any_id=True, evidence=True, scope_fits=lambda _: True)


def write_toml(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """The shared form."""
    yield toml.write(entries).encode()


def read_toml(data: bytes, *, name: str, how: How) -> Found:
    """The shared form."""
    return Found(toml.read(data, name=name))


def carried_po(entry: Entry, how: How) -> tuple[Entry, ...]:
    """All but terms in further languages; () for what has no source term, was rejected or merged."""
    concept = entry.concept
    terms = [t for lang in dict.fromkeys((how.source, how.target)) for t in concept.terms if t.lang == lang]
    if entry.merged_into or concept.state == "rejected" or not any(t.lang == how.source for t in terms):
        return ()
    return (shared(replace(entry, concept=replace(concept, terms=tuple(terms)))),)


def write_po(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """Gettext PO; evidence as references."""
    kept = list(entries)
    places = {}
    for entry in kept:
        quotes = how.evidence(entry.concept.id)
        places[entry.concept.id] = list(dict.fromkeys((quote.document, quote.number) for quote in quotes))
    text, _ = po.write(kept, how.source, how.target, header=how.header, places=places)
    yield text.encode()


def read_po(data: bytes, *, name: str, how: How) -> Found:
    """Gettext PO, with its header to be written again."""
    found = po.read(data, name=name, source_lang=how.source, target_lang=how.target)
    return Found(
        list(found.entries), header=(f"po {found.source_lang} {found.target_lang}", dict(found.header))
    )
