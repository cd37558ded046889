"""What became of each legal mark in the translation: kept, dropped, added, moved or changed.

Marks are compared name by name: a joint mark that the translation splits in two gives two entries, and a footnote
stands at every place that carries its sign. Two marks speak of the same name if they stand in one bead and their
names look alike once transliterated, or if nothing else in the bead looks more like either.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from align.model import Alignment, Document
from glossary.annotations.notes import same_name
from glossary.model import Annotation, LedgerEntry, Verdict

# Cyrillic and accented letters in Latin ones, and spellings of one sound made alike.
_LETTER_PAIRS = """
а a б b в v г g ґ g д d е e є e ё e ж j з z и i і i ї i й i к k л l м m н n о o п p р r с s т t у u ф f х h ц ts
ч ch ш sh щ sh ы i э e ю iu я ia é e è e ê e ï i î i ä a ö o ü u ß ss ô o â a ç s
"""
_SPELLING_PAIRS = "sch sh kha ha kh h zh j dj j ph f q k ck k c k w v x ks y i ae ai ee i oo u ou u gh g"
_LETTERS = dict(zip(_LETTER_PAIRS.split()[::2], _LETTER_PAIRS.split()[1::2], strict=True))
_SPELLINGS = tuple(zip(_SPELLING_PAIRS.split()[::2], _SPELLING_PAIRS.split()[1::2], strict=True))
_INLINE, _FOOTNOTE, _BANNER = "inline", "footnote", "banner"
ALIKE, SURE = 0.6, 0.8


@dataclass(frozen=True, slots=True)
class _Mention:
    """One name under a mark: the annotation's position in its list, the name, the beads that it stands in."""

    annotation: int
    name: str
    start: int
    beads: frozenset[int]
    home: bool


def ledger(
    source: Sequence[Annotation], target: Sequence[Annotation], alignment: Alignment
) -> list[LedgerEntry]:
    """The entries of all marks, in order of the source, added ones where they stand in the translation.

    ``source`` and ``target`` are the annotations of ``alignment.source`` and ``alignment.target``; the entries
    hold positions in these two lists. A mark differs in "place" by its spelling («РФ» is "the Russian Federation",
    not "Russia"), in "position" by any change, in "form" where verb or participle, noun and full wording differ.
    """
    ours = _mentions(source, alignment.source, [bead.source for bead in alignment.beads])
    theirs = _mentions(target, alignment.target, [bead.target for bead in alignment.beads])
    pairs = _pair(ours, theirs, source, target, alignment)
    entries: dict[tuple[int | None, int | None], LedgerEntry] = {}
    key: tuple[int | None, int | None]
    for m in ours:
        n = pairs.get(m)
        key = (m.annotation, n.annotation if n else None)
        if n is None and (not m.home or _found(m, ours, pairs)):
            continue
        entries[key] = _entry(key, m, entries.get(key), source, target)
    used = set(pairs.values())
    for n in theirs:
        if n not in used and n.home and not _found(n, theirs, used):
            key = (None, n.annotation)
            entries[key] = _entry(key, n, entries.get(key), source, target)
    return _ordered(list(entries.values()))


def _found(mention: _Mention, mentions: Sequence[_Mention], matched: Collection[_Mention]) -> bool:
    """Whether the same name under the same mark has been found in the other text at another of its places."""
    same = (m for m in mentions if m.annotation == mention.annotation and m is not mention)
    return any(m in matched and same_name(m.name, mention.name) for m in same)


def _entry(
    key: tuple[int | None, int | None], mention: _Mention, before: LedgerEntry | None,
    source: Sequence[Annotation], target: Sequence[Annotation],
) -> LedgerEntry:  # fmt: skip
    names = (*(before.names if before else ()), mention.name)
    s, t = key
    if s is None or t is None:
        return LedgerEntry(s, t, "dropped" if t is None else "added", (), names)
    differs = differences(source[s], target[t])
    verdict: Verdict = "kept"
    if place_class(source[s]) != place_class(target[t]):
        verdict = "moved"
    if {"status", "place"} & set(differs):
        verdict = "changed"
    return LedgerEntry(s, t, verdict, differs, tuple(dict.fromkeys(names)))


def place_class(annotation: Annotation) -> str:
    """Where a mark stands for its reader: in the sentence, in a footnote, or above the text."""
    return {"footnote": _FOOTNOTE, "banner": _BANNER}.get(annotation.position, _INLINE)


def differences(a: Annotation, b: Annotation) -> tuple[str, ...]:
    """What is not the same in two marks: "status", "place", "form", "position", in this order."""
    found = []
    if set(a.status) != set(b.status):
        found.append("status")
    if a.place_key != b.place_key or set(a.jurisdiction) != set(b.jurisdiction):
        found.append("place")
    if _form_class(a) != _form_class(b):
        found.append("form")
    if a.position != b.position:
        found.append("position")
    return tuple(found)


def _form_class(a: Annotation) -> str:
    """Verb and participle are one: «запрещена» and "banned" are each other's plain translation."""
    return "verb" if a.form == "participle" else a.form


def _ordered(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Entries in order of the source; an added one before the first that stands behind it in the translation."""
    own = sorted((e for e in entries if e.source is not None), key=lambda e: (e.source or 0, e.target or 0))
    added = sorted((e for e in entries if e.source is None), key=lambda e: e.target or 0)
    result: list[LedgerEntry] = []
    for entry in own:
        while added and entry.target is not None and (added[0].target or 0) < entry.target:
            result.append(added.pop(0))
        result.append(entry)
    return result + added


# -- mentions -------------------------------------------------------------------------------------------------


def _mentions(
    annotations: Sequence[Annotation], document: Document, sides: Sequence[tuple[int, ...]]
) -> list[_Mention]:
    """Every name under every mark, with its beads; a mark without names is one mention without a name."""
    bead_of = {segment: n for n, side in enumerate(sides) for segment in side}
    starts = [segment.start for segment in document.segments]

    def beads(*offsets: int) -> frozenset[int]:
        segments = {bisect_right(starts, offset) - 1 for offset in offsets}
        return frozenset(bead_of[s] for s in segments if s in bead_of)

    found: list[_Mention] = []
    for n, annotation in enumerate(annotations):
        inline = place_class(annotation) == _INLINE
        if not annotation.concepts:
            found.append(_Mention(n, "", annotation.start, beads(annotation.start), True))
        names = annotation.concepts if annotation.owner is None else annotation.concepts[:1]
        for name in names:
            offsets = (name.start, annotation.start) if inline else (name.start,)
            found.append(_Mention(n, name.text, name.start, beads(*offsets), True))
        known = {name.end for name in annotation.concepts}
        for start, _ in annotation.signs:
            carrier = _carrier(document.text, start, annotation)
            if not any(end <= start <= end + 2 for end in known) and carrier:
                found.append(_Mention(n, carrier, start, beads(start - 1), False))
    return found


def _carrier(text: str, sign: int, annotation: Annotation) -> str:
    """The name of a footnote that stands before one of its later signs, as the footnote's first mention spells it."""
    for name in annotation.concepts:
        words = len(name.text.split())
        before = re.sub(r"[»”“\"'’›*]+$", "", text[max(0, sign - 120) : sign]).split()[-words:]
        if same_name(" ".join(before), name.text):
            return name.text
    return annotation.concepts[0].text if len(annotation.concepts) == 1 else ""


# -- pairs ----------------------------------------------------------------------------------------------------


def _pair(
    ours: Sequence[_Mention], theirs: Sequence[_Mention],
    source: Sequence[Annotation], target: Sequence[Annotation], alignment: Alignment,
) -> dict[_Mention, _Mention]:  # fmt: skip
    """Which mention is which: first inside beads, the likeliest first, then marks that moved elsewhere."""
    scored = []
    for i, m in enumerate(ours):
        for j, n in enumerate(theirs):
            if m.beads & n.beads and not _elsewhere(m, n, alignment):
                same = set(source[m.annotation].status) == set(target[n.annotation].status)
                order = abs(i / max(1, len(ours)) - j / max(1, len(theirs)))
                scored.append((likeness(m.name, n.name) + 0.2 * same - 0.1 * order, i, j))
    pairs: dict[_Mention, _Mention] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if ours[i] not in pairs and j not in taken:
            pairs[ours[i]] = theirs[j]
            taken.add(j)
    _pair_moved(ours, theirs, source, target, pairs)
    return pairs


def _pair_moved(
    ours: Sequence[_Mention], theirs: Sequence[_Mention],
    source: Sequence[Annotation], target: Sequence[Annotation], pairs: dict[_Mention, _Mention],
) -> None:  # fmt: skip
    """Pairs marks in different kinds of places, whatever bead they stand in; a note or banner serves many."""
    used = {n.annotation for n in pairs.values()}
    for m in ours:
        if m in pairs:
            continue
        here = place_class(source[m.annotation])
        best: tuple[float, _Mention] | None = None
        for n in theirs:
            there = place_class(target[n.annotation])
            if here == there or (there == _INLINE and n.annotation in used):
                continue
            nameless = not (m.name and n.name) and set(source[m.annotation].status) & set(
                target[n.annotation].status
            )
            score = ALIKE if nameless else likeness(m.name, n.name)
            if score >= ALIKE and (best is None or score > best[0]):
                best = (score, n)
        if best is not None:
            pairs[m] = best[1]
            used.add(best[1].annotation)


def _elsewhere(m: _Mention, n: _Mention, alignment: Alignment) -> bool:
    """Whether either name stands, without this mark, elsewhere in the other text's part of the bead."""
    if not m.name or not n.name or likeness(m.name, n.name) >= ALIKE:
        return False
    shared = m.beads & n.beads
    there = [s for b in shared for s in alignment.beads[b].target]
    here = [s for b in shared for s in alignment.beads[b].source]
    return _stands_in(m.name, alignment.target, there, n) or _stands_in(n.name, alignment.source, here, m)


def _stands_in(name: str, document: Document, segments: Sequence[int], but: _Mention) -> bool:
    width = len(name.split())
    for s in segments:
        segment = document.segments[s]
        words = list(re.finditer(r"\w+(?:[-’']\w+)*", document.text[segment.start : segment.end]))
        for k in range(len(words) - width + 1):
            start, end = segment.start + words[k].start(), segment.start + words[k + width - 1].end()
            inside = start < but.start + len(but.name) and but.start < end
            if (
                not inside
                and document.text[start].isupper()
                and likeness(name, document.text[start:end]) >= SURE
            ):
                return True
    return False


@lru_cache(maxsize=50_000)
def likeness(a: str, b: str) -> float:
    """How alike two names are in [0, 1], once both are spelt in Latin letters (ratio of Ratcliff and Obershelp)."""
    x, y = _latin(a), _latin(b)
    if not x or not y:
        return 0.0
    return SequenceMatcher(None, x, y, autojunk=False).ratio()


def _latin(name: str) -> str:
    text = "".join(_LETTERS.get(c, c) for c in name.lower() if c.isalpha())
    for spelt, plain in _SPELLINGS:
        text = text.replace(spelt, plain)
    return re.sub(r"(.)\1+", r"\1", text)
