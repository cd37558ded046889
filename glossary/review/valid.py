"""What may stand in a glossary. Each check raises an InputError that says what is wrong, where, and what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from align.errors import InputError, UsageError
from glossary.model import CaseRule, Concept, Entry, Kind, LinkType, ReviewState, Term
from glossary.review.layers import ACCEPTED, STATUSES, parse_scope

KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: tuple[ReviewState, ...] = get_args(ReviewState)
LINK_TYPES: tuple[LinkType, ...] = get_args(LinkType)
CASE_RULES: tuple[CaseRule, ...] = get_args(CaseRule)

LONGEST_TERM = 1_000
"""Code points. The longest statutory names have about 400."""
LONGEST_TEXT = 20_000
"""Code points of a definition, note, comment or reason."""
MOST_TERMS = 500
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
LANG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

TermKey = tuple[str, str, str]


def term_key(term: Term) -> TermKey:
    """What makes a term of a concept itself: language, text in Unicode's normal form C, scope."""
    return term.lang, unicodedata.normalize("NFC", term.text), term.scope


def fold(text: str) -> str:
    """A text without differences of case and of Unicode form, for looking up."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def check(entry: Entry) -> Entry:
    """The entry, with scopes in their usual spelling. Raises InputError where it cannot be kept."""
    concept = entry.concept
    where = concept.id or "a concept"
    _match(
        ID, concept.id, "is no id of a concept", where, "Use letters, digits, dots and hyphens, at most 64"
    )
    one_of(KINDS, concept.kind, "kind", where)
    one_of(STATES, concept.state, "review state", where)
    for name in ("definition", "note", "reason"):
        check_text(getattr(concept, name), name, where)
    for comment in entry.comments:
        check_text(comment.text, "comment", where)
    for key in entry.keys:
        check_text(key, "candidate's key", where)
    if not concept.terms and not entry.merged_into:
        raise InputError("a concept without a term", where=where, hint="Give it a term, or reject it")
    if len(concept.terms) > MOST_TERMS:
        raise InputError(f"more than {MOST_TERMS} terms in one concept", where=where, hint="Split it")
    terms = tuple(check_term(term, where) for term in concept.terms)
    check_agreement(terms, where)
    for link in concept.links:
        one_of(LINK_TYPES, link.type, "type of link", where)
        check_text(link.target, "target of a link", where)
        check_text(link.reason, "reason of a link", where)
        if link.target == concept.id:
            raise InputError("a link from a concept to itself", where=where, hint="Name another concept")
        if link.date:
            _match(DATE, link.date, "is no date", where, "Write it as 2021, 2021-08 or 2021-08-15")
    return replace(entry, concept=replace(concept, terms=terms))


def check_term(term: Term, where: str) -> Term:
    """A term by itself, its scope in the usual spelling. Raises InputError."""
    if len(term.text) > LONGEST_TERM:
        raise InputError(
            f"a term of {len(term.text):,} characters ({term.text[:30]}…)",
            where=where,
            hint=f"A term has at most {LONGEST_TERM:,}; longer texts belong into its note",
        )
    if not term.text.strip():
        raise InputError("an empty term", where=where, hint="Give its text")
    check_line(term.text, "term", where)
    if term.text != term.text.strip():
        raise InputError(f"a term with white space around it ({term.text!r})", where=where, hint="Trim it")
    if len(term.lemma) > LONGEST_TERM:
        raise InputError(f"a lemma of {len(term.lemma):,} characters", where=where, hint="Shorten it")
    check_line(term.lemma, "lemma", where)
    _match(LANG, term.lang, "is no language code", where, "Give one as ru, en, pt-BR")
    if term.status is not None:
        one_of(STATUSES, term.status, "status", where)
    one_of(CASE_RULES, term.case, "case rule", where)
    check_text(term.note, "note", where)
    for form, count in term.variants.items():
        check_line(form, "variant", where)
        if count < 0:
            raise InputError(f"the variant {form!r} occurs {count} times", where=where)
    try:
        return replace(term, scope=str(parse_scope(term.scope)))
    except UsageError as error:  # what a command line may not say, a file may not hold
        raise InputError(error.what, where=where, hint=error.hint) from error


def check_agreement(terms: Sequence[Term], where: str) -> None:
    """Raises InputError for a term that stands there twice, or is wanted and unwanted at once."""
    seen: dict[TermKey, Term] = {}
    folded: dict[tuple[str, str, str], list[Term]] = {}
    for term in terms:
        if term_key(term) in seen:
            other = seen[term_key(term)]
            if other.status != term.status and None not in (other.status, term.status):
                raise contradiction(term, other, where)
            raise InputError(f"the term {term.text!r} ({term.lang}) twice", where=where, hint="Drop one")
        seen[term_key(term)] = term
        folded.setdefault((term.lang, fold(term.text), term.scope), []).append(term)
    for same in folded.values():
        for term in same:
            for other in same:
                if clash(term, other):
                    raise contradiction(term, other, where)


def clash(term: Term, other: Term) -> bool:
    """Whether one of two terms that differ at most in case is accepted and the other is not."""
    return (
        "as written" not in (term.case, other.case)
        and other.status is not None
        and term.status in ACCEPTED
        and other.status not in ACCEPTED
    )


def contradiction(term: Term, other: Term, where: str) -> InputError:
    """The error that says that a term cannot be both."""
    scope = f" for {term.scope}" if term.scope else ""
    return InputError(
        f"the term {term.text!r} ({term.lang}) would be both {other.status} and {term.status}{scope}",
        where=where,
        hint="Decide for one of them, or give them different scopes",
    )


def one_of(allowed: Sequence[str], value: object, what: str, where: str) -> None:
    """Raises InputError where a word is none of those that a field may hold."""
    if value not in allowed:
        raise InputError(
            f"there is no {what} {str(value)[:60]!r}", where=where, hint=f"Choose from: {', '.join(allowed)}"
        )


def check_line(text: str, what: str, where: str) -> None:
    """Raises InputError for a text that has no place on one line."""
    check_characters(text, what, where, allowed="")


def check_text(text: str, what: str, where: str) -> None:
    """Raises InputError for a text that is too long or holds control characters other than \\n and \\t."""
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"a {what} of {len(text):,} characters", where=where, hint=f"It may have {LONGEST_TEXT:,}"
        )
    check_characters(text, what, where, allowed="\n\t")


def check_characters(text: str, what: str, where: str, allowed: str) -> None:
    """Raises InputError for control characters, line separators and halves of surrogate pairs."""
    if text.isprintable():
        return
    for character in text:
        if character not in allowed and unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            raise InputError(
                f"a {what} with the character U+{ord(character):04X}", where=where, hint="Take it out"
            )


def _match(pattern: re.Pattern[str], text: str, what: str, where: str, hint: str) -> None:
    if not pattern.fullmatch(text):
        raise InputError(f"{text[:60]!r} {what}", where=where, hint=hint)


def label(concept: Concept) -> str:
    """How lists call a concept: its first preferred term, else its first."""
    chosen = next((term for term in concept.terms if term.status == "preferred"), None)
    term = chosen or (concept.terms[0] if concept.terms else None)
    return term.text if term else concept.id
