"""From candidates, each of one language, to proposed concepts with terms in several. Pure.

Two candidates are one concept if each is what the other is rendered as most often. A rendering that is no
candidate of another concept becomes a further term. Nothing is joined by likeness alone: that only makes links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from glossary.model import Candidate, Kind, Link, Rendering, Term
from glossary.review.valid import LONGEST_TERM, LONGEST_TEXT, TermKey, fold, term_key

SURE = 0.5
"""Confidence from which a rendering that was seen once counts as a term."""
MOST_RENDERINGS = 20
"""Further terms of one concept; what is rarer is evidence still."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that nobody has decided: its candidates, the first giving it its name; links by candidates' keys."""

    keys: tuple[str, ...]
    kind: Kind
    terms: tuple[Term, ...]
    links: tuple[Link, ...]
    reason: str


def propose(candidates: Sequence[Candidate], langs: Sequence[str] = ()) -> list[Proposal]:
    """Proposed concepts, every candidate in exactly one, in order of their first candidates. Linear.

    The terms of a concept come in the order of ``langs`` (the originals' first), other languages behind.
    """
    rank = {lang: n for n, lang in enumerate(langs)}
    by_key = {candidate.key: candidate for candidate in candidates}
    index = _forms(candidates)
    best = {candidate.key: _best(candidate, index) for candidate in candidates}
    groups: list[tuple[Candidate, ...]] = []
    placed: set[str] = set()
    for candidate in by_key.values():
        if candidate.key in placed:
            continue
        group = [candidate]
        for key in best[candidate.key].values():
            mutual = best[key].get(candidate.term.lang) == candidate.key
            if mutual and key not in placed and by_key[key].term.lang not in {c.term.lang for c in group}:
                group.append(by_key[key])
        placed |= {member.key for member in group}
        group.sort(key=lambda member: rank.get(member.term.lang, len(rank)))
        groups.append(tuple(group))
    return [_proposal(group, index) for group in groups]


Index = dict[tuple[str, str], list[str]]


def _forms(candidates: Iterable[Candidate]) -> Index:
    """The candidates that each form of each language may be, the commonest first."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for candidate in candidates:
        term = candidate.term
        for form in _forms_of(candidate):
            found[term.lang, form][candidate.key] = candidate.count
    return {form: sorted(keys, key=lambda key: -keys[key]) for form, keys in found.items()}


def _forms_of(candidate: Candidate) -> set[str]:
    """All that a candidate may look like, folded."""
    term = candidate.term
    parts = [form for part in candidate.parts for form in (part.text, part.lemma, *part.variants)]
    return {fold(form) for form in (term.text, term.lemma, *term.variants, *parts) if form}


def _own_terms(candidate: Candidate) -> list[Term]:
    """A candidate's term, and one for each further name that it joins; forms stand with the name that has them."""
    head = replace(candidate.term, status=None, scope="")
    others = [part for part in candidate.parts if part.relation and fold(part.text) != fold(head.text)]
    if not others:
        return [head]
    elsewhere = {form for part in others for form in part.variants}
    own = {form: count for form, count in head.variants.items() if form not in elsewhere}
    further = [
        Term(p.text, head.lang, lemma=p.lemma, variants=dict(p.variants)) for p in others if _one_line(p.text)
    ]
    return [replace(head, variants=own), *further]


def _owners(rendering: Rendering, index: Index) -> list[str]:
    """The candidates that a rendering is, if it is one."""
    for form in (rendering.text, *rendering.variants):
        if keys := index.get((rendering.lang, fold(form))):
            return keys
    return []


def _best(candidate: Candidate, index: Index) -> dict[str, str]:
    """For each other language the candidate that this one is most often rendered as."""
    votes: dict[str, dict[str, int]] = defaultdict(dict)
    for rendering in candidate.renderings:
        if rendering.text and rendering.lang != candidate.term.lang:
            for key in _owners(rendering, index)[:1]:
                known = votes[rendering.lang]
                known[key] = known.get(key, 0) + rendering.count
    return {lang: max(keys, key=lambda key: (keys[key], key)) for lang, keys in votes.items()}


def _proposal(group: Sequence[Candidate], index: Index) -> Proposal:
    first = group[0]
    keys = {candidate.key for candidate in group}
    terms: dict[TermKey, Term] = {}
    for candidate in group:
        for term in _own_terms(candidate):
            terms.setdefault(term_key(term), term)
    own_langs = {candidate.term.lang for candidate in group}
    for candidate in group:
        for rendering in candidate.renderings[:MOST_RENDERINGS]:
            if (
                rendering.lang in own_langs
                and rendering.lang != candidate.term.lang
                and _known(rendering, group)
            ):
                continue
            owners = _owners(rendering, index)
            if owners and not keys.intersection(owners):
                continue
            if _may_be_term(rendering):
                term = Term(rendering.text, rendering.lang, variants=dict(rendering.variants))
                terms.setdefault(term_key(term), term)
    links = tuple(link for candidate in group for link in candidate.links if link.target not in keys)
    reasons = dict.fromkeys(candidate.reason for candidate in group if candidate.reason)
    return Proposal(
        tuple(candidate.key for candidate in group),
        first.kind,
        tuple(terms.values()),
        links,
        "; ".join(reasons)[:LONGEST_TEXT],
    )


def _may_be_term(rendering: Rendering) -> bool:
    """Whether a rendering is sure enough, and one line without space around it."""
    text = rendering.text
    sure = rendering.count > 1 or rendering.confidence >= SURE
    return bool(text) and sure and _one_line(text)


def _one_line(text: str) -> bool:
    """Whether a text may be a term."""
    return 0 < len(text) <= LONGEST_TERM and text == text.strip() and text.isprintable()


def _known(rendering: Rendering, group: Sequence[Candidate]) -> bool:
    """Whether a rendering is a candidate of the group under one of its forms."""
    forms = {fold(form) for form in (rendering.text, *rendering.variants)}
    return any(c.term.lang == rendering.lang and forms & _forms_of(c) for c in group)
