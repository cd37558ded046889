"""Scopes: who decides for whom, and whose word holds where several have spoken.

A scope narrows a decision to a client, to an edition, to a subject field, or to several of these together. It is
written ``client=…, edition=…, field=…``, in this order, parts left out where they do not matter; "" is everywhere.
A decision holds in a context if each part of its scope is that of the context. Of the decisions that hold, the
narrowest wins: the one with most parts; of as many, the one that names an edition, then a client, then a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from align.errors import UsageError
from glossary.model import Concept, Status, Term

PARTS = ("client", "edition", "field")
STATUSES: tuple[Status, ...] = get_args(Status)
ACCEPTED: tuple[Status | None, ...] = ("preferred", "admitted")
"""Statuses of terms that may be used; deprecated, superseded and forbidden ones may not."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The parts of a scope; "" for those that do not matter."""

    client: str = ""
    edition: str = ""
    field: str = ""

    def __str__(self) -> str:
        return ", ".join(f"{part}={value}" for part in PARTS if (value := getattr(self, part)))

    @property
    def width(self) -> tuple[int, bool, bool, bool]:
        """Sorts the narrowest last."""
        given = (bool(self.edition), bool(self.client), bool(self.field))
        return (sum(given), *given)

    def holds_in(self, context: Scope) -> bool:
        """Whether what is decided for this scope is decided for the context."""
        return all(getattr(self, part) in ("", getattr(context, part)) for part in PARTS)


def parse_scope(text: str) -> Scope:
    """The scope that a text stands for. Raises UsageError where it is none."""
    found: dict[str, str] = {}
    for piece in filter(str.strip, text.split(",")):
        part, sign, value = (side.strip() for side in piece.partition("="))
        if not sign or part not in PARTS or not value or part in found:
            raise UsageError(
                f"{piece.strip()!r} is no part of a scope",
                where="scope",
                hint="Write client=…, edition=…, field=…, each at most once",
            )
        if not value.isprintable():
            raise UsageError("a scope has a character that cannot be printed", where="scope")
        found[part] = value
    return Scope(**found)


@dataclass(frozen=True, slots=True)
class Layered:
    """A term as it stands in a context.

    ``status`` is what holds; ``by`` the scope that says so; ``beaten`` the terms whose word does not hold here,
    the narrowest first: the same term in wider scopes, or wider preferred ones in the place of this.
    """

    term: Term
    status: Status | None
    by: Scope
    beaten: tuple[Term, ...] = ()


def resolve(concept: Concept, context: Scope) -> tuple[Layered, ...]:
    """The terms of a concept in a context, each once, in the order of the concept.

    For each designation the narrowest decision wins. A term that is preferred in a wider scope only counts as
    admitted where a narrower one prefers another in the same language. Undecided terms beat nothing.
    """
    applying = [(parse_scope(term.scope), term) for term in concept.terms]
    applying = [(scope, term) for scope, term in applying if scope.holds_in(context)]
    order = list(dict.fromkeys((term.lang, term.text) for _, term in applying))
    best = [
        _best([(scope, term) for scope, term in applying if (term.lang, term.text) == name]) for name in order
    ]
    return tuple(_under_preferred(layered, best) for layered in best)


def preferred(concept: Concept, lang: str, context: Scope) -> tuple[Layered, ...]:
    """The terms that a context prefers in a language; several where nobody chose between them."""
    return tuple(t for t in resolve(concept, context) if t.term.lang == lang and t.status == "preferred")


def _best(found: Sequence[tuple[Scope, Term]]) -> Layered:
    ordered = sorted(found, key=lambda pair: (pair[1].status is not None, pair[0].width), reverse=True)
    (scope, term), *rest = ordered
    return Layered(term, term.status, scope, tuple(t for _, t in rest if t.status not in (None, term.status)))


def _under_preferred(layered: Layered, all_terms: Iterable[Layered]) -> Layered:
    """A preferred term is admitted only where a narrower scope prefers another."""
    if layered.status != "preferred":
        return layered
    same = [t for t in all_terms if t.term.lang == layered.term.lang and t.status == "preferred"]
    narrowest = max(same, key=lambda t: t.by.width)
    if narrowest.by.width > layered.by.width:
        return Layered(layered.term, "admitted", narrowest.by, (layered.term, *layered.beaten))
    mine = (t.term for t in same if t.by.width < layered.by.width)
    return Layered(layered.term, "preferred", layered.by, (*layered.beaten, *mine))
