"""Two versions of a glossary brought together: what only one side changed is taken, the rest is a conflict. Pure.

Three versions of each entry are compared field by field: *ours* in the project, *theirs* in a shared file, and
the *base* that both last agreed on. A field that both changed, each in another way, is never resolved here: it is
named, and the entry stays as it is on both sides until a person says which to take.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from align.errors import ConcordError
from glossary.model import Comment, Concept, Entry, Link, Term
from glossary.review.entries import term_to_json
from glossary.review.valid import check, label, term_key

Side = Literal["ours", "theirs"]
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed. ``ours`` and ``theirs`` are the values, as people read them."""

    id: str
    label: str
    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of bringing two versions together.

    ``agreed`` are the entries that both sides have from now on, those in conflict not among them; ``to_us`` those
    of them that the project has to take over, ``to_them`` those that are new to the file; ``gone`` are ids that
    both sides drop. ``left_ours`` and ``left_theirs`` are the two versions of what is in conflict.
    """

    agreed: Mapping[str, Entry]
    to_us: tuple[Entry, ...]
    to_them: tuple[str, ...]
    gone: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    left_ours: Mapping[str, Entry] = field(default_factory=dict)
    left_theirs: Mapping[str, Entry] = field(default_factory=dict)


def bring_together(
    base: Mapping[str, Entry],
    ours: Mapping[str, Entry],
    theirs: Mapping[str, Entry],
    take: Mapping[str, Side] | None = None,
) -> Outcome:
    """Compare all entries; ``take`` says for ids ("*" is all others) whose version holds where they conflict."""
    take = take or {}
    agreed: dict[str, Entry] = {}
    conflicts: list[Conflict] = []
    left: tuple[dict[str, Entry], dict[str, Entry]] = ({}, {})
    gone: list[str] = []
    for number in sorted({*ours, *theirs, *base}):
        mine, yours = ours.get(number), theirs.get(number)
        merged, found = merge(base.get(number), mine, yours)
        if found and (side := take.get(number, take.get("*"))):
            merged, found = (mine if side == "ours" else yours), ()
        if found:
            conflicts += found
            for entries, entry in zip(left, (mine, yours), strict=True):
                if entry is not None:
                    entries[number] = entry
        elif merged is None:
            gone.append(number)
        else:
            agreed[number] = merged
    return Outcome(
        agreed,
        tuple(entry for number, entry in agreed.items() if entry != ours.get(number)),
        tuple(number for number, entry in agreed.items() if entry != theirs.get(number)),
        tuple(gone),
        tuple(conflicts),
        *left,
    )


def merge(
    base: Entry | None, ours: Entry | None, theirs: Entry | None
) -> tuple[Entry | None, tuple[Conflict, ...]]:
    """One entry of both versions, or what stands in the way."""
    if ours == theirs or theirs == base:
        return ours, ()
    if ours == base:
        return theirs, ()
    if ours is None or theirs is None:
        there = ours or theirs
        assert there is not None  # both None are equal
        gone, changed = ("taken out", "changed")
        sides = (gone, changed) if ours is None else (changed, gone)
        return None, (Conflict(there.concept.id, label(there.concept), "the whole concept", *sides),)
    merger = _Merger(ours)
    merged = merger.entry(base or _nothing(ours), ours, theirs)
    if not merger.conflicts:
        try:
            return check(merged), ()
        except ConcordError as error:  # each side is fine by itself, both together are not
            merger.add("terms", _terms_text(ours), f"{_terms_text(theirs)} – {error.what}")
    return None, tuple(merger.conflicts)


def _nothing(entry: Entry) -> Entry:
    """What a concept is before anybody said anything: both sides have added all that they have."""
    return Entry(Concept(entry.concept.id, "other", (), "candidate"))


class _Merger:
    """Merges the fields of one entry and notes the conflicts."""

    def __init__(self, entry: Entry) -> None:
        self.conflicts: list[Conflict] = []
        self._id, self._label = entry.concept.id, label(entry.concept)

    def add(self, name: str, ours: object, theirs: object) -> None:
        self.conflicts.append(Conflict(self._id, self._label, name, _text(ours), _text(theirs)))

    def one(self, name: str, base: V, ours: V, theirs: V) -> V:
        """A field with one value."""
        if ours == theirs or theirs == base:
            return ours
        if ours != base:
            self.add(name, ours, theirs)
        return theirs

    def each(
        self,
        name: Callable[[K], str],
        base: Mapping[K, V],
        ours: Mapping[K, V],
        theirs: Mapping[K, V],
        *,
        join: Callable[[str, V | None, V, V], V] | None = None,
    ) -> tuple[V, ...]:
        """A field with several values, each known by a key; in our order, then theirs."""
        result: list[V] = []
        for key in dict.fromkeys([*ours, *theirs]):
            was, mine, yours = base.get(key), ours.get(key), theirs.get(key)
            if join is not None and mine is not None and yours is not None:
                result.append(join(name(key), was, mine, yours))
                continue
            value = self.one(name(key), was, mine, yours)
            if value is not None:
                result.append(value)
        return tuple(result)

    def entry(self, base: Entry, ours: Entry, theirs: Entry) -> Entry:
        """The whole entry; only valid if there are no conflicts."""
        b, o, t = base.concept, ours.concept, theirs.concept
        values: dict[str, Any] = {
            name: self.one(name, getattr(b, name), getattr(o, name), getattr(t, name))
            for name in ("kind", "state", "definition", "note", "reason")
        }
        terms = self.each(
            lambda key: f"{key[1]} ({key[0]}{', ' + key[2] if key[2] else ''})",
            _by(term_key, b.terms),
            _by(term_key, o.terms),
            _by(term_key, t.terms),
            join=self.term,
        )
        links = self.each(
            lambda key: f"link {key[0]} {key[1]}", *(_by(_link_key, c.links) for c in (b, o, t))
        )
        comments = sorted(
            self.each(
                lambda key: f"comment of {key[0]}",
                *(_by(_comment_key, e.comments) for e in (base, ours, theirs)),
            ),
            key=lambda comment: comment.at,
        )
        keys = self.each(lambda key: key, *(_by(str, e.keys) for e in (base, ours, theirs)))
        return replace(
            ours,
            concept=replace(o, terms=terms, links=links, **values),
            comments=tuple(comments),
            keys=tuple(sorted(keys)),
            merged_into=self.one("merged into", base.merged_into, ours.merged_into, theirs.merged_into),
        )

    def term(self, name: str, base: Term | None, ours: Term, theirs: Term) -> Term:
        """One term of both sides, field by field; counts of forms are those of the side that saw more."""
        was = base or Term(ours.text, ours.lang, scope=ours.scope)
        plain = ("lemma", "status", "case", "translate", "note")
        values: dict[str, Any] = {
            part: self.one(f"{name}: {part}", getattr(was, part), getattr(ours, part), getattr(theirs, part))
            for part in plain
        }
        forms = dict.fromkeys([*ours.variants, *theirs.variants])
        variants = {form: max(ours.variants.get(form, 0), theirs.variants.get(form, 0)) for form in forms}
        return replace(ours, **values, variants=variants, extra={**theirs.extra, **ours.extra})


def _by(key: Callable[[V], K], values: Iterable[V]) -> dict[K, V]:
    return {key(value): value for value in values}


def _link_key(link: Link) -> tuple[str, str]:
    return link.type, link.target


def _comment_key(comment: Comment) -> tuple[str, str, str]:
    return comment.author, comment.at, comment.text


def _text(value: object) -> str:
    """A value as a conflict shows it."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, Term):
        fields = term_to_json(value)
        return (
            ", ".join(f"{name} {fields[name]}" for name in ("status", "case", "note") if name in fields)
            or "there"
        )
    if isinstance(value, Link):
        return f"{value.type} {value.target}{f' ({value.date})' if value.date else ''}"
    return " ".join(str(value).split())


def _terms_text(entry: Entry) -> str:
    return ", ".join(f"{t.text}: {t.status or 'undecided'}" for t in entry.concept.terms)


def by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by their ids."""
    return {entry.concept.id: entry for entry in entries}


def match_known(
    incoming: Sequence[Entry],
    known: Container[str],
    by_key: Mapping[str, str],
    by_term: Callable[[Term], str],
) -> list[Entry]:
    """Incoming entries under the ids by which they are known here, in what refers to them as well.

    An entry is known by its id, else by a candidate's key, else by its first term if that names one concept
    (``by_term`` gives its id, or ""). Two entries never get one id.
    """
    taken = {entry.concept.id for entry in incoming if entry.concept.id in known}
    ids: dict[str, str] = {}
    for entry in incoming:
        if entry.concept.id not in known:
            found = next((by_key[key] for key in entry.keys if key in by_key), "")
            found = found or next(filter(None, map(by_term, entry.concept.terms[:1])), "")
            if found and found not in taken:
                taken.add(found)
                ids[entry.concept.id] = found
    return [renumbered(entry, ids) for entry in incoming]


def renumbered(entry: Entry, ids: Mapping[str, str]) -> Entry:
    """The entry with other ids, its own and those that it refers to."""
    concept = entry.concept
    links = tuple(replace(link, target=ids.get(link.target, link.target)) for link in concept.links)
    concept = replace(concept, id=ids.get(concept.id, concept.id), links=links)
    return replace(entry, concept=concept, merged_into=ids.get(entry.merged_into, entry.merged_into))
