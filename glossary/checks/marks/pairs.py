"""What the ledger of a pair says, put so that each fault is told once: what several rules on pairs need."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from glossary.annotations.ledger import ALIKE, likeness, place_class
from glossary.annotations.lexicon import lexicon
from glossary.checks.base import Place, Unchecked
from glossary.checks.marks.mentions import in_force, listed_before
from glossary.checks.marks.places import bead_at, is_sure, named
from glossary.checks.marks.signs import unsigned_notes
from glossary.checks.settings import Marks
from glossary.checks.views import PairView, Side, Span, TextView
from glossary.model import Annotation, LedgerEntry

STATUSES = {
    "banned": "banned",
    "extremist": "extremist",
    "terrorist": "terrorist",
    "undesirable": "undesirable",
    "foreign-agent": "foreign agent",
    "liquidated": "liquidated",
}
NEAR = 10  # beads; a doubtful alignment finds its way back sooner
CONJUNCTION = re.compile(r"\s(?:and|und|et|и|й|і|та|&)\s")
OURS = re.compile(
    r"наш(?:ей|а) стран|нашій країн|our country|hierzulande|notre pays|unserem Land", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Scope:
    """A joint mark whose names differ: ``target`` is the translation's mark, ``source`` the original's.

    ``lost`` are names that the original's mark covers and this one does not, ``extra`` the other way round.
    """

    source: int
    target: int
    lost: tuple[str, ...]
    extra: tuple[str, ...]


def no_grammar(view: TextView) -> Unchecked:
    """That the marks of a text cannot be read."""
    return Unchecked(f"there is no grammar of legal marks for “{view.lang}”", view.name)


def open_sides(pair: PairView) -> list[Unchecked]:
    """The texts of a pair whose marks cannot be read."""
    return [no_grammar(view) for view in (pair.source, pair.target) if not view.knows_marks]


def policy(view: TextView) -> Marks:
    """What the edition of a text does with marks."""
    return view.settings.edition(view.document).marks


def quoted(names: tuple[str, ...] | list[str]) -> str:
    """Names as a message lists them: “A”, “B” and “C”."""
    shown = [f"“{name}”" for name in names]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def mark_place(view: TextView, mark: Annotation, label: str = "") -> Place:
    """Where a mark stands."""
    return Place(view.name, mark.start, mark.end, label)


def names_of(mark: Annotation, entry: LedgerEntry) -> list[Span]:
    """Where the names of an entry stand under their mark; the mark itself where it has none."""
    spans = [(one.start, one.end) for one in mark.concepts if one.text in entry.names]
    return spans or [(mark.start, mark.end)]


# -- entries ------------------------------------------------------------------------------------------------------


def scopes(pair: PairView) -> list[Scope]:
    """Joint marks in the sentence that cover other names than the original's do."""
    found = []
    for t, mark in enumerate(pair.target.marks):
        partners = [e.source for e in pair.ledger if e.target == t and e.source is not None]
        inline = [s for s in partners if place_class(pair.source.marks[s]) == "inline"]
        if not inline or place_class(mark) != "inline":
            continue
        if any(_unparted(mark, pair.source.marks[s]) for s in inline):
            continue
        many = len(mark.concepts) > 1 or any(len(pair.source.marks[s].concepts) > 1 for s in inline)
        dropped = [e for e in pair.ledger if e.target is None and e.source in inline]
        lost = [name for e in dropped for name in e.names if name and not _listed(pair.target, mark, name)]
        added = [e for e in pair.ledger if e.source is None and e.target == t]
        extra = [
            name
            for e in added
            for name in e.names
            if name and not any(_listed(pair.source, pair.source.marks[s], name) for s in inline)
        ]
        if many and not (lost or extra) and len(inline) == 1:
            lost, extra = _exchanged(pair, pair.source.marks[inline[0]], mark)
        if many and (lost or extra):
            found.append(Scope(inline[0], t, tuple(lost), tuple(extra)))
    return found


def _unparted(a: Annotation, b: Annotation) -> bool:
    """Whether one text's names were read as one name with an "and" in it, so that they cannot be compared."""
    return len(a.concepts) != len(b.concepts) and any(
        CONJUNCTION.search(name.text) for name in (*a.concepts, *b.concepts)
    )


def _exchanged(pair: PairView, own: Annotation, mark: Annotation) -> tuple[list[str], list[str]]:
    """Names of the original's mark that stand outside this one in the same bead, and the names in their stead.

    Said only if both are known: a name of the original that became another one here, and one here that is another
    there.
    """
    ours = {(one.start, one.end) for one in own.concepts}
    theirs = {(one.start, one.end) for one in mark.concepts}
    bead = bead_at(pair, "target", mark.start)
    lost = [
        pair.source.text[slice(*span)]
        for span in sorted(ours)
        if (found := named(pair, span, bead)) is not None
        and not _touches(found, theirs)
        and bead_at(pair, "target", found[0]) == bead
    ]
    extra = [
        pair.target.text[slice(*span)]
        for span in sorted(theirs)
        if not any(_is_of(pair, other, span) for other in ours)
    ]
    return (lost, extra) if lost and extra else ([], [])


def _is_of(pair: PairView, own: Span, there: Span) -> bool:
    """Whether a name of the original is the one that stands there in the translation."""
    found = named(pair, own, bead_at(pair, "target", there[0]))
    alike = likeness(pair.source.text[slice(*own)], pair.target.text[slice(*there)])
    return alike >= ALIKE or (found is not None and _touches(found, {there}))


def _touches(span: Span, spans: set[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in spans)


def _listed(view: TextView, mark: Annotation, name: str) -> bool:
    """Whether a name stands in the list before a mark that does not say how many it speaks of."""
    return any(likeness(view.text[a:b], name) >= ALIKE for a, b in listed_before(view, mark))


def dropped(pair: PairView) -> Iterator[LedgerEntry]:
    """Marks that the translation lacks as a whole.

    A name left out of a joint mark or footnote is no such thing, nor a footnote that only lost its sign.
    """
    kept = {e.source for e in pair.ledger if e.source is not None and e.target is not None}
    loose = {frozenset(mark.status) for mark in unsigned_notes(pair.target)}
    for entry in pair.ledger:
        if entry.target is not None or entry.source is None or entry.source in kept:
            continue
        mark = pair.source.marks[entry.source]
        if mark.position != "footnote" or frozenset(mark.status) not in loose:
            yield entry


def added(pair: PairView) -> Iterator[LedgerEntry]:
    """Marks that the original lacks as a whole; footnotes without a sign, in either text, left out."""
    kept = {e.target for e in pair.ledger if e.source is not None and e.target is not None}
    loose = {frozenset(mark.status) for mark in unsigned_notes(pair.source)}
    unsigned = list(unsigned_notes(pair.target))
    for entry in pair.ledger:
        if entry.source is not None or entry.target is None or entry.target in kept:
            continue
        mark = pair.target.marks[entry.target]
        note = mark.position == "footnote" and (mark in unsigned or frozenset(mark.status) in loose)
        if not note:
            yield entry


def beads_of(pair: PairView, entries: Iterable[LedgerEntry]) -> list[int]:
    """The beads of the marks that one text lacks, in order."""
    found = []
    for entry in entries:
        side: Side = "target" if entry.source is None else "source"
        at = entry.target if entry.source is None else entry.source
        assert at is not None
        found.append(bead_at(pair, side, names_of(pair.view(side).marks[at], entry)[0][0]))
    return sorted(found)


def strayed(pair: PairView, side: Side, offset: int, others: Sequence[int]) -> bool:
    """Whether a mark in a doubtful bead may be one of those that the other text has and this one lacks: one of
    ``others``, the beads where they stand in order, is within NEAR beads."""
    if is_sure(pair, side, offset):
        return False
    bead = bead_at(pair, side, offset)
    first = bisect_left(others, bead - NEAR)
    return first < len(others) and others[first] <= bead + NEAR


def matched(pair: PairView) -> Iterator[tuple[Annotation, Annotation, LedgerEntry]]:
    """The marks that stand in both texts, with what the ledger says of them."""
    for entry in pair.ledger:
        if entry.source is not None and entry.target is not None:
            yield pair.source.marks[entry.source], pair.target.marks[entry.target], entry


def unread_bracket(view: TextView, end: int) -> bool:
    """Whether a bracket right behind a name speaks of a status in words that are not read as a mark."""
    found = re.match(r"[»”“\"'’]?\s*\(([^()]{3,200})\)", view.text[end : end + 210])
    return found is not None and lexicon(view.lang).trigger.search(found.group(1)) is not None


def not_in_force(view: TextView, start: int, end: int) -> bool:
    """Whether the newsroom's list has what stands there, and not for the text's date."""
    return in_force(view, start, end) is False


@lru_cache(maxsize=1_000)
def country(code: str) -> str:
    """The English name of a country as the grammar spells it, else its code."""
    return next(
        (
            " ".join(pattern.pattern for pattern in one.words).title()
            for one in lexicon("en").countries
            if one.code == code
            and ":" not in one.key
            and all(re.fullmatch(r"[a-zü ]+", w.pattern) for w in one.words)
        ),
        code,
    )
