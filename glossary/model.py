"""The plain frozen objects of the glossary, in the words of TBX (ISO 30042): a concept has terms in languages.

Offsets are Unicode code points into a document's text as read, end exclusive. Nothing here computes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["organisation", "person", "place", "programme", "phrase", "other"]
ReviewState = Literal["candidate", "approved", "rejected"]
Status = Literal["preferred", "admitted", "deprecated", "superseded", "forbidden"]
LinkType = Literal["short form of", "narrower", "renamed to"]
CaseRule = Literal["any", "as written"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One mention in one document: ``text`` = document.text[start:end]; ``segment`` is the id of its segment."""

    document: str
    segment: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A designation of a concept in one language, under its lemma, with every surface form and its count.

    ``status`` is None until a person decides it. ``case`` says whether capital letters must be as written;
    ``translate`` is False for a term that must stay as it is in every language. ``scope`` narrows a decision to a
    client, an edition or a subject field ("" is everywhere).
    """

    text: str
    lang: str
    lemma: str = ""
    status: Status | None = None
    case: CaseRule = "any"
    translate: bool = True
    scope: str = ""
    variants: Mapping[str, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a source term became in the beads: the target's lemma or form, how often, where, how surely.

    ``beads`` are positions in the alignment; ``occurrences`` the target spans, one for each; ``confidence`` in
    [0, 1]. An empty ``text`` stands for mentions that the translation left out.
    """

    text: str
    lang: str
    count: int
    confidence: float
    beads: tuple[int, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    variants: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link from one concept to another, with its reason ("likeness", "alias list", …) and its date."""

    type: LinkType
    target: str
    reason: str = ""
    date: str = ""
    proposed: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """What extraction proposes: one concept's terms in one language, and their renderings in others.

    ``key`` is stable over runs (language, kind and lemma), so that decisions find their candidate again.
    ``score`` in [0, 1] orders the queue.
    """

    key: str
    term: Term
    kind: Kind
    count: int
    score: float
    occurrences: tuple[Occurrence, ...]
    renderings: tuple[Rendering, ...] = ()
    links: tuple[Link, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing with terms in several languages, and what people have decided about it."""

    id: str
    kind: Kind
    terms: tuple[Term, ...]
    state: ReviewState = "candidate"
    definition: str = ""
    note: str = ""
    links: tuple[Link, ...] = ()
    reason: str = ""
