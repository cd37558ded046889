"""What deciding does to the terms of a concept: statuses, edits, merging, splitting. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from align.errors import InputError, UsageError
from glossary.model import Concept, Entry, ReviewState, Term
from glossary.review.actions import EditTerm, SetStatus, Split, TermRef
from glossary.review.layers import parse_scope
from glossary.review.valid import contradiction, fold, term_key

Terms = tuple[Term, ...]


def find_term(concept: Concept, ref: TermRef) -> Term:
    """The term that is meant, in exactly the scope that is meant. Raises UsageError."""
    found = [term for term in named(concept, ref) if term.scope == str(parse_scope(ref.scope))]
    if len(found) == 1:
        return found[0]
    raise _not_one(concept, ref, found)


def named(concept: Concept, ref: TermRef) -> list[Term]:
    """The terms in any scope that have this text: exactly, or else but for case. Raises UsageError."""
    text = unicodedata.normalize("NFC", ref.text)
    fitting = [term for term in concept.terms if ref.lang in ("", term.lang)]
    found = [term for term in fitting if unicodedata.normalize("NFC", term.text) == text]
    found = found or [term for term in fitting if fold(term.text) == fold(text)]
    if len({(term.lang, term.text) for term in found}) > 1:
        raise _not_one(concept, ref, found)
    return found


def _not_one(concept: Concept, ref: TermRef, found: Sequence[Term]) -> UsageError:
    there = ", ".join(f"{t.text} ({t.lang}{', ' + t.scope if t.scope else ''})" for t in concept.terms[:8])
    if found:
        return UsageError(
            f"{ref.text!r} may be several of its terms", where=concept.id, hint=f"Say which: {there}"
        )
    scope = f" for {ref.scope}" if ref.scope else ""
    return UsageError(
        f"it has no term {ref.text!r}{f' in {ref.lang}' if ref.lang else ''}{scope}",
        where=concept.id,
        hint=f"It has: {there}. To add one, give its language too",
    )


def prefer_first(terms: Terms) -> Terms:
    """In each language without a decided term the first becomes preferred."""
    settled = {term.lang for term in terms if term.status is not None}
    result = []
    for term in terms:
        if term.lang not in settled and not term.scope:
            settled.add(term.lang)
            term = replace(term, status="preferred")
        result.append(term)
    return tuple(result)


def set_status(concept: Concept, action: SetStatus) -> Terms:
    """The terms after a status was given; see :class:`glossary.review.actions.SetStatus`."""
    scope = str(parse_scope(action.term.scope))
    known = named(concept, action.term)
    term = next((term for term in known if term.scope == scope), None)
    if term is not None:
        new = replace(term, status=action.status)
        terms = tuple(new if old is term else old for old in concept.terms)
    elif action.status is None or not (known or action.term.lang):
        raise _not_one(concept, action.term, ())
    else:
        new = (
            replace(known[0], status=action.status, scope=scope, variants={}, extra={})
            if known
            else Term(action.term.text, action.term.lang, status=action.status, scope=scope)
        )
        terms = (*concept.terms, new)
    if action.status != "preferred" or action.beside:
        return terms
    return tuple(
        replace(old, status="admitted")
        if old is not new and (old.lang, old.scope, old.status) == (new.lang, new.scope, "preferred")
        else old
        for old in terms
    )


def edit_term(concept: Concept, action: EditTerm) -> Terms:
    """The terms after one of them was edited."""
    term = find_term(concept, action.term)
    fields = ("text", "lang", "lemma", "case", "translate", "scope", "note")
    new: dict[str, Any] = {name: value for name in fields if (value := getattr(action, name)) is not None}
    return tuple(replace(old, **new) if old is term else old for old in concept.terms)


def drop_term(concept: Concept, ref: TermRef) -> Terms:
    """The terms without one of them."""
    term = find_term(concept, ref)
    return tuple(old for old in concept.terms if old is not term)


def merged(into: Entry, other: Entry) -> Entry:
    """``into`` with all that ``other`` has. Raises InputError where people decided against each other."""
    concept = into.concept
    notes = [concept.note, other.concept.note]
    if concept.definition and other.concept.definition not in ("", concept.definition):
        notes.append(other.concept.definition)
    new = replace(
        concept,
        terms=merge_terms(concept.terms, other.concept.terms, concept.id),
        state=_merged_state(into, other),
        definition=concept.definition or other.concept.definition,
        note="\n".join(_distinct(filter(None, notes))),
        links=tuple(_distinct([*concept.links, *other.concept.links])),
    )
    comments = sorted(_distinct([*into.comments, *other.comments]), key=lambda comment: comment.at)
    keys = tuple(_distinct([*into.keys, *other.keys]))
    return replace(into, concept=new, keys=keys, comments=tuple(comments))


def _distinct(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def _merged_state(into: Entry, other: Entry) -> ReviewState:
    states = into.concept.state, other.concept.state
    if set(states) == {"approved", "rejected"}:
        raise InputError(
            f"one was {states[0]}, {other.concept.id} was {states[1]}",
            where=into.concept.id,
            hint="Decide both alike before merging them",
        )
    return "approved" if "approved" in states else states[0]


def merge_terms(terms: Terms, others: Terms, where: str) -> Terms:
    """Terms of both, those that are the same joined. Raises InputError where their statuses differ."""
    result = {term_key(term): term for term in terms}
    for other in others:
        key = term_key(other)
        if key not in result:
            result[key] = other
            continue
        term = result[key]
        if term.status != other.status and None not in (term.status, other.status):
            raise contradiction(other, term, where)
        variants = dict(term.variants)
        for form, count in other.variants.items():
            variants[form] = variants.get(form, 0) + count
        result[key] = replace(
            term,
            lemma=term.lemma or other.lemma,
            status=term.status or other.status,
            case="as written" if "as written" in (term.case, other.case) else "any",
            translate=term.translate and other.translate,
            variants=variants,
            note="\n".join(_distinct(filter(None, (term.note, other.note)))),
            extra={**other.extra, **term.extra},
        )
    return tuple(result.values())


def split_entry(entry: Entry, action: Split) -> tuple[Entry, Entry]:
    """What stays and what goes. Candidates go with the term whose language and lemma they have."""
    concept = entry.concept
    moved = [find_term(concept, ref) for ref in action.terms]
    kept = [term for term in concept.terms if not any(term is other for other in moved)]
    if not moved or not kept:
        raise UsageError(
            "a split leaves at least one term on either side",
            where=concept.id,
            hint="Name the terms that are another thing",
        )
    going = tuple(key for key in entry.keys if _has_key(moved, key) and not _has_key(kept, key))
    staying = tuple(key for key in entry.keys if key not in going)
    new = Concept(action.new_id, concept.kind, tuple(moved), concept.state)
    return (
        replace(entry, concept=replace(concept, terms=tuple(kept)), keys=staying),
        Entry(new, keys=going, decided=True),
    )


def _has_key(terms: Iterable[Term], key: str) -> bool:
    """Whether a candidate's key (language, kind and lemma) is that of one of the terms."""
    folded = fold(key)
    return any(
        folded.startswith(term.lang.lower())
        and folded.endswith((fold(term.lemma or term.text), fold(term.text)))
        for term in terms
    )
