"""What of an entry a format carries: the entry as it comes back from the file.

Every format says with a :class:`Room` what it has a place for. ``carry`` leaves out of an entry what has none, so
that writing and reading give exactly what ``carry`` gives, and what differs from the entry is what is lost.

A term that people have decided against (deprecated, superseded, forbidden) is left out wherever the format could not
say so, as are terms that are decided for one client, edition or field only, and rejected and merged concepts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from glossary.formats.toml import shared
from glossary.model import Concept, Entry, Status, Term
from glossary.review.entries import make_id
from glossary.review.layers import ACCEPTED
from glossary.review.valid import clash, term_key

OUR_ID = re.compile("[0-9a-hjkmnp-tv-z]{8}")
"""The ids that Concord makes itself; other programs number their entries in their own ways."""
NOTHING: Container[str] = frozenset()
SAME: Mapping[Status | None, Status | None] = {
    status: status for status in ("preferred", "admitted", "deprecated", "superseded", "forbidden", None)
}
_XML_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A mention as evidence: the document, the number of the sentence in it from 1, and the sentence."""

    document: str
    number: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """Who first decided something about a concept and who last, and when (ISO 8601 in UTC)."""

    created: str
    creator: str
    modified: str
    modifier: str


@dataclass(frozen=True, slots=True)
class How:
    """What a writer or reader is told beside the entries.

    ``source`` and ``target`` are the languages of a format that has two; ``tabs`` asks for tabs between cells in
    the place of commas; ``evidence`` gives the mentions of a concept, ``attested`` are the concepts that have some,
    ``made`` when and by whom concepts were decided; ``header`` is what a PO file's header says.
    """

    source: str = ""
    target: str = ""
    tabs: bool = False
    encoding: str | None = None
    evidence: Callable[[str], Sequence[Quote]] = lambda _: ()
    attested: Container[str] = NOTHING
    made: Mapping[str, Made] = field(default_factory=dict)
    header: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Room:
    """What a format has a place for.

    ``ids`` are kept if they are of the kind that Concord makes, with ``any_id`` all of them. ``concept`` and
    ``term`` name fields. ``statuses`` says as which status each comes back; a term whose status is
    not among them is left out. Where ``ranked`` is set the file has no statuses: the first term of a language comes
    back as preferred, the others as admitted. ``apart``: each source term comes back as a concept of its own;
    ``source_note``: it can have a note in a file of pairs. ``note`` is how notes come back.
    """

    pair: bool = False
    ids: bool = False
    any_id: bool = False
    apart: bool = False
    one_target: bool = False
    ranked: bool = True
    xml: bool = False
    evidence: bool = False
    dates: bool = False
    source_note: bool = False
    concept: frozenset[str] = frozenset()
    term: frozenset[str] = frozenset()
    statuses: Mapping[Status | None, Status | None] = field(default_factory=dict)
    fits: Callable[[str], bool] = lambda _: True
    scope_fits: Callable[[str], bool] = lambda scope: not scope
    note: Callable[[str], str] = lambda note: note


CONCEPT_FIELDS = ("kind", "state", "definition", "note", "reason")
TERM_FIELDS = ("lemma", "case", "translate", "variants", "note", "extra")
_EMPTY: Mapping[str, Any] = {
    "kind": "other", "state": "approved", "definition": "", "note": "", "reason": "", "lemma": "", "case": "any",
    "translate": True, "variants": {}, "extra": {},
}  # fmt: skip


def whole(entry: Entry) -> tuple[Entry, ...]:
    """What a format carries that has a place for everything that is shared."""
    return (shared(entry),)


def language(code: str) -> str:
    """A language code with hyphens, as BCP 47 has it."""
    return code.replace("_", "-")


def printable(text: str) -> str:
    """A text with U+FFFD in the place of characters that XML 1.0 cannot hold."""
    return _XML_FORBIDDEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    """A text without line breaks and tabs."""
    return " ".join(part for part in re.split("[\t\n]+", text) if part).strip()


def carry(entry: Entry, room: Room, how: How) -> tuple[Entry, ...]:
    """What comes back of an entry: () where it is left out, several where its synonyms part."""
    if entry.merged_into or (entry.concept.state == "rejected" and "state" not in room.concept):
        return ()
    terms = usable(entry.concept.terms, room)
    if room.pair:
        return _pairs(entry, terms, room, how)
    terms = [t for t in terms if not room.ranked or t.status in ACCEPTED or t.status is None]
    ordered = _by_language(terms, room, how)
    return (_entry(entry, ordered, room),) if ordered else ()


def usable(terms: Sequence[Term], room: Room) -> list[Term]:
    """The terms that a format can say, with the fields that it has."""
    kept: list[Term] = []
    unranked = {t.lang for t in terms if not t.scope} - {t.lang for t in terms if t.status and not t.scope}
    for term in terms:
        if not room.fits(term.text) or not room.scope_fits(term.scope):
            continue
        if room.xml and _XML_FORBIDDEN.search(term.text):
            continue
        if room.ranked and None not in room.statuses and term.status is None and term.lang not in unranked:
            continue
        if term.status not in (*ACCEPTED, None) and term.status not in room.statuses:
            continue
        kept.append(_bare(term, room))
    return _without_clashes(kept)


def _bare(term: Term, room: Room) -> Term:
    fields = {name: _EMPTY[name] for name in TERM_FIELDS if name not in room.term and name != "note"}
    note = room.note(term.note) if "note" in room.term else ""
    status = room.statuses.get(term.status, term.status)
    return replace(
        term,
        lang=language(term.lang),
        status=status,
        note=printable(note) if room.xml else note,
        **fields,
    )


def _without_clashes(terms: list[Term]) -> list[Term]:
    """Without terms that would contradict an earlier one once their case rules are gone."""
    kept: list[Term] = []
    for term in sorted(terms, key=lambda t: t.status in (*ACCEPTED, None)):  # refusals first: they win
        same = [t for t in kept if t.lang == term.lang and t.scope == term.scope]
        folded = [t for t in same if t.text.casefold() == term.text.casefold()]
        if any(term_key(t) == term_key(term) or clash(t, term) or clash(term, t) for t in folded):
            continue
        kept.append(term)
    return [term for term in terms if any(term is other for other in kept)]


def _by_language(terms: Sequence[Term], room: Room, how: How) -> list[Term]:
    """Terms language by language; with their ranks where the file has no statuses."""
    found: list[Term] = []
    undecided = all(t.status is None for t in terms)
    for lang in in_order({t.lang for t in terms}, how):
        of_lang = [t for t in terms if t.lang == lang]
        of_lang = rank(of_lang) if room.ranked or undecided else of_lang
        found += of_lang[:1] if room.one_target else of_lang
    return found


def in_order(langs: Iterable[str], how: How) -> list[str]:
    """The languages as files have them: the source, the target, the others by their codes."""
    first = {language(how.target): 1, language(how.source): 0}
    return sorted(langs, key=lambda lang: (first.get(lang, 2), lang))


def rank(terms: Sequence[Term]) -> list[Term]:
    """Accepted terms in the order of their statuses, the first preferred, the others admitted."""
    order = sorted(terms, key=lambda t: (t.status != "preferred", t.status != "admitted"))
    return [replace(t, status="admitted" if n else "preferred") for n, t in enumerate(order)]


def _pairs(entry: Entry, terms: Sequence[Term], room: Room, how: How) -> tuple[Entry, ...]:
    lefts = [t for t in terms if t.lang == language(how.source) and t.status in (*ACCEPTED, None)]
    if not room.source_note:
        lefts = [replace(t, note="") for t in lefts]
    rights = targets_of(terms, room, how)
    if lefts and not any(t.status in ACCEPTED or t.status is None for t in rights):
        rights = [*_as_it_is(entry, lefts, room, how), *rights]
    if room.one_target:
        rights = rights[:1]
    if not lefts or not (rights or "untranslated" in room.concept):
        return ()
    undecided = all(t.status is None for t in rights) and None in room.statuses and bool(rights)
    lefts = [replace(t, status=None) for t in rank(lefts)] if undecided else rank(lefts)
    if not room.apart:
        return (_entry(entry, [*lefts, *rights], room, undecided=undecided),)
    alone = [replace(left, status=None if undecided else "preferred") for left in lefts]
    return tuple(_entry(entry, [left, *rights], room, undecided=undecided) for left in alone)


def targets_of(terms: Sequence[Term], room: Room, how: How) -> list[Term]:
    """The target terms in the order in which a file of pairs has them: accepted, undecided, refused."""
    rights = [t for t in terms if t.lang == language(how.target) != language(how.source)]
    good = [t for t in rights if t.status in ACCEPTED or (t.status is None and None not in room.statuses)]
    open_ = [t for t in rights if t.status is None and None in room.statuses]
    bad = [t for t in rights if t.status not in (*ACCEPTED, None)]
    return [*rank(good), *open_, *bad]


def _as_it_is(entry: Entry, lefts: Sequence[Term], room: Room, how: How) -> list[Term]:
    """The translation of a term that stays as it is: itself, unless the format has a mark for that."""
    if "translate" in room.term or how.source == how.target:
        return []
    texts = {t.text for t in entry.concept.terms if t.lang == how.source and not t.translate and not t.scope}
    refused = {t.text.casefold() for t in entry.concept.terms if t.status not in (*ACCEPTED, None)}
    stay = [t for t in lefts if t.text in texts and t.text.casefold() not in refused]
    return [Term(stay[0].text, language(how.target), status="preferred")] if stay else []


def _entry(entry: Entry, terms: Sequence[Term], room: Room, *, undecided: bool = False) -> Entry:
    concept = entry.concept
    fields = {
        name: getattr(concept, name) if name in room.concept else _EMPTY[name] for name in CONCEPT_FIELDS
    }
    if room.xml:
        fields |= {name: printable(fields[name]) for name in ("definition", "note", "reason")}
    if undecided and "state" not in room.concept:
        fields["state"] = "candidate"
    first = terms[0]
    kept = room.any_id or (room.ids and OUR_ID.fullmatch(concept.id))
    return Entry(
        Concept(concept.id if kept else make_id(f"{first.lang}\n{first.text}"), terms=tuple(terms), **fields),
        decided=True,
    )
