"""The proposed concepts of a whole collection, put together document by document."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from align.model import Document
from glossary.extract.found import Found, Mention
from glossary.extract.variants import Form, Key, Relation
from glossary.model import Kind, Occurrence


class Row(NamedTuple):
    """One mention in one bead: what renders it (None: nothing), how surely."""

    bead: int
    source: Occurrence
    target: Occurrence | None
    score: float


@dataclass(slots=True)
class Collected:
    """A proposed concept over all documents of a language. ``bridged``: a sure name of another language renders it.

    ``kinds`` counts mentions by the kind that their document gave them, ``votes`` adds up the cues, ``there`` counts
    the kinds of the names that render it.
    """

    number: int
    lang: str
    head: Key
    forms: dict[Key, Form] = field(default_factory=dict)
    relations: dict[Key, Relation] = field(default_factory=dict)
    linked: set[tuple[Key, Key, str]] = field(default_factory=set)
    votes: Counter[Kind] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    there: Counter[Kind] = field(default_factory=Counter)
    mentions: list[tuple[int, Mention]] = field(default_factory=list)
    sure: bool = False
    bridged: bool = False
    renderings: dict[str, list[Row]] = field(default_factory=dict)


@dataclass(slots=True)
class Text:
    """A document with its mentions by segment, each with its concept's number."""

    document: Document
    by_segment: dict[int, list[tuple[int, Mention]]] = field(default_factory=dict)


@dataclass(slots=True)
class Collection:
    """All concepts of all documents, and where they stand."""

    concepts: list[Collected] = field(default_factory=list)
    texts: dict[str, Text] = field(default_factory=dict)
    _index: dict[tuple[str, Key], int] = field(default_factory=dict)

    def add(self, document: Document, number: int, found: Sequence[Found]) -> None:
        """Adds one document's names to the concepts of all, by the head's lemmas."""
        text = Text(document)
        starts = [segment.start for segment in document.segments]
        for one in found:
            key = (document.lang, one.grouped.head)
            if key not in self._index:
                self._index[key] = len(self.concepts)
                self.concepts.append(Collected(len(self.concepts), document.lang, one.grouped.head))
            concept = self.concepts[self._index[key]]
            _merge(concept, one)
            for mention in one.mentions:
                concept.mentions.append((number, mention))
                segment = max(0, bisect_right(starts, mention.start) - 1)
                text.by_segment.setdefault(segment, []).append((concept.number, mention))
        for rows in text.by_segment.values():
            rows.sort(key=lambda row: (row[1].start, -row[1].end))
        self.texts[identity(document)] = text


def identity(document: Document) -> str:
    """What tells a document from all others."""
    return f"{document.lang}\n{document.name}\n{document.sha256}"


def _merge(concept: Collected, one: Found) -> None:
    concept.kinds[one.kind] += len(one.mentions)
    concept.votes.update(one.votes)
    concept.sure |= one.sure
    for key, form in one.forms.items():
        mine = concept.forms.get(key)
        if mine is None:
            concept.forms[key] = form
        else:
            mine.add(form)
    for key, relation in one.grouped.members.items():
        if relation is not None:
            concept.relations.setdefault(key, relation)
    concept.linked.update((r.short, r.long, r.reason) for r in one.grouped.linked)
