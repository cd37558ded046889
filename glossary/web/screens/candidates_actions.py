"""From a form to an action: what the buttons of the screen ask for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, cast

from align.errors import UsageError
from glossary.model import Concept, Link, Status, Term
from glossary.review import actions as do
from glossary.review.layers import STATUSES
from glossary.review.valid import LINK_TYPES, one_of
from glossary.store import Glossary, Query, Row
from glossary.web.forms import Form

REASONS = (
    "an ordinary word",
    "wrongly cut",
    "the same as another concept",
    "not needed here",
    "an error of recognition",
)
"""What a candidate is rejected for most often; 1 to 5 on the keyboard."""
FOUND = 8
"""Concepts that a search for another one shows; 1 to 8 on the keyboard."""
MOVES_ON = ("accept", "reject", "merge")
"""After these the next candidate comes; after the others people may have more to do."""


def action_of(glossary: Glossary, form: Form, number: str) -> do.Action:
    """What a form asks for. Raises UsageError where it says too little."""
    make = _MAKERS.get(form.text("action"))
    if make is None:
        raise UsageError("there is no such action", where=form.text("action")[:40])
    return make(glossary, form, number)


def ref_of(value: str) -> do.TermRef:
    """The term that a form names. Raises UsageError."""
    try:
        text, lang, scope = json.loads(value)
    except (ValueError, TypeError):
        text = lang = scope = None
    if not (isinstance(text, str) and isinstance(lang, str) and isinstance(scope, str)):
        raise UsageError("no term was named", hint="Choose one")
    return do.TermRef(text, lang, scope)


def _accept(glossary: Glossary, form: Form, number: str) -> do.Action:
    return do.Accept((number,), prefer_first=not form.text("bare"))


def _reject(glossary: Glossary, form: Form, number: str) -> do.Action:
    return do.Reject((number,))


def _reopen(glossary: Glossary, form: Form, number: str) -> do.Action:
    return do.Reopen((number,))


def _status(glossary: Glossary, form: Form, number: str) -> do.Action:
    status = form.text("status")
    if status:
        one_of(STATUSES, status, "status", number)
    return do.SetStatus(number, ref_of(form.raw("term")), cast(Status, status) or None)


def _comment(glossary: Glossary, form: Form, number: str) -> do.Action:
    return do.AddComment((number,), _lines(form.raw("comment")))


def _merge(glossary: Glossary, form: Form, number: str) -> do.Action:
    return do.Merge(_other(glossary, form), (number,))


def _link(glossary: Glossary, form: Form, number: str) -> do.Action:
    kind = form.text("type")
    one_of(LINK_TYPES, kind, "type of link", number)
    return do.AddLink(number, Link(cast(Any, kind), _other(glossary, form), date=form.text("date")))


def _unlink(glossary: Glossary, form: Form, number: str) -> do.Action:
    return do.DropLink(number, form.text("target"), cast(Any, form.text("type")) or None)


def _other(glossary: Glossary, form: Form) -> str:
    """The other concept: chosen from the list, or named by an id or a term."""
    chosen = form.text("chosen") or form.text("into")
    if not chosen:
        raise UsageError("no other concept was named", hint="Type one of its terms, or its id")
    try:
        return glossary.resolve(chosen)
    except UsageError:
        found = others(glossary, form.text("id"), chosen)
        if len(found) == 1:  # what was typed is part of one other's term
            return found[0].id
        raise


def others(glossary: Glossary, number: str, text: str) -> list[Row]:
    """Other concepts with a term that holds a text, those that occur most first."""
    if not text.strip():
        return []
    found = glossary.page(Query(text=text.strip(), sort="count"), limit=FOUND + 1).rows
    return [row for row in found if row.id != number][:FOUND]


def _split(glossary: Glossary, form: Form, number: str) -> do.Action:
    terms = tuple(ref_of(value) for value in form.texts("term"))
    if not terms:
        raise UsageError("no term was ticked", where=number, hint="Tick those that are another thing")
    return do.Split(number, terms, glossary.new_id(f"{number}/{'/'.join(term.text for term in terms)}"))


def _edit(glossary: Glossary, form: Form, number: str) -> do.Action:
    concept = glossary.get(number).entry.concept
    wanted = [*_concept_edits(concept, form), *_term_edits(concept, form)]
    if new := form.text("new-text"):
        if not form.text("new-lang"):
            raise UsageError("a new term needs a language", where=new[:60], hint="Give its code: ru, en")
        wanted.append(do.AddTerm(number, Term(new, form.text("new-lang"))))
    return do.Together(tuple(wanted))


Part = do.EditConcept | do.EditTerm | do.AddTerm | do.DropTerm | do.SetStatus


def _concept_edits(concept: Concept, form: Form) -> Iterator[Part]:
    new = {
        name: value
        for name in ("kind", "definition", "note")
        if name in form.data and (value := _lines(form.raw(name))) != getattr(concept, name)
    }
    if new:
        yield do.EditConcept(concept.id, **cast(Any, new))


def _term_edits(concept: Concept, form: Form) -> Iterator[Part]:
    by_ref = {(term.text, term.lang, term.scope): term for term in concept.terms}
    for at in range(len(form.texts("term"))):
        ref = ref_of(form.texts("term")[at])
        term = by_ref.get((ref.text, ref.lang, ref.scope), Term(ref.text, ref.lang, scope=ref.scope))
        if form.text(f"drop-{at}"):
            yield do.DropTerm(concept.id, ref)
            continue
        changed = {
            name: value
            for name in ("text", "lemma", "case", "note")
            if f"{name}-{at}" in form.data
            and (value := form.text(f"{name}-{at}").replace("\r\n", "\n")) != getattr(term, name)
        }
        keep = bool(form.text(f"keep-{at}"))
        if keep is term.translate:
            changed["translate"] = cast(Any, not keep)
        if changed:
            yield do.EditTerm(concept.id, ref, **cast(Any, changed))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


_MAKERS: dict[str, Callable[[Glossary, Form, str], do.Action]] = {
    "accept": _accept,
    "reject": _reject,
    "reopen": _reopen,
    "status": _status,
    "comment": _comment,
    "merge": _merge,
    "link": _link,
    "unlink": _unlink,
    "split": _split,
    "edit": _edit,
}
