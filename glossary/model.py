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
AnnotationStatus = Literal["banned", "extremist", "terrorist", "undesirable", "foreign-agent", "liquidated"]
AnnotationForm = Literal["verb", "participle", "noun", "full"]
AnnotationPosition = Literal["banner", "footnote", "owner", "joint", "acronym", "parenthesis", "apposition"]
Verdict = Literal["kept", "dropped", "added", "moved", "changed"]
Severity = Literal["error", "warning", "note"]


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
    extra: Mapping[str, str] = field(
        default_factory=dict
    )  # what a format says that has no field here, by format


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a source term became in the beads: the target's lemma or form, how often, where, how surely.

    ``beads`` are positions in the alignment; ``occurrences`` the target spans, one for each; ``confidence`` in
    [0, 1]. An empty ``text`` stands for mentions that the translation left out. ``sources`` are the mentions that
    are rendered, one for each bead, in the same order.
    """

    text: str
    lang: str
    count: int
    confidence: float
    beads: tuple[int, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    variants: Mapping[str, int] = field(default_factory=dict)
    sources: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One of the names that a candidate joins, and why: ``relation`` to the head is "" (it is the head itself),
    "short form", "acronym", "alias" or "spelling"; ``reason`` says what speaks for it. A proposal, like all of it.
    """

    text: str
    lemma: str
    relation: str = ""
    reason: str = ""
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
    ``score`` in [0, 1] orders the queue. ``parts`` are the names joined in it (short forms, acronyms, spellings).
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
    parts: tuple[Part, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a concept. ``at`` is ISO 8601 in UTC."""

    author: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept as it is kept and shared: with the keys of its candidates and what people said about it.

    ``decided`` is True from the first thing that a person did to it: extraction leaves it alone from then on.
    ``merged_into`` is the id of the concept that took this one in ("" for one that stands by itself).
    """

    concept: Concept
    keys: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    decided: bool = False
    merged_into: str = ""


# Annotations


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text, without quotation marks and articles."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the mark's verb or participle agrees with the name's noun; ``expected`` says what would."""

    ok: bool
    found: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A legal mark in a text: the marking words alone, apart from the names that they apply to.

    ``status`` and ``jurisdiction`` (ISO 3166-1 alpha-2) are in order of the text, without repetition; ``place``
    is how the first country is spelt. ``marker`` is the sign of a footnote and ``signs`` are the places in the
    text that carry it. ``removal`` are the spans that a clean text leaves out. ``flags`` name what could not
    be resolved: "no-mention" (a footnote whose sign stands nowhere), "no-name", "unread-tail".
    """

    start: int
    end: int
    text: str
    lang: str
    concepts: tuple[Name, ...]
    status: tuple[str, ...]
    jurisdiction: tuple[str, ...]
    form: AnnotationForm
    position: AnnotationPosition
    place: str | None = None
    place_key: str | None = None
    acronym: Name | None = None
    owner: Name | None = None
    marker: str | None = None
    signs: tuple[tuple[int, int], ...] = ()
    agreement: Agreement | None = None
    removal: tuple[tuple[int, int], ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one mark in the translation. ``source`` and ``target`` are positions in the two lists
    of annotations, None where there is none; ``differs`` names what is not the same in both ("status",
    "place", "form", "position"); ``names`` are the mark's names in the source (the target, if it was added).
    """

    source: int | None
    target: int | None
    verdict: Verdict
    differs: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


# Checks


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text with the sentence around it: ``text`` = document.text[start:end].

    ``line`` and ``column`` count from 1, in code points. ``sentence_start`` is where ``sentence`` begins in the
    document, so that the place in it is ``start - sentence_start``. ``label`` says what the place has to do with
    the finding ("original", "also spelt", …).
    """

    document: str
    lang: str
    start: int
    end: int
    text: str
    line: int
    column: int
    sentence: str
    sentence_start: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How a term was recognised: the form in the text, its lemma, and why they belong together."""

    surface: str
    lemma: str
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """A line of a finding's table: one way to write or render something, how often, where first."""

    text: str
    count: int
    first: Spot | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check reports: one place, one sentence of explanation, the evidence, a suggestion.

    ``code`` and ``rule`` name the rule ("T007", "inconsistent-spelling"). ``replacement`` is a safe correction of
    ``text``, None where a person has to decide. ``fingerprint`` (16 hex digits) stays the same while the
    sentence does, whatever changes elsewhere in the text. ``evidence`` begins with the counterpart in the other
    text where there is one.
    """

    code: str
    rule: str
    severity: Severity
    message: str
    spot: Spot
    evidence: tuple[Spot, ...] = ()
    suggestion: str = ""
    replacement: str | None = None
    match: Match | None = None
    table: tuple[Count, ...] = ()
    concept: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """What a rule could not check, where, and why. ``document`` is "" for all of them."""

    code: str
    reason: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """What one name of the original became in one translation: one rendering, counted, with its first place.

    ``key`` is the name's concept over all documents ("ru:фронт обновление"), ``term`` its head as written, ``form``
    the way it was named here (the head itself, a short form, an acronym), ``rendering`` the base form of what stands
    in the translation. ``date`` is the translation's (ISO 8601, "" if unknown). Spans are (start, end).
    """

    key: str
    term: str
    kind: Kind
    form: str
    source_lang: str
    target_lang: str
    rendering: str
    count: int
    source: str
    target: str
    source_span: tuple[int, int]
    target_span: tuple[int, int]
    confidence: float
    date: str = ""
    surfaces: Mapping[str, int] = field(default_factory=dict)
