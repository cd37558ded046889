"""A glossary to be read by people, in Markdown: a heading a concept, a line a term. It is not read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from glossary.formats.carry import How, whole
from glossary.model import Entry, Term
from glossary.review.layers import ACCEPTED
from glossary.review.valid import label

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~&-])")


def carried(entry: Entry, how: How) -> tuple[Entry, ...]:
    """What the page says: all that people wrote, without lemmas, counts and candidates."""
    (found,) = whole(entry)
    if found.merged_into:
        return ()
    terms = tuple(replace(t, lemma="", variants={}, extra={}) for t in found.concept.terms)
    concept = replace(found.concept, terms=terms, links=(), reason="")
    return (replace(found, keys=(), concept=concept),)


def write(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """The page; terms that are not wanted are struck through and say so."""
    yield b"# Glossary\n"
    for entry in entries:
        yield _concept(entry).encode()


def _concept(entry: Entry) -> str:
    concept = entry.concept
    about: list[str] = [concept.kind] if concept.kind != "other" else []
    about += [concept.state] if concept.state != "approved" else []
    more = f" ({', '.join(about)})" if about else ""
    lines = [f"\n## {plain(label(concept))}{more} `{concept.id}`\n"]
    lines += [f"{plain(text)}\n" for text in (concept.definition, concept.note) if text.strip()]
    lines += [_term(term) for term in concept.terms]
    lines += [f"\n> {plain(c.author)}, {c.at[:10]}: {plain(c.text)}" for c in entry.comments]
    return "\n".join(lines) + "\n"


def _term(term: Term) -> str:
    text = plain(term.text)
    refused = term.status not in (*ACCEPTED, None)
    said = [term.status or "undecided", term.scope]
    said += ["not translated"] if not term.translate else []
    said += [f"written so: {term.case}"] if term.case != "any" else []
    note = f": {plain(term.note)}" if term.note.strip() else ""
    return f"- {term.lang}: {f'~~{text}~~' if refused else text} ({', '.join(map(plain, filter(None, said)))}){note}"


def plain(text: str) -> str:
    """A text on one line that no sign in it formats."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
