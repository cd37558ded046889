"""One candidate as the screen shows it: terms, renderings, sentences, marks, what was said and done."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary.model import Annotation, Comment, Link, Term
from glossary.review.valid import fold, label
from glossary.store import Event, Evidence, Glossary, Held
from glossary.store.events import PAST, said
from glossary.web.marks import marks_of

SENTENCES, FIRST, MORE = 6, 12, 24
"""Sentences at first; mentions that these are taken from; mentions on each further page."""
EVENTS = 12
RENDERINGS = 8
MENTIONS, TEXTS = 200, 8
"""Mentions whose marks are looked at, in so many texts of a language: the marks of a text take a while to find."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a candidate was rendered as; ``status`` is the decision about it, ``value`` names it in a form."""

    text: str
    lang: str
    count: int
    confidence: float
    status: str
    is_new: bool
    value: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One language's candidate with its forms and renderings, as the last build found them."""

    text: str
    lang: str
    count: int
    reason: str
    renderings: tuple[Rendering, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A term to give a status to, as a numbered button."""

    text: str
    lang: str
    value: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Focus:
    """A concept with all that the screen shows of it."""

    held: Held
    label: str
    lang: str
    figures: tuple[Figure, ...]
    sentences: tuple[Evidence, ...]
    more: bool
    names: Mapping[str, str]
    choices: tuple[Choice, ...]
    history: tuple[tuple[Event, str], ...]

    @property
    def id(self) -> str:
        """The concept's id."""
        return self.held.entry.concept.id

    @property
    def terms(self) -> tuple[Term, ...]:
        """Its terms."""
        return self.held.entry.concept.terms

    @property
    def by_language(self) -> list[tuple[str, list[Term]]]:
        """Its terms by language, in the order of the concept."""
        found: dict[str, list[Term]] = {}
        for term in self.terms:
            found.setdefault(term.lang, []).append(term)
        return list(found.items())

    @property
    def links(self) -> tuple[Link, ...]:
        """Its links."""
        return self.held.entry.concept.links

    @property
    def comments(self) -> tuple[Comment, ...]:
        """What people said about it."""
        return self.held.entry.comments


def focus_on(glossary: Glossary, number: str) -> Focus:
    """All about a concept. Raises UsageError where it is not there."""
    with glossary.store.snapshot():
        held = glossary.get(number)
        concept = held.entry.concept
        figures = tuple(_figure(row, held) for row in glossary.figures(number))
        found = glossary.evidence(number, limit=FIRST)
        events = reversed(glossary.history(number, limit=EVENTS, brief=True))
        state = glossary.state()
        linked = {one: state.get(one) for link in concept.links for one in [link.target]}
        if held.entry.merged_into:
            linked[held.entry.merged_into] = state.get(held.entry.merged_into)
    once = sentences(found)
    name = label(concept)
    return Focus(
        held,
        name,
        next((term.lang for term in concept.terms if term.text == name), "und"),
        figures,
        tuple(once[:SENTENCES]),
        len(once) > SENTENCES or len(found) == FIRST,
        {one: label(entry.concept) for one, entry in linked.items() if entry is not None},
        _choices(concept.terms, figures),
        tuple((event, said(event)) for event in events),
    )


def sentences(found: Sequence[Evidence]) -> list[Evidence]:
    """Each sentence once, however often a term stands in it."""
    seen: dict[tuple[str, int], Evidence] = {}
    for one in found:
        seen.setdefault((one.document, one.segment if not one.stale else -1 - one.start), one)
    return list(seen.values())


def term_value(term: Term) -> str:
    """How a form names a term."""
    return json.dumps([term.text, term.lang, term.scope], ensure_ascii=False)


def _figure(row: Mapping[str, Any], held: Held) -> Figure:
    terms = held.entry.concept.terms
    known = {(t.lang, fold(form)): t for t in terms for form in (*t.variants, t.text) if not t.scope}
    found = []
    for lang, text, count, confidence, _, since in row["renderings"][:RENDERINGS]:
        term = known.get((lang, fold(text)))
        new = held.entry.decided and since > held.seen
        value = term_value(term or Term(text, lang)) if text else ""
        found.append(
            Rendering(text, lang, count, confidence, (term.status or "") if term else "", new, value)
        )
    return Figure(row["text"], row["lang"], row["count"], row["reason"], tuple(found))


def _choices(terms: Sequence[Term], figures: Sequence[Figure]) -> tuple[Choice, ...]:
    """The terms by their numbers, then renderings that are no terms yet."""
    found = [Choice(t.text, t.lang, term_value(t), t.status or "") for t in terms]
    known = {(t.lang, fold(form)) for t in terms for form in (*t.variants, t.text)}
    for figure in figures:
        for one in figure.renderings:
            if one.text and (one.lang, fold(one.text)) not in known and one.text.isprintable():
                known.add((one.lang, fold(one.text)))
                found.append(Choice(one.text, one.lang, one.value))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class MarkSeen:
    """A legal mark at mentions of a concept: its words, what it says, how often, the first place."""

    text: str
    lang: str
    says: str
    count: int
    document: str


def marks_at_mentions(glossary: Glossary, number: str) -> tuple[list[MarkSeen], int]:
    """The marks whose names are mentions of a concept, the commonest first; how many mentions were looked at."""
    seen: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], str] = {}
    looked = 0
    for lang in dict.fromkeys(str(row["lang"]) for row in glossary.figures(number)):
        by_document: dict[str, list[Evidence]] = {}
        for one in glossary.evidence(number, lang=lang, limit=MENTIONS):
            by_document.setdefault(one.document, []).append(one)
        for document, mentions in list(by_document.items())[:TEXTS]:
            looked += len(mentions)
            _, its_lang, text = glossary.text_of(document)
            for mark in marks_of(text, its_lang):
                if any(_names(mark, one) for one in mentions):
                    key = (mark.text, its_lang, what_it_says(mark))
                    seen[key] += 1
                    first.setdefault(key, document)
    return [MarkSeen(*key, count, first[key]) for key, count in seen.most_common()], looked


def _names(mark: Annotation, mention: Evidence) -> bool:
    return any(name.start < mention.end and mention.start < name.end for name in mark.concepts)


def what_it_says(mark: Annotation) -> str:
    """What a mark says, where and of which country, in Concord's words."""
    return " · ".join((", ".join(mark.status) or "?", ", ".join(mark.jurisdiction) or "–", mark.position))


def in_words(event: Event | None, name: str = "") -> str:
    """What an event did, as a button says it: “accepted: мельница”, “rejected: 312 concepts”; "" for none.

    ``name`` is that of its concept, for an event that was just made.
    """
    if event is None:
        return ""
    names = list(event.labels.values()) or [name]
    what = f"{event.total:,} concepts" if event.total > 2 else ", ".join(names)
    return f"{PAST.get(event.action, event.action)}: {what}"
