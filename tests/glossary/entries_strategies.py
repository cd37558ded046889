"""Entries, actions and texts as Hypothesis makes them: valid, in any script, as odd as Unicode allows."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from glossary.model import Comment, Concept, Entry, Kind, Link, Term
from glossary.review import actions as do
from glossary.review.layers import STATUSES
from glossary.review.valid import CASE_RULES, KINDS, LINK_TYPES, STATES, fold

LANGS = ("en", "ru", "fa", "zh", "pt-BR")
SCOPES = ("", "client=Acme", "edition=web", "client=Acme, edition=web", "field=law")

characters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))
lines = st.text(characters, min_size=1, max_size=12).map(str.strip).filter(bool)
blocks = st.lists(st.text(characters, max_size=12), max_size=3).map("\n".join)


@st.composite
def terms(draw: st.DrawFn, status: bool = True) -> Term:
    """One term."""
    return Term(
        draw(lines),
        draw(st.sampled_from(LANGS)),
        lemma=draw(st.just("") | lines),
        status=draw(st.sampled_from((None, *STATUSES))) if status else None,
        case=draw(st.sampled_from(CASE_RULES)),
        translate=draw(st.booleans()),
        scope=draw(st.sampled_from(SCOPES)),
        variants=draw(st.dictionaries(lines, st.integers(0, 99), max_size=2)),
        note=draw(blocks),
        extra=draw(st.dictionaries(st.sampled_from(("tbx", "csv")), lines, max_size=1)),
    )


@st.composite
def entries(draw: st.DrawFn, number: str = "", decided: bool = True) -> Entry:
    """One entry by itself, without links."""
    found = draw(
        st.lists(terms(), min_size=1, max_size=4, unique_by=lambda t: (t.lang, fold(t.text), t.scope))
    )
    concept = Concept(
        number or draw(st.from_regex(r"[a-z0-9]{8}", fullmatch=True)),
        draw(st.sampled_from(KINDS)),
        tuple(found),
        draw(st.sampled_from(STATES)),
        definition=draw(blocks),
        note=draw(blocks),
        reason=draw(blocks),
    )
    said = st.builds(Comment, lines, st.just("2024-05-06T07:08:09.123Z"), lines)
    return Entry(
        concept,
        keys=tuple(draw(st.lists(lines, max_size=2, unique=True))),
        comments=tuple(draw(st.lists(said, max_size=2))),
        decided=decided,
    )


def states(size: int = 4) -> st.SearchStrategy[dict[str, Entry]]:
    """A few entries by their ids a, b, c …, no candidate belonging to two."""

    def without_shared_keys(found: tuple[Entry, ...]) -> dict[str, Entry]:
        return {e.concept.id: replace(e, keys=(f"en/{e.concept.id}",)) for e in found}

    return st.tuples(*(entries(letter, decided=False) for letter in "abcdef"[:size])).map(without_shared_keys)


@st.composite
def any_actions(draw: st.DrawFn, state: dict[str, Entry]) -> do.Action:
    """Something a person may try on a state; it need not be possible."""
    ids = st.sampled_from(sorted(state))
    number = draw(ids)
    several = tuple(draw(st.lists(ids, min_size=1, max_size=3, unique=True)))
    entry = state[number]
    known = draw(st.sampled_from(entry.concept.terms)) if entry.concept.terms else draw(terms())
    ref = do.TermRef(known.text, known.lang, draw(st.sampled_from((known.scope, *SCOPES))))
    kind: Kind = draw(st.sampled_from(KINDS))
    link = Link(draw(st.sampled_from(LINK_TYPES)), draw(ids))
    fresh = "n" + draw(st.from_regex(r"[0-9]{6}", fullmatch=True))
    choices: tuple[do.Action, ...] = (
        do.Accept(several),
        do.Accept(several, prefer_first=False),
        do.Reject(several),
        do.Reopen(several),
        do.SetStatus(number, ref, draw(st.sampled_from((None, *STATUSES)))),
        do.EditConcept(number, kind=kind, note=draw(blocks)),
        do.EditTerm(number, ref, text=draw(lines)),
        do.AddTerm(number, draw(terms())),
        do.DropTerm(number, ref),
        do.AddConcept(fresh, kind, (draw(terms(status=False)),)),
        do.Merge(number, several),
        do.Split(number, (ref,), fresh),
        do.AddLink(number, link),
        do.DropLink(number, link.target),
        do.AddComment(several, draw(lines)),
    )
    return draw(st.sampled_from(choices))
