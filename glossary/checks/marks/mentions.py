"""Every mention of what a text marks anywhere, under all its names, and which of the mentions carry a mark.

Names belong together by the glossary (terms of one concept), by the newsroom's dated list (name and aliases), by
what extraction found (acronyms, well-known aliases, inflected forms), and else by being forms of one name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from glossary.annotations.lexicon import lexicon
from glossary.annotations.notes import same_name
from glossary.annotations.scan import Line
from glossary.checks.base import Place
from glossary.checks.views import Span, TextView
from glossary.dated import Listed, find_listed
from glossary.extract.words import words
from glossary.model import Annotation, Candidate

SHORT = "short form"
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_UNCOUNTED = ("parenthesis", "acronym", "apposition")


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` of a document. ``form`` is the name's head spelling that it is a form of.

    ``relation`` is how that form belongs to the concept ("" for its main name, "acronym", "alias", "spelling",
    "short form"); ``mark`` the position in ``view.marks`` of the mark that it carries, None if it has none.
    """

    start: int
    end: int
    text: str
    form: str
    relation: str = ""
    reason: str = ""
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one thing that the text marks somewhere, in order; ``entry`` is its row in the list."""

    mentions: tuple[Mention, ...]
    entry: Listed | None = None

    @property
    def marked(self) -> tuple[Mention, ...]:
        """Those that carry a mark."""
        return tuple(one for one in self.mentions if one.mark is not None)


_MEMORY: WeakKeyDictionary[TextView, tuple[Group, ...]] = WeakKeyDictionary()


def groups(view: TextView) -> tuple[Group, ...]:
    """The marked concepts of a text, in order of their first mention; found once for a view."""
    if view not in _MEMORY:
        _MEMORY[view] = tuple(_groups(view)) if view.marks else ()
    return _MEMORY[view]


def is_form(one: str, other: str) -> bool:
    """Whether two spellings are forms of one name; acronyms are not inflected."""
    return one == other or (not (one.isupper() or other.isupper()) and same_name(one, other))


def place(view: TextView, one: Mention, label: str = "") -> Place:
    """Where a mention stands."""
    return Place(view.name, one.start, one.end, label)


def in_heading(view: TextView, start: int) -> bool:
    """Whether an offset is in a heading or caption."""
    document = view.document
    if not document.segments:
        return False
    return document.blocks[document.segments[view.segment_at(start)].block].kind in ("heading", "caption")


def in_force(view: TextView, start: int, end: int) -> bool | None:
    """Whether the dated list has what stands there in force at the text's date; None where it says nothing."""
    on = view.date
    said = [entry.in_force(on) for entry in listed_at(view, start, end)] if on else []
    return any(said) if said else None


def listed_at(view: TextView, start: int, end: int) -> list[Listed]:
    """The entries of the dated list that stand at a place; none where the text's date is not known."""
    return [entry for a, b, entry in _index(view).listed if a < end and start < b]


def listed_mentions(view: TextView) -> list[tuple[int, int, Listed]]:
    """The mentions of the dated list's names, in order, marks and footnotes left out."""
    aside = _asides(view)
    return [one for one in _index(view).listed if not any(a < one[1] and one[0] < b for a, b in aside)]


# -- which mentions carry a mark --------------------------------------------------------------------------------


def marked_spans(view: TextView) -> dict[Span, int]:
    """The stretches that marks speak of, each with its mark's position in ``view.marks``."""
    found: dict[Span, int] = {}
    for number, mark in enumerate(view.marks):
        if mark.owner is None:
            own = [(name.start, name.end) for name in mark.concepts]
        else:
            own = [(name.start, name.end) for name in mark.concepts if name != mark.owner]
        if mark.acronym is not None:
            own.append((mark.acronym.start, mark.acronym.end))
        for span in (*own, *listed_before(view, mark)):
            found.setdefault(span, number)
        for start, _ in mark.signs:
            for span in _before_sign(view.text, start, mark):
                found.setdefault(span, number)
    return found


def _before_sign(text: str, at: int, mark: Annotation) -> list[Span]:
    """The name of a footnote that stands before one of its signs, in the words of its first mention."""
    before = list(_WORD.finditer(text, max(0, at - 120), at))
    for name in mark.concepts:
        own = before[-len(_WORD.findall(name.text)) :]
        if own and is_form(text[own[0].start() : own[-1].end()], name.text):
            return [(own[0].start(), own[-1].end())]
    return []


def listed_before(view: TextView, mark: Annotation) -> list[Span]:
    """Names in a list right before the one name of a mark: it may speak of them too ("A and B (banned)").

    Only in languages whose verb does not say how many it speaks of.
    """
    if mark.lang not in ("en", "de") or len(mark.concepts) != 1 or mark.position not in _UNCOUNTED:
        return []
    own = mark.concepts[0]
    if own.end > mark.start:
        return []
    return [span for span in list_spans(view, own.start, own.end) if span != (own.start, own.end)]


def list_spans(view: TextView, start: int, end: int) -> list[Span]:
    """The names of the list that ends with the name at ``text[start:end]``, in order, that one included."""
    text = view.text
    left = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    line = Line(text, left, min(len(text), end + 1), lexicon(view.lang))
    last = next((n for n in range(len(line.tokens) - 1, -1, -1) if line.tokens[n].end <= end), -1)
    if last + 1 < len(line.tokens) and last + 1 in line.quotes:
        last += 1
    hit = line.namer.left(last, joined=False)
    if hit is None:
        return [(start, end)]
    return [(one.start, one.end) for one in line.namer.list_left(hit, 0)]


# -- which mentions are of one thing ----------------------------------------------------------------------------


def _groups(view: TextView) -> Iterator[Group]:
    spans = marked_spans(view)
    families = [_family(view, span) for span in sorted(spans)]
    joined: list[dict[Span, Mention]] = []
    entries: list[Listed | None] = []
    for family, entry in families:
        same = [n for n, known in enumerate(joined) if known.keys() & family.keys()]
        for n in reversed(same):
            family = {**family, **joined.pop(n)}
            entry = entries.pop(n) or entry
        joined.append(family)
        entries.append(entry)
    aside = _asides(view)
    for family, entry in sorted(zip(joined, entries, strict=True), key=lambda item: min(item[0])):
        ordered = _without_nested([_marked(one, spans) for one in family.values()])
        kept = tuple(one for one in ordered if one.mark is not None or not _inside(one, aside))
        if any(one.mark is not None for one in kept):
            yield Group(kept, entry)


def _marked(one: Mention, spans: dict[Span, int]) -> Mention:
    for (start, end), number in spans.items():
        if start < one.end and one.start < end:
            return replace(one, mark=number)
    return one


def _inside(one: Mention, spans: Sequence[Span]) -> bool:
    return any(start < one.end and one.start < end for start, end in spans)


def _asides(view: TextView) -> list[Span]:
    """Marks themselves and whole footnotes: a name in them is no mention of its own."""
    notes = [span for mark in view.marks if mark.position == "footnote" for span in mark.removal]
    return [*view.mark_spans, *notes]


def _without_nested(mentions: list[Mention]) -> list[Mention]:
    """In order of place, of mentions that overlap the longest (the marked one of two alike)."""
    kept: list[Mention] = []
    for one in sorted(mentions, key=lambda m: (m.mark is None, m.start - m.end)):
        if not any(other.start < one.end and one.start < other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda m: m.start)


def _family(view: TextView, span: Span) -> tuple[dict[Span, Mention], Listed | None]:
    """All mentions of what stands at a marked stretch, by their place."""
    start, end = span
    found = {span: Mention(start, end, view.text[start:end], view.text[start:end])}
    named = False
    for candidate in _fitting(view, span):
        found.update(_of_candidate(view, candidate))
        named = True
    for one in _of_glossary(view, span):
        found[(one.start, one.end)] = one
        named = True
    entry = None
    listed = _index(view).listed
    own = next((one for one in listed if _covers((one[0], one[1]), span)), None)
    if own is not None:
        entry = own[2]
        for a, b, other in listed:
            if other is entry:
                found.setdefault((a, b), Mention(a, b, view.text[a:b], *_listed_form(view.text[a:b], other)))
        named = True
    if not named:
        found.update(_of_name(view, span))
    return found, entry


def _listed_form(text: str, entry: Listed) -> tuple[str, str, str]:
    """The spelling of the list that a mention is a form of, and how it belongs to the entry."""
    for spelling in (entry.name, *entry.aliases):
        if is_form(spelling, text):
            return spelling, "" if spelling == entry.name else "alias", "the dated list"
    return text, "", "the dated list"


def _covers(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _fitting(view: TextView, span: Span) -> list[Candidate]:
    """The names of extraction that stand at a place; not those that are only a part of what stands there."""
    found = []
    for candidate, a, b in _index(view).near(span):
        rest = view.text[span[0] : a] + view.text[b : span[1]] if _covers(span, (a, b)) else ""
        if _covers((a, b), span) or (_covers(span, (a, b)) and not _WORD.search(rest)):
            found.append(candidate)
    return found


def _of_candidate(view: TextView, candidate: Candidate) -> dict[Span, Mention]:
    spelt = {form: part for part in candidate.parts for form in part.variants}
    found = {}
    for one in candidate.occurrences:
        if one.document != view.name or _index(view).is_inner(one.start, one.end):
            continue
        part = spelt.get(one.text)
        form, relation, reason = (
            (part.text, part.relation, part.reason) if part else (candidate.term.text, "", "")
        )
        found[(one.start, one.end)] = Mention(one.start, one.end, one.text, form, relation, reason)
    return found


def _of_glossary(view: TextView, span: Span) -> Iterator[Mention]:
    terms = view.settings.terminology.terms
    if not terms:
        return
    ids = {terms[hit.term][0].id for hit in view.hits if _covers((hit.start, hit.end), span)}
    for hit in view.hits:
        concept, term = terms[hit.term]
        if concept.id in ids and term.status != "forbidden":
            head = term.text == next((t.text for t in concept.terms if t.lang == term.lang), term.text)
            text = view.text[hit.start : hit.end]
            yield Mention(hit.start, hit.end, text, term.text, "" if head else "alias", "the glossary")


def _of_name(view: TextView, span: Span) -> dict[Span, Mention]:
    """Forms of the same name, where nothing else knows it."""
    name = view.text[span[0] : span[1]]
    parts = _WORD.findall(name)
    found: dict[Span, Mention] = {}
    index = _index(view)
    for at in index.words.get(_stem(parts[0]), ()) if parts else ():
        last = at + len(parts) - 1
        if last < len(index.starts):
            a, b = index.starts[at], index.ends[last]
            text = view.text[a:b]
            if is_form(text, name) and text[0].isupper() == name[0].isupper() and not index.is_inner(a, b):
                found[(a, b)] = Mention(a, b, text, name)
    return found


def _stem(word: str) -> str:
    return word.lower().replace("ё", "е")[:3]


class _Index:
    """Where the names and words of a text stand, for look-ups by place."""

    def __init__(self, view: TextView) -> None:
        own = [
            (one.start, one.end, candidate)
            for candidate in view.names
            for one in candidate.occurrences
            if one.document == view.name
        ]
        self.names = sorted(own, key=lambda item: item[:2])
        self._name_starts = [item[0] for item in self.names]
        self._outer = sorted({(a, b) for a, b, _ in self.names})
        self.words: dict[str, list[int]] = defaultdict(list)
        self.starts: list[int] = []
        self.ends: list[int] = []
        for number, word in enumerate(words(view.text, view.lang)):
            self.words[_stem(word.text)].append(number)
            self.starts.append(word.start)
            self.ends.append(word.end)
        dated, on = view.settings.dated, view.date
        self.listed: list[tuple[int, int, Listed]] = (
            [(m.start, m.end, m.entry) for m in find_listed(view.text, dated, on)] if dated and on else []
        )

    def near(self, span: Span) -> Iterator[tuple[Candidate, int, int]]:
        """The names that touch a stretch."""
        first = bisect_left(self._name_starts, span[0] - 200)
        for a, b, candidate in self.names[first : bisect_right(self._name_starts, span[1])]:
            if a < span[1] and span[0] < b:
                yield candidate, a, b

    def is_inner(self, start: int, end: int) -> bool:
        """Whether a stretch is only a part of a longer name ("Taliban" in another group's name)."""
        return any(a <= start and end <= b and b - a > end - start for _, a, b in self.near((start, end)))


_INDEXES: WeakKeyDictionary[TextView, _Index] = WeakKeyDictionary()


def _index(view: TextView) -> _Index:
    if view not in _INDEXES:
        _INDEXES[view] = _Index(view)
    return _INDEXES[view]
